"""A square for each case."""

from reporter.document.plot import (
    Pile,
    Units,
)
from tests.draw.plots import THEME, drawn


def test_unit_chart_has_one_square_for_each_case() -> None:
    sheet = drawn(Units((Pile("Forced marriage", 4, "4", 0), Pile("Begging", 37, "37", 1))))
    assert (len(sheet.filled(THEME.accent(0))), len(sheet.filled(THEME.accent(1)))) == (4, 37)
