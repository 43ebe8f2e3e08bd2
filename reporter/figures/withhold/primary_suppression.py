"""Values that are withheld for what they are."""

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from reporter.data.errors import Finding, error_at, nearest
from reporter.data.records import (
    Because,
    Catalogue,
    Cross,
    Dataset,
    FigureWeight,
    Observation,
    Qualifier,
    Threshold,
    Unit,
    Vintage,
    is_given,
    is_named,
)
from reporter.data.records.observation import Key
from reporter.figures.analysis.arithmetic import divisions, remainder, top_parts
from reporter.figures.analysis.small_counts import SmallCount, limit_of, nearly_small_rests, permissions_of, unpermitted
from reporter.figures.withhold.cell_equations import CellKey, Count, System
from reporter.figures.withhold.replay import most_small

# Texts, charts and other offices depend on totals: parts are withheld first, inner parts before others,
# cells of a cross before all.
KEY_TOTAL, TOTAL, KEY_PART, PART, INNER_PART, CELL = 1000, 500, 30, 20, 10, 5
# A count of other things than persons protects persons least.
NO_PERSONS = 5


def weight_of(observation: Observation, state: Vintage) -> int:
    """How much is lost with a value: by the settings, from 1 to 100, else by what it is to readers. Of two with the
    same loss, one that is withheld in other years too is chosen, otherwise one at random."""
    if named := [rule.weight for rule in state.settings.disclosure.weights if is_named(rule, observation)]:
        return named[-1]
    indicator, axis = state.catalogue.indicator(observation.indicator), state.catalogue.dimension(observation.dimension)
    is_key, member = bool(indicator and indicator.key), axis.get(observation.code) if axis else None
    if not observation.code:
        weight = KEY_TOTAL if is_key else TOTAL
    elif isinstance(axis, Cross):
        weight = CELL
    elif member and member.within:
        weight = INNER_PART
    else:
        weight = KEY_PART if is_key else PART
    of_persons = indicator is not None and indicator.unit is Unit.PERSONS
    return weight if of_persons else weight * NO_PERSONS


# Of the counts next to a withheld one, and of nearly small ones, one in so many is drawn.
PARTS, TOTALS = 8, 64
# Choices of equal cost are taken in one of so many orders.
ORDERS = 1000


def new_seed() -> str:
    return f"s{secrets.token_hex(16)}"


@dataclass(frozen=True, slots=True)
class Lots:
    """The random numbers of a seed; without a seed nothing is drawn."""

    seed: str = ""

    def number(self, what: str, address: str, year: int, below: int) -> int:
        """A number from 0 up to `below`, all equally likely."""
        if not self.seed:
            return 0
        digest = blake2b(f"{self.seed} {what} {address} {year}".encode(), digest_size=8).digest()
        return int.from_bytes(digest) % below

    def is_drawn(self, what: str, address: str, year: int, one_in: int) -> bool:
        return bool(self.seed) and self.number(what, address, year, one_in) == 0

    def is_beside(self, count: Count) -> bool:
        key, one_in = count.key, PARTS if count.weight < TOTAL else TOTALS
        return count.can_be_withheld and self.is_drawn("beside", key.address, key.year, one_in)


def drawn_neighbours(system: System, lots: Lots) -> frozenset[CellKey]:
    """The counts that are withheld at random, each tied to a withheld one or to one drawn before it."""
    counts: Mapping[CellKey, Count] = system.by_key
    reached, drawn = set(system.withheld), set[CellKey]()
    left = list(system.ties) if lots.seed else []
    while touched := [tie for tie in left if not reached.isdisjoint(tie.keys)]:
        left = [tie for tie in left if reached.isdisjoint(tie.keys)]
        for key in {key for tie in touched for key in tie.keys} - reached:
            if lots.is_beside(counts[key]):
                drawn.add(key)
                reached.add(key)
            elif not counts[key].is_known:
                reached.add(key)
    return frozenset(drawn)


@dataclass(frozen=True, slots=True)
class Primary:
    """A value that must not become known, and why."""

    observation: Observation
    because: Because


