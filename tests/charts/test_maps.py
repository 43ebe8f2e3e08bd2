"""Maps of lists: each kind on its own, with everyone in the table."""

from dataclasses import replace

import pytest

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.document import Figure
from reporter.model import vintage
from tests import small
from tests.charts.shown import ENGLISH, figures


def sheets(figure: Figure) -> dict[str, dict[str, int]]:
    """The maps by their titles: the level of each country, by the code printed on it."""
    return {sheet.title: {land.label: land.level for land in sheet.lands} for sheet in figure.plot.maps}


def test_each_kind_of_list_has_a_map_of_its_own_and_nothing_is_counted_across():
    figure = figures("LT", 2020)["countries_by_kind"]
    assert {
        "Target countries": {"DK": 1, "DE": 2, "IE": 0, "ES": 1, "FR": 1, "NL": 2, "SE": 0, "CH": 0, "UK": 3},
        "Countries of exploitation": {
            "DK": 0, "DE": 3, "IE": 2, "ES": 0, "FR": 2, "LT": 3, "NL": 1, "AT": 0, "FI": 0, "SE": 1, "IS": 0,
            "NO": 0, "UK": 2,
        },
    } == sheets(figure)  # fmt: skip
    assert [f"named in {n} list{'s' * (n > 1)}" for n in (1, 2, 3, 4)] == list(figure.plot.levels)


def test_a_map_tells_its_lists_and_their_years():
    plot = figures("LT", 2020)["countries_by_kind"].plot
    told = {sheet.title: sheet.subtitle for sheet in plot.maps}
    assert "4 lists: 2016, 2017, 2018, 2019" == told["Countries of exploitation"]
    assert ["Target countries", "Countries of exploitation"] == list(told)


def test_who_is_named_and_not_on_the_maps_is_in_a_note():
    notes = figures("LT", 2020)["countries_by_kind"].notes
    assert ("Target countries", "not on the map: Armenia (2014), Scandinavian countries (2011)") in notes
    assert "Natural Earth. No position on the status of any territory is implied." == notes[-1][1]


def test_levels_are_ranges_where_there_are_more_lists_than_colours(tmp_path):
    lists = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{}}\n"
        f"countries: [{{kind: target, named: [{'DE, FR' if year < 2015 else 'DE'}]}}]\n"
        for year in range(2013, 2018)
    }
    figure = CHARTS["countries_by_kind"](Context(vintage(small.load(tmp_path, lists), "XX", 2020), ENGLISH))
    assert ("named in 1 to 2 lists", "named in 3 to 4 lists", "named in 5 lists") == figure.plot.levels
    assert {"Target countries": {"DE": 2, "FR": 0}} == sheets(figure)


def edition_of(tmp_path, country: str, *lists: str):
    pairs = (each.split(": ") for each in lists)
    written = ", ".join(f"{{kind: {kind}, named: [{named}]}}" for kind, named in pairs)
    changed = {small.YEAR: small.FILES[small.YEAR] + f"countries: [{written}]\n"}
    changed["data/XX/2019.yaml"] = f"year: 2019\nsource: police\nfigures: {{}}\ncountries: [{written}]\n"
    edition = vintage(small.load(tmp_path, changed), "XX", 2020)
    return replace(edition, data=replace(edition.data, country=replace(edition.country, code=country)))


def test_a_kind_that_names_nobody_in_europe_is_a_list_in_place_of_its_map(tmp_path):
    edition = edition_of(tmp_path, "FI", "origin: NG, VN", "destination: SE, US")
    figure = CHARTS["countries_by_kind"](Context(edition, ENGLISH))
    beyond = {sheet.title: [land.label for land in sheet.beyond] for sheet in figure.plot.maps}
    assert {
        "Countries of origin": ["Nigeria (2019, 2020)", "Vietnam (2019, 2020)"],
        "Countries of destination": [],
    } == beyond
    away = [note for note in figure.notes if note[1].startswith("not on the map")]
    assert [("Countries of destination", "not on the map: United States (2019, 2020)")] == away


def test_kosovo_on_a_map_has_its_asterisk_and_its_note(tmp_path):
    figure = CHARTS["countries_by_kind"](Context(edition_of(tmp_path, "FI", "destination: XK, SE"), ENGLISH))
    assert ["SE", "XK*"] == sorted(land.label for land in figure.plot.maps[0].lands)
    assert any(mark == "*" and text.startswith("This designation is") for mark, text in figure.notes)


def test_maps_that_would_all_be_empty_are_not_drawn(tmp_path):
    context = Context(edition_of(tmp_path, "FI", "origin: NG, VN"), ENGLISH)
    assert CHARTS["countries_by_kind"](context) is None
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
