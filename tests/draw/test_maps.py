"""Maps: every country, its colour, code and name, whole within the part of the world that is shown."""

from dataclasses import replace

import pytest

from reporter.document.plot import Land, MapPanel, NamedLands
from reporter.draw.canvas import POINT
from reporter.draw.choropleth import View, closest, europe
from reporter.draw.outlines import Rectangle
from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP, whole_on_map_of
from reporter.theme.atlas import countries
from tests.draw.plots import ASSETS, MAPS, THEME, drawn, on_desk, on_phone


def test_every_country_of_the_map_is_in_the_file_it_is_drawn_from() -> None:
    assert set() == ON_MAP - set(countries(ASSETS, "europe"))


def test_a_country_has_the_colour_of_its_level_and_its_code() -> None:
    sheet = drawn(MAPS, 174)
    light, _, dark = ("#B4CDE9", "#6F9FD3", "#0B2F63")
    assert [len(sheet.filled(colour)) > 1 for colour in (light, dark)] == [True, True]
    assert [
        text for text in ("DE", "UK", "XK*", "MT", "not named", "named in 3 lists") if text not in sheet.words
    ] == []


def test_where_nobody_named_is_on_the_map_they_are_listed_in_its_place() -> None:
    beyond = (Land("", "Nigeria (2019, 2020)", 2), Land("", "Vietnam (2020)", 0))
    sheet = drawn(replace(MAPS, maps=(MapPanel("Countries of origin", "1 list", (), beyond), MAPS.maps[1])), 174)
    alone = drawn(replace(MAPS, maps=(MapPanel("Countries of origin", "1 list", (), beyond),)), 174)
    assert ["Nigeria (2019, 2020)", "Vietnam (2020)"] == [word for word in sheet.words if "20)" in word]
    assert [] == alone.filled(THEME.colours["land"])[1:]
    assert alone.size[1] < 40 / POINT


def test_a_reporting_country_on_no_map_is_not_in_the_legend() -> None:
    assert "reporting country" not in drawn(replace(MAPS, home=""), 174).words


def test_a_country_says_in_which_lists_it_is_named_how_often() -> None:
    said = on_desk(MAPS).told
    assert {"Target countries: DE, named in 3 lists", "Countries of origin: MT, named in 1 list"} <= set(said)


def test_a_small_country_is_pointed_at_before_a_large_one_around_it() -> None:
    lands = (Land("LU", "LU", 0), Land("FR", "FR", 0), Land("DE", "DE", 0))
    said = on_phone(replace(MAPS, maps=(MapPanel("", "", lands),)))
    assert ["FR", "DE", "LU"] == [each[2:4] for each in said.told]
    assert [] == said.faults


def test_a_country_says_its_name_where_it_lies() -> None:
    sheet = on_phone(NamedLands((Land("DE", "DE", 0, "Germany"), Land("MT", "MT", 0)), "LT"))
    assert {"Germany", "MT"} == set(sheet.told)
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
    view = europe(KNOWN, home, Rectangle(7, 11, 54, 0))
    assert [] == [code for code in whole_on_map_of(home) if room(view, code) < 0.9]
