"""How large the letters of a PDF are."""

import io
from collections import Counter
from typing import Any

from pypdf import PdfReader


def letters_by_size(content: bytes) -> Counter[float]:
    """The letters of a PDF, those in charts too, by their size in points."""
    found: Counter[float] = Counter()

    def count(text: str, matrix: Any, text_matrix: Any, _font: Any, size: float) -> None:
        scale = abs(text_matrix[3] * matrix[3] - text_matrix[2] * matrix[1]) or 1.0
        found[round(abs(size) * scale, 1)] += len("".join(text.split()))

    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=count)
    return found
