"""Find what an edition must withhold, and what that costs. First the values that must not become known for what they
are; then, by the solver, the cheapest ones without which nobody can work those out, from all that was ever
published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.analysis.arithmetic import top_parts
from reporter.analysis.small_counts import SmallCount
from reporter.disclosure.bounds import Bounds, bounds_of
from reporter.disclosure.equations import equation_text
from reporter.disclosure.primaries import Primary, primaries, small_rests
from reporter.disclosure.published_elsewhere import publication_ties
from reporter.disclosure.suppression import Hopeless, SuppressionPlan, protection_of
from reporter.disclosure.system import CellKey, Count, System, Tie
from reporter.disclosure.ties import ShownEdition, system_of
from reporter.disclosure.weights import weight_of
from reporter.model import Because, Observation, Publication, Vintage, is_given, is_withheld

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class WithheldCell:
    """A value that an edition is to withhold besides what it does. `protects` are the addresses of its year that would
    follow without, `cost` is what is lost with it."""

    seen: Observation
    because: Because
    protects: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class ProtectionPlan:
    """What an edition is to withhold, and what comes of it. `known_already` are values that should be withheld and were
    published before; `by_hand` are counts of activities and provisions, which no decision reaches. `hopeless` follow
    whatever else is withheld. `emptied` are breakdowns of which no part is left, by figure, year and dimension."""

    cells: tuple[WithheldCell, ...]
    known_already: tuple[Primary, ...]
    by_hand: tuple[Primary, ...]
    hopeless: tuple[Hopeless, ...]
    emptied: tuple[tuple[str, int, str], ...]
    is_cheapest: bool = True


@dataclass(frozen=True, slots=True)
class ReadersView:
    """What readers can work out of all that an edition withholds. `equations` are those that betray what is not
    protected, as they stand in the publications."""

    bounds: Bounds
    equations: Mapping[CellKey, tuple[str, ...]]


def plan_protection(editions: Sequence[ShownEdition], publications: Iterable[Publication] = ()) -> ProtectionPlan:
    """Find what the last edition must withhold besides. `publications` are what others publish of the same figures."""
    known = editions[-1].known
    system = _weighed(readers_system(editions, publications), known)
    current = current_counts(system)
    due, known_already, by_hand = _not_withheld(known, current)
    system = system.withholding({current[_place(each.seen)].key for each in due})
    proposal = _alike_over_years(system, known)
    because = {_place(each.seen): each.because for each in due}
    protects = {(each.key.address, each.key.year): each.protects for each in proposal.further}
    cells = tuple(
        WithheldCell(
            seen=seen,
            because=because.get(place, Because.PROTECTS),
            protects=tuple(
                dict.fromkeys(
                    each.address for each in protects.get(place, ()) if (each.address, each.year) in known.index
                )
            ),
            cost=current[place].weight,
        )
        for place, seen in known.index.items()
        if place in because or place in protects
    )
    return ProtectionPlan(
        cells=tuple(sorted(cells, key=lambda each: (each.seen.year, each.seen.mark))),
        known_already=tuple(known_already),
        by_hand=tuple(by_hand),
        hopeless=proposal.hopeless,
        emptied=tuple(_emptied(known, {*because, *protects})),
        is_cheapest=proposal.is_cheapest,
    )


def readers_view(editions: Sequence[ShownEdition], publications: Iterable[Publication] = ()) -> ReadersView:
    """What readers can work out of all that the last edition withholds."""
    system = readers_system(editions, publications)
    bounds = bounds_of(system, enough=editions[-1].known.settings.disclosure.width)
    counts = system.by_key
    told = {each.key: tuple(equation_text(tie, counts) for tie in each.ties) for each in bounds.exposed}
    return ReadersView(bounds, told)


def readers_system(editions: Sequence[ShownEdition], publications: Iterable[Publication]) -> System:
    """All that readers know, and what no figure states."""
    known, system = editions[-1].known, system_of(editions)
    current = current_counts(system)
    keys = {place: each.key for place, each in current.items()}
    elsewhere = [tie for each in publications for tie in publication_ties(each, known, keys)]
    masked: set[Place] = set()
    for seen in known.index.values():
        source = known.catalogue.source(seen.source, seen.country)
        # The readers of a publication that masks a value have what it shows beside: nothing that an edition withholds
        # would keep the value from them.
        if seen.value is None and is_withheld(seen) and source is not None and source.layout:
            masked.add(_place(seen))
    counts = tuple(
        replace(each, withheld=each.withheld and (each.key.address, each.key.year) not in masked)
        for each in system.counts
    )
    system = System(counts, (*system.ties, *elsewhere))
    return _with_rests(system, small_rests(known), known, current)


def current_counts(system: System) -> Mapping[Place, Count]:
    return {(each.key.address, each.key.year): each for each in system.counts}


def _alike_over_years(system: System, known: Vintage) -> SuppressionPlan:
    """What to withhold besides, alike over the years. Where it costs no more, it is the same part in all years. A
    series that is whole tells more than two with gaps: of each figure the part goes first that is withheld in most
    years, then the smallest."""
    width = known.settings.disclosure.width
    proposal = protection_of(system, enough=width)
    years: dict[str, set[int]] = {}
    for each in proposal.keys:
        years.setdefault(each.address, set()).add(each.year)
    sums = {name: sum(int(seen.value or 0) for seen in known.index.values() if seen.address == name) for name in years}
    first: dict[str, str] = {}
    for name in sorted(years, key=lambda each: (-len(years[each]), sums[each], each)):
        first.setdefault(name.rpartition(".")[0], name)
    if len(first) == len(years):
        return proposal
    usual = set(first.values())
    counts = (replace(each, weight=max(1, each.weight - (each.key.address in usual))) for each in system.counts)
    return protection_of(replace(system, counts=tuple(counts)), enough=width)


def _place(seen: Observation) -> Place:
    return seen.address, seen.year


def _not_withheld(known: Vintage, current: Mapping[Place, Count]) -> tuple[list[Primary], list[Primary], list[Primary]]:
    """What should be withheld and is not: what is due now, what was published before, and what no decision reaches."""
    due: list[Primary] = []
    known_already: list[Primary] = []
    by_hand: list[Primary] = []
    for each in primaries(known):
        count = current.get(_place(each.seen))
        if is_withheld(each.seen) or (count is not None and count.withheld):
            continue
        if each.seen.owner:
            by_hand.append(each)
        elif count is not None and count.out:
            known_already.append(each)
        else:
            due.append(each)
    return due, known_already, by_hand


def _weighed(system: System, known: Vintage) -> System:
    """The counts with their weights; what no decision reaches stays."""
    weights = {_place(seen): weight_of(seen, known) for seen in known.index.values()}
    owned = {_place(seen) for seen in known.index.values() if seen.owner}
    counts = (
        replace(each, weight=weights.get(place, each.weight), kept=place in owned or place not in weights)
        for each in system.counts
        for place in [(each.key.address, each.key.year)]
    )
    return replace(system, counts=tuple(counts))


def _with_rests(system: System, rests: Iterable[SmallCount], known: Vintage, current: Mapping[Place, Count]) -> System:
    """The system with what parts leave of their whole. These are counts of their own, which must not become known."""
    counts: list[Count] = []
    ties: list[Tie] = []
    for each in rests:
        whole, *parts = each.values
        axis = known.catalogue.dimension(each.axis)
        top = top_parts(parts, axis) if axis else parts
        left = (whole.value or Decimal(0)) - sum((seen.value or Decimal(0) for seen in top), Decimal(0))
        key = CellKey(each.name, each.year)
        counts.append(Count(key, int(left), withheld=True))
        terms = ((current[_place(whole)].key, -1), *((current[_place(seen)].key, 1) for seen in top), (key, 1))
        ties.append(Tie(f"{whole.figure} and its parts by {each.axis}", terms, 0, 0))
    return System((*system.counts, *counts), (*system.ties, *ties))


def _emptied(known: Vintage, places: set[Place]) -> Iterator[tuple[str, int, str]]:
    """The breakdowns of several parts of which none is left to print."""
    groups: dict[tuple[str, int, str], list[Observation]] = {}
    for seen in known.index.values():
        if seen.dimension and is_given(seen):
            groups.setdefault((seen.figure, seen.year, seen.dimension), []).append(seen)
    for group, parts in groups.items():
        if len(parts) > 1 and all(_place(seen) in places for seen in parts):
            yield group
