"""Countries named are dots of their kind and year."""

import re

import pytest

from reporter.charts.countries import TITLES
from tests.charts.shown import FULL, figures, known, names_in


@pytest.mark.parametrize(("country", "year"), FULL)
def test_every_country_named_is_a_dot_of_its_kind_and_year(country, year):
    figure, edition = figures(country, year)["countries_named"], known(country, year)
    plot = figure.plot
    kinds = [group.title for group in plot.groups for _ in range(group.count)]
    dots = sorted((int(plot.columns[dot.column]), kinds[dot.column], plot.rows[dot.row], dot.main) for dot in plot.dots)
    listed = sorted(
        (each.year, TITLES[each.kind], name, name in names_in(edition, each.main))
        for each in edition.data.lists
        for name in [*names_in(edition, each.countries), *(group.text("en") for group in each.groups)]
    )
    assert listed == dots
    years = {each.year for each in edition.data.lists}
    without = [each for each in edition.years if each not in years]
    assert bool(without) == any(text.startswith("No list of countries: ") for _, text in figure.notes)


def test_lists_of_one_kind_stand_together_and_who_was_named_last_stands_first():
    plot = figures("LT", 2020)["countries_named"].plot
    assert [
        ("Police cooperation only", 1),
        ("Target countries", 4),
        ("Countries of exploitation", 4),
        ("Countries of destination", 1),
    ] == [(group.title, group.count) for group in plot.groups]
    assert ["Germany", "United Kingdom", "Lithuania", "United States"] == list(plot.rows[:4])
    assert ("Latvia", "Belarus") == plot.rows[-2:]
    assert ("", "No list of countries: 2009 and 2015") in figures("LT", 2020)["countries_named"].notes


def test_kosovo_named_has_its_note_and_its_asterisk():
    figure = figures("XX", 2022)["countries_named"]
    assert any(mark == "Kosovo" and text.startswith("This designation is") for mark, text in figure.notes)
    assert not any("designation" in text for _, text in figures("LT", 2020)["countries_by_kind"].notes)


def test_the_reporting_country_goes_by_its_own_name_in_every_list() -> None:
    for figure in figures("XX", 2022).values():
        cells = (cell.text for row in figure.table.rows for cell in row.cells)
        assert not re.search(r"\bXX\b", " ".join((figure.alt, str(figure.headline), *cells)))
    assert "Ruritania" in figures("XX", 2022)["countries_named"].alt
