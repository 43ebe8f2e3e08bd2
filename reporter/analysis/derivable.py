"""Find which unknown counts follow from the equations that hold them. Exactly, in whole numbers: a count follows when
there is no other way to complete what is known."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

# With more steps than this the question stays open; counts in tables of a report need some dozens.
MOST_STEPS = 3000
Unknown = tuple[str, int]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Equation:
    """Unknown counts that make a number, or at most make it. Each has its factor."""

    terms: tuple[tuple[Unknown, int], ...]
    makes: int
    at_most: bool = False


class _TooManyStepsError(Exception):
    """The question is too large to be answered."""


def derivable(equations: Iterable[Equation], ranges: Mapping[Unknown, tuple[int, int | None]]) -> frozenset[Unknown]:
    """The unknown counts that can be worked out. `ranges` are the lowest and the highest that each can be. Where
    equations contradict each other, readers take each of them by itself."""
    all_of_them = tuple(equations)
    # A count without a highest gets one that no equation can come near.
    most = 2 + 2 * sum(abs(each.makes) + sum(abs(factor) for _, factor in each.terms) for each in all_of_them)
    most += max((low for low, _ in ranges.values()), default=0)
    found: set[Unknown] = set()
    for group in _connected(all_of_them, ranges):
        inside = [each for each in all_of_them if each.terms and each.terms[0][0] in group]
        try:
            bounds = ((key, ranges[key]) for key in group)
            found |= _fixed(inside, {key: (low, most if high is None else high) for key, (low, high) in bounds})
        except _TooManyStepsError:
            continue
    return frozenset(found)


def _connected(equations: Iterable[Equation], keys: Collection[Unknown]) -> list[set[Unknown]]:
    groups = {key: {key} for key in keys}
    for each in equations:
        joined = set().union(*(groups[key] for key, _ in each.terms))
        groups |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in groups.values()}.values())


def _fixed(equations: list[Equation], ranges: dict[Unknown, Range]) -> set[Unknown]:
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
    equations: list[Equation], ranges: dict[Unknown, Range], steps: Iterator[int]
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
    equations: list[Equation], ranges: dict[Unknown, Range], steps: Iterator[int]
) -> dict[Unknown, Range] | None:
    """The ranges as the equations narrow them. None when one is left empty."""
    known, changed = dict(ranges), True
    while changed:
        if next(steps, None) is None:
            raise _TooManyStepsError
        changed = False
        for each in equations:
            for key, narrow in _narrower(each, known):
                if narrow[0] > narrow[1]:
                    return None
                changed |= narrow != known[key]
                known[key] = narrow
    return known


def _narrower(each: Equation, known: Mapping[Unknown, Range]) -> Iterator[tuple[Unknown, Range]]:
    for key, factor in each.terms:
        others = [(known[other], times) for other, times in each.terms if other != key]
        least = sum(times * (low if times > 0 else high) for (low, high), times in others)
        most = sum(times * (high if times > 0 else low) for (low, high), times in others)
        low, high = known[key]
        # factor × count is at most what makes the number with the least of the others, and at least with the most.
        if factor > 0:
            high = min(high, (each.makes - least) // factor)
            low = low if each.at_most else max(low, -((most - each.makes) // factor))
        else:
            low = max(low, -((each.makes - least) // -factor))
            high = high if each.at_most else min(high, (most - each.makes) // -factor)
        yield key, (low, high)
