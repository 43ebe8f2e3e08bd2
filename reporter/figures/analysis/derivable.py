"""Find which unknown counts follow from the equations that hold them. Exactly, in whole numbers: a count follows when
there is no other way to complete what is known."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

# With more steps than this the question stays open; counts in tables of a report need some dozens.
MOST_STEPS = 3000
K = TypeVar("K", bound=Hashable)
Unknown = tuple[str, int]
Range = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Equation(Generic[K]):
    """The least and the most that unknown counts make, None for no end. Each has its factor."""

    terms: tuple[tuple[K, int], ...]
    least: int | None
    most: int | None

    def holds(self, values: Mapping[K, int]) -> bool:
        total = sum(factor * values[key] for key, factor in self.terms)
        return (self.least is None or self.least <= total) and (self.most is None or total <= self.most)


def connected(equations: Iterable[Equation[K]], keys: Iterable[K]) -> list[set[K]]:
    """The unknown counts that hang together."""
    groups = {key: {key} for key in keys}
    for each in equations:
        joined = set[K]().union(*(groups[key] for key, _ in each.terms))
        groups |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in groups.values()}.values())


def narrow(equations: Iterable[Equation[K]], known: dict[K, Range]) -> bool | None:
    """Narrow the ranges of counts by each equation once. Tells whether one became narrower; None when one is left
    empty."""
    is_narrower = False
    for each in equations:
        for key, (low, high) in _narrower(each, known):
            if high is not None and low > high:
                return None
            is_narrower |= (low, high) != known[key]
            known[key] = low, high
    return is_narrower


class _TooManyStepsError(Exception):
    """The question is too large to be answered."""


def derivable(equations: Iterable[Equation[Unknown]], ranges: Mapping[Unknown, Range]) -> frozenset[Unknown]:
    """The unknown counts that can be worked out. `ranges` are the lowest and the highest that each can be. Where
    equations contradict each other, readers take each of them by itself."""
    all_of_them = tuple(equations)
    # A count without a highest gets one that no equation can come near.
    most = 2 + 2 * sum(abs(each.most or 0) + sum(abs(factor) for _, factor in each.terms) for each in all_of_them)
    most += max((low for low, _ in ranges.values()), default=0)
    found: set[Unknown] = set()
    for group in connected(all_of_them, ranges):
        inside = [each for each in all_of_them if each.terms and each.terms[0][0] in group]
        try:
            bounds = ((key, ranges[key]) for key in group)
            found |= _fixed(inside, {key: (low, most if high is None else high) for key, (low, high) in bounds})
        except _TooManyStepsError:
            continue
    return frozenset(found)


def _fixed(equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range]) -> set[Unknown]:
    steps = iter(range(MOST_STEPS))
    known = _narrowed(equations, ranges, steps)
    first = _completed(equations, known, steps) if known else None
    if known is None or first is None:
        alone = (({key for key, _ in each.terms}, each) for each in equations if len(equations) > 1)
        return set().union(*(_fixed([each], {key: ranges[key] for key in keys}) for keys, each in alone))
    fixed = set(known)
    for key, (low, high) in known.items():
        if key not in fixed:
            continue
        for part in ((low, first[key] - 1), (first[key] + 1, high)):
            other = _completed(equations, {**known, key: part}, steps) if part[0] <= part[1] else None
            if other:
                fixed = {each for each in fixed if other[each] == first[each]}
                break
    return fixed


def _completed(
    equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range], steps: Iterator[int]
) -> dict[Unknown, int] | None:
    known = _narrowed(equations, ranges, steps)
    if known is None:
        return None
    open_keys = [key for key, (low, high) in known.items() if low < high]
    if not open_keys:
        return {key: low for key, (low, _) in known.items()}
    key = min(open_keys, key=lambda each: known[each][1] - known[each][0])
    low, high = known[key]
    middle = (low + high) // 2
    for part in dict.fromkeys(((low, low), (low + 1, max(low + 1, middle)), (max(low + 1, middle) + 1, high))):
        found = _completed(equations, {**known, key: part}, steps) if part[0] <= part[1] else None
        if found:
            return found
    return None


def _narrowed(
    equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range], steps: Iterator[int]
) -> dict[Unknown, tuple[int, int]] | None:
    """The ranges as the equations narrow them. None when one is left empty."""
    known = dict(ranges)
    while True:
        if next(steps, None) is None:
            raise _TooManyStepsError
        is_narrower = narrow(equations, known)
        if is_narrower is None:
            return None
        if not is_narrower:
            return {key: (low, low if high is None else high) for key, (low, high) in known.items()}


def _narrower(each: Equation[K], known: Mapping[K, Range]) -> Iterator[tuple[K, Range]]:
    # The smallest and the largest of each count times its factor.
    ends: dict[K, tuple[int | None, int | None]] = {}
    for key, factor in each.terms:
        low, high = known[key]
        near, far = factor * low, None if high is None else factor * high
        ends[key] = (near, far) if factor > 0 else (far, near)
    smallest, largest = map(_sum_of, zip(*ends.values(), strict=True)) if ends else ((0, 0), (0, 0))
    for key, factor in each.terms:
        # Factor times count is at most what makes the most with the smallest of the others.
        others = _without(smallest, ends[key][0])
        top = None if each.most is None or others is None else each.most - others
        others = _without(largest, ends[key][1])
        bottom = None if each.least is None or others is None else each.least - others
        if factor < 0:
            top, bottom = (None if bottom is None else -bottom), (None if top is None else -top)
        low, high = known[key]
        if bottom is not None:
            low = max(low, -(-bottom // abs(factor)))
        if top is not None:
            high = top // abs(factor) if high is None else min(high, top // abs(factor))
        yield key, (low, high)


def _sum_of(numbers: tuple[int | None, ...]) -> tuple[int, int]:
    """What numbers make, and how many of them have no end."""
    return sum(filter(None, numbers)), numbers.count(None)


def _without(total: tuple[int, int], number: int | None) -> int | None:
    return None if total[1] > (number is None) else total[0] - (number or 0)
