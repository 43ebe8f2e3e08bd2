"""What a printed number says of the counts behind it. A share, mean or change that is printed leaves its counts within
linear inequalities, and exactly those."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reporter.disclosure.system import CellKey, Terms, Tie


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers that a printed one can stand for. None is no end. An end that is `open` is no such number itself."""

    least: Fraction | int | None = None
    most: Fraction | int | None = None
    open_least: bool = False
    open_most: bool = False


def rounded_half_up(shown: Decimal, step: Decimal | None = None) -> Interval:
    """What is rounded to multiples of a step, halves up. That is away from zero. By default the step is the last
    decimal that is printed."""
    half = Fraction(step or Decimal(1).scaleb(int(shown.as_tuple().exponent))) / 2
    middle = Fraction(shown)
    return Interval(middle - half, middle + half, open_least=middle <= 0, open_most=middle >= 0)


def rounded_either_way(shown: int, base: int = 5) -> Interval:
    """What is printed as the multiple below or above; multiples stay."""
    return Interval(Fraction(shown - base), Fraction(shown + base), open_least=True, open_most=True)


def sum_tie(name: str, terms: Terms, interval: Interval) -> Tie:
    """A sum or difference of counts, or one count, within an interval."""
    least = None if interval.least is None else -(-interval.least.numerator // interval.least.denominator)
    most = None if interval.most is None else interval.most.numerator // interval.most.denominator
    # An open end is not the number itself, where that is whole.
    if least is not None and interval.open_least and least == interval.least:
        least += 1
    if most is not None and interval.open_most and most == interval.most:
        most -= 1
    return Tie(name, terms, least, most)


def quotient_ties(
    name: str, above: Terms, below: Terms | int, interval: Interval, *, times: int = 1, place: str = ""
) -> tuple[Tie, ...]:
    """A share, rate, ratio or mean: one sum by another. Or by a number. It is printed `times` as large: a percentage
    100 times. It is printed only where there is something to divide by."""
    return tuple(_quotient_ties(name, above, below, interval, times, place))


def change_ties(name: str, before: CellKey, now: CellKey, interval: Interval, *, place: str = "") -> tuple[Tie, ...]:
    """A change in per cent from one count to a later one."""
    return quotient_ties(name, ((now, 1), (before, -1)), ((before, 1),), interval, times=100, place=place)


def _quotient_ties(
    name: str, above: Terms, below: Terms | int, interval: Interval, times: int, place: str
) -> Iterator[Tie]:
    divisor = () if isinstance(below, int) else below
    if divisor:
        yield Tie(name, divisor, 1, None, place=place)
    for side, end, is_open in ((1, interval.least, interval.open_least), (-1, interval.most, interval.open_most)):
        if end is None:
            continue
        # Times the sum above, less the end times the sum below, is not less than nothing: in whole numbers.
        factors: dict[CellKey, int] = {}
        for key, factor in above:
            factors[key] = factors.get(key, 0) + side * times * end.denominator * factor
        for key, factor in divisor:
            factors[key] = factors.get(key, 0) - side * end.numerator * factor
        least = side * end.numerator * below if isinstance(below, int) else 0
        yield Tie(name, tuple(factors.items()), least + is_open, None, place=place)
