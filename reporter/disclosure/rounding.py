"""A table as multiples of a base, with all its sums. Each count becomes the multiple below or above, and a multiple
stays what it is. Where withholding would leave nothing of a table, this leaves much."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reporter.disclosure.bounds import Bounds, bounds_of
from reporter.disclosure.intervals import rounded_either_way, sum_tie
from reporter.disclosure.solver import SECONDS, Between, Ending, Program, Span
from reporter.disclosure.system import CellKey, System
from reporter.model.disclosure_rules import ENOUGH
from reporter.model.protection import ROUNDED_TO


@dataclass(frozen=True, slots=True)
class Rounding:
    """What is printed of a table, and what readers can work out. `distance` is the sum of all that was added or taken
    away."""

    printed: Mapping[CellKey, int]
    distance: int
    bounds: Bounds

    @property
    def protects(self) -> bool:
        return not self.bounds.exposed


def controlled_rounding(
    system: System, keys: Collection[CellKey], *, base: int = ROUNDED_TO, enough: int = ENOUGH, seconds: float = SECONDS
) -> Rounding | None:
    """The nearest multiples for some counts with which all ties hold. None where there are none, for example when a
    total must be printed that is no multiple; or where the solver was stopped."""
    values = {each.key: each.value for each in system.counts if each.value is not None}
    floors = {key: values[key] - values[key] % base for key in sorted(keys)}
    column = {key: at for at, key in enumerate(floors)}
    rows = []
    # A tie holds whatever it makes of a count that nobody knows.
    for tie in (each for each in system.ties if values.keys() >= set(each.keys)):
        fixed = sum(factor * floors.get(key, values[key]) for key, factor in tie.terms)
        terms = tuple((column[key], base * factor) for key, factor in tie.terms if key in column)
        least, most = (None if end is None else end - fixed for end in (tie.least, tie.most))
        rows.append(Between(terms, least, most))
    up = _raised(
        [(0, int(floors[key] < values[key])) for key in floors],
        rows,
        # The nearest, and of those that are as near the one that comes first.
        (
            {at: base - 2 * (values[key] - floors[key]) for key, at in column.items()},
            {at: 1 + at for at in column.values()},
        ),
        seconds,
    )
    if up is None:
        return None
    printed = {key: floor + base * up[column[key]] for key, floor in floors.items()}
    bounds = bounds_of(with_rounded(system, printed, base=base), only=printed, enough=enough, seconds=seconds)
    return Rounding(printed, sum(abs(printed[key] - values[key]) for key in printed), bounds)


def _raised(
    spans: Sequence[Span], rows: Iterable[Between], costs: Iterable[Mapping[int, int]], seconds: float
) -> tuple[int, ...] | None:
    known = list(rows)
    up: tuple[int, ...] | None = None
    for cost in costs:
        found = Program(spans, known, whole=range(len(spans)), seconds=seconds).least(cost)
        if found.ending is not Ending.FOUND:
            break
        up = tuple(map(round, found.columns))
        known.append(Between(tuple(cost.items()), None, sum(factor * up[at] for at, factor in cost.items())))
    return up


def with_rounded(system: System, printed: Mapping[CellKey, int], *, base: int = ROUNDED_TO) -> System:
    """The system as readers see it, with some counts as multiples. They know that each is the multiple below or
    above."""
    counts = (replace(each, withheld=True) if each.key in printed else each for each in system.counts)
    ties = (
        sum_tie(f"{key} is printed as about {value}", ((key, 1),), rounded_either_way(value, base))
        for key, value in printed.items()
    )
    return System(tuple(counts), (*system.ties, *ties))
