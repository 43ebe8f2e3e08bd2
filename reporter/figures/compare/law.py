"""Law, plans and offices that are new, amended or ended between editions, by the dates in the country's file."""

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
    """A provision that is new, amended or ended; `before` is the one that an amended provision replaced."""

    turn: Event
    provision: Provision
    before: Provision | None = None


@dataclass(frozen=True, slots=True)
class OfficeChange:
    """A plan, institution or contact, or only a `role` of an institution (not `is_itself`), that is new or ended."""

    turn: Event
    thing: Thing
    role: Role | None = None
    is_itself: bool = True


def law_changes(editions: Sequence[Vintage]) -> tuple[LawChange, ...]:
    return tuple(change for first, last in pairwise(editions) for change in _law(first, last))


def plans_and_offices(editions: Sequence[Vintage]) -> tuple[OfficeChange, ...]:
    """Plans, roles and contacts that began or ended between editions; those listed later without a date did not."""
    changes: list[OfficeChange] = []
    for first, last in pairwise(editions):
        before, after = dict(_things(first)), dict(_things(last))
        for thing, role in (entry for key, entry in before.items() if key not in after):
            gone = thing.dissolved if isinstance(thing, Institution) else last.year
            changes.append(OfficeChange(Event.ENDED, thing, role, gone is not None and first.year <= gone <= last.year))
        for thing, role in (entry for key, entry in after.items() if key not in before):
            since = None if isinstance(thing, Plan) else (role or thing).since
            if isinstance(thing, Plan) or (since is not None and since > first.year):
                start = thing.founded if isinstance(thing, Institution) else last.year
                changes.append(
                    OfficeChange(Event.NEW, thing, role, start is not None and first.year < start <= last.year)
                )
    return tuple(changes)


def _things(edition: Vintage) -> Iterator[tuple[tuple[str, ...], tuple[Thing, Role | None]]]:
    """The plans of the year and the offices, by class (codes may coincide) and code, with an entry for each role."""
    country = edition.country
    plans = (plan for plan in country.plans if plan.first <= edition.year <= plan.last)
    things: tuple[Thing, ...] = (*plans, *country.institutions, *country.contacts)
    for thing in things:
        roles = thing.roles if isinstance(thing, Institution) else ()
        if not isinstance(thing, Institution) or thing.role or not roles:
            yield (type(thing).__name__, thing.code), (thing, None)
        yield from (((type(thing).__name__, thing.code, role.code), (thing, role)) for role in roles)


def _law(first: Vintage, last: Vintage) -> Iterator[LawChange]:
    """The provisions that changed between two editions; one that ends while a version of it begins is amended."""
    earlier, later = first.country.provisions, last.country.provisions
    before, after = ({provision.code for provision in provisions} for provisions in (earlier, later))
    lasting = {provision.code for provision in later if not provision.until}
    for provision in earlier:
        if provision.code not in after and not any(_same_place(provision, other) for other in later):
            yield LawChange(Event.ENDED, provision)
    for provision in later:
        if provision.code not in before:
            ended = [other for other in earlier if _same_place(other, provision) and other.code not in lasting]
            replaced = max(ended, key=lambda other: other.since, default=None)
            yield LawChange(Event.AMENDED if replaced else Event.NEW, provision, replaced)


def _same_place(one: Provision, other: Provision) -> bool:
    """Return whether two provisions are versions of one: the same article, or codes of which one extends the other."""
    if one.code == other.code or one.law != other.law or one.article != other.article:
        return False
    return bool(one.article) or one.code.startswith(f"{other.code}_") or other.code.startswith(f"{one.code}_")
