"""Read the boxes of pages that WeasyPrint laid out."""

from collections.abc import Iterator
from typing import Any


def outermost(parent: Any, above: Any = None) -> Iterator[Any]:
    """Yield of each element the box that holds its other boxes, in the order of the page.

    What stands in the margins of the page is left out. Boxes are Any, because WeasyPrint has no annotations.
    """
    for box in getattr(parent, "children", ()):
        if type(box).__name__ != "MarginBox":
            if box.element is not None and box.element is not above and hasattr(box, "margin_height"):
                yield box
            yield from outermost(box, box.element)
