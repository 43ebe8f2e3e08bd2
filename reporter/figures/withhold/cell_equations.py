"""The counts of all editions, published or withheld, and the equations that readers know between them. An unchanged
figure is one count, known everywhere once an edition prints it; a revised one is another, named after its edition."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from reporter.data.records import Flag, Observation, Publication, Qualifier, Status, Unit, Vintage, is_withheld
from reporter.data.records.observation import Key
from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.analysis.equations import CONDUCTED, OPENED, Relation, key_of, relations_of
from reporter.figures.analysis.margins import with_margins
from reporter.figures.reconcile.matching import Pair, pairs


class CellKey(NamedTuple):
    """A count by address, year and publication; of two versions with the same number, a tie says so."""

    address: str
    year: int = 0
    version: str = ""

    @property
    def place(self) -> Key:
        return self.address, self.year

    def __str__(self) -> str:
        return " ".join(filter(None, (self.address, f"of {self.year}" if self.year else "", self.version)))


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number in a publication; `value` is None where unknown. Readers assume that it is between `lowest` and
    `highest`. A count that is `out` is known from an earlier publication, one the edition `must_print` stays: neither
    can be withheld as well. `weight` is the loss without it; of equal weights, the lowest `order` goes first."""

    key: CellKey
    value: int | None = None
    lowest: int = 0
    highest: int | None = None
    withheld: bool = False
    out: bool = False
    must_print: bool = False
    weight: int = 1
    order: int = 0

    @property
    def is_known(self) -> bool:
        return self.value is not None and (self.out or not self.withheld)

    @property
    def can_be_withheld(self) -> bool:
        return self.value is not None and not (self.withheld or self.out or self.must_print)


