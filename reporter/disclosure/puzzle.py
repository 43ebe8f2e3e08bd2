"""What readers have to solve. The counts that they do not know, and the clues that all leaves which they do know."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import gcd

from reporter.disclosure.system import CellKey, Count, System, Terms, Tie

Range = tuple[int, int | None]
# What is left after so many rounds is for the solver.
MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Clue:
    """What a tie says of the counts that readers do not know."""

    tie: Tie
    terms: Terms
    least: int | None
    most: int | None

    def holds(self, values: Mapping[CellKey, int]) -> bool:
        total = sum(factor * values[key] for key, factor in self.terms)
        return (self.least is None or self.least <= total) and (self.most is None or total <= self.most)


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Unknown counts that hang together, with every clue to them. `ranges` are what they can be at all."""

    ranges: Mapping[CellKey, Range]
    clues: tuple[Clue, ...]


def puzzles(system: System) -> Iterator[Puzzle]:
    unknown = sorted(each.key for each in system.counts if not each.is_known)
    counts = system.by_key
    ranges: dict[CellKey, Range] = {key: (min(0, counts[key].lowest), None) for key in unknown}
    # What readers take for granted of a count besides.
    of_ranges = [
        Tie(f"the range of {key}", ((key, 1),), counts[key].lowest, counts[key].highest)
        for key in unknown
        if counts[key].lowest > 0 or counts[key].highest is not None
    ]
    clues = tuple(filter(None, (_clue(tie, counts, ranges) for tie in (*system.ties, *of_ranges))))
    groups = {key: {key} for key in ranges}
    for clue in clues:
        joined = set().union(*(groups[key] for key, _ in clue.terms))
        groups |= dict.fromkeys(joined, joined)
    of_group: dict[int, list[Clue]] = {}
    for clue in clues:
        of_group.setdefault(id(groups[clue.terms[0][0]]) if clue.terms else 0, []).append(clue)
    for group in {id(group): group for group in groups.values()}.values():
        yield Puzzle({key: ranges[key] for key in sorted(group)}, tuple(of_group.get(id(group), ())))
    # Published numbers by themselves can contradict each other.
    if 0 in of_group:
        yield Puzzle({}, tuple(of_group[0]))


def narrowed(puzzle: Puzzle) -> dict[CellKey, Range] | None:
    """The ranges as each clue by itself narrows them. None when one is left empty."""
    known, open_clues = dict(puzzle.ranges), True
    if not all(clue.holds({}) for clue in puzzle.clues if not clue.terms):
        return None
    for _ in range(MOST_ROUNDS):
        if not open_clues:
            break
        open_clues = False
        for clue in puzzle.clues:
            for key, span in _narrower(clue, known):
                low, high = span
                if high is not None and low > high:
                    return None
                open_clues |= span != known[key]
                known[key] = span
    return known


def _clue(tie: Tie, counts: Mapping[CellKey, Count], ranges: Mapping[CellKey, Range]) -> Clue | None:
    """What a tie says of unknown counts; None for nothing."""
    if any(key in ranges for key in tie.printed_with):
        return None
    factors: dict[CellKey, int] = {}
    known = 0
    for key, factor in tie.terms:
        if key in ranges:
            factors[key] = factors.get(key, 0) + factor
        else:
            known += factor * (counts[key].value or 0)
    terms = tuple((key, factor) for key, factor in factors.items() if factor)
    least = None if tie.least is None else tie.least - known
    most = None if tie.most is None else tie.most - known
    if not terms:
        clue = Clue(tie, (), least, most)
        return None if clue.holds({}) else clue
    # Whole numbers leave no remainder.
    step = gcd(*(factor for _, factor in terms))
    return Clue(
        tie,
        tuple((key, factor // step) for key, factor in terms),
        None if least is None else -(-least // step),
        None if most is None else most // step,
    )


def _narrower(clue: Clue, known: Mapping[CellKey, Range]) -> Iterator[tuple[CellKey, Range]]:
    # The smallest and the largest of each count times its factor.
    ends: dict[CellKey, tuple[int | None, int | None]] = {}
    for key, factor in clue.terms:
        low, high = known[key]
        near, far = factor * low, None if high is None else factor * high
        ends[key] = (near, far) if factor > 0 else (far, near)
    smallest = _Sum.of(low for low, _ in ends.values())
    largest = _Sum.of(high for _, high in ends.values())
    for key, factor in clue.terms:
        # Factor times count is at most what makes the most with the smallest of the others.
        others = smallest.without(ends[key][0])
        top = None if clue.most is None or others is None else clue.most - others
        others = largest.without(ends[key][1])
        bottom = None if clue.least is None or others is None else clue.least - others
        if factor < 0:
            top, bottom = (None if bottom is None else -bottom), (None if top is None else -top)
        low, high = known[key]
        if bottom is not None:
            low = max(low, -(-bottom // abs(factor)))
        if top is not None:
            high = top // abs(factor) if high is None else min(high, top // abs(factor))
        yield key, (low, high)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum, of which some numbers may have no end."""

    total: int
    endless: int

    @classmethod
    def of(cls, numbers: Iterable[int | None]) -> "_Sum":
        every = tuple(numbers)
        return cls(sum(each for each in every if each is not None), every.count(None))

    def without(self, number: int | None) -> int | None:
        """What the others make, or None when that has no end."""
        if self.endless > (number is None):
            return None
        return self.total - (number or 0)
