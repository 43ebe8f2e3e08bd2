"""Maps: every country, its colour and its code."""

from dataclasses import replace

import pytest

from reporter.document.plot import (
    Land,
    MapPanel,
)
from reporter.draw.text_width import POINT
from reporter.model.geography import ON_MAP
from reporter.theme.atlas import countries
from tests.draw.plots import ASSETS, MAPS, THEME, drawn, height, on_desk, on_phone


def test_every_country_of_the_map_is_in_the_file_it_is_drawn_from() -> None:
    assert set() == ON_MAP - set(countries(ASSETS, "europe"))


def test_a_country_has_the_colour_of_its_level_and_its_code() -> None:
    sheet = drawn(MAPS, 174)
    light, _, dark = ("#B4CDE9", "#6F9FD3", "#0B2F63")
    assert [len(sheet.filled(colour)) > 1 for colour in (light, dark)] == [True, True]
    assert [
        text for text in ("DE", "UK", "XK*", "MT", "not named", "named in 3 lists") if text not in sheet.words
    ] == []


def test_a_map_too_small_for_a_country_shows_a_dot_of_its_colour() -> None:
    alone = replace(MAPS, maps=(MapPanel("", "", (Land("MT", "MT", 0),)),), levels=("one",), home="")
    outlines = drawn(alone, 84).filled("#6F9FD3")
    assert max(height(outline) for outline in outlines[1:]) == pytest.approx(1.8 / POINT, abs=0.1)


def test_four_maps_stand_two_by_two_and_fill_the_width() -> None:
    four = replace(MAPS, maps=MAPS.maps * 2)
    shapes = [outline for colour in ("#B4CDE9", "#0B2F63") for outline in drawn(four, 174).filled(colour)]
    assert max(x for outline in shapes for x, _ in outline) > 100 / POINT
    assert max(y for outline in shapes for _, y in outline) > 90 / POINT


def test_where_nobody_named_is_on_the_map_they_are_listed_in_its_place() -> None:
    beyond = (Land("", "Nigeria (2019, 2020)", 2), Land("", "Vietnam (2020)", 0))
    sheet = drawn(replace(MAPS, maps=(MapPanel("Countries of origin", "1 list", (), beyond), MAPS.maps[1])), 174)
    alone = drawn(replace(MAPS, maps=(MapPanel("Countries of origin", "1 list", (), beyond),)), 174)
    assert ["Nigeria (2019, 2020)", "Vietnam (2020)"] == [word for word in sheet.words if "20)" in word]
    assert [] == alone.filled(THEME.colours["land"])[1:]
    assert alone.size[1] < 40 / POINT


@pytest.mark.parametrize("home", ["FI", "TR", "CY", "GE", "PT"])
def test_the_reporting_country_is_outlined_whole(home: str) -> None:
    sheet = drawn(replace(MAPS, home=home), 174)
    right, bottom = sheet.size
    outlined = [point for outline in sheet.stroked(THEME.colours["ink"]) for point in outline]
    assert all(0 < x < right and 0 < y < bottom - 2 for x, y in outlined)


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
