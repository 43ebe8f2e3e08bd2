"""A square for each case."""

from reporter.document.plot import Pile, Shade, Units
from tests.draw.plots import THEME, drawn

NOW = THEME.colours[Shade.NOW]


def test_unit_chart_has_one_square_for_each_case() -> None:
    sheet = drawn(Units((Pile("Forced marriage", 4, "4"), Pile("Begging", 37, "37"))))
    assert len(sheet.filled(NOW)) == 41
