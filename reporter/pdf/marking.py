"""Content that no tag owns (running heads, page numbers, repeated heads of tables) marked as artifacts."""

import re
from collections.abc import Mapping, Set

from pikepdf import Pdf

# As WeasyPrint writes it. Its strings are all in hexadecimal digits, so no text can look like this.
MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


def mark_artifacts(pdf: Pdf, owned: Mapping[int, Set[int]]) -> None:
    """Marks what is not among the owned content of its page; a reader that speaks passes over it."""
    for number, page in enumerate(pdf.pages):
        mine = owned.get(number, frozenset())
        before = page.Contents.read_bytes()
        after = MARKED.sub(lambda found, mine=mine: found[0] if int(found[1]) in mine else ARTIFACT, before)  # type: ignore[misc]
        if after != before:
            page.Contents.write(after)
