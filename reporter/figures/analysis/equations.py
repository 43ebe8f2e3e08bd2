"""The equations between the figures of a year as readers know them, and which withheld counts follow from them. They
are totals and parts, parts within parts, and figures that contain another. Solved exactly, in whole numbers."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Generic, TypeVar

from reporter.data.records import Dimension, Observation, Qualifier, Status, Unit, Vintage, is_given, is_hidden
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.figures.analysis.arithmetic import breakdowns, divisions, is_exact, top_parts
from reporter.figures.analysis.margins import with_margins

# With more steps the question stays open; tables of a report need some dozens.
MOST_STEPS = 3000
# The rules whose accepted findings disprove that parts make a total.
RULES = ("parts-make-total", "assisted-parts", "part-exceeds-total")
# A cross has lines within its lines from so many dimensions on.
DEEP = 3
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
    for equation in equations:
        joined = set[K]().union(*(groups[key] for key, _ in equation.terms))
        groups |= dict.fromkeys(joined, joined)
    return list({id(group): group for group in groups.values()}.values())


def narrow(equations: Iterable[Equation[K]], ranges: dict[K, Range]) -> bool | None:
    """Narrow the ranges of counts by each equation once. Return whether one changed; None when one is empty."""
    is_narrower = False
    for equation in equations:
        for key, (low, high) in _narrower(equation, ranges):
            if high is not None and low > high:
                return None
            is_narrower |= (low, high) != ranges[key]
            ranges[key] = low, high
    return is_narrower


class _TooManyStepsError(Exception):
    """The question is too large to be answered."""


def derivable(equations: Iterable[Equation[Unknown]], ranges: Mapping[Unknown, Range]) -> frozenset[Unknown]:
    """The unknown counts that can be derived within `ranges`; of contradictory equations each is used alone."""
    all_of_them = tuple(equations)
    # A count without a maximum gets one that no equation can reach.
    most = 2 + 2 * sum(abs(item.most or 0) + sum(abs(factor) for _, factor in item.terms) for item in all_of_them)
    most += max((low for low, _ in ranges.values()), default=0)
    derived_keys: set[Unknown] = set()
    for group in connected(all_of_them, ranges):
        inside = [equation for equation in all_of_them if equation.terms and equation.terms[0][0] in group]
        try:
            bounds = ((key, ranges[key]) for key in group)
            derived_keys |= _fixed(inside, {key: (low, most if high is None else high) for key, (low, high) in bounds})
        except _TooManyStepsError:
            continue
    return frozenset(derived_keys)


def _fixed(equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range]) -> set[Unknown]:
    steps = iter(range(MOST_STEPS))
    narrowed_ranges = _narrowed(equations, ranges, steps)
    first = _completed(equations, narrowed_ranges, steps) if narrowed_ranges else None
    if narrowed_ranges is None or first is None:
        alone = (({key for key, _ in equation.terms}, equation) for equation in equations if len(equations) > 1)
        return set().union(*(_fixed([equation], {key: ranges[key] for key in keys}) for keys, equation in alone))
    fixed = set(narrowed_ranges)
    for key, (low, high) in narrowed_ranges.items():
        if key not in fixed:
            continue
        for part in ((low, first[key] - 1), (first[key] + 1, high)):
            other = _completed(equations, {**narrowed_ranges, key: part}, steps) if part[0] <= part[1] else None
            if other:
                fixed = {fixed_key for fixed_key in fixed if other[fixed_key] == first[fixed_key]}
                break
    return fixed


def _completed(
    equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range], steps: Iterator[int]
) -> dict[Unknown, int] | None:
    narrowed_ranges = _narrowed(equations, ranges, steps)
    if narrowed_ranges is None:
        return None
    open_keys = [key for key, (low, high) in narrowed_ranges.items() if low < high]
    if not open_keys:
        return {key: low for key, (low, _) in narrowed_ranges.items()}
    key = min(open_keys, key=lambda open_key: narrowed_ranges[open_key][1] - narrowed_ranges[open_key][0])
    low, high = narrowed_ranges[key]
    middle = (low + high) // 2
    for part in dict.fromkeys(((low, low), (low + 1, max(low + 1, middle)), (max(low + 1, middle) + 1, high))):
        completion = _completed(equations, {**narrowed_ranges, key: part}, steps) if part[0] <= part[1] else None
        if completion:
            return completion
    return None


def _narrowed(
    equations: Sequence[Equation[Unknown]], ranges: Mapping[Unknown, Range], steps: Iterator[int]
) -> dict[Unknown, tuple[int, int]] | None:
    """The ranges as the equations narrow them, or None when one is left empty."""
    narrowed_ranges = dict(ranges)
    while True:
        if next(steps, None) is None:
            raise _TooManyStepsError
        is_narrower = narrow(equations, narrowed_ranges)
        if is_narrower is None:
            return None
        if not is_narrower:
            return {key: (low, low if high is None else high) for key, (low, high) in narrowed_ranges.items()}


def _narrower(equation: Equation[K], ranges: Mapping[K, Range]) -> Iterator[tuple[K, Range]]:
    # The smallest and the largest product of each count and its factor.
    ends: dict[K, tuple[int | None, int | None]] = {}
    for key, factor in equation.terms:
        low, high = ranges[key]
        near, far = factor * low, None if high is None else factor * high
        ends[key] = (near, far) if factor > 0 else (far, near)
    # The sum of each end, and how many are unlimited.
    sums = [(sum(filter(None, numbers)), numbers.count(None)) for numbers in zip(*ends.values(), strict=True)]
    smallest, largest = sums or ((0, 0), (0, 0))
    for key, factor in equation.terms:
        # Factor times count is at most the limit minus the smallest sum of the others.
        others = _without(smallest, ends[key][0])
        top = None if equation.most is None or others is None else equation.most - others
        others = _without(largest, ends[key][1])
        bottom = None if equation.least is None or others is None else equation.least - others
        if factor < 0:
            top, bottom = (None if bottom is None else -bottom), (None if top is None else -top)
        low, high = ranges[key]
        if bottom is not None:
            low = max(low, -(-bottom // abs(factor)))
        if top is not None:
            high = top // abs(factor) if high is None else min(high, top // abs(factor))
        yield key, (low, high)


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


def relations_of(vintage: Vintage, year: int) -> tuple[Relation, ...]:
    """The relations among the values of a year, without those disproved by an accepted finding."""
    relations = (*_breakdowns(vintage, year), *_sums(vintage, year), *_contained(vintage, year))
    for entry in vintage.data.accepted:
        if entry.year == year:
            # An entry that names its values is about those, and about no other breakdown of the figure.
            named = {address for _, address, _ in entry.values}
            relations = tuple(
                relation
                for relation in relations
                if entry.rule not in relation.rules
                or entry.figure not in (observation.figure for observation in relation.values)
                or (named and named.isdisjoint(part.address for part in relation.parts))
            )
    return relations


def exposed(relations: Iterable[Relation], withheld_too: Iterable[Observation] = ()) -> frozenset[Unknown]:
    """The withheld values (address, year) that follow from the others; `withheld_too` are treated as withheld."""
    more = {key_of(observation) for observation in withheld_too}
    values = {key_of(observation): observation for relation in relations for observation in relation.values}
    exact = (observation.value for key, observation in values.items() if key not in more and is_given(observation))
    # Money and years may have decimals: they are counted in the smallest unit used.
    scale = 10 ** max((-int(value.as_tuple().exponent) for value in exact if value), default=0)
    # The lowest and the highest value as readers know it.
    unknown: dict[Unknown, tuple[int, int | None]] = {}
    for key, item in values.items():
        if item.status is Status.NOT_APPLICABLE or (is_exact(item) and key not in more):
            continue
        is_bound = is_given(item) and item.qualifier in (Qualifier.AT_LEAST, Qualifier.OVER) and key not in more
        low = int((item.value or Decimal(0)) * scale) + (item.qualifier is Qualifier.OVER) if is_bound else 0
        unknown[key] = low, None
    equations = [_equation(relation, unknown, scale) for relation in relations]
    return frozenset(key for key in derivable(equations, unknown) if key in more or is_hidden(values[key]))


def key_of(observation: Observation) -> Unknown:
    return observation.address, observation.year


def _equation(relation: Relation, unknown: Mapping[Unknown, object], scale: int) -> Equation[Unknown]:
    factors: dict[Unknown, int] = {}
    makes = Decimal(0)
    for observation, factor in ((relation.whole, -1), *((part, 1) for part in relation.parts)):
        if key_of(observation) in unknown:
            factors[key_of(observation)] = factors.get(key_of(observation), 0) + factor
        else:
            makes -= factor * (observation.value or Decimal(0))
    terms = tuple((key, factor) for key, factor in factors.items() if factor)
    return Equation(terms, None if relation.at_most else int(makes * scale), int(makes * scale))


def _breakdowns(vintage: Vintage, year: int) -> Iterator[Relation]:
    vintage = with_margins(vintage)
    values = (value for (_, of_year), value in vintage.index.items() if of_year == year and not value.owner)
    for division in divisions(vintage, values):
        total, axis, parts = vintage.observation(division.whole, year), division.axis, division.parts
        name = f"{division.whole} and its parts by {axis.code}"
        if total and axis.subset:
            yield from (Relation(name, total, (part,), RULES, at_most=True) for part in parts)
        elif total:
            # An unstated total may be more than its cells; one that is stated has its incomplete breakdowns named.
            more = any(value.implied and value.incomplete for value in (total, *parts))
            yield Relation(name, total, top_parts(parts, axis), RULES, at_most=division.partial or more)
        yield from _nested(parts, axis, partial=division.partial)
    yield from _lines_of_lines(vintage, year)


def _lines_of_lines(vintage: Vintage, year: int) -> Iterator[Relation]:
    """The cells of three or more dimensions as parts of totals that lack at least two of these."""
    for (figure, of_year, name), cells in breakdowns(vintage.index.values()).items():
        dimensions, cross, total = (
            name.split(CROSSED),
            vintage.catalogue.dimension(name),
            vintage.observation(figure, year),
        )
        if of_year != year or cross is None or len(dimensions) < DEEP or total is None:
            continue
        is_partial = cross.subset or not {name, *dimensions}.isdisjoint(total.incomplete)
        groups: dict[str, list[Observation]] = {}
        for cell in cells:
            codes = cell.code.split(OF_CELL)
            for size in range(1, len(codes) - 1):
                for code in map(OF_CELL.join, combinations(codes, size)):
                    groups.setdefault(code, []).append(cell)
        for code, inside in groups.items():
            if whole := vintage.observation(f"{figure}.{code}", year):
                more = is_partial or (whole.implied and bool(whole.incomplete))
                yield Relation(f"{whole.address} and its cells", whole, top_parts(inside, cross), RULES, at_most=more)


def _nested(parts: Sequence[Observation], axis: Dimension, *, partial: bool) -> Iterator[Relation]:
    """Parts within parts. Of a group of countries only some may be stated, if the breakdown is incomplete."""
    some = partial and bool(axis.countries)
    for parent in parts:
        codes = [member.code for member in axis.inside(parent.code, {part.code for part in parts})]
        inner = tuple(observation for observation in parts if observation.code in codes)
        if inner:
            name = f"{parent.address} and the parts within it"
            more = any(value.implied and value.incomplete for value in (parent, *inner))
            yield Relation(name, parent, inner, ("nested-ages",), at_most=some or more or len(inner) < len(codes))


def _sums(vintage: Vintage, year: int) -> Iterator[Relation]:
    codes = {
        value.code for (_, of_year), value in vintage.index.items() if of_year == year and value.indicator == REGISTERED
    }
    for code in sorted(codes):
        whole, *parts = (
            vintage.observation(f"{kind}.{code}" if code else kind, year) for kind in (REGISTERED, IDENTIFIED, PRESUMED)
        )
        stated = tuple(observation for observation in parts if observation)
        if whole and len(stated) == len(parts):
            name = f"{whole.address}, {' and '.join(observation.address for observation in stated)}"
            yield Relation(name, whole, stated, ("presumed-and-identified",))


def _contained(vintage: Vintage, year: int) -> Iterator[Relation]:
    conducted, opened = vintage.observation(CONDUCTED, year), vintage.observation(OPENED, year)
    if conducted and opened:
        name = f"{CONDUCTED} and {OPENED}"
        yield Relation(name, conducted, (opened,), ("conducted-covers-opened",), at_most=True)
    for (_, of_year), part in vintage.index.items():
        if of_year == year and part.part_of:
            names = (
                (f"{part.owner}.{part.part_of}",) if part.owner else (f"{part.indicator}.{part.part_of}", part.part_of)
            )
            whole = next((candidate for name in names if (candidate := vintage.observation(name, year))), None)
            if whole and whole is not part:
                name = f"{whole.address}, which contains {part.address}"
                yield Relation(name, whole, (part,), ("subset-exceeds-parent",), at_most=True)
