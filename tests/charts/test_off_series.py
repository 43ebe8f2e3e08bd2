"""What does not belong to its series, by definition or because it is in doubt, looks otherwise and is said in words."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from reporter.analysis import arithmetic
from reporter.analysis.arithmetic import Obstacle
from reporter.charts import CHARTS
from reporter.document.document import Cell, Figure
from reporter.document.plot import Bar, Columns, Panels, Ranges, Rows, Shade
from reporter.model import Flag, is_given
from tests.charts.shown import ENGLISH, figures, known, shown
from tests.charts.test_charts import bars_of
from tests.draw.plots import THEME, drawn
from tests.extents import collisions
from tests.snapshots import translated

YEARS = ("2011", "2012", "2013")
WORDS = "definition differs: 2012"
HATCHED = Bar(Decimal(25), "25", off_series=True)
BARS = (Bar(Decimal(30), "30"), HATCHED, Bar(Decimal(33), "33", Shade.NOW))
PLOTS = {
    "columns": Columns("", YEARS, BARS, off_series_key=WORDS),
    "panels": Panels((Columns("Persons", YEARS, BARS), Columns("Victims", YEARS, BARS)), off_series_key=WORDS),
    "rows": Rows((Columns("Persons", YEARS, BARS), Columns("Victims", YEARS, BARS)), off_series_key=WORDS),
    "ranges": Ranges(Columns("Persons", YEARS, BARS), "Sentences", (), off_series_key=WORDS),
}


def is_apart(cell: Cell) -> bool:
    seen = cell.observation
    return seen is not None and is_given(seen) and (Flag.DEFINITION_DIFFERS in seen.flags or seen.doubtful)


def test_a_flag_and_a_doubt_set_values_apart() -> None:
    series = known("LT", 2020).series("persons.prosecuted")
    found = zip(series, arithmetic.off_series_obstacles(tuple(series)), strict=True)
    expected = {**dict.fromkeys((2011, 2012, 2013), Obstacle.DEFINITION), 2017: Obstacle.DOUBT}
    assert expected == {seen.year: obstacle for seen, obstacle in found if obstacle}


def test_a_definition_that_all_values_share_sets_none_apart() -> None:
    series = known("LT", 2020).series("assistance.persons")
    some = tuple(seen for seen in series if seen.year in (2010, 2011))
    assert (None, None) == arithmetic.off_series_obstacles(some)
    found = zip(series, arithmetic.off_series_obstacles(tuple(series)), strict=True)
    assert [2010, 2011] == [seen.year for seen, obstacle in found if obstacle]


@pytest.mark.parametrize("code", CHARTS)
def test_what_is_apart_is_hatched_and_told(code: str) -> None:
    for _, figure in shown(code):
        years = {cell.observation.year for row in figure.table.rows for cell in row.cells if is_apart(cell)}  # type: ignore[union-attr]
        if bars := list(bars_of(figure.plot)):
            assert not years or any(bar.off_series for bar in bars)
            assert any(bar.off_series for bar in bars) == bool(figure.plot.off_series_key)
            for year in years:
                assert re.search(rf"(Definition differs|In doubt): [\d, ]*{year}", figure.alt), year
                assert str(year) in figure.plot.off_series_key


def test_the_legend_names_the_years_in_each_language() -> None:
    assert "not comparable (definition differs: 2011, 2012, 2013; in doubt: 2017)" == legend(
        figures("LT", 2020)["criminal_justice"]
    )
    lithuanian = translated("lt")
    assert "apibrėžtis skiriasi: 2012 m." == lithuanian.text("definition differs: {years}", years="2012")


def legend(figure: Figure) -> str:
    plot: Any = figure.plot
    return str(plot.off_series_key)


@pytest.mark.parametrize("name", PLOTS)
def test_a_hatched_column_has_an_entry_in_the_legend(name: str) -> None:
    assert WORDS in drawn(PLOTS[name], 174).words
    assert [] == collisions(PLOTS[name], THEME, 174)


def test_no_legend_where_nothing_is_hatched() -> None:
    plain = Columns("", YEARS, (BARS[0], Bar(None, ":", off_series=True), BARS[2]), off_series_key=WORDS)
    assert WORDS not in drawn(plain, 174).words


def test_a_hatched_column_has_lines_on_paper_and_an_outline_and_no_other_fill() -> None:
    sheet = drawn(replace(PLOTS["columns"], off_series_key=""), 174)
    assert [1, 1] == [len(sheet.filled(THEME.colours[each])) for each in (Shade.EARLIER, Shade.NOW)]
    assert 1 == len(sheet.filled(THEME.colours["paper"]))
    assert sheet.stroked(THEME.colours[Shade.BEFORE])


def test_every_text_says_the_same_in_english() -> None:
    assert "Definition differs: 2011, 2012, 2013. In doubt: 2017." in figures("LT", 2020)["criminal_justice"].alt
    assert ENGLISH.language == "en"
