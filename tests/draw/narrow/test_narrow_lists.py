"""Lists of countries for a phone: maps below each other, the latest first, what is unlike marked between them."""

from dataclasses import replace

import pytest

from reporter.draw.list_maps import UNLIKE
from tests.draw.plots import EXTREME, LISTS, THEME, Sheet, on_phone


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    """The lists, each country with its name."""
    named = (
        replace(each, lands=tuple(replace(land, name="Germany") if land.code == "DE" else land for land in each.lands))
        for each in LISTS.maps
    )
    return on_phone(replace(LISTS, maps=tuple(named)))


def test_maps_stand_below_each_other_with_the_latest_first(sheet: Sheet) -> None:
    tops = {item.words: item.top for item in sheet.printed if ":" in item.words or "and" in item.words}
    titles = ["2020: countries of destination", f"{UNLIKE} 2019: countries of exploitation", "2018 and 2019"]
    assert titles == [each for each in sorted(tops, key=lambda words: tops[words]) if "new" not in each]
    assert [] == sheet.faults


def test_a_country_says_its_name_list_and_sign(sheet: Sheet) -> None:
    said = {"2020: countries of destination: Germany", "2018 and 2019: + NL", "2018 and 2019: \u2212 IE"}
    assert said <= set(sheet.told)
    assert sum(len(each.lands) for each in LISTS.maps) == len(sheet.rects)


def test_what_is_added_is_parted_from_the_sides(sheet: Sheet) -> None:
    assert 1 == len([line for line in sheet.stroked(THEME.colours["rule"]) if line[0][1] == line[1][1]])


def test_many_maps_of_a_country_at_the_edge_can_be_read() -> None:
    assert [] == on_phone(EXTREME["lists"]).faults
