"""Countries named are dots of their kind and year."""

import re

import pytest

from reporter.charts import CHARTS
from reporter.charts.countries import KINDS
from reporter.context import Context
from reporter.model import vintage
from tests import small
from tests.charts.shown import ENGLISH, FULL, figures, known, names_in


@pytest.mark.parametrize(("country", "year"), FULL)
def test_every_country_named_is_a_dot_of_its_kind_and_year(country, year):
    figure, edition = figures(country, year)["countries_named"], known(country, year)
    plot = figure.plot
    dots = sorted(
        (int(plot.columns[dot.column]), plot.kinds[dot.kind], plot.rows[dot.row], dot.main) for dot in plot.dots
    )
    listed = sorted(
        (each.year, KINDS[each.kind], name, name in names_in(edition, each.main))
        for each in edition.data.lists
        for name in [*names_in(edition, each.countries), *(group.text("en") for group in each.groups)]
    )
    assert listed == dots
    years = {each.year for each in edition.data.lists}
    assert [each for each in edition.years if each not in years] == [int(plot.columns[n]) for n in plot.empty]


def test_kosovo_named_has_its_note_and_its_asterisk():
    for code in ("countries_year", "countries_by_kind"):
        figure = figures("XX", 2022)[code]
        drawn = "XK*" in str(figure.plot)
        mark = "*" if drawn else "Kosovo"
        assert any(each == mark and text.startswith("This designation is") for each, text in figure.notes)
        assert drawn == (code == "countries_by_kind")
    assert not any("designation" in text for _, text in figures("LT", 2020)["countries_by_kind"].notes)


@pytest.mark.parametrize(
    ("lists", "headline"),
    [
        (["NL, UK"], ""),
        (["NL", "NL"], "Target countries, 2019 and 2020, in each list: the Netherlands"),
        (["NL, UK", "UK", "UK, DE"], "Target countries, 2018–2020, in each list: the United Kingdom"),
        (["NL", "UK", "UK"], "Target countries, 2018–2020, in two of three lists: the United Kingdom"),
    ],
)
def test_the_country_named_most_often_is_said_with_the_years_of_its_lists(tmp_path, lists, headline):
    years = range(2021 - len(lists), 2021)
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\ncountries: [{{kind: target, named: [{each}]}}]\n"
        for year, each in zip(years, lists, strict=True)
    }
    figure = CHARTS["countries_named"](Context(vintage(small.load(tmp_path, files), "XX", 2020), ENGLISH))
    assert headline == figure.headline


def test_the_reporting_country_goes_by_its_own_name_in_every_list() -> None:
    for figure in figures("XX", 2022).values():
        cells = (cell.text for row in figure.table.rows for cell in row.cells)
        assert not re.search(r"\bXX\b", " ".join((figure.alt, figure.headline, *cells)))
    assert "Ruritania" in figures("XX", 2022)["countries_named"].alt
