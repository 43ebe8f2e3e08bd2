"""Rules for disclosure: withheld values that can be derived all the same, decisions, and withheld numbers in texts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem, problem
from reporter.check.subjects import named_beside, parts_named
from reporter.data.errors import Mark
from reporter.data.i18n import N_
from reporter.data.languages import Sign
from reporter.data.records import (
    Accepted,
    Confidentiality,
    Difference,
    Label,
    Observation,
    Protection,
    Qualifier,
    Revision,
    Status,
    Vintage,
    is_given,
    is_hidden,
    is_withheld,
)
from reporter.data.records.message import At, tell
from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.analysis.arithmetic import is_exact
from reporter.figures.analysis.equations import Relation, Unknown, exposed, key_of, relations_of
from reporter.text.lexicon import Quantity, quantities

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
            message = f"{seen.address} of {seen.year} is withheld, but can be derived from {names}"
            # It cannot be accepted: any printed reason would point at what is withheld.
            protect = f"reporter protect {edition.data.country.code} {edition.year} finds what else to withhold"
            way = _way(relations, {key})
            named = " and ".join(each.address for each in way or ())
            remedy = LEAVE_OUT if way is None else f"withhold {named} too, with confidentiality: D; or {LEAVE_OUT}"
            yield Problem(message, seen.mark, f"{protect}; by hand: {remedy}", year=seen.year)


def _telling(relations: Iterable[Relation], key: Unknown, withheld_too: Sequence[Observation] = ()) -> list[Relation]:
    needed = list(relations)
    for each in tuple(needed):
        others = [other for other in needed if other is not each]
        if key in exposed(others, withheld_too):
            needed = others
    return needed


def withheld_besides(known: Vintage, year: int) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The values of a year from which withheld ones follow, and the withheld ones that follow in any case."""
    known = replace(known, index={key: _masked(seen) for key, seen in known.index.items()})
    relations = relations_of(known, year)
    hidden = {key_of(seen): seen for key, seen in known.index.items() if key[1] == year and is_hidden(seen)}
    way = _way(relations, {*hidden})
    if way is not None:
        return tuple(way), ()
    hopeless = {key: seen for key, seen in hidden.items() if _way(relations, {key}) is None}
    return tuple(_way(relations, {*hidden} - {*hopeless}) or ()), tuple(hopeless.values())


def _way(relations: Sequence[Relation], keys: Collection[Unknown]) -> list[Observation] | None:
    """What to withhold in addition so that neither these values nor the additional ones follow, if possible."""
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
        yield Problem(message, revision.mark, "write now: suppressed, or remove the revision", year=edition.year)


ROUND = "reporter protect {country} {year} --round {figure}"


def decision_contradicted(edition: CheckedEdition) -> Iterator[Problem]:
    withheld = {(each.figure, each.year): each for one in edition.known.data.protections for each in one.withheld}
    for each in (each for one in _own(edition) for each in one.rounded):
        other = withheld.get((each.figure, each.year))
        if other:
            message = f"{each.figure} of {each.year} is rounded here, and withheld in {other.mark}"
            hint = "remove one of the two lines: withheld figures are not printed in any form"
            yield Problem(message, each.mark, hint, year=edition.year)


def decision_needless(edition: CheckedEdition) -> Iterator[Problem]:
    for one in _own(edition):
        for each in one.withheld:
            seen = edition.known.observation(each.figure, each.year)
            why = _why_needless(seen)
            if why:
                message = f"{each.figure} of {each.year} is withheld, but {why}"
                yield Problem(message, each.mark, f"remove the line {each.figure}", year=edition.year)
            hidden = [
                name
                for name in each.protects
                if (seen := edition.known.observation(name, each.year)) is None or not is_withheld(seen)
            ]
            if hidden and not why:
                message = f"{each.figure} of {each.year} protects {hidden[0]}, which is not withheld"
                hint = f"remove {hidden[0]} from protects:, or withhold it"
                yield Problem(message, each.mark, hint, year=edition.year)
        for number in one.rounded:
            why = _why_needless(edition.known.observation(number.figure, number.year))
            if why:
                message = f"{number.figure} of {number.year} is rounded, but {why}"
                yield Problem(message, number.mark, f"remove the line {number.figure}", year=edition.year)


