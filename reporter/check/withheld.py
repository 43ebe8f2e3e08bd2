"""Rule for withheld values that can be worked out all the same. It looks at what readers of a public edition know,
never at the values themselves, so no message can tell one."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from reporter.analysis.arithmetic import is_exact
from reporter.analysis.derivable import Unknown
from reporter.analysis.relations import Relation, exposed, key_of, relations_of
from reporter.check.rule import CheckedEdition, Problem
from reporter.model import (
    Confidentiality,
    Observation,
    Qualifier,
    Revision,
    Status,
    Vintage,
    is_given,
    is_hidden,
    is_withheld,
)

LEAVE_OUT = "leave out the breakdown or the figure from which it follows"


def withheld_but_derivable(edition: CheckedEdition) -> Iterator[Problem]:
    edition = _as_readers_know_it(edition)
    for year in sorted({seen.year for seen in edition.figures}):
        withheld = [seen for key, seen in edition.known.index.items() if key[1] == year and is_hidden(seen)]
        if withheld:
            yield from _following(edition, year, withheld)
    for revision in edition.known.data.revisions:
        if revision.now.vintage == edition.year:
            yield from _printed_elsewhere(edition, revision)


def _as_readers_know_it(edition: CheckedEdition) -> CheckedEdition:
    known, data = edition.known, edition.data
    revisions = tuple(replace(each, now=_masked(each.now)) for each in known.data.revisions)
    return replace(
        edition,
        known=replace(
            known,
            data=replace(known.data, revisions=revisions),
            index={key: _masked(seen) for key, seen in known.index.items()},
        ),
        data=replace(
            data,
            observations=tuple(map(_masked, data.observations)),
            revisions=tuple(replace(each, now=_masked(each.now)) for each in data.revisions),
        ),
    )


def _masked(seen: Observation) -> Observation:
    if not is_withheld(seen):
        return seen
    return replace(
        seen, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT, confidentiality=Confidentiality.FREE
    )


def _following(edition: CheckedEdition, year: int, withheld: Iterable[Observation]) -> Iterator[Problem]:
    relations = relations_of(edition.known, year)
    found = exposed(relations)
    for seen in withheld:
        key = key_of(seen)
        if key in found:
            names = "; ".join(dict.fromkeys(each.name for each in _telling(relations, key)))
            message = f"{seen.address} of {seen.year} is withheld, but follows from {names}"
            # No reason could be printed without pointing at what is withheld, so nobody can accept it.
            protect = f"reporter protect {edition.data.country.code} {edition.year} finds what to withhold besides"
            yield Problem(message, seen.mark, f"{protect}; by hand: {_remedy(relations, key)}", year=seen.year)


def _telling(relations: Iterable[Relation], key: Unknown, withheld_too: Sequence[Observation] = ()) -> list[Relation]:
    needed = list(relations)
    for each in tuple(needed):
        others = [other for other in needed if other is not each]
        if key in exposed(others, withheld_too):
            needed = others
    return needed


def _remedy(relations: Sequence[Relation], key: Unknown) -> str:
    way = _way(relations, {key})
    if way is None:
        return LEAVE_OUT
    named = [each.address for each in way]
    return f"withhold {' and '.join(named)} too, with confidentiality: D; or {LEAVE_OUT}"


def withheld_besides(known: Vintage, year: int) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The values of a year that give withheld ones away. And the withheld ones that would follow whatever else is
    withheld."""
    known = replace(known, index={key: _masked(seen) for key, seen in known.index.items()})
    relations = relations_of(known, year)
    hidden = {key_of(seen): seen for key, seen in known.index.items() if key[1] == year and is_hidden(seen)}
    way = _way(relations, {*hidden})
    if way is not None:
        return tuple(way), ()
    hopeless = {key: seen for key, seen in hidden.items() if _way(relations, {key}) is None}
    return tuple(_way(relations, {*hidden} - {*hopeless}) or ()), tuple(hopeless.values())


def _way(relations: Sequence[Relation], keys: Collection[Unknown]) -> list[Observation] | None:
    """What to withhold besides some values. So that neither these values nor what is withheld besides follows. None
    where there is no such way."""
    way: list[Observation] = []

    def betrayed(others: Iterable[Observation]) -> frozenset[Unknown]:
        also = tuple(others)
        return exposed(relations, also) & {*keys, *map(key_of, also)}

    while left := betrayed(way):
        known = {
            key_of(seen): seen for each in _telling(relations, min(left), way) for seen in each.values if is_exact(seen)
        }
        free = (seen for key, seen in known.items() if seen.code and key not in set(map(key_of, way)))
        beside = sorted(free, key=lambda seen: (not seen.value, seen.value or 0))
        if not beside:
            return None
        way.append(next((each for each in beside if not betrayed((*way, each))), beside[0]))
    for each in tuple(way):
        if not betrayed(other for other in way if other is not each):
            way.remove(each)
    return way


def _printed_elsewhere(edition: CheckedEdition, revision: Revision) -> Iterator[Problem]:
    now = edition.known.observation(revision.figure, revision.year)
    key = revision.figure, revision.year
    stated = [seen for seen in edition.data.observations if key_of(seen) == key]
    stated += [each.now for each in edition.data.revisions if key == (each.figure, each.year)]
    before = [seen for seen in stated if seen.vintage < edition.year]
    name = f"{revision.figure} of {revision.year}"
    printed = next(filter(is_given, before), None)
    if is_hidden(now) and printed:
        message = f"{name} is withheld here, but the edition of {printed.vintage} prints it"
        hint = f"withhold it in {printed.mark.path} too, as a corrigendum; what was published before stays known"
        yield Problem(message, revision.mark, hint, year=edition.year)
    hidden = next(filter(is_hidden, before), None)
    if is_given(now) and hidden:
        message = f"{name} is withheld in {hidden.mark.path}, but this revision prints it"
        yield Problem(message, revision.mark, "write now: suppressed, or take the revision out", year=edition.year)
