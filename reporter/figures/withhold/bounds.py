"""What readers can derive of withheld counts, exactly, in whole numbers. A value is called possible only if a
completion of all counts with it was found and verified. So an error of the solver can raise a false alarm, but never
calls an exposed count safe."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, gcd

from reporter.data.records.protection import ENOUGH
from reporter.figures.analysis.equations import Equation, Range, connected, narrow
from reporter.figures.withhold.cell_equations import CellKey, Count, System, Tie
from reporter.figures.withhold.solver import Between, Ending, Program

# What is left after so many rounds is for the solver.
MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Clue(Equation[CellKey]):
    """What a tie says of the counts that readers do not know."""

    tie: Tie


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Connected unknown counts, with every clue to them; `ranges` are their possible values."""

    ranges: Mapping[CellKey, Range]
    clues: tuple[Clue, ...]


def puzzles(system: System) -> Iterator[Puzzle]:
    unknown = sorted(count.key for count in system.counts if not count.is_known)
    counts = system.by_key
    ranges: dict[CellKey, Range] = {key: (min(0, counts[key].lowest), None) for key in unknown}
    # What else readers assume about a count.
    of_ranges = [
        Tie(f"the range of {key}", ((key, 1),), counts[key].lowest, counts[key].highest)
        for key in unknown
        if counts[key].lowest > 0 or counts[key].highest is not None
    ]
    clues = tuple(filter(None, (_clue(tie, counts, ranges) for tie in (*system.ties, *of_ranges))))
    groups = connected(clues, ranges)
    place = {key: number for number, group in enumerate(groups) for key in group}
    of_group: dict[int, list[Clue]] = {}
    for clue in clues:
        of_group.setdefault(place[clue.terms[0][0]] if clue.terms else -1, []).append(clue)
    for number, group in enumerate(groups):
        yield Puzzle({key: ranges[key] for key in sorted(group)}, tuple(of_group.get(number, ())))
    # Published numbers alone can contradict each other.
    if -1 in of_group:
        yield Puzzle({}, tuple(of_group[-1]))


def narrowed(puzzle: Puzzle) -> dict[CellKey, Range] | None:
    """The ranges as each clue alone narrows them, or None when one is left empty."""
    ranges = dict(puzzle.ranges)
    if not all(clue.holds({}) for clue in puzzle.clues if not clue.terms):
        return None
    for _ in range(MOST_ROUNDS):
        is_narrower = narrow(puzzle.clues, ranges)
        if not is_narrower:
            return None if is_narrower is None else ranges
    return ranges


