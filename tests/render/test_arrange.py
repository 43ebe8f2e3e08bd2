"""What stands beside what: columns, charts, lists, contents."""

from decimal import Decimal

import pytest

from reporter.document.document import Box, Cell, Column, Row, Section, Table, Text
from reporter.document.plot import YearStrip
from reporter.document.plot_of_sides import SquareRow, Squares
from reporter.render import chart_width
from reporter.render.arrange import bands, beside, column_classes, runs, table_classes
from reporter.render.html import contents_setting, halves
from tests.render.pages import COLUMNS, LONG, figure

SQUARES = Squares((SquareRow("Women", 3, "3"),))


def test_long_text_flows_in_columns_and_short_text_does_not() -> None:
    long, short = Text(f"<p>{LONG * 20}</p>"), Text(f"<p>{LONG}</p>")
    assert ["flow"] == [band.shape for band in bands((long, Box("A", ("b",))))]
    assert ["flow"] == [band.shape for band in bands((Text(f"<p>{LONG * 8}</p>"),))]
    assert ["short", "wide"] == [band.shape for band in bands((short, figure()))]
    assert ["lone"] == [band.shape for band in bands((Box("A", ("b",)),))]


def test_a_small_table_stands_beside_the_text_before_it_or_another_small_one() -> None:
    small, text = figure().table, Text(f"<p>{LONG}</p>")
    assert [("pair", (text, small))] == [(band.shape, band.blocks) for band in bands((text, small))]
    assert [("pair", (small, small))] == [(band.shape, band.blocks) for band in bands((small, small))]
    assert ["lone", "wide"] == [band.shape for band in bands((small, figure()))]


def test_charts_are_drawn_as_wide_as_they_stand_on_the_page() -> None:
    assert (100, 54, 174) == (chart_width(YearStrip((), Decimal(1))), chart_width(SQUARES), chart_width(COLUMNS))


def test_sections_of_text_share_columns_with_their_neighbours() -> None:
    text = Section("a", "1.1", "A", 2, (Text(f"<p>{LONG * 9}</p>"),))
    chart = Section("b", "1.2", "B", 2, (figure(),))
    assert [("flow", 2), ("wide", 1)] == [(run.shape, len(run.sections)) for run in runs((text, text, chart))]


def table(*rows: tuple[str, ...]) -> Table:
    cells = (Row("A", tuple(map(Cell, row))) for row in rows)
    return Table("t", 1, "T", "", "", tuple(Column("C", text=True) for _ in rows[0]), tuple(cells), "")


def test_no_date_of_a_table_is_hyphenated() -> None:
    dates, words = "2012 m. birželio 30 d.", "birželio 30 d., o vėliau ir kitomis dienomis"
    assert ("words dated", "words", "words brief") == column_classes(table((dates, words, "2012"), (":", dates, "")))


def test_a_table_of_long_words_may_break_over_pages() -> None:
    assert "long" not in table_classes(table(*[("2012", LONG[:100])] * 9)).split()
    assert "long" in table_classes(table(*[("2012", LONG * 4)] * 12)).split()


@pytest.mark.parametrize(("count", "expected"), [(2, [2]), (6, [3, 3]), (8, [4, 4]), (27, [9, 9, 9])])
def test_a_list_stands_in_columns_of_one_height_and_in_its_order(count, expected):
    rows = [Row(f"{n}", ()) for n in range(count)]
    columns = beside(rows, 3)
    assert expected == list(map(len, columns))
    assert rows == [row for column in columns for row in column]


def test_a_group_that_goes_on_in_the_next_column_has_its_heading_there_too():
    rows = [Row("Not shown", (), heading=True), *(Row(f"{n}", ()) for n in range(8))]
    columns = beside(rows, 3)
    assert {"Not shown"} == {column[0].label for column in columns}
    assert [row.label for row in rows[1:]] == [row.label for column in columns for row in column if not row.heading]


def test_contents_stand_in_two_columns_of_about_one_length() -> None:
    chapters = tuple(Section(str(n), str(n), "", 1, 0) for n in range(5))
    assert [2, 3] == sorted(map(len, halves(chapters)))
    assert ((), ()) == halves(())


@pytest.mark.parametrize(
    ("chapters", "sections", "setting"),
    [(0, 0, "roomy"), (10, 1, "roomy"), (10, 4, "usual"), (12, 6, "tight"), (14, 20, "chapters")],
)
def test_the_longer_the_contents_the_tighter_they_are_set(chapters: int, sections: int, setting: str) -> None:
    below = tuple(Section(f"s{n}", f"1.{n}", "Cases", 2) for n in range(sections))
    assert setting == contents_setting(tuple(Section(f"c{n}", f"{n}", "Cases", 1, (), below) for n in range(chapters)))
