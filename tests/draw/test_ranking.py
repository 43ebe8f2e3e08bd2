"""Bars in a ranking, each with the words of its value."""

from decimal import Decimal

from reporter.document.plot import (
    Ranking,
    Span,
)
from tests.draw.plots import THEME, drawn


def test_ranking_prints_the_words_of_the_value_after_its_bar() -> None:
    plot = Ranking((Span("Practitioners", None, Decimal(100), "over 100"), Span("Judges", None, None, ":")))
    sheet = drawn(plot)
    (bar,) = sheet.filled(THEME.colours["now"])
    over = next(item for item in sheet.printed if item.words == "over 100")
    assert max(x for x, _ in bar) < over.left
    assert ":" in sheet.words
