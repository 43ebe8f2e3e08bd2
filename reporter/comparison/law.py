"""Changes of the law, plans and offices between editions.

What is new, amended or ended, by the dates that the country's file states.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reporter.model import Contact, Country, Institution, Plan, Provision, Vintage
from reporter.model.calendar import year_of

Thing = Plan | Institution | Contact


class Turn(StrEnum):
    """What happened to a provision, a plan or an office."""

    NEW = "new"
    AMENDED = "amended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LawChange:
    """A provision that is new, amended or ended.

    `before` is the provision that an amended one took the place of.
    """

    turn: Turn
    provision: Provision
    before: Provision | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """A plan, an institution or a contact that is new or ended."""

    turn: Turn
    thing: Thing


def law_changes(editions: Sequence[Vintage]) -> tuple[LawChange, ...]:
    """The provisions that changed from each edition to the next one."""
    return tuple(each for first, last in pairwise(editions) for each in _law(first, last))


def plans_and_offices(editions: Sequence[Vintage]) -> tuple[Turned, ...]:
    """The plans, institutions and contacts that began or ended.

    From each edition to the next one.
    """
    return tuple(each for first, last in pairwise(editions) for each in _rest(_things(first), _things(last)))


def _things(edition: Vintage) -> tuple[Thing, ...]:
    country = edition.country
    return (*_plans(country, edition.year), *country.institutions, *country.contacts)


def _plans(country: Country, year: int) -> tuple[Plan, ...]:
    """The plans of a year.

    An edition knows others too, earlier ones and the next.
    """
    return tuple(each for each in country.plans if each.first <= year <= each.last)


def _rest(first: Sequence[Thing], last: Sequence[Thing]) -> Iterator[Turned]:
    before, after = set(map(_key, first)), set(map(_key, last))
    yield from (Turned(Turn.ENDED, each) for each in first if _key(each) not in after)
    yield from (Turned(Turn.NEW, each) for each in last if _key(each) not in before)


def _key(thing: Thing) -> tuple[str, str]:
    """The class and code of a thing.

    An institution and a contact may have the same code.
    """
    return type(thing).__name__, thing.code


def _law(first: Vintage, last: Vintage) -> Iterator[LawChange]:
    """The provisions that changed between two editions.

    One that ends while another of the same place begins is amended, not ended and new.
    """
    earlier, later = first.country.provisions, last.country.provisions
    before, after = ({each.code for each in provisions} for provisions in (earlier, later))
    for each in earlier:
        if each.code not in after and not any(_same_place(each, other) for other in later):
            yield LawChange(Turn.ENDED, each)
    for each in later:
        if each.code not in before:
            replaced = _replaced(each, earlier, last.year)
            yield LawChange(Turn.AMENDED if replaced else Turn.NEW, each, replaced)


def _replaced(provision: Provision, earlier: Sequence[Provision], year: int) -> Provision | None:
    """The provision whose place a later one took.

    It has the same place in the law and has ended by the year.
    """
    ended = (each for each in earlier if _same_place(each, provision) and (year_of(each.until) or year + 1) <= year)
    return max(ended, key=lambda each: each.until, default=None)


def _same_place(one: Provision, other: Provision) -> bool:
    """Return whether two provisions are versions of one.

    They are the same article of a law or, without an article, have codes of which one extends the other.
    """
    if one.code == other.code or one.law != other.law or one.article != other.article:
        return False
    return bool(one.article) or _extends(one.code, other.code) or _extends(other.code, one.code)


def _extends(code: str, other: str) -> bool:
    return code.startswith(f"{other}_")
