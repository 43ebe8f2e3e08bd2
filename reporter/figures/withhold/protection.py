"""Find what an edition must withhold, and at what cost. First the values that are withheld for what they are; then, by
the solver, the cheapest others without which they could be derived from everything ever published."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from time import thread_time

from reporter.data.records import Because, Observation, Publication, Vintage, is_given, is_withheld
from reporter.data.records.observation import Key
from reporter.data.records.protection import ENOUGH
from reporter.figures.analysis.arithmetic import breakdowns
from reporter.figures.analysis.equations import key_of
from reporter.figures.analysis.small_counts import SmallCount
from reporter.figures.withhold.bounds import NEAR, Bounds, Judge, Puzzle, bounds_of, narrowed, puzzles
from reporter.figures.withhold.cell_equations import (
    CellKey,
    Count,
    ShownEdition,
    System,
    Tie,
    equation_text,
    publication_ties,
    system_of,
)
from reporter.figures.withhold.primary_suppression import (
    ORDERS,
    Lots,
    Primary,
    drawn_neighbours,
    small_primaries,
    small_rests,
    weight_of,
    zero_primaries,
)
from reporter.figures.withhold.replay import replayed, triggers_of
from reporter.figures.withhold.solver import SECONDS, Between, Ending, Program

# Among choices of equal cost, the search for the best stops after so many steps.
FEW_STEPS = 200
# When time is up, so many exposed counts are handled at a time.
FEW = 10
# A count has as many values as its ends are apart, plus one; too few in real numbers are too few in whole ones.
NARROW = 1 + 1000 * NEAR

Choice = frozenset[CellKey]


class Choosing:
    """A puzzle, and those of its counts that may be withheld in addition."""

    def __init__(self, system: System, further: Iterable[CellKey], enough: int, seconds: float) -> None:
        self.is_proved = True
        self._enough, self._seconds = enough, seconds
        self._counts = system.by_key
        self._column = {key: column for column, key in enumerate(sorted(further))}
        addresses = dict.fromkeys(key.address for key in self._column)
        self._address = {address: len(self._column) + at for at, address in enumerate(addresses)}
        # An address is used where one of its counts is withheld.
        self._rows = [
            Between(((self._address[key.address], 1), (column, -1)), 0, None) for key, column in self._column.items()
        ]
        self.judge = Judge(system, enough)
        every = tuple(puzzles(system.withholding(self._column)))
        clues = [clue for puzzle in every for clue in puzzle.clues if clue.terms]
        ranges = [span for puzzle in every for span in (narrowed(puzzle) or puzzle.ranges).items()]
        self._place = {key: place for place, (key, _) in enumerate(ranges)}
        rows = [
            Between(tuple((self._place[key], factor) for key, factor in clue.terms), clue.least, clue.most)
            for clue in clues
        ]
        self._every = Program([span for _, span in ranges], rows, seconds=seconds)
        values = {count.key: count.value for count in system.counts if count.value is not None}
        # Where the true counts contradict what readers know, the search learns slowly.
        self._is_true = all(clue.holds(values) for clue in clues if all(key in values for key, _ in clue.terms))

    def cheapest(self, addresses: Collection[str]) -> Choice:
        """The cheapest counts to withhold in addition. Of choices with equal cost the one with the fewest addresses
        other than `addresses`, then by the order of the counts; if that takes too long, one of them."""
        columns = self._column.items()
        costs: tuple[dict[int, int], ...] = (
            {column: self._counts[key].weight for key, column in columns},
            {column: 1 for address, column in self._address.items() if address not in addresses},
            {column: self._counts[key].order for key, column in columns},
            {column: 1 + column for _, column in columns},
        )
        end = thread_time() + self._seconds
        limits: list[Between] = []
        chosen: Choice | None = None
        for cost in costs if self.judge.exposed(()) else ():
            solution = self._least(cost, limits, end, None if chosen is None else FEW_STEPS)
            if solution is None:
                self.is_proved &= chosen is not None
                return self._widened() if chosen is None else chosen
            chosen, worth = solution
            limits.append(Between(tuple(cost.items()), None, worth))
        return chosen or frozenset()

    def _least(
        self, cost: Mapping[int, int], limits: Sequence[Between], end: float, steps: int | None
    ) -> tuple[Choice, int] | None:
        """The cheapest choice that exposes nothing, with its cost, or None when time is up."""
        while (seconds := end - thread_time()) > 0:
            chosen = self._proposed(cost, limits, seconds, steps)
            if chosen is None:
                break
            exposed = self.judge.exposed(chosen)
            if not exposed:
                used = {*map(self._column.__getitem__, chosen), *(self._address[item.address] for item in chosen)}
                return chosen, sum(factor for column, factor in cost.items() if column in used)
            for key in sorted(exposed):
                self._learn(key, chosen)
        return None

    def _proposed(
        self,
        cost: Mapping[int, int],
        limits: Sequence[Between],
        seconds: float,
        steps: int | None,
        among: Choice = frozenset(),
    ) -> Choice | None:
        """The cheapest choice as far as was learned; the counts in `among` are always in it."""
        spans = [(int(key in among), 1) for key in self._column] + [(0, 1)] * len(self._address)
        whole = range(len(self._column))
        solution = Program(spans, (*self._rows, *limits), whole=whole, seconds=seconds, steps=steps).least(cost)
        if solution.ending is not Ending.FOUND:
            return None
        return frozenset(key for key, column in self._column.items() if round(solution.columns[column]))

    def _learn(self, key: CellKey, chosen: Choice) -> None:
        others = sorted(set(self._column) - chosen, key=self._loss)
        most: Choice = self._most_exposing(key, chosen, others) if self._is_true else frozenset()
        self._demand(key, (other for other in others if other not in most))

    def _loss(self, key: CellKey) -> tuple[int, int, CellKey]:
        count = self._counts[key]
        return count.weight, count.order, key

    def _demand(self, key: CellKey, some: Iterable[CellKey]) -> None:
        terms = tuple((self._column[other_key], 1) for other_key in some)
        if key in self._column:
            self._rows.append(Between((*terms, (self._column[key], -1)), 0, None))
        else:
            self._rows.append(Between(terms, 1, None))

    def _most_exposing(self, key: CellKey, chosen: Choice, others: Sequence[CellKey]) -> Choice:
        """A larger choice that leaves a count exposed. Each other count that is needed widens its range for readers."""
        left, tried = list(others), chosen
        while True:
            fixed = {
                self._place[other_key]: (value, value)
                for other_key in self._column
                if other_key not in tried and (value := self._counts[other_key].value) is not None
            }
            # In real numbers; the upper end as its negative, which is also minimised.
            ends = low, high = [self._every.least({self._place[key]: side}, fixed) for side in (1, -1)]
            is_found = low.ending is high.ending is Ending.FOUND
            # The ends are so close that the count has too few values.
            if is_found and NARROW - low.cost - high.cost < self._enough:
                # What has no price does not widen the range.
                priced = {other for other in left if any(abs(end.prices[self._place[other]]) > NEAR for end in ends)}
                chosen = tried.union(other_key for other_key in left if other_key not in priced)
                left = [other_key for other_key in left if other_key in priced]
            if not left:
                return chosen
            tried = chosen | {left.pop(0)}

    def _widened(self) -> Choice:
        """A choice that exposes nothing and needs each of its counts, perhaps not the cheapest, grown step by step."""
        chosen, every = frozenset[CellKey](), frozenset(self._column)
        cost = {column: self._counts[key].weight for key, column in self._column.items()}
        while chosen != every and (exposed := self.judge.exposed(chosen)):
            for key in sorted(exposed)[:FEW]:
                self._learn(key, chosen)
            wider = self._proposed(cost, (), self._seconds, FEW_STEPS, chosen)
            chosen = every if wider is None or wider == chosen else wider
        for key in sorted(chosen, key=self._loss, reverse=True):
            if not self.judge.exposed(chosen - {key}):
                chosen -= {key}
        return chosen


# What would help a hopeless count is only advice, so the search is short.
BRIEFLY = 3.0


@dataclass(frozen=True, slots=True)
class Hopeless:
    """A withheld count that no further ones can protect: known counts, `out`, expose it. It would be protected if those
    of `instead`, which must be printed, were withheld as well; if empty, nothing helps."""

    key: CellKey
    out: tuple[CellKey, ...]
    instead: tuple[CellKey, ...]


@dataclass(frozen=True, slots=True)
class SuppressionPlan:
    """Further counts to withhold, each with what it protects; not `is_cheapest` if the solver was stopped."""

    further: Mapping[CellKey, tuple[CellKey, ...]]
    hopeless: tuple[Hopeless, ...] = ()
    is_cheapest: bool = True

    @property
    def keys(self) -> tuple[CellKey, ...]:
        return tuple(self.further)


def protection_of(system: System, *, enough: int = ENOUGH) -> SuppressionPlan:
    """The cheapest counts to withhold in addition, first those withheld in other years, then the first ones."""
    most, exposed = _most_withheld(system, enough)
    # A count that cannot be protected is withheld all the same, and not used to protect others.
    further, is_cheapest = _cheapest(_given_up(system, exposed), enough)
    hopeless: list[Hopeless] = []
    for key in sorted(exposed):
        hopeless.append(_hopeless(system, key, most, [set(item.instead) for item in hopeless if item.instead], enough))
    return SuppressionPlan(dict(sorted(further.items())), tuple(hopeless), is_cheapest)


def _given_up(system: System, keys: Collection[CellKey]) -> System:
    """The system in which some withheld counts need no protection; only those that are out are known."""
    counts = (
        replace(count, withheld=False, value=count.value if count.out else None) if count.key in keys else count
        for count in system.counts
    )
    return replace(system, counts=tuple(counts))


def _most_withheld(system: System, enough: int) -> tuple[set[CellKey], frozenset[CellKey]]:
    """All that can be withheld in addition, and what is exposed then. The more is withheld, the less is exposed: so
    every choice consists of these, and exposes at least as much."""
    further = {count.key for count in system.counts if count.can_be_withheld}
    judge = Judge(system, enough)
    while True:
        exposed = judge.exposed(further)
        if not exposed & further:
            return further, exposed
        further -= exposed


def _hopeless(
    system: System, key: CellKey, most: Collection[CellKey], ways: Iterable[set[CellKey]], enough: int
) -> Hopeless:
    """Why nothing protects a count, and what would; `ways` are what would protect others."""
    counts = system.by_key
    ties = next(iter(bounds_of(system.withholding(most), only=[key], enough=enough).limits)).ties
    out = sorted({other for other in (key, *(of_tie for tie in ties for of_tie in tie.keys)) if counts[other].out})
    alone = _given_up(system, {other_key for other_key in system.withheld if other_key != key})
    instead: tuple[CellKey, ...] = ()
    # First those in the ties that expose it, then what helps others, then all.
    for printed_keys in ({other_key for tie in ties for other_key in tie.keys}, *ways, set(counts)):
        released = _released(alone, printed_keys)
        further = [count.key for count in released.counts if count.can_be_withheld]
        # Only what is connected with the count.
        puzzle = next((item for item in puzzles(released.withholding(further)) if key in item.ranges), None)
        released = _part(released, puzzle) if puzzle else released
        if key not in _most_withheld(released, enough)[1]:
            chosen, _ = _cheapest(released, enough, BRIEFLY)
            instead = tuple(sorted(other_key for other_key in chosen if counts[other_key].must_print))
            break
    return Hopeless(key, tuple(out), instead)


def _released(system: System, keys: Collection[CellKey]) -> System:
    """The system in which some counts need not be printed, each at a higher cost than all others together."""
    dear = 1 + sum(count.weight for count in system.counts)
    counts = (
        replace(count, must_print=False, weight=count.weight + dear)
        if count.must_print and count.key in keys
        else count
        for count in system.counts
    )
    return replace(system, counts=tuple(counts))


def _cheapest(system: System, enough: int, seconds: float = SECONDS) -> tuple[dict[CellKey, tuple[CellKey, ...]], bool]:
    most, _ = _most_withheld(system, enough)
    searches = [
        Choosing(part, most & puzzle.ranges.keys(), enough, seconds)
        for puzzle in puzzles(system.withholding(most))
        if (part := _part(system, puzzle)).withheld
    ]
    addresses = {key.address for key in system.withheld}
    chosen = [choosing.cheapest(addresses) for choosing in searches]
    if sum(map(bool, chosen)) > 1:
        # Each again, now that the others are known.
        for at, choosing in enumerate(searches):
            others = {key.address for other in (*chosen[:at], *chosen[at + 1 :]) for key in other}
            chosen[at] = choosing.cheapest(addresses | others)
    protectors = {
        key: tuple(sorted(search.judge.exposed(of_search - {key})))
        for search, of_search in zip(searches, chosen, strict=True)
        for key in of_search
    }
    return protectors, all(choosing.is_proved for choosing in searches)


def _part(system: System, puzzle: Puzzle) -> System:
    ties = {id(clue.tie) for clue in puzzle.clues}
    within = tuple(tie for tie in system.ties if id(tie) in ties)
    keys = {*puzzle.ranges, *(key for tie in within for key in tie.keys)}
    return System(tuple(count for count in system.counts if count.key in keys), within)


@dataclass(frozen=True, slots=True)
class WithheldCell:
    """A value to be withheld in addition, the addresses of its year that it protects, and what is lost with it."""

    observation: Observation
    because: Because
    protects: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class ProtectionPlan:
    """What an edition must withhold, and the consequences. `already_known` are values that should be withheld and were
    published before; `by_hand` are counts of activities and provisions, which no decision reaches. `hopeless` follow
    whatever else is withheld. `emptied` are breakdowns with no part left, by figure, year and dimension."""

    cells: tuple[WithheldCell, ...]
    already_known: tuple[Primary, ...]
    by_hand: tuple[Primary, ...]
    hopeless: tuple[Hopeless, ...]
    emptied: tuple[tuple[str, int, str], ...]
    is_cheapest: bool = True


@dataclass(frozen=True, slots=True)
class ReadersView:
    """What readers can derive of all withheld values; `equations` are those that expose unprotected counts."""

    bounds: Bounds
    equations: Mapping[CellKey, tuple[str, ...]]


# If the rules exclude too many values, so many more must be possible before the rules are applied.
FURTHER = (1, 2, 4)


def plan_protection(
    editions: Sequence[ShownEdition], publications: Iterable[Publication] = (), lots: Lots | None = None
) -> ProtectionPlan:
    """Find what the last edition must withhold in addition; `publications` are those of others on the same figures."""
    vintage, lots = editions[-1].vintage, lots or Lots()
    system = _weighed(readers_system(editions, publications, lots), vintage, lots)
    current = current_counts(system)
    due, already_known, by_hand = _not_withheld(current, small_primaries(vintage, lots))
    start = _Withheld(system.withholding({current[key_of(primary.observation)].key for primary in due}), vintage, lots)
    chosen = start.protected(_earlier_systems(editions))
    because = {key.place: Because.PROTECTS for key in chosen.protects}
    because |= {key.place: Because.LOT for key in chosen.drawn}
    because |= {key_of(primary.observation): primary.because for primary in (*due, *chosen.zeros)}
    protects = {key.place: keys for key, keys in chosen.protects.items()}
    cells = tuple(
        WithheldCell(
            observation=observation,
            because=because[place],
            protects=tuple(
                dict.fromkeys(item.address for item in protects.get(place, ()) if item.place in vintage.index)
            ),
            cost=current[place].weight,
        )
        for place, observation in vintage.index.items()
        if place in because
    )
    return ProtectionPlan(
        cells=tuple(sorted(cells, key=lambda cell: (cell.observation.year, cell.observation.mark))),
        already_known=(*already_known, *chosen.known_zeros),
        by_hand=tuple(by_hand),
        hopeless=chosen.hopeless,
        emptied=tuple(
            group
            for group, parts in breakdowns(filter(is_given, vintage.index.values())).items()
            if len(parts) > 1 and all(key_of(observation) in because for observation in parts)
        ),
        is_cheapest=chosen.is_cheapest,
    )


@dataclass(frozen=True, slots=True)
class _Withheld:
    """A growing choice of what to withhold: `drawn` at random, `zeros` for what they are, others with what they
    protect; `known_zeros` were published already."""

    system: System
    vintage: Vintage
    lots: Lots
    drawn: frozenset[CellKey] = frozenset()
    zeros: tuple[Primary, ...] = ()
    known_zeros: tuple[Primary, ...] = ()
    protects: Mapping[CellKey, tuple[CellKey, ...]] = field(default_factory=dict)
    hopeless: tuple[Hopeless, ...] = ()
    is_cheapest: bool = True

    def protected(self, steps: Sequence[System]) -> "_Withheld":
        """The choice with all that must also be withheld, even against readers who know the rules."""
        width = self.vintage.settings.disclosure.width
        first = self.complete(width)
        hopeless = {hopeless_count.key for hopeless_count in first.hopeless}
        further = (self.complete(width + more) for more in FURTHER)
        return next((choice for choice in chain([first], further) if not choice.is_told(steps, hopeless)), first)

    def complete(self, enough: int) -> "_Withheld":
        """The choice with all that must also be withheld. Counts are drawn first: what they protect needs nothing more,
        so that any choice may be due to chance alone."""
        drawn = drawn_neighbours(self.system, self.lots)
        system = self.system.withholding(drawn)
        proposal = _alike_over_years(system, self.lots, enough)
        new = proposal.further
        grown = replace(
            self,
            system=system.withholding(new),
            drawn=self.drawn | drawn,
            protects={**self.protects, **new},
            hopeless=proposal.hopeless,
            is_cheapest=self.is_cheapest and proposal.is_cheapest,
        )
        if new and drawn_neighbours(grown.system, self.lots):
            return grown.complete(enough)
        current = current_counts(grown.system)
        withheld = {key.place for key in grown.system.withheld}
        zeros, known_zeros, _ = _not_withheld(current, zero_primaries(self.vintage, withheld))
        grown = replace(grown, known_zeros=tuple(known_zeros))
        if not zeros:
            return grown
        system = grown.system.withholding({current[key_of(primary.observation)].key for primary in zeros})
        return replace(grown, system=system, zeros=(*grown.zeros, *zeros)).complete(enough)

    def is_told(self, steps: Sequence[System], hopeless: Collection[CellKey]) -> bool:
        """Return whether the rules disclose what would otherwise stay hidden."""
        system = replayed(self.system, (*steps, self.system), triggers_of([self.vintage]))
        only = {count.key for count in system.counts if count.withheld and not count.out} - set(hopeless)
        return bool(bounds_of(system, only=only, enough=self.vintage.settings.disclosure.width).exposed)


def readers_view(editions: Sequence[ShownEdition], publications: Iterable[Publication] = ()) -> ReadersView:
    vintage = editions[-1].vintage
    triggers = triggers_of([vintage], editions[-1].rounded)
    system = readers_system(editions, publications, Lots())
    system = replayed(system, (*_earlier_systems(editions), system), triggers)
    bounds = bounds_of(system, enough=vintage.settings.disclosure.width)
    counts = system.by_key
    equations_by_key = {entry.key: tuple(equation_text(tie, counts) for tie in entry.ties) for entry in bounds.exposed}
    return ReadersView(bounds, equations_by_key)


def _earlier_systems(editions: Sequence[ShownEdition]) -> tuple[System, ...]:
    """What readers knew when each edition before the last one was published."""
    return tuple(system_of(editions[: at + 1]) for at in range(len(editions) - 1))


def readers_system(editions: Sequence[ShownEdition], publications: Iterable[Publication], lots: Lots) -> System:
    vintage, system = editions[-1].vintage, system_of(editions)
    current = current_counts(system)
    keys = {place: count.key for place, count in current.items()}
    elsewhere = [tie for publication in publications for tie in publication_ties(publication, vintage, keys)]
    masked: set[Key] = set()
    for observation in vintage.index.values():
        source = vintage.catalogue.source(observation.source, observation.country)
        # Readers of a publication that masks a value see all it shows: withholding more here would not protect it.
        if observation.value is None and is_withheld(observation) and source is not None and source.layout:
            masked.add(key_of(observation))
    counts = tuple(replace(count, withheld=count.withheld and count.key.place not in masked) for count in system.counts)
    system = System(counts, (*system.ties, *elsewhere))
    return _with_rests(system, small_rests(vintage, lots), current)


def current_counts(system: System) -> Mapping[Key, Count]:
    return {count.key.place: count for count in system.counts}


def _alike_over_years(system: System, lots: Lots, enough: int) -> SuppressionPlan:
    """What to withhold in addition, where it costs no more the same part in all years. One complete series is worth
    more than two with gaps: for each figure the part withheld in most years goes first, then one at random."""
    proposal = protection_of(system, enough=enough)
    years: dict[str, set[int]] = {}
    for key in proposal.keys:
        years.setdefault(key.address, set()).add(key.year)
    first: dict[str, str] = {}
    for name in sorted(years, key=lambda item: (-len(years[item]), lots.number("order", item, 0, ORDERS), item)):
        first.setdefault(name.rpartition(".")[0], name)
    if len(first) == len(years):
        return proposal
    usual = set(first.values())
    counts = (replace(count, weight=max(1, count.weight - (count.key.address in usual))) for count in system.counts)
    return protection_of(replace(system, counts=tuple(counts)), enough=enough)


def _not_withheld(
    current: Mapping[Key, Count], primaries: Iterable[Primary]
) -> tuple[list[Primary], list[Primary], list[Primary]]:
    """What should be withheld and is not: now due, published before, and out of reach of decisions."""
    due: list[Primary] = []
    already_known: list[Primary] = []
    by_hand: list[Primary] = []
    for primary in primaries:
        count = current.get(key_of(primary.observation))
        if is_withheld(primary.observation) or (count is not None and count.withheld):
            continue
        if primary.observation.owner:
            by_hand.append(primary)
        elif primary.because is Because.LOT and not (count and count.can_be_withheld):
            continue
        elif count is not None and count.out:
            already_known.append(primary)
        else:
            due.append(primary)
    return due, already_known, by_hand


def _weighed(system: System, vintage: Vintage, lots: Lots) -> System:
    """The counts with their weights, in random order; what no decision reaches must be printed."""
    weights = {key_of(observation): weight_of(observation, vintage) for observation in vintage.index.values()}
    owned = {key_of(observation) for observation in vintage.index.values() if observation.owner}
    counts = (
        replace(
            count,
            weight=weights.get(place, count.weight),
            order=lots.number("order", *place, ORDERS),
            must_print=place in owned or place not in weights,
        )
        for count in system.counts
        for place in [count.key.place]
    )
    return replace(system, counts=tuple(counts))


def _with_rests(system: System, rests: Iterable[SmallCount], current: Mapping[Key, Count]) -> System:
    """The system with the remainders of parts, counts of their own that must not become known. Readers see that the
    parts do not add up to the whole, even before this was accepted."""
    counts: list[Count] = []
    ties: list[Tie] = []
    untrue: set[frozenset[tuple[CellKey, int]]] = set()
    for rest in rests:
        whole, *parts = rest.values
        key = CellKey(rest.name, rest.year)
        counts.append(Count(key, int(rest.number), withheld=True))
        terms = ((current[key_of(whole)].key, -1), *((current[key_of(observation)].key, 1) for observation in parts))
        untrue.add(frozenset(terms))
        ties.append(Tie(f"{whole.figure} and its parts by {rest.axis}", (*terms, (key, 1)), 0, 0))
    true_ties = (tie for tie in system.ties if tie.least is None or frozenset(tie.terms) not in untrue)
    return System((*system.counts, *counts), (*true_ties, *ties))
