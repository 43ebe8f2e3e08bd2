"""Maps: every country, its colour, code and name, whole within the part of the world that is shown."""

import pytest

from reporter.data.i18n.territories import NEIGHBOURS, NEVER_WHOLE, ON_MAP
from reporter.data.theme.cover import countries
from reporter.formats.svg.canvas import Rectangle
from reporter.formats.svg.maps import View, closest
from reporter.report.document.plot import Land, NamedLands
from tests.svg.plots import ASSETS, THEME, on_phone


def test_every_country_of_the_map_is_in_the_file_it_is_drawn_from() -> None:
    assert set() == ON_MAP - set(countries(ASSETS, "europe"))


def test_a_small_country_is_pointed_at_before_a_large_one_around_it() -> None:
    lands = (Land("LU", "LU", "Luxembourg"), Land("FR", "FR", "France"), Land("DE", "DE", "Germany"))
    said = on_phone(NamedLands(lands, "LT"))
    assert ["France", "Germany", "Luxembourg"] == list(said.told)
    assert [] == said.faults


def test_a_country_says_its_name_where_it_lies() -> None:
    sheet = on_phone(NamedLands((Land("DE", "DE", "Germany"), Land("MT", "MT", "Malta")), "LT"))
    assert {"Germany", "Malta"} == set(sheet.told)
    named = [point for outline in sheet.filled(THEME.colours["now"]) for point in outline]
    (left, top), (right, bottom) = sheet.told["Germany"]
    assert [point for point in named if left <= point[0] <= right and top <= point[1] <= bottom]


KNOWN = countries(ASSETS, "europe")
HOMES = sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE)
NAMED: tuple[tuple[str, ...], ...] = ((), ("UA", "RO"), ("IS", "CY"))


def room(view: View, code: str) -> float:
    """The least distance in mm from the outline of a country to the edge of a map; negative where it is cut."""
    extent = KNOWN[code].extent
    (left, top), (right, bottom) = view.project((extent.left, extent.top)), view.project((extent.right, extent.bottom))
    return min(left - view.box.x, top - view.box.y, view.box.right - right, view.box.bottom - bottom)


@pytest.mark.parametrize("named", NAMED, ids=len)
@pytest.mark.parametrize("home", HOMES)
def test_maps_show_the_reporting_country_whole_and_all_that_are_named(home: str, named: tuple[str, ...]) -> None:
    view = closest(KNOWN, home, named, Rectangle(9, 0, 90, 38))
    assert room(view, home) > 1.5
    assert [] == [code for code in named if not view.contains(view.project(KNOWN[code].centre), 1.5)]
