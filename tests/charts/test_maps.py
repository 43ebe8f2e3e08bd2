"""The map of a year's list, with all who are named in words."""

from dataclasses import replace

import pytest

from reporter.data.records import vintage
from reporter.report.charts import CHARTS
from reporter.report.context import Context
from tests import small
from tests.charts.shown import ENGLISH, figures


def edition_of(tmp_path, country: str, *lists: str):
    pairs = (each.split(": ") for each in lists)
    written = ", ".join(f"{{kind: {kind}, named: [{named}]}}" for kind, named in pairs)
    changed = {small.YEAR: small.FILES[small.YEAR] + f"countries: [{written}]\n"}
    changed["data/XX/2019.yaml"] = f"year: 2019\nsource: police\nfigures: {{}}\ncountries: [{written}]\n"
    edition = vintage(small.load(tmp_path, changed), "XX", 2020)
    return replace(edition, data=replace(edition.data, country=replace(edition.country, code=country)))


def test_kosovo_on_a_map_has_its_asterisk_and_its_note(tmp_path):
    figure = CHARTS["countries_year"](Context(edition_of(tmp_path, "FI", "destination: XK, SE"), ENGLISH))
    assert ["SE", "XK*"] == sorted(land.label for land in figure.plot.lands)
    assert any(mark == "*" and text.startswith("This designation is") for mark, text in figure.notes)


def test_a_map_that_would_be_empty_is_not_drawn(tmp_path):
    context = Context(edition_of(tmp_path, "FI", "origin: NG, VN"), ENGLISH)
    assert CHARTS["countries_year"](context) is None
    assert CHARTS["countries_named"](context)


def test_a_year_without_a_list_has_no_map_of_the_year():
    assert ["countries_year" in figures("LT", year) for year in (2009, 2015, 2019)] == [False, False, True]


def test_only_the_lists_of_the_year_are_on_its_map_and_every_code_has_its_name():
    figure = figures("LT", 2020)["countries_year"]
    assert ["DE", "LT", "UK"] == [land.label for land in figure.plot.lands]
    names = "DE Germany, LT Lithuania, UK United Kingdom. Also named, outside the map: United States."
    assert names == figure.under
    assert "cases are not counted" in figure.unit_line


@pytest.mark.parametrize(
    ("home", "named", "expected"),
    [
        ("GE", "destination: TR, AM", ("GE", ["TR"], "TR Türkiye. Also named, outside the map: Armenia.")),
        ("US", "origin: RO, MX", ("", ["RO"], "RO Romania. Also named, outside the map: Mexico.")),
        ("US", "origin: MX, HN", None),
    ],
)
def test_a_country_beside_europe_is_on_its_map_and_one_far_away_is_not(tmp_path, home, named, expected):
    figure = CHARTS["countries_year"](Context(edition_of(tmp_path, home, named), ENGLISH))
    plot = figure and figure.plot
    assert expected == (figure and (plot.home, [land.code for land in plot.lands], figure.under))
