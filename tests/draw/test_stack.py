"""Stacked columns: their layers, their totals, and what can be told apart without colour."""

from decimal import Decimal

import pytest

from reporter.document.plot import (
    Bar,
    Layer,
    Stack,
)
from reporter.draw.fills import DOTS, PINLINES, PLAIN, fills
from tests.draw.plots import FORMS, THEME, bars, drawn, height


def test_layers_stand_on_each_other_and_are_named() -> None:
    sheet = drawn(FORMS)
    labour, crime = sheet.filled(THEME.accent(1))[1:], sheet.filled(THEME.accent(0))[1:]
    assert [text for text in ("Labour exploitation", "not stated", "16") if text not in sheet.words] == []
    assert height(crime[0]) / height(labour[0]) == pytest.approx(7 / 3, rel=0.05)
    assert max(y for _, y in crime[0]) == pytest.approx(min(y for _, y in labour[0]), abs=1)


def test_layers_that_look_alike_in_grey_get_different_textures() -> None:
    assert [fill.texture for fill in fills(THEME, [0, 3, 1, 2]).values()] == [
        PLAIN,
        PINLINES,
        PLAIN,
        PINLINES,
    ]
    assert [fill.texture for fill in fills(THEME, [4, 6, 7]).values()] == [PLAIN, PINLINES, DOTS]


def test_more_layers_than_can_be_told_apart_are_counted_in_the_legend() -> None:
    layers = tuple(Layer(f"layer {n}", bars(1), n) for n in range(40))
    words = drawn(Stack(("2020",), layers, bars(40))).words
    assert sum(text.startswith("layer") for text in words) == 16
    assert "+ 24" in words


def test_a_stack_prints_every_total_that_is_known_and_every_one_above_a_column() -> None:
    """Nobody at all is a total too."""
    years, forms = ("2018", "2019", "2020"), (Layer("Labour", bars(0, 7, 3), 1),)
    totals = (Bar(Decimal(0), "nil"), Bar(Decimal(7), "VII"), Bar(None, "≥ 3"))
    words = drawn(Stack(years, forms, totals)).words
    assert [True, True, True] == [bar.text in words for bar in totals]
