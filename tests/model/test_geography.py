"""Codes of countries, and what the maps of an edition show."""

from reporter.i18n import PROTOCOL
from reporter.model.geography import ON_MAP, home_on_map, iso_of, on_map_of, whole_on_map_of


def test_every_member_state_and_its_neighbours_are_on_the_map() -> None:
    assert set() == {iso_of(code) for code in (*PROTOCOL, "UK", "NO", "IS", "CH", "UA", "TR", "LI", "MD")} - ON_MAP


def test_a_neighbour_of_europe_is_on_its_own_maps_only() -> None:
    assert "GE" in on_map_of("GE") & whole_on_map_of("GE")
    assert "GE" not in on_map_of("LT") | whole_on_map_of("LT") | on_map_of("AM")


def test_a_reporting_country_is_on_its_maps_by_its_iso_code_or_not_at_all() -> None:
    assert ["GR", "GB", "AM", "TR", "", ""] == [home_on_map(code) for code in ("EL", "UK", "AM", "TR", "US", "XX")]


def test_what_reaches_out_of_europe_is_whole_only_where_it_reports() -> None:
    assert "TR" in whole_on_map_of("TR") - whole_on_map_of("LT")
    assert "RU" not in whole_on_map_of("RU")
