"""Take withheld values out of the data.

That comes before anything is made of them. What is made of the rest cannot depend on them: no number, no order of rows,
no note, no message.
"""

from collections.abc import Container
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from reporter.errors import Mark
from reporter.model.country import Activity, Difference, Provision, Restated
from reporter.model.observation import Confidentiality, Observation, Qualifier, Revision, Status

if TYPE_CHECKING:
    from reporter.model.dataset import CountryData

Key = tuple[str, int]
Thing = TypeVar("Thing", Activity, Provision)


def is_given(seen: Observation | None) -> bool:
    """Return whether there is a value that may be printed.

    A confidential one may not.
    """
    if seen is None or seen.value is None:
        return False
    return seen.status is Status.GIVEN and seen.confidentiality is Confidentiality.FREE


def is_hidden(seen: Observation | None) -> bool:
    """Return whether there is a value that may not be printed."""
    if seen is None:
        return False
    return seen.status is Status.SUPPRESSED or seen.confidentiality is not Confidentiality.FREE


def has_withheld(data: "CountryData") -> bool:
    """Return whether the files of a country withhold any value."""
    counts = (seen for thing in data.things for seen in thing.figures)
    return any(map(is_hidden, (*data.observations, *(each.now for each in data.revisions), *counts)))


def sealed(data: "CountryData", hidden: Container[Key]) -> "CountryData":
    """The data without withheld values, and without what repeats them.

    `hidden` are those of an edition: a value may be withheld by a later file than the one that states it.
    """
    said = (*data.observations, *(each.now for each in data.revisions))
    ever = {_key(seen) for seen in said if is_hidden(seen) or _key(seen) in hidden}
    return replace(
        data,
        country=replace(data.country, provisions=tuple(map(_sealed_thing, data.country.provisions))),
        activities=tuple(map(_sealed_thing, data.activities)),
        observations=tuple(_sealed(each, hidden) for each in data.observations),
        revisions=tuple(
            replace(each, was=None if _key(each) in ever else each.was, now=_sealed(each.now, hidden))
            for each in data.revisions
        ),
        restated=tuple(replace(each, value=_sealed(each.value, hidden)) for each in data.restated),
        differences=tuple(replace(each, published="") if _key(each) in hidden else each for each in data.differences),
    )


def unsealed_data(data: "CountryData") -> "CountryData":
    """The data with their numbers as if none were withheld.

    For rules that compare them and do not tell them.
    """
    return replace(
        data,
        country=replace(data.country, provisions=tuple(map(_opened_thing, data.country.provisions))),
        activities=tuple(map(_opened_thing, data.activities)),
        observations=tuple(map(_opened, data.observations)),
    )


def masked_where_hidden(seen: Observation) -> Observation:
    """A value as readers know it.

    Of a withheld one they know that there is one.
    """
    return _masked(seen) if is_hidden(seen) else seen


def telling_files(data: "CountryData", hidden: Container[Key]) -> frozenset[str]:
    """The paths of files that tell of a withheld value.

    More than that there is one: they state its number, have a note on it, or repeat, revise, explain or accept it.
    """
    counts = (seen for thing in data.things for seen in thing.figures)
    stated = (each for each in (*data.observations, *counts) if is_hidden(each) or _key(each) in hidden)
    again: tuple[Revision | Restated | Difference, ...] = (*data.revisions, *data.restated, *data.differences)
    marks = [each.mark for each in stated if each.value is not None or (each.notes and _is_private(each))]
    marks += [_mark(each) for each in again if _key(each) in hidden]
    for each in data.accepted:
        marks += [each.mark for year, address, text in each.values if (address, year) in hidden and text[-1:].isdigit()]
    return frozenset(mark.path for mark in marks)


def _masked(seen: Observation) -> Observation:
    status = Status.SUPPRESSED if seen.value is not None else seen.status
    # A note on a count that its source masks says why there is none; one beside a number may tell it.
    notes = () if seen.value is not None or _is_private(seen) else seen.notes
    return replace(seen, value=None, status=status, qualifier=Qualifier.EXACT, notes=notes)


def _is_private(seen: Observation) -> bool:
    return seen.confidentiality is not Confidentiality.FREE


def _sealed(seen: Observation, hidden: Container[Key]) -> Observation:
    return _masked(seen) if _key(seen) in hidden else masked_where_hidden(seen)


def _opened(seen: Observation) -> Observation:
    return replace(seen, confidentiality=Confidentiality.FREE) if _is_private(seen) and seen.value is not None else seen


def _sealed_thing(thing: Thing) -> Thing:
    return replace(thing, figures=tuple(map(masked_where_hidden, thing.figures)))


def _opened_thing(thing: Thing) -> Thing:
    return replace(thing, figures=tuple(map(_opened, thing.figures)))


def _key(thing: Observation | Revision | Restated | Difference) -> Key:
    return (thing.address if isinstance(thing, Observation) else thing.figure), thing.year


def _mark(thing: Revision | Restated | Difference) -> Mark:
    return thing.value.mark if isinstance(thing, Restated) else thing.mark
