"""Changes of the law, plans and offices between editions. What is new, amended or ended, by the dates that the
country's file states."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reporter.data.records import Contact, Institution, Plan, Provision, Role, Vintage

Thing = Plan | Institution | Contact


class Event(StrEnum):
    """What happened to a provision, a plan or an office."""

    NEW = "new"
    AMENDED = "amended"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LawChange:
    """A provision that is new, amended or ended. `before` is the provision that an amended one took the place of."""

    turn: Event
    provision: Provision
    before: Provision | None = None


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """A plan, an institution or a contact that is new or ended. `role` is the part of an institution's work that began
    or ended; None for all of it. `is_itself` is false of a body that only takes part from then on, or no longer."""

    turn: Event
    thing: Thing
    role: Role | None = None
    is_itself: bool = True


def law_changes(editions: Sequence[Vintage]) -> tuple[LawChange, ...]:
    return tuple(each for first, last in pairwise(editions) for each in _law(first, last))


def plans_and_offices(editions: Sequence[Vintage]) -> tuple[OfficeChange, ...]:
    """The plans, roles of institutions and contacts that began or ended. From each edition to the next one. What is
    listed later without a word on when it began is none of them."""
    found: list[OfficeChange] = []
    for first, last in pairwise(editions):
        before, after = dict(_things(first)), dict(_things(last))
        for thing, role in (each for key, each in before.items() if key not in after):
            gone = thing.dissolved if isinstance(thing, Institution) else last.year
            found.append(OfficeChange(Event.ENDED, thing, role, gone is not None and first.year <= gone <= last.year))
        for thing, role in (each for key, each in after.items() if key not in before):
            since = None if isinstance(thing, Plan) else (role or thing).since
            if isinstance(thing, Plan) or (since is not None and since > first.year):
                begun = thing.founded if isinstance(thing, Institution) else last.year
                found.append(
                    OfficeChange(Event.NEW, thing, role, begun is not None and first.year < begun <= last.year)
                )
    return tuple(found)


def _things(edition: Vintage) -> Iterator[tuple[tuple[str, ...], tuple[Thing, Role | None]]]:
    """The plans of the year and the offices, by class and code. An institution and a contact may have the same code; an
    institution has an entry for each part in the work."""
    country = edition.country
    plans = (each for each in country.plans if each.first <= edition.year <= each.last)
    things: tuple[Thing, ...] = (*plans, *country.institutions, *country.contacts)
    for each in things:
        roles = each.roles if isinstance(each, Institution) else ()
        if not isinstance(each, Institution) or each.role or not roles:
            yield (type(each).__name__, each.code), (each, None)
        yield from (((type(each).__name__, each.code, role.code), (each, role)) for role in roles)


def _law(first: Vintage, last: Vintage) -> Iterator[LawChange]:
    """The provisions that changed between two editions. One that ends while another of the same place begins is
    amended, not ended and new."""
    earlier, later = first.country.provisions, last.country.provisions
    before, after = ({each.code for each in provisions} for provisions in (earlier, later))
    lasting = {each.code for each in later if not each.until}
    for each in earlier:
        if each.code not in after and not any(_same_place(each, other) for other in later):
            yield LawChange(Event.ENDED, each)
    for each in later:
        if each.code not in before:
            ended = [other for other in earlier if _same_place(other, each) and other.code not in lasting]
            replaced = max(ended, key=lambda other: other.since, default=None)
            yield LawChange(Event.AMENDED if replaced else Event.NEW, each, replaced)


def _same_place(one: Provision, other: Provision) -> bool:
    """Return whether two provisions are versions of one. They are the same article of a law or, without an article,
    have codes of which one extends the other."""
    if one.code == other.code or one.law != other.law or one.article != other.article:
        return False
    return bool(one.article) or _extends(one.code, other.code) or _extends(other.code, one.code)


def _extends(code: str, other: str) -> bool:
    return code.startswith(f"{other}_")
