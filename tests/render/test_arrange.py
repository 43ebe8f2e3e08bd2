"""What stands beside what: columns, charts, lists."""

import pytest

from reporter.document.document import (
    Box,
    Document,
    Section,
    Table,
    Text,
)
from reporter.document.plot import Pile, Strip, Units
from reporter.render import chart_width
from reporter.render.arrange import bands, halves, runs
from reporter.render.listing import FULL, MORE, MOST_ON_A_LINE, ONE, listing
from tests.render.pages import COLUMNS, EDITION, LONG, figure, table

UNITS = Units((Pile("Women", 3, "3", 0, "woman"),))


def test_long_text_flows_in_columns_and_short_text_does_not() -> None:
    long, short = Text(f"<p>{LONG * 20}</p>"), Text(f"<p>{LONG}</p>")
    assert ["flow"] == [band.shape for band in bands((long, Box("A", ("b",))))]
    assert ["kept"] == [band.shape for band in bands((Text(f"<p>{LONG * 8}</p>"),))]
    assert ["short", "wide"] == [band.shape for band in bands((short, figure()))]
    assert ["lone"] == [band.shape for band in bands((Box("A", ("b",)),))]


def test_a_small_chart_stands_beside_the_text_before_it_or_another_small_one() -> None:
    small, text = figure("units", UNITS), Text(f"<p>{LONG}</p>")
    assert [("pair", (text, small))] == [(band.shape, band.blocks) for band in bands((text, small))]
    assert [("pair", (small, small))] == [(band.shape, band.blocks) for band in bands((small, small))]
    assert ["lone", "wide"] == [band.shape for band in bands((small, figure()))]


def test_charts_are_drawn_as_wide_as_they_stand_on_the_page() -> None:
    assert (100, 84, 174) == (chart_width(Strip((), Decimal(1))), chart_width(UNITS), chart_width(COLUMNS))


def test_sections_of_text_share_columns_with_their_neighbours() -> None:
    text = Section("a", "1.1", "A", 2, 0, (Text(f"<p>{LONG * 9}</p>"),))
    chart = Section("b", "1.2", "B", 2, 0, (figure(),))
    assert [("flow", 2), ("wide", 1)] == [(run.shape, len(run.sections)) for run in runs((text, text, chart))]


def test_contents_stand_in_two_columns_of_about_one_length() -> None:
    chapters = tuple(Section(str(n), str(n), "", 1, 0) for n in range(5))
    assert [2, 3] == sorted(map(len, halves(chapters)))
    assert ((), ()) == halves(())


@pytest.mark.parametrize("count", [0, 1, 2, 7, 31, 60, 200])
def test_the_list_of_tables_holds_each_once_in_columns_that_fit_a_page(count):
    tables = tuple(table(f"t{n}", n, caption="Cases " * (n % 20 + 1)) for n in range(1, count + 1))
    section = Section("cases", "1", "Cases", 1, 0, tables)
    pages = listing(Document(EDITION, (), (section,), ()))
    columns = [[block for part in column for block in part.blocks] for page in pages for column in page]
    assert list(tables) == [block for column in columns for block in column]
    assert [] == [column for column in columns if heights(column) > FULL + MORE * 3]
    assert (count > 0) == any(part.opens for page in pages for column in page for part in column)


def heights(blocks: list[Table]) -> float:
    return sum(ONE + MORE * ((len(each.caption) - 1) // MOST_ON_A_LINE) for each in blocks)
