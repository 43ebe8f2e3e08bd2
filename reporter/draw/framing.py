"""Choose the part of the world that a map shows, in km. It follows from the outline of the reporting country and from
the countries named."""

from collections.abc import Mapping, Sequence

from reporter.draw.land import View
from reporter.draw.outlines import Rectangle
from reporter.model.geography import whole_on_map_of
from reporter.theme.atlas import CountryOutline, Extent, extent_of, joined

# Around the countries at the edge of a map of all Europe.
MARGIN = 100.0
# Beside, and above and below, the reporting country and the middle of each other; and the least height of a view.
BESIDE, AROUND, LEAST = 330.0, 230.0, 1900.0


def frame_of(known: Mapping[str, CountryOutline], home: str) -> Extent:
    """How far a map of all Europe reaches. Every country is whole, the reporting country `home` too where it lies
    beside Europe."""
    return joined(known[code].extent for code in whole_on_map_of(home)).padded(MARGIN, MARGIN)


def europe(known: Mapping[str, CountryOutline], home: str, box: Rectangle) -> View:
    """All of Europe as wide as a box, whatever its height."""
    frame = frame_of(known, home)
    scale = frame.width / box.width
    return View(Rectangle(box.x, box.y, box.width, frame.height / scale), frame.left, frame.top, scale)


def closest(known: Mapping[str, CountryOutline], home: str, named: Sequence[str], box: Rectangle) -> View:
    """The part of Europe that fills a box. It shows the countries as large as possible: the reporting country whole,
    the others in their middle. All of Europe when there is none of them."""
    frame, drawn = frame_of(known, home), joined(extent_of(ring) for land in known.values() for ring in land.rings)
    needed = [extent_of([known[code].centre]) for code in named if code in known]
    needed += [known[home].extent] if home in known else []
    shown = joined(needed).padded(BESIDE, AROUND) if needed else frame
    scale = max(shown.width / box.width, shown.height / box.height, LEAST / box.height)
    across, down = scale * box.width, scale * box.height
    beside = ((frame.left, frame.right), (drawn.left, drawn.right))
    around = ((frame.bottom, frame.top), (drawn.bottom, drawn.top))
    left, bottom = _start((shown.left, shown.right), beside, across), _start((shown.bottom, shown.top), around, down)
    return View(box, left, bottom + down, scale)


def _start(shown: tuple[float, float], limits: Sequence[tuple[float, float]], length: float) -> float:
    """Where a view of this length begins. What it must show is in its middle, or as near to it as keeps the view within
    the first limits that hold it."""
    low, high = next(((low, high) for low, high in limits if high - low >= length), limits[-1])
    middle = (shown[0] + shown[1] - length) / 2
    return min(max(min(max(middle, low), high - length), shown[1] - length), shown[0])
