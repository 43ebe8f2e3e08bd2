"""Forms of exploitation of a year as squares; of many, the largest are shown."""

from pathlib import Path

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.plot import (
    Panels,
    Squares,
)
from reporter.i18n import Locale
from reporter.model import Dataset, vintage
from tests import extremes, small
from tests.snapshots import dataset_of


def test_each_form_of_the_year_has_its_squares_the_largest_first(lithuania: Dataset, english: Locale) -> None:
    figure = CHARTS["forms_year"](Context(vintage(lithuania, "LT", 2020), english))
    assert figure
    assert isinstance(figure.plot, Squares)
    assert [4, 3, 2, 1, 1] == [row.count for row in figure.plot.rows]
    assert not figure.plot.bars


def test_what_is_not_stated_stands_last_and_a_form_with_none_is_not_drawn(english: Locale, tmp_path: Path) -> None:
    year = "year: 2020\nsource: police\nfigures: {investigations.opened: {total: 9, by form: {sexual: 4, labour: 0}}}\n"
    made = small.load(tmp_path, {small.YEAR: year})
    figure = CHARTS["forms_year"](Context(vintage(made, "XX", 2020), english))
    assert figure
    assert isinstance(figure.plot, Squares)
    assert [("4", False), ("5", True)] == [(row.text, row.remainder) for row in figure.plot.rows]


def test_of_very_many_forms_the_largest_are_shown_and_the_table_has_them_all(english: Locale, tmp_path: Path) -> None:
    made = dataset_of(extremes.make(tmp_path / "w", extremes.forty_forms), ("XX",))
    context = Context(vintage(made, "XX", extremes.YEAR), english)
    panels, bars = CHARTS["forms_over_years"](context), CHARTS["forms_year"](context)
    assert panels
    assert bars
    assert isinstance(panels.plot, Panels)
    assert isinstance(bars.plot, Squares)
    assert bars.plot.bars
    assert (4, "All other and combined") == (len(panels.plot.panels), panels.plot.panels[-1].title)
    assert (6, "35 other categories") == (len(bars.plot.rows), bars.plot.rows[-1].label)
    assert sum(each.count for each in bars.plot.rows) == int(bars.table.rows[0].cells[0].text)
    assert (42, 41) == (len(panels.table.rows), len(bars.table.rows))


def test_a_form_that_is_not_named_is_0_only_where_the_others_make_the_whole(english: Locale, tmp_path: Path) -> None:
    figures = {
        2018: "{total: 9, by form: {sexual: 4, labour: 5}}",
        2019: "{total: 9, by form: {sexual: 9}}",
        2020: "{total: 9, by form: {sexual: 4}}",
    }
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{investigations.opened: {each}}}\n"
        for year, each in figures.items()
    }
    made = small.load(tmp_path, files)
    figure = CHARTS["forms_over_years"](Context(vintage(made, "XX", 2020), english))
    assert figure
    assert ["5", "0", ":"] == [cell.text for cell in figure.table.rows[2].cells]
    assert (
        "",
        "Where the parts of a year make its total, a part of which nothing is named is 0. They do not in 2020.",
    ) == figure.notes[-1]
