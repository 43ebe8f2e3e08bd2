"""Find what a PDF or a workbook would run, load or send. PDF/A forbids it; but not every reader of a package has
veraPDF."""

import io
import re
import zipfile
from collections.abc import Iterator

import pikepdf

from reporter.roundtrip.machine import UNREADABLE
from reporter.roundtrip.pdf_form import form_flaws
from reporter.roundtrip.read_pdf import opened
from reporter.roundtrip.stated import MalformedFileError

# Actions, and what holds them (ISO 32000-2, 12.6); a link within the file or to a page of the web is none of them.
ACTIVE = re.compile(
    rb"/(AA|JS|JavaScript|Launch|SubmitForm|ImportData|ResetForm|GoToR|GoToE|Hide|Rendition|RichMedia(?:Execute)?|Movie"
    rb"|Sound|XFA|SetOCGState|GoTo3DView|Thread)(?![A-Za-z0-9_.+-])"
)
# A layer, words that are read instead of those shown, roles that mean other ones, a file beside this one.
STRANGE = re.compile(rb"/(ActualText|OC|OCGs|OCProperties|RoleMap|FS)(?![A-Za-z0-9_.+-])")
STRING = re.compile(rb"\((?:\\.|[^\\)])*\)", re.S)
# The parts that a workbook of ours has.
PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/(workbook|sharedStrings|styles)\.xml|xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml"
)
SHEETS, SHEET = "xl/workbook.xml", re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATIONS, ELSEWHERE, MOST = ".rels", b"TargetMode", 1 << 20


def pdf_flaws(content: bytes) -> Iterator[str]:
    """What a PDF has that no PDF of ours has. Raises MalformedFileError for what is no PDF."""
    found: dict[str, None] = {}
    with opened(content) as pdf:
        for each in pdf.objects:
            inside = each.stream_dict if isinstance(each, pikepdf.Stream) else each
            words = STRING.sub(b"", inside.unparse(resolved=True))
            found |= {f"an action: {name[1].decode()}": None for name in ACTIVE.finditer(words)}
            found |= {name[1].decode(): None for name in STRANGE.finditer(words)}
        flaws = [*form_flaws(content, pdf)]
    yield from (f"has what no PDF of ours has: {name}" for name in found)
    yield from flaws


def workbook_flaws(content: bytes) -> Iterator[str]:
    """What a workbook has besides tables. It is macros, embedded files, links to other files, hidden sheets. Raises
    MalformedFileError for what is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for name in book.namelist():
                if not PARTS.fullmatch(name):
                    yield f"has a part that no workbook of ours has: {name[:60]}"
                elif name.endswith(RELATIONS) and ELSEWHERE in book.open(name).read(MOST):
                    yield f"leads to another file: {name}"
                elif name == SHEETS:
                    hidden = (each for each in SHEET.findall(book.open(name).read(MOST)) if b"state=" in each)
                    yield from (f"has a sheet that is hidden: {each[:60].decode(errors='replace')}" for each in hidden)
    except UNREADABLE as problem:
        raise MalformedFileError(f"is no workbook: {problem}") from None
