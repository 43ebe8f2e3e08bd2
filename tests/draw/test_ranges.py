"""Ranges between a lowest and a highest value, also where one of them is not known."""

from decimal import Decimal

from reporter.document.plot import (
    Columns,
    Ranges,
    Span,
)
from tests.draw.plots import YEARS, bars, drawn


def test_range_without_a_lower_end_is_dashed_to_the_baseline() -> None:
    spans = (
        Span("2019", None, Decimal(12), "up to 12"),
        Span("2020", Decimal(7), Decimal(11), "7–11", emphasised=True),
    )
    sheet = drawn(Ranges(Columns("", YEARS[-2:], bars(14, 17)), "Sentences", spans))
    assert len(sheet.dashed()) == 1
    assert [text for text in ("up to 12", "7–11", "Sentences") if text not in sheet.words] == []


def test_place_without_a_range_prints_a_colon() -> None:
    sheet = drawn(Ranges(Columns("", YEARS[-2:], bars(14, 17)), "", (Span("2019", None, None, ":"),)))
    assert sheet.words.count(":") == 2