Terms = tuple[tuple[CellKey, int], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What readers know of a sum of counts, each times its factor: its least and most. `name` says which counts these
    are ("victims.identified and its parts by person"), `place` where readers see it. What is `printed_with` counts, as
    a share or a change is, is not visible where one of them is withheld."""

    name: str
    terms: Terms
    least: int | None
    most: int | None
    place: str = ""
    printed_with: tuple[CellKey, ...] = ()

    @property
    def keys(self) -> tuple[CellKey, ...]:
        return tuple(key for key, _ in self.terms)


@dataclass(frozen=True, slots=True)
class System:
    """The counts of all publications, with all ties between them."""

    counts: tuple[Count, ...]
    ties: tuple[Tie, ...]

    @property
    def by_key(self) -> dict[CellKey, Count]:
        return {count.key: count for count in self.counts}

    @property
    def withheld(self) -> tuple[CellKey, ...]:
        return tuple(count.key for count in self.counts if count.withheld)

    def withholding(self, keys: Collection[CellKey]) -> "System":
        return replace(
            self, counts=tuple(replace(count, withheld=count.withheld or count.key in keys) for count in self.counts)
        )


def equation_text(tie: Tie, counts: Mapping[CellKey, Count]) -> str:
    """An equation in one line with the known numbers: `victims.identified 39 = women 17 + men 18 + children`."""
    wholes = [(key, -factor) for key, factor in tie.terms if factor < 0]
    parts = [(key, factor) for key, factor in tie.terms if factor > 0]
    if tie.least == tie.most == 0 and len(wholes) == 1 and parts:
        return f"{_sum(wholes, counts)} = {_sum(parts, counts, within=wholes[0][0].address)}{_year(tie)}"
    if tie.least is None and tie.most == 0 and wholes:
        return f"{_sum(wholes, counts)} ≥ {_sum(parts, counts)}{_year(tie)}"
    left = " − ".join(filter(None, (_sum(parts, counts), _sum(wholes, counts))))
    if tie.least == tie.most:
        return f"{tie.name}: {left} = {tie.least}{_year(tie)}"
    least = f"{tie.least} ≤ " if tie.least is not None else ""
    most = f" ≤ {tie.most}" if tie.most is not None else ""
    return f"{tie.name}: {least}{left}{most}{_year(tie)}"


def _sum(terms: list[tuple[CellKey, int]], counts: Mapping[CellKey, Count], within: str = "") -> str:
    return " + ".join(_term(key, factor, counts, within) for key, factor in terms)


def _term(key: CellKey, factor: int, counts: Mapping[CellKey, Count], within: str) -> str:
    count = counts.get(key)
    name = key.address.removeprefix(f"{within}.") if within else key.address
    number = f" {count.value}" if count and count.is_known else ""
    return f"{f'{factor} × ' if factor != 1 else ''}{name}{number}"


def _year(tie: Tie) -> str:
    years = sorted({key.year for key, _ in tie.terms if key.year})
    return f" in {' and '.join(map(str, years))}" if years else ""


CARRIED_OVER = ("stock-flow", "conducted-covers-opened")


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """The figures of an edition, as known to its makers. Its `name` is used in results. One that `has_left` was
    published: what it prints stays known. `rounded` are the figures that it prints as a multiple of five."""

    name: str
    vintage: Vintage
    has_left: bool = False
    rounded: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class _Held:
    """A relation of an edition, with the factors of its values."""

    name: str
    terms: tuple[tuple[Observation, int], ...]
    is_exact: bool


def system_of(editions: Sequence[ShownEdition]) -> System:
    """All counts of some editions, the earliest first, and what ties them. A value that any of them withholds must not
    become known; in one that has left, what it printed is out."""
    editions = [replace(edition, vintage=with_margins(edition.vintage)) for edition in editions]
    relations_by_name = {
        shown_edition.name: tuple(_named_relations(shown_edition.vintage)) for shown_edition in editions
    }
    versions = _versions(editions, relations_by_name)
    scales = _scales(editions)
    counts = _counts(editions, versions, scales)
    ties: dict[object, Tie] = {}
    for edition in editions:
        for relation in relations_by_name[edition.name]:
            tie = _tie(relation, versions[edition.name], scales, edition.vintage, edition.name)
            same = (frozenset(tie.terms), tie.least, tie.most)
            ties[same] = replace(ties[same], place=f"{ties[same].place}; {edition.name}") if same in ties else tie
    return System(tuple(counts.values()), (*ties.values(), *_unchanged(editions, versions)))


def versions_of(editions: Sequence[ShownEdition]) -> Mapping[str, Mapping[Key, str]]:
    editions = [replace(edition, vintage=with_margins(edition.vintage)) for edition in editions]
    return _versions(editions, {edition.name: tuple(_named_relations(edition.vintage)) for edition in editions})


def _named_relations(vintage: Vintage) -> Iterator[_Held]:
    for year in sorted({year for _, year in vintage.index}):
        for relation in (*relations_of(vintage, year), *_opened_by_code(vintage, year), *_activities(vintage, year)):
            terms = ((relation.whole, -1), *((part, 1) for part in relation.parts))
            named = f"{relation.name}, {relation.whole.year}" if relation.whole.year else relation.name
            yield _Held(named, terms, not relation.at_most)
        yield from _carried_over(vintage, year)


def _opened_by_code(vintage: Vintage, year: int) -> Iterator[Relation]:
    if _is_refuted(vintage, year, ("conducted-covers-opened",)):
        return
    for (address, of_year), opened in vintage.index.items():
        if of_year == year and opened.indicator == OPENED and opened.code:
            conducted = vintage.observation(f"{CONDUCTED}.{opened.code}", year)
            if conducted:
                yield Relation(f"{conducted.address} and {address}", conducted, (opened,), (), at_most=True)


def _activities(vintage: Vintage, year: int) -> Iterator[Relation]:
    if year != vintage.year:
        return
    activities = {activity.code: activity for activity in vintage.data.activities}
    for inner in activities.values():
        outer = activities.get(inner.part_of)
        counts = {value.indicator: value for value in outer.figures} if outer and outer is not inner else {}
        for observation in inner.figures:
            if whole := counts.get(observation.indicator):
                name = f"{whole.address}, which contains {observation.address}"
                yield Relation(name, whole, (observation,), (), at_most=True)


def _carried_over(vintage: Vintage, year: int) -> Iterator[_Held]:
    before, now = (vintage.observation(CONDUCTED, count_year) for count_year in (year - 1, year))
    opened = vintage.observation(OPENED, year)
    if not (before and now and opened) or _is_refuted(vintage, year, CARRIED_OVER):
        return
    # Across a break the counts differ: other investigations are counted than the year before.
    if before.definition == now.definition and {Flag.BREAK, Flag.DEFINITION_DIFFERS}.isdisjoint(
        now.flags | before.flags
    ):
        terms = ((before, -1), (now, 1), (opened, -1))
        yield _Held(f"{CONDUCTED} of {year - 1} and {year}, and {OPENED}", terms, is_exact=False)


def _is_refuted(vintage: Vintage, year: int, rules: Iterable[str]) -> bool:
    return any(entry.year == year and entry.rule in rules for entry in vintage.data.accepted)


def _versions(
    editions: Sequence[ShownEdition], relations_by_name: Mapping[str, tuple[_Held, ...]]
) -> Mapping[str, Mapping[Key, str]]:
    """The name of the version of each figure that each edition has, "" until it was revised."""
    versions_by_name: dict[str, dict[Key, str]] = {}
    versions_by_value: dict[Key, dict[Decimal | None, str]] = {}
    last: dict[Key, tuple[Observation, str]] = {}
    for edition in editions:
        own = versions_by_name.setdefault(edition.name, {})
        seen_here = {key_of(observation): observation for observation in edition.vintage.index.values()}
        for key, item in seen_here.items():
            if _is_told(item, edition):
                before, version = last.get(key, (item, ""))
                new = edition.name if _is_told(before, edition) or before.vintage != item.vintage else version
                own[key] = versions_by_value.setdefault(key, {}).setdefault(item.value, new if key in last else "")
        changed = {key for key in own if key in last and last[key][1] != own[key]}
        linked = _related_keys(relations_by_name[edition.name]) if changed else {}
        for key, observation in seen_here.items():
            if key not in own:
                before, version = last.get(key, (observation, ""))
                may_differ = before.vintage != observation.vintage or not changed.isdisjoint(linked.get(key, ()))
                own[key] = edition.name if may_differ else version
        last |= {key: (observation, own[key]) for key, observation in seen_here.items()}
    return versions_by_name


def _is_told(observation: Observation, edition: ShownEdition) -> bool:
    if observation.status is Status.NOT_APPLICABLE:
        return True
    exact = observation.status is Status.GIVEN and observation.qualifier is Qualifier.EXACT
    return exact and not is_withheld(observation) and key_of(observation) not in edition.rounded


def _related_keys(relations: Iterable[_Held]) -> Mapping[Key, set[Key]]:
    """The figures in a relation with each figure. If one of these was revised, a withheld value may have been, too."""
    related_by_key: dict[Key, set[Key]] = {}
    for relation in relations:
        keys = {key_of(observation) for observation, _ in relation.terms}
        for key in keys:
            related_by_key.setdefault(key, set()).update(keys)
    return related_by_key


def _unchanged(editions: Sequence[ShownEdition], versions: Mapping[str, Mapping[Key, str]]) -> Iterator[Tie]:
    """Withheld values that are the same in two editions, as readers assume where nothing contradicts it."""
    for before, after in pairwise(editions):
        earlier = versions[before.name]
        told_before = {key_of(value) for value in before.vintage.index.values() if _is_told(value, before)}
        for observation in after.vintage.index.values():
            key = key_of(observation)
            version = versions[after.name][key]
            is_told = key in told_before and _is_told(observation, after)
            if not (is_told or observation.implied) and earlier.get(key, version) != version:
                terms = ((CellKey(*key, earlier[key]), 1), (CellKey(*key, version), -1))
                name = f"{key[0]} of {key[1]} is the same in both editions"
                yield Tie(name, terms, 0, 0, place=f"{before.name}; {after.name}")


def _counts(
    editions: Sequence[ShownEdition], versions: Mapping[str, Mapping[Key, str]], scales: Mapping[Unit | None, int]
) -> dict[CellKey, Count]:
    """Every count of the editions, withheld where one of them does not show it."""
    count_by_key: dict[CellKey, Count] = {}
    for edition in editions:
        for observation in edition.vintage.index.values():
            key = CellKey(*key_of(observation), versions[edition.name][key_of(observation)])
            count = _count(key, observation, scales[_unit(edition.vintage, observation)], edition)
            count_by_key[key] = _joined(count_by_key[key], count) if key in count_by_key else count
    return count_by_key


def _count(key: CellKey, item: Observation, scale: int, edition: ShownEdition) -> Count:
    if item.status is Status.NOT_APPLICABLE:
        return Count(key, 0)
    value = None if item.value is None or item.status is not Status.GIVEN else int(item.value * scale)
    if value is None or is_withheld(item):
        return Count(key, value, withheld=is_withheld(item))
    rounded = ROUNDED_TO * scale - 1
    if key_of(item) in edition.rounded:
        return Count(key, None, max(0, value - rounded), value + rounded, withheld=True)
    match item.qualifier:
        case Qualifier.EXACT:
            return Count(key, value, out=edition.has_left)
        case Qualifier.ABOUT:
            # How near is not stated; a multiple of five may have been rounded.
            near = value % (ROUNDED_TO * scale) == 0
            return Count(key, None, max(0, value - rounded), value + rounded) if near else Count(key)
        case _:
            return Count(key, None, value + (item.qualifier is Qualifier.OVER))


def _joined(one: Count, other: Count) -> Count:
    """A count as two editions have it: what either withholds is withheld, what one of them printed stays out."""
    # What one edition withholds and another prints is known.
    is_public = any(count.value is not None and not count.withheld for count in (one, other))
    return replace(
        one,
        value=other.value if one.value is None else one.value,
        lowest=max(one.lowest, other.lowest),
        highest=min([count.highest for count in (one, other) if count.highest is not None], default=None),
        withheld=one.withheld or other.withheld,
        out=one.out or other.out or (is_public and (one.withheld or other.withheld)),
    )


def _tie(
    relation: _Held, versions: Mapping[Key, str], scales: Mapping[Unit | None, int], vintage: Vintage, place: str
) -> Tie:
    """A relation as a tie of whole numbers, each value counted in the smallest part that any of them has."""
    of_terms = [scales[_unit(vintage, observation)] for observation, _ in relation.terms]
    finest = max(of_terms)
    terms = tuple(
        (CellKey(*key_of(observation), versions[key_of(observation)]), factor * (finest // scale))
        for (observation, factor), scale in zip(relation.terms, of_terms, strict=True)
    )
    return Tie(relation.name, terms, 0 if relation.is_exact else None, 0, place=place)


def _scales(editions: Iterable[ShownEdition]) -> Mapping[Unit | None, int]:
    """The number of parts in which one of each unit is counted: 1 for persons, 100 for euro with cents."""
    places: dict[Unit | None, int] = {}
    for edition in editions:
        for observation in edition.vintage.index.values():
            unit = _unit(edition.vintage, observation)
            parts = -int((observation.value or Decimal(0)).normalize().as_tuple().exponent)
            places[unit] = max(places.get(unit, 0), parts)
    return {unit: 10**count for unit, count in places.items()}


def _unit(vintage: Vintage, observation: Observation) -> Unit | None:
    indicator = vintage.catalogue.indicator(observation.indicator)
    return indicator.unit if indicator else None


Keys = Mapping[tuple[str, int], CellKey]


def publication_ties(publication: Publication, vintage: Vintage, keys: Keys) -> Iterator[Tie]:
    """The figures of another publication as ties of ours, if an equal number shows that it counts the same."""
    there = {(row.cell, row.year): row for row in publication.rows}
    matched = tuple(pairs(vintage.catalogue, vintage.country, publication))
    for year in sorted({row.year for row in publication.rows}):
        alike = {entry.indicator for entry in matched if _is_alike(entry, vintage, year, publication)}
        for pair in matched:
            value = next((there[cell, year] for cell in pair.cells if (cell, year) in there), None)
            wheres = [(address, year) for address in pair.addresses if (address, year) in keys]
            if value is None or pair.indicator not in alike or len(wheres) < len(pair.addresses):
                continue
            terms = tuple((keys[where], 1) for where in wheres)
            name = f"{publication.publisher or publication.path}: {value.cell}"
            yield Tie(name, terms, value.least, value.most, place=str(value.mark))


def _is_alike(pair: Pair, vintage: Vintage, year: int, publication: Publication) -> bool:
    here = [vintage.observation(address, year) for address in pair.addresses]
    numbers = [int(item.value) for item in here if item and item.status is Status.GIVEN and item.value is not None]
    if len(numbers) < len(here) or not numbers:
        return False
    total = sum(numbers)
    return any(
        row.year == year and row.cell in pair.cells and row.value is not None and row.value == total
        for row in publication.rows
    )
