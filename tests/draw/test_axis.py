"""Scales have whole steps, words are measured and broken as they are set, labels move apart."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reporter.draw.axis import Scale, scale, tick_texts
from reporter.draw.canvas import LABEL, width, wrap
from reporter.draw.spreading import spread
from tests.draw.plots import LONG, THEME


def test_scale_of_counts_has_whole_steps() -> None:
    assert scale([Decimal(35)]) == Scale(35.0, (10.0, 20.0, 30.0))
    assert scale([Decimal(1)]).ticks == (1.0,)
    assert scale([None, Decimal(0)]) == Scale(1.0, ())


def test_ticks_are_grouped_as_the_printed_figures_are() -> None:
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12\u00a0345"]) == ("20\u00a0000",)
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12,345"]) == ("20,000",)
    assert tick_texts(Scale(0.8, (0.5,)), ["0,3"]) == ("0,5",)


def test_lines_break_at_plain_spaces_and_lose_no_word() -> None:
    lines = wrap(f"{LONG} 12\u00a0345", LABEL, THEME, 30)
    assert " ".join(lines) == f"{LONG} 12\u00a0345"
    assert max(width(line, LABEL, THEME) for line in lines) <= 30
    assert "12\u00a0345" in lines[-1]


def test_word_wider_than_its_line_is_broken_with_a_hyphen() -> None:
    lines = wrap("Internacionalizacijos", LABEL, THEME, 12)
    assert "".join(line.removesuffix("-") for line in lines) == "Internacionalizacijos"
    assert max(width(line, LABEL, THEME) for line in lines) <= 12


LABELS = st.lists(st.tuples(st.floats(0, 80), st.floats(1, 8)), max_size=9)


@given(LABELS)
def test_no_label_lies_upon_another_and_all_keep_their_order(labels):
    middles, heights = [middle for middle, _ in labels], [height for _, height in labels]
    found = spread(middles, heights, -1000.0, 1000.0)
    order = sorted(range(len(labels)), key=lambda place: (middles[place], place))
    for one, two in pairwise(order):
        assert found[two] - found[one] >= (heights[one] + heights[two]) / 2 - 1e-6


@given(LABELS)
def test_labels_that_fit_stay_within_their_limits(labels):
    middles, heights = [middle for middle, _ in labels], [height for _, height in labels]
    found = spread(middles, heights, 0.0, 80.0)
    if sum(heights) <= 80:
        for middle, height in zip(found, heights, strict=True):
            assert height / 2 - 1e-6 <= middle <= 80 - height / 2 + 1e-6
