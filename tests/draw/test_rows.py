"""Series in rows: one axis, one scale, a title at the left of each."""

import pytest

from reporter.document.plot import Columns, Rows, Shade
from tests.draw.plots import POPULATIONS, THEME, YEARS, bars, drawn, height

NOW = THEME.colours[Shade.NOW]


def test_rows_share_one_scale_and_one_axis() -> None:
    rows = tuple(Columns("", YEARS[-2:], bars(None, value)) for value in (10, 40))
    sheet = drawn(Rows(rows), 174)
    first, second = sorted(map(height, sheet.filled(NOW)))
    assert second / first == pytest.approx(4, rel=0.01)
    assert ["2019", "2020"] == [word for word in sheet.words if word in YEARS]


def test_every_figure_and_every_sign_of_a_missing_value_is_printed() -> None:
    words = drawn(POPULATIONS, 174).words
    wanted = [bar.text for row in POPULATIONS.rows for bar in row.bars]
    assert {text: wanted.count(text) for text in wanted} == {text: words.count(text) for text in wanted}


def test_what_a_row_counts_stands_below_its_title_beside_its_columns() -> None:
    sheet = drawn(POPULATIONS, 174)
    title, subtitle = (
        next(item for item in sheet.printed if item.words == words) for words in ("Victims identified", "by the police")
    )
    assert title.baseline < subtitle.baseline
    assert max(title.right, subtitle.right) < min(x for column in sheet.filled(NOW) for x, _ in column)


def test_one_tint_runs_through_all_rows() -> None:
    assert 1 == len(drawn(POPULATIONS, 174).filled(THEME.colours["tint"]))
