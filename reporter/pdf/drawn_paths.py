"""Write the long outlines of pictures once. WeasyPrint reads an outline sign by sign whenever it is drawn, and again to
know how large it is: that of a map has thousands of points, and stands on the covers of all editions. These are hooks
into private parts of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.svg import TAGS  # type: ignore[import-untyped]
from weasyprint.svg.bounding_box import BOUNDING_BOX_METHODS  # type: ignore[import-untyped]

PATH = "path"
# In letters: what is shorter is read as fast as it is found, and so much is kept at most.
LONG, MOST = 500, 4_000_000
_ONE_AT_A_TIME = threading.Lock()


class DrawnPaths:
    """What was written of outlines before, and how large they are. Both follow from their text, and from the sizes that
    its units would be of."""

    def __init__(self) -> None:
        self._written: dict[tuple[Any, ...], tuple[list[Any], list[Any]]] = {}
        self._boxes: dict[tuple[Any, ...], Any] = {}
        self._letters = 0

    @contextmanager
    def remembered(self) -> Iterator[None]:
        """Read no long outline anew meanwhile. Only one thread does so at a time."""
        with _ONE_AT_A_TIME:
            draw, box_of = TAGS[PATH], BOUNDING_BOX_METHODS[PATH]

            def drawn(svg: Any, node: Any, size: float) -> None:
                stream, corners, key = svg.stream.stream, node.vertices, _key(svg, node, size)
                if key in self._written:
                    for given, known in zip((stream, corners), self._written[key], strict=True):
                        given.extend(known)
                    return
                before = len(stream), len(corners)
                draw(svg, node, size)
                if key:
                    self._make_room(key)
                    self._written[key] = stream[before[0] :], list(corners)[before[1] :]

            def measured(svg: Any, node: Any, size: float) -> Any:
                key = _key(svg, node, size)
                if key not in self._boxes:
                    found = box_of(svg, node, size)
                    if not key:
                        return found
                    self._make_room(key)
                    self._boxes[key] = found
                return self._boxes[key]

            TAGS[PATH], BOUNDING_BOX_METHODS[PATH] = drawn, measured
            try:
                yield
            finally:
                TAGS[PATH], BOUNDING_BOX_METHODS[PATH] = draw, box_of

    def _make_room(self, key: tuple[Any, ...]) -> None:
        self._letters += len(key[0])
        if self._letters > MOST:
            self._written.clear()
            self._boxes.clear()
            self._letters = len(key[0])


def _key(svg: Any, node: Any, size: float) -> tuple[Any, ...]:
    """All that decides over an outline; nothing for a short one."""
    text = node.get("d", "")
    return (text, size, svg.inner_width, svg.inner_height) if len(text) >= LONG else ()


# One map is on the covers of all editions that a process makes.
PATHS = DrawnPaths()