def small_primaries(vintage: Vintage, lots: Lots) -> tuple[Primary, ...]:
    """The values that are withheld for being small, unless permitted, and some nearly small ones at random. A value
    stated before a revision is withheld with the revised one."""
    small = (count.values[0] for count in unpermitted(vintage) if not count.axis)
    primary_by_key = {(value.address, value.year): Primary(value, Because.SMALL) for value in small}
    for key, value in vintage.index.items():
        one_in = PARTS if value.code else TOTALS
        if key not in primary_by_key and lots.is_drawn("small", *key, one_in) and _is_nearly_small(value, vintage):
            primary_by_key[key] = Primary(value, Because.LOT)
    return tuple(primary_by_key.values())


def _is_nearly_small(item: Observation, vintage: Vintage) -> bool:
    limit, value = limit_of(item, vintage), item.value
    if not (limit and value is not None and is_given(item)) or item.owner or item.qualifier is not Qualifier.EXACT:
        return False
    is_near = limit <= value <= most_small(limit, vintage.settings.disclosure.width)
    return is_near and not permissions_of(SmallCount((item,)), vintage)


def zero_primaries(vintage: Vintage, withheld: Collection[Key]) -> tuple[Primary, ...]:
    """Zeros that reveal something about all of a group, unless another part of the group is withheld."""
    if not vintage.settings.disclosure.zeros:
        return ()
    return tuple(
        Primary(zero, Because.ZERO)
        for inside, zeros in _telling_zeros(vintage)
        if not any((observation.address, observation.year) in withheld for observation in inside)
        for zero in zeros
    )


def small_rests(vintage: Vintage, lots: Lots) -> tuple[SmallCount, ...]:
    nearly = nearly_small_rests(vintage, vintage.settings.disclosure.width) if lots.seed else ()
    drawn = (count for count in nearly if lots.is_drawn("small", count.name, count.year, PARTS))
    small = (count for count in unpermitted(vintage) if count.axis)
    return (*small, *(count for count in drawn if not permissions_of(count, vintage)))


def _telling_zeros(vintage: Vintage) -> Iterator[tuple[tuple[Observation, ...], list[Observation]]]:
    """The parts of a group, and the zeros by which all its persons are known to be of one kind. They are next to the
    only part above zero, of persons whose small counts are withheld."""
    for division in divisions(vintage, filter(is_given, vintage.index.values())):
        axis, parts = division.axis, division.parts
        if axis.subset:
            continue
        within = {code.code: code.within for code in axis.codes}
        rows = [(vintage.observation(division.whole, division.year), top_parts(parts, axis))]
        rows += [(value, tuple(part for part in parts if within.get(part.code) == value.code)) for value in parts]
        for whole, inside in rows:
            zeros = [observation for observation in inside if observation.value == 0]
            if zeros and len(inside) - len(zeros) == 1 and remainder(whole, inside, axis) == 0:
                open_zeros = [
                    zero
                    for zero in zeros
                    if limit_of(zero, vintage) and not any(rule.covers(zero) for rule in vintage.settings.small_counts)
                ]
                yield inside, open_zeros


KEY = "disclosure"


def wrong_rules(dataset: Dataset) -> tuple[Finding, ...]:
    catalogues = [dataset.catalogue_of(item.country.code) for item in dataset.countries] or [dataset.catalogue]
    rules = dataset.settings.disclosure
    entries: tuple[Threshold | FigureWeight, ...] = (*rules.thresholds, *rules.weights)
    return tuple(finding for rule in entries for finding in _wrong(rule, catalogues))


def _wrong(rule: Threshold | FigureWeight, catalogues: list[Catalogue]) -> Iterator[Finding]:
    figures: dict[str, set[str]] = {}
    for catalogue in catalogues:
        for indicator in catalogue.indicators:
            axes = [axis for axis in catalogue.dimensions if axis.code in indicator.dimensions]
            figures.setdefault(indicator.code, set()).update(axis.code for axis in axes)
            for axis in axes:
                figures |= {f"{indicator.code}.{member.code}": {axis.code} for member in axis.codes}
    for name in rule.figures:
        if name not in figures:
            hint = nearest(name, figures)
            yield error_at(rule.mark, "unknown-indicator", f"{KEY}: no figure is called {name!r}", hint)
        elif rule.by and rule.by not in figures[name]:
            message = f"{KEY}: {name} has no breakdown {rule.by!r}"
            yield error_at(rule.mark, "unknown-code", message, nearest(rule.by, sorted(figures[name])))
