"""What ties the figures of a year to each other. As far as readers know: totals and their parts, parts within parts,
figures that make or contain another. By all of it a withheld value could be worked out from those beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.data.records import Dimension, Observation, Qualifier, Status, Unit, Vintage, is_given, is_hidden
from reporter.figures.analysis.arithmetic import is_exact, top_parts
from reporter.figures.analysis.derivable import Equation, Unknown, derivable

OPENED, CONDUCTED = "investigations.opened", "investigations.conducted"
REGISTERED, IDENTIFIED, PRESUMED = "victims.registered", "victims.identified", "victims.presumed"
COUNTED = (Unit.PERSONS, Unit.CASES, Unit.ITEMS)

Index = Mapping[Unknown, Observation]


@dataclass(frozen=True, slots=True)
class Relation:
    """Values that make another one, or that it contains. `name` says which they are, `rules` are those whose accepted
    finding says that the relation does not hold."""

    name: str
    whole: Observation
    parts: tuple[Observation, ...]
    rules: tuple[str, ...]
    at_most: bool = False

    @property
    def values(self) -> tuple[Observation, ...]:
        return (self.whole, *self.parts)


def relations_of(known: Vintage, year: int) -> tuple[Relation, ...]:
    """The relations among the values of a year. Those that do not hold, by a finding that was accepted, are left
    out."""
    found = (*_breakdowns(known, year), *_sums(known, year), *_contained(known, year))
    for entry in known.data.accepted:
        if entry.year == year:
            # An entry that names the values it rests on is about those, and about no other breakdown of the figure.
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
    """The withheld values that follow from the others, by address and year. `withheld_too` are values taken to be
    withheld besides."""
    more = {key_of(seen) for seen in withheld_too}
    values = {key_of(seen): seen for each in relations for seen in each.values}
    exact = (seen.value for key, seen in values.items() if key not in more and is_given(seen))
    # Money and years may have decimals: they are counted in the smallest of them.
    scale = 10 ** max((-int(value.as_tuple().exponent) for value in exact if value), default=0)
    # The lowest and the highest that a value can be, for readers, who do not know it.
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
