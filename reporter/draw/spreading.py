"""Move labels apart as little as possible."""

from collections.abc import Sequence


def spread(middles: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """The middles of labels below each other, none upon another. They stay in their order and, as far as they fit,
    between `low` and `high`; the sum of the squares of the moves is the least."""
    order = sorted(range(len(middles)), key=lambda place: (middles[place], place))
    offsets, total = [], 0.0
    for place in order:
        offsets.append(total + heights[place] / 2)
        total += heights[place]
    # What is left when the room of the labels is taken out must not fall: neighbours that cross share their mean.
    blocks: list[tuple[float, int]] = []
    for place, offset in zip(order, offsets, strict=True):
        mean, count = middles[place] - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, others = blocks.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        blocks.append((mean, count))
    starts = [max(min(mean, high - total), low) for mean, count in blocks for _ in range(count)]
    found = dict(zip(order, (start + offset for start, offset in zip(starts, offsets, strict=True)), strict=True))
    return [found[place] for place in range(len(middles))]
