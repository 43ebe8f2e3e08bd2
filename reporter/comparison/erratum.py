"""What a corrigendum corrects. The edition as it was published before is compared with the one that takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter.comparison.law import Turn
from reporter.model import Observation, Release, Vintage


class Aspect(StrEnum):
    """In what respect a figure differs."""

    VALUE = "value"
    FLAGS = "flags"
    DEFINITION = "definition"
    PERIOD = "period"
    SOURCE = "source"
    NOTES = "notes"
    COMPARABLE = "comparable"
    CONFIDENTIAL = "confidential"


ASPECTS: Mapping[Aspect, tuple[str, ...]] = {
    Aspect.VALUE: ("value", "status", "qualifier"),
    Aspect.FLAGS: ("flags",),
    Aspect.DEFINITION: ("definition",),
    Aspect.PERIOD: ("since", "until"),
    Aspect.SOURCE: ("source",),
    Aspect.COMPARABLE: ("doubtful", "target", "part_of", "incomplete"),
    Aspect.CONFIDENTIAL: ("confidentiality",),
}


@dataclass(frozen=True, slots=True)
class Erratum:
    """A corrigendum and the edition that it replaces. `releases` are all publications of the edition, the last of them
    this one; `before` is what the replaced one knew. `files` are those that differ in what its audience may see, each
    with what became of it."""

    releases: tuple[Release, ...]
    before: Vintage
    files: tuple[tuple[str, Turn], ...] = ()

    @property
    def now(self) -> Release:
        return self.releases[-1]

    @property
    def replaced(self) -> Release:
        return self.releases[-2]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that differs between the two editions. `before` and `now` are None where the figure did not or does not
    exist; `aspects` say in what it differs."""

    year: int
    before: Observation | None
    now: Observation | None
    aspects: tuple[Aspect, ...]

    @property
    def seen(self) -> Observation:
        found = self.now or self.before
        if found is None:
            raise LookupError(self.year)
        return found


def corrected_figures(before: Vintage, now: Vintage) -> tuple[Corrected, ...]:
    """Every figure that differs. The latest year comes first, then the order of the catalogue."""
    order = {each.code: place for place, each in enumerate(now.catalogue.indicators)}
    keys = dict.fromkeys((*now.index, *before.index))
    found = (_corrected(before, now, *key) for key in keys)
    return tuple(sorted(filter(None, found), key=lambda each: (-each.year, order.get(each.seen.indicator, len(order)))))


def _corrected(before: Vintage, now: Vintage, address: str, year: int) -> Corrected | None:
    was, is_now = before.index.get((address, year)), now.index.get((address, year))
    if was is None or is_now is None:
        return Corrected(year, was, is_now, (Aspect.VALUE,))
    aspects = tuple(
        each for each, names in ASPECTS.items() if any(getattr(was, name) != getattr(is_now, name) for name in names)
    )
    if before.notes(was) != now.notes(is_now):
        aspects = (*aspects, Aspect.NOTES)
    return Corrected(year, was, is_now, aspects) if aspects else None
