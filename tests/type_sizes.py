"""How many characters of a PDF stand in which size of type, as laid out on its pages."""

import io
from collections import Counter
from collections.abc import Sequence

from pypdf import PdfReader

SMALL = 7.5
# Sizes in the file are rounded.
NEAR = 0.05


def type_sizes(content: bytes) -> Counter[float]:
    """The characters on all pages by their size in points; of drawings too, at the size on paper."""
    sizes: Counter[float] = Counter()
    for page in PdfReader(io.BytesIO(content)).pages:

        def visit(text: str, user: Sequence[float], line: Sequence[float], _font: object, size: float) -> None:
            # The height of a unit square under both matrices, whichever way the text is turned.
            a, b = line[2] * user[0] + line[3] * user[2], line[2] * user[1] + line[3] * user[3]
            if characters := len("".join(text.split())):
                sizes[round(abs(size) * ((a * a + b * b) ** 0.5 or 1), 2)] += characters

        page.extract_text(visitor_text=visit)
    return sizes


def smallest(sizes: Counter[float]) -> float:
    """The smallest size of any character."""
    return min(sizes)


def share_below(sizes: Counter[float], limit: float = SMALL) -> float:
    """The share of characters that are smaller than a size."""
    return sum(count for size, count in sizes.items() if size < limit - NEAR) / sizes.total()
