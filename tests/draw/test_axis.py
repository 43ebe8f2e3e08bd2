"""Scales have whole steps, and ticks are written as the printed figures are."""

from decimal import Decimal

from reporter.draw.axis import Scale, scale, tick_texts


def test_scale_of_counts_has_whole_steps() -> None:
    assert scale([Decimal(35)]) == Scale(35.0, (10.0, 20.0, 30.0))
    assert scale([Decimal(1)]).ticks == (1.0,)
    assert scale([None, Decimal(0)]) == Scale(1.0, ())


def test_ticks_are_grouped_as_the_printed_figures_are() -> None:
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12\u00a0345"]) == ("20\u00a0000",)
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12,345"]) == ("20,000",)
    assert tick_texts(Scale(0.8, (0.5,)), ["0,3"]) == ("0,5",)
