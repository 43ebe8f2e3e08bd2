"""Make a PDF/A-3a file of WeasyPrint PDF/UA-1 as well.

Afterwards its tags say what the HTML says.
"""

import io
import re
from collections.abc import Iterable

import pikepdf

from reporter.document.document import Attachment
from reporter.pdf.attaching import attach
from reporter.pdf.cells import relate_cells
from reporter.pdf.identity import identify, label_pages, list_files_once
from reporter.pdf.merging import merge
from reporter.pdf.notes import place_notes
from reporter.pdf.origin import TagSources
from reporter.pdf.read_tags import read_tree
from reporter.pdf.roles import name_roles
from reporter.pdf.write_tags import mark_artifacts, store_tree

# A glyph and what it is read as, where that is a blank at which no line ends.
NO_BREAK = re.compile(rb"(<[0-9a-f]{4}> *)<00a0>", re.I)


def repair(content: bytes, sources: TagSources, attachments: Iterable[Attachment] = ()) -> bytes:
    """Return the file with its tags repaired and files attached.

    What is seen stays. The bytes are the same for the same input.
    """
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tree = relate_cells(name_roles(place_notes(merge(read_tree(pdf, sources)))))
        owned = store_tree(pdf, tree)
        mark_artifacts(pdf, owned)
        label_pages(pdf)
        list_files_once(pdf)
        attach(pdf, attachments)
        identify(pdf)
        read_blanks(pdf)
        compact = pikepdf.ObjectStreamMode.generate
        pdf.save(target, deterministic_id=True, object_stream_mode=compact, fix_metadata_version=False)
    return target.getvalue()


def read_blanks(pdf: pikepdf.Pdf) -> None:
    """Let every blank be found and copied as one.

    A typeface has one glyph for those at which a line may end and those at which none does.
    """
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and pikepdf.Name.ToUnicode in each:
            letters = each.ToUnicode.read_bytes()
            if NO_BREAK.search(letters):
                each.ToUnicode.write(NO_BREAK.sub(rb"\1<0020>", letters))
