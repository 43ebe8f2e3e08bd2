"""The equations between the figures of a year as readers know them, and which withheld counts follow from them. They
are totals and parts, parts within parts, and figures that contain another. Solved exactly, in whole numbers."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from reporter.data.records import Dimension, Observation, Qualifier, Status, Unit, Vintage, is_given, is_hidden
from reporter.figures.analysis.arithmetic import is_exact, top_parts

# With more steps the question stays open; tables of a report need some dozens.
MOST_STEPS = 3000
K = TypeVar("K", bound=Hashable)
Unknown = tuple[str, int]
Range = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Equation(Generic[K]):
    """The least and the most (None: no limit) that unknown counts, each times its factor, add up to."""

    terms: tuple[tuple[K, int], ...]
    least: int | None
    most: int | None

    def holds(self, values: Mapping[K, int]) -> bool:
        total = sum(factor * values[key] for key, factor in self.terms)
        return (self.least is None or self.least <= total) and (self.most is None or total <= self.most)


def connected(equations: Iterable[Equation[K]], keys: Iterable[K]) -> list[set[K]]:
    """Group the unknown counts that equations connect."""
    groups = {key: {key} for key in keys}
    for each in equations:
        joined = set[K]().union(*(groups[key] for key, _ in each.terms))
        groups |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in groups.values()}.values())


def narrow(equations: Iterable[Equation[K]], known: dict[K, Range]) -> bool | None:
    """Narrow the ranges of counts by each equation once. Return whether one changed; None when one is empty."""
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
    """The unknown counts that can be derived within `ranges`; of contradictory equations each is used alone."""
    all_of_them = tuple(equations)
    # A count without a maximum gets one that no equation can reach.
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
    """The ranges as the equations narrow them, or None when one is left empty."""
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
    # The smallest and the largest product of each count and its factor.
    ends: dict[K, tuple[int | None, int | None]] = {}
    for key, factor in each.terms:
        low, high = known[key]
        near, far = factor * low, None if high is None else factor * high
        ends[key] = (near, far) if factor > 0 else (far, near)
    smallest, largest = map(_sum_of, zip(*ends.values(), strict=True)) if ends else ((0, 0), (0, 0))
    for key, factor in each.terms:
        # Factor times count is at most the limit minus the smallest sum of the others.
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
    """The sum of numbers, and how many of them are unlimited."""
    return sum(filter(None, numbers)), numbers.count(None)


def _without(total: tuple[int, int], number: int | None) -> int | None:
    return None if total[1] > (number is None) else total[0] - (number or 0)


OPENED, CONDUCTED = "investigations.opened", "investigations.conducted"
REGISTERED, IDENTIFIED, PRESUMED = "victims.registered", "victims.identified", "victims.presumed"
COUNTED = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)

Index = Mapping[Unknown, Observation]


@dataclass(frozen=True, slots=True)
class Relation:
    """Values that add up to another, or that it contains; accepted findings of `rules` disprove the relation."""

    name: str
    whole: Observation
    parts: tuple[Observation, ...]
    rules: tuple[str, ...]
    at_most: bool = False

    @property
    def values(self) -> tuple[Observation, ...]:
        return (self.whole, *self.parts)


def relations_of(known: Vintage, year: int) -> tuple[Relation, ...]:
    """The relations among the values of a year, without those disproved by an accepted finding."""
    found = (*_breakdowns(known, year), *_sums(known, year), *_contained(known, year))
    for entry in known.data.accepted:
        if entry.year == year:
            # An entry that names its values is about those, and about no other breakdown of the figure.
            named = {address for _, address, _ in entry.values}
            found = tuple(
                each
                for each in found
                if entry.rule not in each.rules
                or entry.figure not in (seen.figure for seen in each.values)
                or (named and named.isdisjoint(part.address for part in each.parts))
            )
    return found


def exposed(relations: Iterable[Relation], withheld_too: Iterable[Observation] = ()) -> frozenset[Unknown]:
    """The withheld values (address, year) that follow from the others; `withheld_too` are treated as withheld."""
    more = {key_of(seen) for seen in withheld_too}
    values = {key_of(seen): seen for each in relations for seen in each.values}
    exact = (seen.value for key, seen in values.items() if key not in more and is_given(seen))
    # Money and years may have decimals: they are counted in the smallest unit used.
    scale = 10 ** max((-int(value.as_tuple().exponent) for value in exact if value), default=0)
    # The lowest and the highest value as readers know it.
    unknown: dict[Unknown, tuple[int, int | None]] = {}
    for key, seen in values.items():
        if seen.status is Status.NOT_APPLICABLE or (is_exact(seen) and key not in more):
            continue
        is_bound = is_given(seen) and seen.qualifier in (Qualifier.AT_LEAST, Qualifier.OVER) and key not in more
        low = int((seen.value or Decimal(0)) * scale) + (seen.qualifier is Qualifier.OVER) if is_bound else 0
        unknown[key] = low, None
    equations = [_equation(each, unknown, scale) for each in relations]
    return frozenset(key for key in derivable(equations, unknown) if key in more or is_hidden(values[key]))


def key_of(seen: Observation) -> Unknown:
    return seen.address, seen.year


def _equation(each: Relation, unknown: Mapping[Unknown, object], scale: int) -> Equation[Unknown]:
    factors: dict[Unknown, int] = {}
    makes = Decimal(0)
    for seen, factor in ((each.whole, -1), *((part, 1) for part in each.parts)):
        if key_of(seen) in unknown:
            factors[key_of(seen)] = factors.get(key_of(seen), 0) + factor
        else:
            makes -= factor * (seen.value or Decimal(0))
    terms = tuple((key, factor) for key, factor in factors.items() if factor)
    return Equation(terms, None if each.at_most else int(makes * scale), int(makes * scale))


def _breakdowns(known: Vintage, year: int) -> Iterator[Relation]:
    groups: dict[tuple[str, str], list[Observation]] = {}
    for (_, of_year), seen in known.index.items():
        if of_year == year and seen.code and not seen.owner:
            groups.setdefault((seen.indicator, seen.dimension), []).append(seen)
    for (indicator, dimension), parts in groups.items():
        total, axis = known.observation(indicator, year), known.catalogue.dimension(dimension)
        if total is None or axis is None:
            continue
        name = f"{total.figure} and its parts by {axis.code}"
        rules = ("parts-make-total", "assisted-parts", "part-exceeds-total")
        if axis.subset:
            yield from (Relation(name, total, (part,), rules, at_most=True) for part in parts)
        else:
            yield Relation(name, total, top_parts(parts, axis), rules, at_most=axis.code in total.incomplete)
        yield from _nested(parts, axis)


def _nested(parts: list[Observation], axis: Dimension) -> Iterator[Relation]:
    for parent in parts:
        codes = [member.code for member in axis.codes if member.within == parent.code]
        inner = tuple(seen for seen in parts if seen.code in codes)
        if inner:
            name = f"{parent.address} and the parts within it"
            yield Relation(name, parent, inner, ("nested-ages",), at_most=len(inner) < len(codes))


def _sums(known: Vintage, year: int) -> Iterator[Relation]:
    codes = {
        seen.code for (_, of_year), seen in known.index.items() if of_year == year and seen.indicator == REGISTERED
    }
    for code in sorted(codes):
        whole, *parts = (
            known.observation(f"{each}.{code}" if code else each, year) for each in (REGISTERED, IDENTIFIED, PRESUMED)
        )
        stated = tuple(each for each in parts if each)
        if whole and len(stated) == len(parts):
            name = f"{whole.address}, {' and '.join(each.address for each in stated)}"
            yield Relation(name, whole, stated, ("presumed-and-identified",))


def _contained(known: Vintage, year: int) -> Iterator[Relation]:
    conducted, opened = known.observation(CONDUCTED, year), known.observation(OPENED, year)
    if conducted and opened:
        name = f"{CONDUCTED} and {OPENED}"
        yield Relation(name, conducted, (opened,), ("conducted-covers-opened",), at_most=True)
    for (_, of_year), seen in known.index.items():
        if of_year == year and seen.part_of:
            names = (
                (f"{seen.owner}.{seen.part_of}",) if seen.owner else (f"{seen.indicator}.{seen.part_of}", seen.part_of)
            )
            whole = next((found for name in names if (found := known.observation(name, year))), None)
            if whole and whole is not seen:
                name = f"{whole.address}, which contains {seen.address}"
                yield Relation(name, whole, (seen,), ("subset-exceeds-parent",), at_most=True)
