"""What readers conclude from the rules about withheld counts. A count is withheld because it, or one connected with it
by sums, is small or was chosen at random among the nearly small. Nothing else follows: whatever the other counts are,
some random choice leads to the same withheld ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.data.records import Vintage
from reporter.data.records.observation import Key
from reporter.figures.analysis.small_counts import SMALL, SmallCount, limit_of, permissions_of
from reporter.figures.withhold.bounds import is_possible, narrowed, puzzles
from reporter.figures.withhold.cell_equations import CellKey, Count, System, Tie

# Counts that readers cannot limit otherwise are at most so much above small. It makes their task easier.
FAR = 10_000
NAME = "one of these is small, or none would be withheld"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A count for which others are withheld if it is from 1 to `most`; in a rounded `table` only for a count in it."""

    most: int
    table: tuple[str, int] | None = None


def most_small(limit: int, width: int) -> int:
    """The largest number for which a count may be withheld for what it is; from `limit` on only some are, at random."""
    return limit + width - 1


def triggers_of(vintages: Iterable[Vintage], rounded: Iterable[Key] = ()) -> Mapping[Key, Trigger]:
    """The counts that are withheld where they are small, by address and year; by the settings alone."""
    trigger_by_key, tables = {}, set(rounded)
    for vintage in vintages:
        for key, observation in vintage.index.items():
            limit = limit_of(observation, vintage)
            if limit and not observation.owner and not permissions_of(SmallCount((observation,)), vintage):
                table = (observation.figure, observation.year) if key in tables else None
                trigger_by_key[key] = Trigger(most_small(limit, vintage.settings.disclosure.width), table)
    return trigger_by_key


def replayed(system: System, steps: Sequence[System], triggers: Mapping[Key, Trigger]) -> System:
    """The counts of all publications, with what follows from the rules after each publication in `steps`."""
    count_keys = {count.key for count in system.counts}
    visited: set[frozenset[CellKey]] = set()
    for step in steps:
        for small in _reasons(step, triggers):
            if small not in visited and small <= count_keys:
                visited.add(small)
                extended_system = _with_reason(system, small, triggers)
                # A choice that no rule explains was made by a person: nothing follows from it.
                puzzle = next((item for item in puzzles(extended_system) if not small.isdisjoint(item.ranges)), None)
                system = extended_system if puzzle is None or is_possible(puzzle) else system
    return system


def _reasons(step: System, triggers: Mapping[Key, Trigger]) -> Iterator[frozenset[CellKey]]:
    """The groups of connected counts of which at least one is small."""
    withheld = set(step.withheld)
    for puzzle in puzzles(step):
        groups: dict[tuple[str, int] | None, set[CellKey]] = {}
        for key in puzzle.ranges:
            trigger = triggers.get((key.address, key.year))
            if trigger and key in withheld:
                groups.setdefault(trigger.table, set()).add(key)
        yield from map(frozenset, groups.values())


def _with_reason(system: System, small: frozenset[CellKey], triggers: Mapping[Key, Trigger]) -> System:
    counts, ties, keys = list(system.counts), list(system.ties), set(system.by_key)
    ranges = {key: span for puzzle in puzzles(system) for key, span in (narrowed(puzzle) or puzzle.ranges).items()}
    for key in sorted(small):
        is_small = _is_small(key)
        if is_small in keys:
            continue
        counts.append(Count(is_small, highest=1))
        most = triggers[key.address, key.year].most
        name = f"a small count is from {SMALL.start} to {most}"
        ties.append(Tie(name, ((key, 1), (is_small, -1)), 0, None))
        highest = ranges.get(key, (0, None))[1]
        beyond = FAR if highest is None else max(0, highest - most)
        ties.append(Tie(name, ((key, 1), (is_small, beyond)), None, most + beyond))
    ties.append(Tie(NAME, tuple((_is_small(key), 1) for key in sorted(small)), 1, None))
    return System(tuple(counts), tuple(ties))


def _is_small(key: CellKey) -> CellKey:
    return key._replace(address=f"small({key.address})")
