"""Judge what readers can work out of all publications. Every figure that an edition withholds must keep at least five
possible values for whoever has all publications."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reporter.disclosure.bounds import Limits, bounds_of
from reporter.disclosure.collecting import AuditedEdition, Collected, CollectedNumber, collect, stated_in_sources
from reporter.disclosure.equations import equation_text
from reporter.disclosure.published_elsewhere import publication_ties
from reporter.disclosure.system import CellKey, System, Tie
from reporter.disclosure.ties import ShownEdition, system_of, versions_of
from reporter.disclosure.typed import telling_numbers
from reporter.disclosure.verdict import Audit, Exposed, Leak
from reporter.model import Confidentiality, Observation, Publication, Qualifier, Status, is_withheld
from reporter.model.seen import Key

# That a value is withheld for being small tells that it is.
SMALL = (1, 4)
MOST_PLACES = 3


def audit(
    editions: Sequence[AuditedEdition],
    truth: Mapping[Key, Observation] | None = None,
    publications: Iterable[Publication] = (),
    enough: int = 0,
) -> Audit:
    """Judge some editions, the earliest first. `truth` are the withheld figures as they stand in the files, for who
    holds these: a text that tells one is found. `publications` are what others publish of the same figures."""
    collected = {each.name: _collected(each) for each in editions}
    shown = [step for each in editions for step in _steps(each, collected[each.name])]
    system = system_of(shown)
    further = [*_files_ties(editions, collected, shown), *_publication_ties(editions, publications, shown)]
    counted = {each.key for each in system.counts}
    further = [each for each in further if counted.issuperset(each.keys)]
    system = System(system.counts, (*system.ties, *further))
    places = _places(editions, collected)
    bounds = bounds_of(system, enough=enough or editions[-1].known.settings.disclosure.width)
    exposed = [_exposed(each, system, places, editions) for each in bounds.exposed]
    withheld = _withheld(editions)
    loose = tuple(each for found in collected.values() for each in found.loose)
    told, suspects = telling_numbers(loose, withheld, truth or {}, editions[-1].known)
    masked = set(_masked(withheld, truth or {}, editions))
    elsewhere = tuple(each for each in exposed if (each.figure, each.year) in masked and each.way is Leak.FOLLOWS)
    exposed = [each for each in exposed if each not in elsewhere]
    known_already = {(each.figure, each.year) for each in exposed if each.way in (Leak.OUT, Leak.PRINTED)}
    exposed += [
        Exposed(*where, Leak.TYPED, 0, None, places=(f"{each.file.rpartition('/')[2]}: {each.around}",))
        for where, each in told
        if where not in known_already
    ]
    return Audit(
        editions=tuple(each.name for each in editions),
        files=tuple(name for each in editions for name in each.files),
        numbers=sum(len(each.numbers) for each in collected.values()),
        withheld=len({(each.address, each.year) for each in system.withheld}),
        exposed=tuple(sorted(exposed, key=lambda each: (-each.year, each.figure))),
        elsewhere=elsewhere,
        suspects=suspects,
        loose=tuple(each for each in loose if each not in suspects),
        unread=tuple(each for found in collected.values() for each in found.unread),
    )


def _collected(edition: AuditedEdition) -> Collected:
    found, home = collect(edition.files), edition.known.country.code
    # A comparison has the figures of other countries too, by the same addresses.
    own = (each for each in found.numbers if each.number.country in ("", home))
    return replace(found, numbers=(*own, *stated_in_sources(edition, found)))


def _withheld(editions: Iterable[AuditedEdition]) -> dict[Key, Observation]:
    return {
        (seen.address, seen.year): seen for each in editions for seen in each.known.index.values() if is_withheld(seen)
    }


def _masked(
    withheld: Mapping[Key, Observation], truth: Mapping[Key, Observation], editions: Sequence[AuditedEdition]
) -> Iterator[Key]:
    """The figures whose source is a publication. Readers have it, with what it masks and shows: nothing that an edition
    withholds would keep that from them."""
    for where, shown in withheld.items():
        seen = truth.get(where, shown)
        sources = (each.known.catalogue.source(seen.source, seen.country) for each in editions)
        if any(each and each.layout for each in sources):
            yield where


def _steps(edition: AuditedEdition, collected: Collected) -> Iterator[ShownEdition]:
    yield ShownEdition(edition.name, edition.known, edition.has_left, edition.rounded)
    index = dict(edition.known.index)
    told: dict[tuple[str, int], Observation] = {}
    for each in collected.numbers:
        seen = index.get((each.number.figures[0], each.number.year or edition.known.year))
        if seen and is_withheld(seen) and len(each.number.figures) == 1 and each.number.is_exact:
            free = replace(
                seen,
                value=each.number.value,
                status=Status.GIVEN,
                qualifier=Qualifier.EXACT,
                confidentiality=Confidentiality.FREE,
            )
            told.setdefault((seen.address, each.number.year or edition.known.year), free)
    if told:
        # Whether it left or is about to: whoever has the file knows the number.
        yield ShownEdition(f"the files of {edition.name}", replace(edition.known, index=index | told), has_left=True)


def _files_ties(
    editions: Iterable[AuditedEdition], collected: Mapping[str, Collected], shown: Sequence[ShownEdition]
) -> Iterator[Tie]:
    versions = versions_of(shown)
    for edition in editions:
        keys = {where: CellKey(*where, version) for where, version in versions[edition.name].items()}
        withheld = {where for where, seen in _withheld([edition]).items() if where in keys and seen}
        for each in collected[edition.name].numbers:
            wheres = [(address, each.number.year) for address in each.number.figures]
            if withheld.isdisjoint(wheres) or not keys.keys() >= set(wheres):
                continue
            terms = tuple((keys[where], 1) for where in wheres)
            value = each.number.value
            if len(wheres) > 1 and each.number.is_exact and value is not None and value == int(value):
                yield Tie("a cell of a table of Eurostat", terms, int(value), int(value), place=each.place)
            elif value is None and each.number.confidentiality == Confidentiality.PRIMARY.value:
                yield Tie("withheld for being small, says its code A", terms, *SMALL, place=each.place)


def _publication_ties(
    editions: Sequence[AuditedEdition], publications: Iterable[Publication], shown: Sequence[ShownEdition]
) -> Iterator[Tie]:
    last = editions[-1]
    keys = {where: CellKey(*where, version) for where, version in versions_of(shown)[last.name].items()}
    for each in publications:
        yield from publication_ties(each, last.known, keys)


def _places(
    editions: Iterable[AuditedEdition], collected: Mapping[str, Collected]
) -> Mapping[str, Mapping[Key, list[CollectedNumber]]]:
    found: dict[str, dict[Key, list[CollectedNumber]]] = {}
    for edition in editions:
        own = found.setdefault(edition.name, {})
        for each in collected[edition.name].numbers:
            if len(each.number.figures) == 1 and each.number.is_exact:
                own.setdefault((each.number.figures[0], each.number.year), []).append(each)
    return found


def _exposed(
    limits: Limits,
    system: System,
    places: Mapping[str, Mapping[Key, list[CollectedNumber]]],
    editions: Sequence[AuditedEdition],
) -> Exposed:
    where = (limits.key.address, limits.key.year)
    way = Leak.OPEN if limits.is_open and not limits.ties else Leak.FOLLOWS
    named = []
    counts = system.by_key
    if counts[limits.key].is_known:
        way = Leak.OUT if _has_left(where, editions, places) else Leak.PRINTED
        for each in editions:
            by_file = {number.file: number.place for number in reversed(places[each.name].get(where, []))}
            printed = [by_file[file] for file in sorted(by_file)]
            free = each.known.index.get(where)
            if printed or (free and not is_withheld(free) and free.value is not None):
                named += printed[:MOST_PLACES] or [each.name]
    for tie in limits.ties:
        inside = [each for each in editions if each.name in tie.place]
        printed = [
            number.place
            for each in inside
            for key, _ in tie.terms
            for number in places[each.name].get((key.address, key.year), ())[:1]
        ]
        named += [tie.place, *printed[:MOST_PLACES]] if tie.place else printed[:MOST_PLACES]
    return Exposed(
        figure=limits.key.address,
        year=limits.key.year,
        way=way,
        lowest=limits.lowest,
        highest=limits.highest,
        equations=tuple(equation_text(each, counts) for each in limits.ties),
        places=tuple(dict.fromkeys(named)),
    )


def _has_left(
    where: Key, editions: Iterable[AuditedEdition], places: Mapping[str, Mapping[Key, list[CollectedNumber]]]
) -> bool:
    left = [each for each in editions if each.has_left]
    seen = (each.known.index.get(where) for each in left)
    stated = any(each and not is_withheld(each) and each.value is not None for each in seen)
    return stated or any(where in places[each.name] for each in left)