def _clue(tie: Tie, counts: Mapping[CellKey, Count], ranges: Mapping[CellKey, Range]) -> Clue | None:
    """What a tie says of unknown counts, or None for nothing."""
    if any(key in ranges for key in tie.printed_with):
        return None
    factors: dict[CellKey, int] = {}
    fixed_sum = 0
    for key, factor in tie.terms:
        if key in ranges:
            factors[key] = factors.get(key, 0) + factor
        else:
            fixed_sum += factor * (counts[key].value or 0)
    terms = tuple((key, factor) for key, factor in factors.items() if factor)
    least = None if tie.least is None else tie.least - fixed_sum
    most = None if tie.most is None else tie.most - fixed_sum
    if not terms:
        clue = Clue((), least, most, tie)
        return None if clue.holds({}) else clue
    # Whole numbers leave no remainder.
    step = gcd(*(factor for _, factor in terms))
    return Clue(
        tuple((key, factor // step) for key, factor in terms),
        None if least is None else -(-least // step),
        None if most is None else most // step,
        tie,
    )


# How far a number of the solver may be from the whole number that it means.
NEAR = 1e-6
# Where equations contradict each other, at most so many consistent selections of them are tried.
MOST_READINGS = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """The lowest and highest value of a withheld count for readers. `values` are possible ones, enough to prove
    protection; `ties` expose an unprotected count. With `is_open` the solver was stopped: treated as not protected."""

    key: CellKey
    lowest: int
    highest: int | None
    values: tuple[int, ...]
    is_protected: bool
    ties: tuple[Tie, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """What readers can derive of all withheld counts, and the equations that contradict each other."""

    limits: tuple[Limits, ...]
    contradictory: tuple[Tie, ...] = ()

    @property
    def exposed(self) -> tuple[Limits, ...]:
        return tuple(count_limits for count_limits in self.limits if not count_limits.is_protected)


def bounds_of(system: System, *, only: Collection[CellKey] | None = None, enough: int = ENOUGH) -> Bounds:
    """What readers can derive of each withheld count, or of some, with the equations that expose it."""
    targets = set(system.withheld if only is None else only)
    out = [count for count in system.counts if count.key in targets and count.is_known]
    all_limits = [Limits(item.key, item.value or 0, item.value, (item.value or 0,), is_protected=False) for item in out]
    contradictory: list[Tie] = []
    for puzzle in puzzles(system):
        wanted = [key for key in puzzle.ranges if key in targets]
        if wanted or not puzzle.ranges:
            readings, limits = _believed_limits(puzzle, wanted, enough)
            all_limits += (item if item.is_protected else _with_equations(item, readings, enough) for item in limits)
            believed = [set(map(id, reading.clues)) for reading in readings]
            contradictory += (clue.tie for clue in puzzle.clues if any(id(clue) not in ids for ids in believed))
    return Bounds(tuple(sorted(all_limits, key=lambda count_limits: count_limits.key)), tuple(contradictory))


class _Completions:
    """Completions of a puzzle, and the search for more."""

    def __init__(self, puzzle: Puzzle) -> None:
        self.puzzle, self.is_open = puzzle, False
        self.values: dict[CellKey, set[int]] = {key: set() for key in puzzle.ranges}
        self._column = {key: column for column, key in enumerate(puzzle.ranges)}
        ranges = narrowed(puzzle)
        self.is_possible = ranges is not None
        self.ranges = ranges or dict(puzzle.ranges)
        self._real = self._program(whole=False)
        self._whole: Program | None = None

    def lowest(self, key: CellKey, start: int | None = None) -> int | None:
        low, high = self.ranges[key]
        low = low if start is None else max(low, start)
        return self._end(key, 1, low, high) if high is None or low <= high else None

    def highest(self, key: CellKey) -> int | None:
        """The highest value of a count, or None when unlimited."""
        return self._end(key, -1, *self.ranges[key])

    def several(self, key: CellKey, enough: int) -> tuple[int, ...]:
        values, value = self.values[key], self.ranges[key][0] - 1
        while len(values) < enough:
            value += 1
            if value not in values:
                next_value = self.lowest(key, value)
                if next_value not in values or next_value is None:
                    break
                value = next_value
        return tuple(sorted(values)[:enough])

    def _end(self, key: CellKey, side: int, low: int, high: int | None) -> int | None:
        """The lower (1) or upper (-1) end of a span, first in real numbers: quick, and often a whole completion."""
        column = self._column[key]
        solution = self._real.least({column: side}, {column: (low, high)})
        if solution.ending is not Ending.FOUND:
            self.is_open |= solution.ending is Ending.STOPPED
            return None
        number = solution.columns[column]
        near = ceil(number - NEAR) if side > 0 else floor(number + NEAR)
        self._note(solution.columns)
        if near in self.values[key]:
            return near
        self._whole = self._whole or self._program(whole=True)
        span = (max(low, near), high) if side > 0 else (low, near)
        solution = self._whole.least({column: side}, {column: span})
        if solution.ending is not Ending.FOUND:
            self.is_open |= solution.ending is not Ending.NONE
            return None
        self.is_open |= not self._note(solution.columns)
        return round(solution.columns[column])

    def _program(self, *, whole: bool) -> Program:
        rows = [
            Between(tuple((self._column[key], factor) for key, factor in clue.terms), clue.least, clue.most)
            for clue in self.puzzle.clues
            if clue.terms
        ]
        spans = list(self.ranges.values())
        return Program(spans, rows, whole=range(len(spans)) if whole else ())

    def _note(self, columns: Iterable[float]) -> bool:
        values = {key: round(number) for key, number in zip(self.ranges, columns, strict=True)}
        ranges = ((values[key], low, high) for key, (low, high) in self.ranges.items())
        if not all(low <= value and (high is None or value <= high) for value, low, high in ranges):
            return False
        if not all(clue.holds(values) for clue in self.puzzle.clues):
            return False
        for key, value in values.items():
            self.values[key].add(value)
        return True


def is_possible(puzzle: Puzzle) -> bool:
    """Return whether some counts satisfy all clues; True as well where time ran out before an answer."""
    completions = _Completions(puzzle)
    if not completions.is_possible:
        return False
    return any(completions.lowest(key) is not None for key in [*puzzle.ranges][:1]) or completions.is_open


def _believed_limits(
    puzzle: Puzzle, wanted: Sequence[CellKey], enough: int
) -> tuple[Sequence[Puzzle], Sequence[Limits]]:
    """The limits of some counts, with the clues that readers believe: of contradictory ones, one or the other."""
    limits = _limits(puzzle, wanted, enough)
    if limits is not None:
        return [puzzle], limits
    first = _believed(puzzle, (), puzzle.clues)
    # Each clue that is not believed at first is the first to be believed in another reading.
    left = [clue for clue in puzzle.clues if not any(clue is first_clue for first_clue in first)][: MOST_READINGS - 1]
    believed = [first, *(_believed(puzzle, (), (clue, *first)) for clue in left)]
    readings = [replace(puzzle, clues=clues) for clues in believed]
    of_readings = (_limits(reading, wanted, enough) or () for reading in readings)
    return readings, [min(of_key, key=_width) for of_key in zip(*of_readings, strict=True)]


def _believed(puzzle: Puzzle, base_clues: tuple[Clue, ...], more: tuple[Clue, ...]) -> tuple[Clue, ...]:
    """As many clues as are consistent."""
    together = replace(puzzle, clues=(*base_clues, *more))
    if is_possible(together):
        return together.clues
    if len(more) == 1:
        return base_clues
    middle = len(more) // 2
    return _believed(puzzle, _believed(puzzle, base_clues, more[:middle]), more[middle:])


def _limits(puzzle: Puzzle, wanted: Iterable[CellKey], enough: int) -> list[Limits] | None:
    """The limits of some counts, or None when the clues contradict each other."""
    completions = _Completions(puzzle)
    limits = []
    for key in wanted:
        low = completions.lowest(key) if completions.is_possible else None
        if low is None:
            if not completions.is_open:
                return None
            limits.append(Limits(key, *completions.ranges[key], (), is_protected=False, is_open=True))
            continue
        high = completions.highest(key)
        values = completions.several(key, enough)
        is_open = len(values) < enough and completions.is_open
        limits.append(Limits(key, low, high, values, is_protected=len(values) >= enough, is_open=is_open))
    return limits if completions.is_possible else None


def _with_equations(limits: Limits, readings: Iterable[Puzzle], enough: int) -> Limits:
    """The limits of a count with a minimal set of equations that expose it."""
    of_key = next(reading for reading in readings if not _protects(reading, limits.key, reading.clues, enough))
    needed: list[Clue] = []
    for layer in _layers(of_key.clues, limits.key):
        needed += layer
        if not _protects(of_key, limits.key, needed, enough):
            break
    for clue in tuple(reversed(needed)):
        fewer = [other_clue for other_clue in needed if other_clue is not clue]
        if not _protects(of_key, limits.key, fewer, enough):
            needed = fewer
    return replace(limits, ties=tuple(clue.tie for clue in needed))


def _protects(puzzle: Puzzle, key: CellKey, clues: Iterable[Clue], enough: int) -> bool:
    tied = [clue for layer in _layers(clues, key) for clue in layer]
    keys = {key, *(other_key for clue in tied for other_key, _ in clue.terms)}
    ranges = {other_key: span for other_key, span in puzzle.ranges.items() if other_key in keys}
    return all(count_limits.is_protected for count_limits in _limits(Puzzle(ranges, tuple(tied)), [key], enough) or ())


class Judge:
    """Finds the counts that a choice of further ones leaves exposed. Most puzzles recur, so they are cached."""

    def __init__(self, system: System, enough: int) -> None:
        self._system, self._enough = system, enough
        self._known: dict[frozenset[CellKey], tuple[CellKey, ...]] = {}

    def exposed(self, further: Collection[CellKey]) -> frozenset[CellKey]:
        system = self._system.withholding(further)
        counts = system.by_key
        exposed_keys = {count.key for count in system.counts if count.withheld and count.is_known}
        for puzzle in puzzles(system):
            name = frozenset(puzzle.ranges)
            if name not in self._known:
                wanted = [key for key in puzzle.ranges if counts[key].withheld]
                self._known[name] = self._exposed(puzzle, wanted) if wanted else ()
            exposed_keys.update(self._known[name])
        return frozenset(exposed_keys)

    def _exposed(self, puzzle: Puzzle, wanted: Sequence[CellKey]) -> tuple[CellKey, ...]:
        completions = _Completions(puzzle)
        if not completions.is_possible or any(completions.lowest(key) is None for key in wanted[:1]):
            limits = _believed_limits(puzzle, wanted, self._enough)[1]
            return tuple(count_limits.key for count_limits in limits if not count_limits.is_protected)
        return tuple(key for key in wanted if len(completions.several(key, self._enough)) < self._enough)


def _layers(clues: Iterable[Clue], key: CellKey) -> Iterator[list[Clue]]:
    reached, left = {key}, list(clues)
    while layer := [clue for clue in left if any(other_key in reached for other_key, _ in clue.terms)]:
        yield layer
        left = [clue for clue in left if not any(clue is other_clue for other_clue in layer)]
        reached |= {other_key for clue in layer for other_key, _ in clue.terms}


def _width(limits: Limits) -> tuple[bool, int, float]:
    wide = float("inf") if limits.highest is None else limits.highest - limits.lowest
    return limits.is_protected, len(limits.values), wide
