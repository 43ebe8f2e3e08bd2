"""Labels that would lie on each other move apart, and no farther than they must."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reporter.draw.spreading import spread

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


@given(st.lists(st.floats(0, 100), max_size=6, unique=True))
def test_labels_with_room_between_them_stay(middles):
    apart = [each * 10 for each in range(len(middles))]
    assert apart == spread(apart, [4.0] * len(apart), -100.0, 100.0)
