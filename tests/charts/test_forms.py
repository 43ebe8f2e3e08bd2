"""Forms, persons and sentences of a year, and the scales they are drawn on."""

from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.charts import CHARTS, justice
from reporter.charts.gauges import gauges, ratio
from reporter.charts.victims import victims_year
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import (
    Panels,
    Squares,
)
from reporter.i18n import Locale
from reporter.model import Dataset, vintage
from tests import extremes, small
from tests.charts.shown import ENGLISH
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


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [
        ("1", "9", "1–9"),
        ("1", "1", "1–1"),
        ("missing", "9", "up to 9"),
        ("missing", "over 9", "up to >\u00a09"),
        ("1", "missing", "from 1"),
        ("missing", "suppressed", "c"),
    ],
)
def test_a_range_of_sentences_says_what_is_known_of_it(tmp_path, shortest, longest, text):
    catalogue = small.FILES["data/catalogue.yaml"]
    for code in ("sentences.shortest", "sentences.longest"):
        catalogue += f"  {code}: {{label: {{en: S}}, unit: years, kind: flow, population: p, definition: {{en: D}}}}\n"
    figures = f"figures: {{sentences.shortest: {shortest}, sentences.longest: {longest}}}"
    earlier = "year: 2019\nsource: police\nfigures: {sentences.longest: 8}\n"
    changed = {small.YEAR: small.HEAD + figures, "data/catalogue.yaml": catalogue, "data/XX/2019.yaml": earlier}
    figure = justice.convictions_sentences(Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH))
    assert [":", "up to 8", text] == [span.text for span in figure.plot.ranges]
    assert figure.headline is None


def forms_of(tmp_path, sexual: int, labour: int):
    forms = f"{{total: {sexual + labour}, by form: {{sexual: {sexual}, labour: {labour}}}}}"
    written = f"{small.HEAD}figures: {{investigations.opened: {forms}}}"
    edition = vintage(small.load(tmp_path, {small.YEAR: written}), "XX", 2020)
    return CHARTS["forms_year"](Context(edition, ENGLISH))


def test_as_many_cases_as_can_be_counted_are_squares(tmp_path):
    figure = forms_of(tmp_path, 40, 20)
    assert "One square, one investigation opened (60)" == figure.unit_line
    assert ([40, 20], False) == ([row.count for row in figure.plot.rows], figure.plot.bars)


def test_more_cases_than_can_be_counted_are_bars_and_no_word_speaks_of_squares(tmp_path):
    figure = forms_of(tmp_path, 40, 21)
    assert "Number of investigations opened (61)" == figure.unit_line
    alt = "Bar chart with one bar for each form. Sexual exploitation: 40; Labour exploitation: 21."
    assert alt == figure.alt
    assert ([(40, "40"), (21, "21")], True) == ([(row.count, row.text) for row in figure.plot.rows], figure.plot.bars)


def made(path: Path, now: str, before: str) -> Figure | None:
    """The chart of a small workspace with these identified victims."""
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  victims.identified: {text}\n"
        for year, text in ((2019, before), (2020, now))
    }
    return victims_year(Context(vintage(small.load(path, {small.TEXT: "", **files}), "XX", 2020), ENGLISH))


NOW = "{total: 24, by person: {women: 16, men: 7, children: 1}}"


def told(figure: Figure | None) -> list[tuple[str, int, int, str]]:
    assert figure
    return [(each.label, each.count, each.before, each.past) for each in figure.plot.groups]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (
            "{total: 39, by person: {women: 17, men: 18, children: 4}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 4, "after 4")],
        ),
        # Of which nothing is said, where the others make the whole.
        (
            "{total: 35, by person: {women: 17, men: 18}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 0, "after 0")],
        ),
        # Girls and boys of one year only.
        (
            "{total: 39, by person: {women: 17, men: 18, children: 4, girls: 3, boys: 1}}",
            [("Women", 16, 17, "after 17"), ("Men", 7, 18, "after 18"), ("Children", 1, 4, "after 4")],
        ),
    ],
)
def test_both_years_stand_by_group(tmp_path: Path, before: str, expected: list[tuple[str, int, int, str]]) -> None:
    figure = made(tmp_path, NOW, before)
    assert expected == told(figure)
    assert figure
    assert ("2020", "2019") == figure.plot.labels  # type: ignore[union-attr]
    assert "24 in 2020" in figure.unit_line


@pytest.mark.parametrize(
    "before",
    [
        "missing",
        "{total: 39, by person: {women: 17, men: 18}}",
        "{total: at least 39, by person: {women: 17, men: 18, children: 4}}",
        "{total: 500, by person: {women: 300, men: 200}}",
    ],
)
def test_a_year_that_cannot_be_compared_is_not_shown(tmp_path: Path, before: str) -> None:
    figure = made(tmp_path, NOW, before)
    assert [("Women", 16, 0, ""), ("Men", 7, 0, ""), ("Children", 1, 0, "")] == told(figure)
    assert figure
    assert ("One symbol, one person: 24", ("2020",)) == (figure.unit_line, figure.plot.labels)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "now", ["missing", "24", "{total: 24, by person: {women: 16}}", "{total: 200, by person: {women: 200}}"]
)
def test_none_where_persons_are_not_known_or_too_many(tmp_path: Path, now: str) -> None:
    assert made(tmp_path, now, "missing") is None


COUNTS = st.lists(st.integers(min_value=0, max_value=10**7), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("largest", "expected"),
    [
        ([39, 16, 224], [50, 50, 250]),
        ([39, 16], [40, 40]),
        ([300, 15, 400], [400, 20, 400]),
        ([0, 0], [5, 5]),
        ([1], [4]),
        ([1201, 5001, 1], [3000, 6000, 6]),
        ([], []),
    ],
)
def test_groups_have_one_scale_where_their_values_can_be_seen_on_it(largest: list[int], expected: list[int]) -> None:
    assert expected == [int(each.top) for each in gauges([Decimal(each) for each in largest])]


@given(COUNTS)
def test_every_value_fits_its_scale_whose_lines_are_whole_numbers(largest: list[int]) -> None:
    found = gauges([Decimal(each) for each in largest])
    assert len(largest) == len(found)
    for most, gauge in zip(largest, found, strict=True):
        assert most <= gauge.top
        assert 0 == gauge.top % gauge.steps
        assert most == 0 or gauge.top <= 5 * most or gauge.top / gauge.steps == 1 or gauge.top <= 4 * max(most, 25)


@given(COUNTS)
def test_a_scale_is_a_whole_number_of_times_the_one_above_it(largest: list[int]) -> None:
    found = gauges([Decimal(each) for each in largest])
    for above, below in pairwise(found):
        times = ratio(above, below)
        assert below.top == (above.top * times if times > 0 else above.top / -times)
