"""Which counts must be withheld besides, so that no withheld one follows. The cheapest set, exactly: a program in whole
numbers proposes one, the audit of `bounds` judges it, and what that finds goes back into the program until nothing is
exposed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from reporter.disclosure.bounds import Judge, bounds_of
from reporter.disclosure.choosing import Choosing
from reporter.disclosure.puzzle import Puzzle, puzzles
from reporter.disclosure.solver import SECONDS
from reporter.disclosure.system import CellKey, System
from reporter.model.disclosure_rules import ENOUGH

# What would help a hopeless count is not searched for longer: it is advice.
BRIEFLY = 3.0


@dataclass(frozen=True, slots=True)
class Protector:
    """A count to withhold besides, and what would be exposed without."""

    key: CellKey
    protects: tuple[CellKey, ...]


@dataclass(frozen=True, slots=True)
class Hopeless:
    """A withheld count that no further ones can protect. Known counts, `out`, betray it even when all is withheld that
    could be. With those of `instead` withheld as well, which were to be printed, it would be protected; where there are
    none, nothing helps."""

    key: CellKey
    out: tuple[CellKey, ...]
    instead: tuple[CellKey, ...]


@dataclass(frozen=True, slots=True)
class SuppressionPlan:
    """Counts to withhold besides. Where the solver was stopped they protect all the same, but are not proved to be the
    cheapest."""

    further: tuple[Protector, ...]
    hopeless: tuple[Hopeless, ...] = ()
    is_cheapest: bool = True

    @property
    def keys(self) -> tuple[CellKey, ...]:
        return tuple(each.key for each in self.further)


def protection_of(system: System, *, enough: int = ENOUGH, seconds: float = SECONDS) -> SuppressionPlan:
    """The cheapest counts to withhold besides. Of those that cost alike the ones whose address is withheld in other
    years, then those of the least value."""
    most, exposed = _most_withheld(system, enough, seconds)
    # What nothing protects is withheld all the same, and asks for no protection of the others.
    rest = _given_up(system, exposed)
    further, is_cheapest = _cheapest(rest, enough, seconds)
    hopeless: list[Hopeless] = []
    for key in sorted(exposed):
        ways = [set(each.instead) for each in hopeless if each.instead]
        hopeless.append(_hopeless(system, key, most, ways, enough=enough, seconds=seconds))
    return SuppressionPlan(tuple(sorted(further, key=lambda each: each.key)), tuple(hopeless), is_cheapest)


def _given_up(system: System, keys: Collection[CellKey]) -> System:
    """The system in which some withheld counts need no protection. Those that are out are known, and the others not."""
    counts = (
        replace(each, withheld=False, value=each.value if each.out else None) if each.key in keys else each
        for each in system.counts
    )
    return replace(system, counts=tuple(counts))


def _most_withheld(system: System, enough: int, seconds: float) -> tuple[set[CellKey], frozenset[CellKey]]:
    """All that can be withheld besides, and what is exposed then. The more is withheld, the less is exposed: so no
    choice of further counts has others than these, which are all protected, or leaves less exposed."""
    further = {each.key for each in system.counts if each.can_be_withheld}
    judge = Judge(system, enough, seconds)
    while True:
        exposed = judge.exposed(further)
        if not exposed & further:
            return further, exposed
        further -= exposed


def _hopeless(
    system: System,
    key: CellKey,
    most: Collection[CellKey],
    ways: Iterable[set[CellKey]],
    *,
    enough: int,
    seconds: float,
) -> Hopeless:
    """Why nothing protects a count, and what would. `ways` are what would protect others."""
    counts = system.by_key
    found = bounds_of(system.withholding(most), only=[key], enough=enough, seconds=seconds)
    ties = next(iter(found.limits)).ties
    out = sorted({each for each in (key, *(of_tie for tie in ties for of_tie in tie.keys)) if counts[each].out})
    alone = _given_up(system, {each for each in system.withheld if each != key})
    instead: tuple[CellKey, ...] = ()
    # First those in the ties that betray it, then what helps others, then all.
    for kept in ({each for tie in ties for each in tie.keys}, *ways, set(counts)):
        released = _released(alone, kept)
        further = [each.key for each in released.counts if each.can_be_withheld]
        # Only what has to do with the count.
        puzzle = next((each for each in puzzles(released.withholding(further)) if key in each.ranges), None)
        released = _part(released, puzzle) if puzzle else released
        if key not in _most_withheld(released, enough, seconds)[1]:
            chosen, _ = _cheapest(released, enough, min(seconds, BRIEFLY))
            instead = tuple(sorted(each.key for each in chosen if counts[each.key].kept))
            break
    return Hopeless(key, tuple(out), instead)


def _released(system: System, keys: Collection[CellKey]) -> System:
    """The system in which some counts need not be printed. To withhold one of them costs more than all others."""
    dear = 1 + sum(each.weight for each in system.counts)
    counts = (
        replace(each, kept=False, weight=each.weight + dear) if each.kept and each.key in keys else each
        for each in system.counts
    )
    return replace(system, counts=tuple(counts))


def _cheapest(system: System, enough: int, seconds: float) -> tuple[list[Protector], bool]:
    most, _ = _most_withheld(system, enough, seconds)
    searches = [
        Choosing(part, most & puzzle.ranges.keys(), enough, seconds)
        for puzzle in puzzles(system.withholding(most))
        if (part := _part(system, puzzle)).withheld
    ]
    addresses = {key.address for key in system.withheld}
    chosen = [each.cheapest(addresses) for each in searches]
    if sum(map(bool, chosen)) > 1:
        # Each again, now that the others are known.
        for at, each in enumerate(searches):
            others = {key.address for other in (*chosen[:at], *chosen[at + 1 :]) for key in other}
            chosen[at] = each.cheapest(addresses | others)
    protectors = [
        Protector(key, search.protected_by(key, of_search))
        for search, of_search in zip(searches, chosen, strict=True)
        for key in of_search
    ]
    return protectors, all(each.is_proved for each in searches)


def _part(system: System, puzzle: Puzzle) -> System:
    ties = {id(clue.tie) for clue in puzzle.clues}
    within = tuple(tie for tie in system.ties if id(tie) in ties)
    keys = {*puzzle.ranges, *(key for tie in within for key in tie.keys)}
    return System(tuple(each for each in system.counts if each.key in keys), within)
