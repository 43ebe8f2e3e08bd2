"""Scales for figures in groups: one, or whole ratios of it."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, product
from math import log

from reporter.document.plot import Gauge

# How many steps a scale may have, and how much larger or smaller than the one above it the next may be.
STEPS = (5, 4, 6)
ROUND = (1, 2, 5)
RATIOS = tuple(factor * 10**power for power in range(15) for factor in ROUND)[1:]
# A group whose largest value is less than this part of its scale has a scale of its own.
LEAST = Decimal("0.25")
# How much emptiness, as a logarithm, one scale less is worth.
CHANGE = 1.0


def gauges(largest: Sequence[Decimal]) -> tuple[Gauge, ...]:
    """The scale of each group, by its largest value. Every group has that of the one above where its values can be seen
    on it, else one at a whole ratio of it. Of the scales on which the first fits and can be seen, the one that leaves
    the least empty in all."""
    if not largest:
        return ()
    bases = [
        Gauge(Decimal(step * steps), steps)
        for steps, step in product(
            STEPS, [factor * 10**power for power in range(len(str(int(max(largest)))) + 1) for factor in ROUND]
        )
    ]
    fitting = [each for each in bases if largest[0] <= each.top and (not largest[0] or each.top * LEAST <= largest[0])]
    return min(
        (_following(each, largest) for each in fitting),
        key=lambda found: (
            sum((log(float(each.top / most)) for each, most in zip(found, largest, strict=True) if most))
            + CHANGE * sum((one != other for one, other in pairwise(found)))
        ),
    )


def ratio(above: Gauge, below: Gauge) -> int:
    """How many times a scale is the one above it. Negative where it is so many times smaller."""
    return int(below.top / above.top) if below.top >= above.top else -int(above.top / below.top)


def _following(first: Gauge, largest: Sequence[Decimal]) -> tuple[Gauge, ...]:
    found = [first]
    for most in largest[1:]:
        found.append(_next(found[-1], most))
    return tuple(found)


def _next(above: Gauge, most: Decimal) -> Gauge:
    if most > above.top:
        return Gauge(next(above.top * each for each in RATIOS if above.top * each >= most), above.steps)
    smaller = [above.top / each for each in RATIOS if above.top / each >= most and above.top / above.steps % each == 0]
    return Gauge(smaller[-1], above.steps) if smaller and 0 < most < above.top * LEAST else above
