"""The part of the world that a map shows: the reporting country is whole on each, with room around it."""

import pytest

from reporter.draw.framing import closest, europe
from reporter.draw.land import View
from reporter.draw.outlines import Rectangle
from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP, whole_on_map_of
from reporter.theme.atlas import countries
from tests.draw.plots import ASSETS

KNOWN = countries(ASSETS, "europe")
HOMES = sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE)
NAMED: tuple[tuple[str, ...], ...] = ((), ("UA", "RO"), ("IS", "CY"), tuple(sorted(ON_MAP)))


def room(view: View, code: str) -> float:
    """The least distance in mm from the outline of a country to the edge of a map; negative where it is cut."""
    extent = KNOWN[code].extent
    (left, top), (right, bottom) = view.project((extent.left, extent.top)), view.project((extent.right, extent.bottom))
    return min(left - view.box.x, top - view.box.y, view.box.right - right, view.box.bottom - bottom)


@pytest.mark.parametrize("home", [*HOMES, "RU", ""])
def test_a_map_of_europe_shows_every_country_whole(home: str) -> None:
    view = europe(KNOWN, home, Rectangle(7, 11, 54, 0))
    assert (7, 11, 54) == (view.box.x, view.box.y, view.box.width)
    assert [] == [code for code in whole_on_map_of(home) if room(view, code) < 0.9]


@pytest.mark.parametrize("named", NAMED, ids=len)
@pytest.mark.parametrize("home", HOMES)
def test_a_map_of_the_year_shows_the_reporting_country_whole_and_all_that_are_named(
    home: str, named: tuple[str, ...]
) -> None:
    for box in (Rectangle(9, 0, 90, 38), Rectangle(0, 0, 114, 48)):
        view = closest(KNOWN, home, named, box)
        assert room(view, home) > 1.5
        assert [] == [code for code in named if not view.contains(view.project(KNOWN[code].centre), 1.5)]


def test_a_map_of_the_year_is_as_large_as_it_can_be_and_filled_with_land() -> None:
    box = Rectangle(0, 0, 100, 42)
    near, far = closest(KNOWN, "LT", ("LV", "PL"), box), closest(KNOWN, "LT", ("PT",), box)
    assert near.scale < far.scale
    drawn = [view.left + view.box.width * view.scale for view in (near, far, closest(KNOWN, "CY", (), box))]
    assert max(drawn) <= 8000


def test_a_country_on_no_map_leaves_europe_as_it_is() -> None:
    assert closest(KNOWN, "", (), Rectangle(0, 0, 100, 42)) == closest(KNOWN, "US", (), Rectangle(0, 0, 100, 42))
