"""What a corrigendum corrects.

The edition as it was published before is compared with the one that takes its place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from reporter.comparison.law import Turn
from reporter.model import (
    Activity,
    Contact,
    CountryList,
    Institution,
    Observation,
    Plan,
    Provision,
    Reference,
    Release,
    Vintage,
    is_hidden,
)

Coded = Provision | Plan | Institution | Contact | Reference | Activity
Thing = Coded | CountryList


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
    """A corrigendum and the edition that it replaces.

    `releases` are all publications of the edition, the last of them this one; `before` is what the replaced one knew.
    `alike` are files with other bytes that differ in nothing a page depends on.
    """

    releases: tuple[Release, ...]
    before: Vintage
    alike: tuple[str, ...] = ()

    @property
    def now(self) -> Release:
        """The release of the corrigendum itself."""
        return self.releases[-1]

    @property
    def replaced(self) -> Release:
        """The release that the corrigendum takes the place of."""
        return self.releases[-2]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A figure that differs between the two editions.

    `before` and `now` are None where the figure did not or does not exist; `aspects` say in what it differs.
    """

    year: int
    before: Observation | None
    now: Observation | None
    aspects: tuple[Aspect, ...]

    @property
    def seen(self) -> Observation:
        """The later of the two observations, which names the figure."""
        found = self.now or self.before
        if found is None:
            raise LookupError(self.year)
        return found


@dataclass(frozen=True, slots=True)
class Altered:
    """A thing besides figures that was added, changed or taken out.

    A provision, plan, institution, contact, reference, activity or list; `names` are the fields that changed.
    """

    turn: Turn
    before: Thing | None
    now: Thing | None
    names: tuple[str, ...] = ()

    @property
    def thing(self) -> Thing:
        """The later of the two."""
        found = self.now or self.before
        if found is None:
            raise LookupError(self.turn)
        return found


def corrected_figures(before: Vintage, now: Vintage) -> tuple[Corrected, ...]:
    """Every figure that differs.

    The latest year comes first, then the order of the catalogue.
    """
    order = {each.code: place for place, each in enumerate(now.catalogue.indicators)}
    keys = dict.fromkeys((*now.index, *before.index))
    found = (_corrected(before, now, *key) for key in keys)
    return tuple(sorted(filter(None, found), key=lambda each: (-each.year, order.get(each.seen.indicator, len(order)))))


def _corrected(before: Vintage, now: Vintage, address: str, year: int) -> Corrected | None:
    was, is_now = before.index.get((address, year)), now.index.get((address, year))
    if was is None or is_now is None:
        return Corrected(year, was, is_now, (Aspect.VALUE,))
    aspects = tuple(each for each, names in ASPECTS.items() if _differ(was, is_now, names))
    if before.notes(was) != now.notes(is_now):
        aspects = (*aspects, Aspect.NOTES)
    return Corrected(year, was, is_now, aspects) if aspects else None


def altered_things(before: Vintage, now: Vintage) -> tuple[Altered, ...]:
    """Everything besides figures and texts that differs.

    Law, plans, offices, references, activities and lists that were added, changed or taken out.
    """
    pairs = zip(_groups(before), _groups(now), strict=True)
    return tuple(each for old, new in pairs for each in _altered(old, new))


def _groups(known: Vintage) -> tuple[dict[str, Thing], ...]:
    country, data = known.country, known.data
    coded: tuple[Iterable[Coded], ...] = (
        country.provisions,
        country.plans,
        country.institutions,
        country.contacts,
        country.references,
        data.activities,
    )
    groups: list[dict[str, Thing]] = [{each.code: each for each in group} for group in coded]
    return (*groups, {f"{each.year} {each.kind}": each for each in data.lists})


def _altered(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[Altered]:
    for code in dict.fromkeys((*old, *new)):
        before, now = old.get(code), new.get(code)
        if before is None or now is None:
            yield Altered(Turn.NEW if before is None else Turn.ENDED, before, now)
        else:
            names = tuple(name for name in _names(now) if _differ(before, now, (name,)))
            if names:
                yield Altered(Turn.AMENDED, before, now, names)


def _names(thing: Thing) -> Iterator[str]:
    """The fields of a thing that are compared.

    Figures are compared by themselves, and the place in the file does not matter.
    """
    return (each.name for each in fields(thing) if each.name not in ("figures", "mark"))


def _differ(before: object, now: object, names: Iterable[str]) -> bool:
    return any(getattr(before, name) != getattr(now, name) for name in names)


def mask_confidential(before: Vintage, now: Vintage) -> Vintage:
    """The earlier edition without the values that may no longer be printed.

    What is confidential now takes the place of the value published then.
    """
    hidden = {key: seen for key, seen in now.index.items() if is_hidden(seen) and key in before.index}
    return replace(before, index=dict(before.index) | hidden) if hidden else before