def rounded_sum(edition: CheckedEdition) -> Iterator[Problem]:
    printed = {
        (each.figure, each.year): Decimal(each.value) for one in edition.known.data.protections for each in one.rounded
    }
    marks = {(each.figure, each.year): each.mark for one in _own(edition) for each in one.rounded}
    for key, mark in marks.items():
        seen = edition.known.observation(*key)
        if seen and is_given(seen) and seen.value is not None and abs(seen.value - printed[key]) >= ROUNDED_TO:
            below = int(seen.value // ROUNDED_TO) * ROUNDED_TO
            message = f"{key[0]} of {key[1]} is {seen.value:f}, and {printed[key]} is not next to it"
            yield Problem(
                message, mark, f"write {below} or {below + ROUNDED_TO}, so that the sums are correct", year=edition.year
            )
    for year in sorted({year for _, year in marks}):
        for each in relations_of(edition.known, year):
            values = [
                None if is_withheld(seen) or not is_given(seen) else printed.get(key_of(seen), seen.value)
                for seen in each.values
            ]
            mine = [key_of(seen) for seen in each.values if key_of(seen) in marks]
            if each.at_most or not mine or None in values:
                continue
            whole, *parts = (value for value in values if value is not None)
            if whole != sum(parts):
                message = f"{each.name}: {' + '.join(map(str, parts))} is not {whole}, as printed"
                hint = ROUND.format(country=edition.data.country.code, year=edition.year, figure=each.whole.figure)
                yield Problem(message, marks[mine[0]], f"{hint} calculates them together", year=edition.year)


def _own(edition: CheckedEdition) -> Iterator[Protection]:
    return (each for each in edition.known.data.protections if each.edition == edition.year)


def _why_needless(seen: Observation | None) -> str:
    if seen is None:
        return "no file states it"
    if seen.status is Status.SUPPRESSED:
        return f"{seen.mark} does not state it anyway"
    return "" if is_given(seen) else f"{seen.mark} has no number for it"


HINT = "leave the number out: notes and reasons are printed, withheld figures are not"
Figure = tuple[str, int]


def withheld_told(edition: CheckedEdition) -> Iterator[Problem]:
    hidden: dict[Figure, list[Observation]] = {}
    for seen in edition.data.observations:
        known = edition.known.observation(seen.address, seen.year)
        # A zero discloses no person.
        if seen.value and known and seen.confidentiality is not Confidentiality.FREE:
            hidden.setdefault((seen.figure, seen.year), []).append(seen)
    for figure, label, mark in _texts(edition) if hidden else ():
        numbers = (each for language, text in label.texts for each in quantities(text, language))
        # "Counts below five are masked" discloses none.
        said = {each.number for each in numbers if each.sign is Sign.EXACT}
        for seen in hidden.get(figure, ()):
            if seen.value in said:
                frame = N_("this text contains the withheld number of {figure} in {year}")
                message = tell(frame, figure=At(seen.address), year=seen.year)
                yield replace(problem(seen, message, HINT), mark=mark)


def _texts(edition: CheckedEdition) -> Iterator[tuple[Figure, Label, Mark]]:
    """The notes and reasons that the file of the edition prints."""
    data = edition.data
    for seen in data.observations:
        # A note on a withheld value is not printed.
        if seen.vintage == edition.year and seen.confidentiality is Confidentiality.FREE:
            yield from (((seen.figure, seen.year), note, seen.mark) for note in seen.notes)
    answers: tuple[Accepted | Difference, ...] = (*data.accepted, *data.differences)
    for each in answers:
        if each.vintage == edition.year:
            yield (each.figure, each.year), each.reason, each.mark
    for revision in data.revisions:
        if revision.now.vintage == edition.year:
            yield (revision.now.figure, revision.year), revision.reason, revision.mark


SAID = N_("'{words}' is typed by hand and equals the withheld {figure} of {year}")
TYPED_HINT = (
    "write the sentence without the number, or in ::: restricted; a typed number cannot be withheld automatically"
)


def withheld_typed(shown: CheckedEdition, whole: Vintage) -> Iterator[Problem]:
    """The typed numbers of a public edition that equal a withheld value of `whole`. A sentence must name the figure or
    its part, and the value be of the year of the text or of a year it names."""
    secret: dict[object, list[Observation]] = {}
    for seen in whole.index.values():
        # A zero discloses no person.
        if is_withheld(seen) and seen.value and not seen.owner:
            secret.setdefault(seen.value, []).append(seen)
    for parsed in shown.passages if secret else ():
        for sentence in parsed.sentences:
            for said in quantities(sentence.text, parsed.passage.language):
                if said.sign is Sign.EXACT and not said.is_share:
                    yield from _told(shown, parsed, sentence, said, secret.get(said.number, []))


def _told(
    shown: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, said: Quantity, alike: list[Observation]
) -> Iterator[Problem]:
    language = parsed.passage.language
    for seen in alike:
        indicator = shown.known.catalogue.indicator(seen.indicator)
        of_year = seen.year == parsed.passage.year or str(seen.year) in sentence.text
        if indicator is None or not of_year:
            continue
        named = indicator in named_beside(shown, language, sentence.text, said.start)
        if named or seen.address in parts_named(shown, indicator, language, sentence.text):
            message = tell(SAID, words=said.text, figure=At(seen.address), year=seen.year)
            # It cannot be accepted: any printed reason would point at the number.
            yield Problem(message, sentence.at(said.start), TYPED_HINT, year=parsed.passage.year)
            return
