"""Mark content that no tag owns as an artifact.

Such are running heads, page numbers, and the heads of tables that are repeated on the next page.
"""

import re
from collections.abc import Mapping, Set
from functools import partial

from pikepdf import Pdf

# As WeasyPrint writes it. Its strings are all in hexadecimal digits, so no text can look like this.
MARKED = re.compile(rb"/\w+\n<</MCID (\d+)>>\nBDC")
ARTIFACT = b"/Artifact\n<</Type /Pagination>>\nBDC"


def mark_artifacts(pdf: Pdf, owned: Mapping[int, Set[int]]) -> None:
    """Mark as artifacts the content that no tag owns.

    `owned` has by page, counted from 0, the numbers of the content that stays. A screen reader passes over the rest.
    """
    # ISO 14289-1, 7.1: content is tagged or marked as an artifact.
    for number, page in enumerate(pdf.pages):
        mine = owned.get(number, frozenset())
        before = page.Contents.read_bytes()
        after = MARKED.sub(partial(_kept, mine), before)
        if after != before:
            page.Contents.write(after)


def _kept(owned: Set[int], found: re.Match[bytes]) -> bytes:
    return found[0] if int(found[1]) in owned else ARTIFACT
