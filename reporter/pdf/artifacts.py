"""Content that no tag owns (running heads, page numbers, repeated heads of tables) marked as artifacts."""

import re
from collections.abc import Mapping, Set
from functools import partial

from pikepdf import Pdf

# As WeasyPrint writes it. Its strings are all in hexadecimal digits, so no text can look like this.
MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


def mark_artifacts(pdf: Pdf, owned: Mapping[int, Set[int]]) -> None:
    """Marks what is not among the owned content of its page; a reader that speaks passes over it."""
    for number, page in enumerate(pdf.pages):
        mine = owned.get(number, frozenset())
        before = page.Contents.read_bytes()
        after = MARKED.sub(partial(_kept, mine), before)
        if after != before:
            page.Contents.write(after)


def _kept(owned: Set[int], found: re.Match[bytes]) -> bytes:
    return found[0] if int(found[1]) in owned else ARTIFACT
