"""Rules for disclosure: withheld values that can be derived all the same, decisions, and withheld numbers in texts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem, problem
from reporter.check.subjects import figures_named, parts_named
from reporter.data.errors import Mark, Values
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
from reporter.data.records.observation import amount_text
from reporter.data.records.protection import ROUNDED_TO
from reporter.figures.analysis.arithmetic import is_exact
from reporter.figures.analysis.equations import Relation, Unknown, exposed, key_of, relations_of
from reporter.text.lexicon import Quantity, quantities

LEAVE_OUT = "leave out the breakdown or the figure from which it follows"


def withheld_but_derivable(edition: CheckedEdition) -> Iterator[Problem]:
    edition = _as_readers_know_it(edition)
    for year in sorted({observation.year for observation in edition.figures}):
        withheld = [value for key, value in edition.vintage.index.items() if key[1] == year and is_hidden(value)]
        if withheld:
            yield from _following(edition, year, withheld)
    for revision in edition.vintage.data.revisions:
        if revision.now.vintage == edition.year:
            yield from _printed_elsewhere(edition, revision)


def _as_readers_know_it(edition: CheckedEdition) -> CheckedEdition:
    vintage, data = edition.vintage, edition.data
    revisions = tuple(replace(revision, now=_masked(revision.now)) for revision in vintage.data.revisions)
    return replace(
        edition,
        vintage=replace(
            vintage,
            data=replace(vintage.data, revisions=revisions),
            index={key: _masked(observation) for key, observation in vintage.index.items()},
        ),
        data=replace(
            data,
            observations=tuple(map(_masked, data.observations)),
            revisions=tuple(replace(revision, now=_masked(revision.now)) for revision in data.revisions),
        ),
    )


def _masked(value: Observation) -> Observation:
    if not is_withheld(value):
        return value
    return replace(
        value, value=None, status=Status.SUPPRESSED, qualifier=Qualifier.EXACT, confidentiality=Confidentiality.FREE
    )


def _following(edition: CheckedEdition, year: int, withheld: Iterable[Observation]) -> Iterator[Problem]:
    relations = relations_of(edition.vintage, year)
    exposed_keys = exposed(relations)
    for observation in withheld:
        key = key_of(observation)
        if key in exposed_keys:
            names = "; ".join(dict.fromkeys(relation.name for relation in _telling(relations, key)))
            message = f"{observation.address} of {observation.year} is withheld, but can be derived from {names}"
            # It cannot be accepted: any printed reason would point at what is withheld.
            protect = f"reporter protect {edition.data.country.code} {edition.year} finds what else to withhold"
            way = _way(relations, {key})
            named = " and ".join(other.address for other in way or ())
            remedy = LEAVE_OUT if way is None else f"withhold {named} too, with confidentiality: D; or {LEAVE_OUT}"
            yield Problem(message, observation.mark, f"{protect}; by hand: {remedy}", year=observation.year)


def _telling(relations: Iterable[Relation], key: Unknown, withheld_too: Sequence[Observation] = ()) -> list[Relation]:
    needed = list(relations)
    for relation in tuple(needed):
        others = [other for other in needed if other is not relation]
        if key in exposed(others, withheld_too):
            needed = others
    return needed


def withheld_besides(vintage: Vintage, year: int) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The values of a year from which withheld ones follow, and the withheld ones that follow in any case."""
    vintage = replace(vintage, index={key: _masked(observation) for key, observation in vintage.index.items()})
    relations = relations_of(vintage, year)
    hidden = {key_of(value): value for key, value in vintage.index.items() if key[1] == year and is_hidden(value)}
    way = _way(relations, {*hidden})
    if way is not None:
        return tuple(way), ()
    hopeless = {key: observation for key, observation in hidden.items() if _way(relations, {key}) is None}
    return tuple(_way(relations, {*hidden} - {*hopeless}) or ()), tuple(hopeless.values())


def _way(relations: Sequence[Relation], keys: Collection[Unknown]) -> list[Observation] | None:
    """What to withhold in addition so that neither these values nor the additional ones follow, if possible."""
    way: list[Observation] = []

    def betrayed(others: Iterable[Observation]) -> frozenset[Unknown]:
        also = tuple(others)
        return exposed(relations, also) & {*keys, *map(key_of, also)}

    while left := betrayed(way):
        value_by_key = {
            key_of(item): item for link in _telling(relations, min(left), way) for item in link.values if is_exact(item)
        }
        free = (value for key, value in value_by_key.items() if value.code and key not in set(map(key_of, way)))
        candidates = sorted(free, key=lambda observation: (not observation.value, observation.value or 0))
        if not candidates:
            return None
        way.append(next((candidate for candidate in candidates if not betrayed((*way, candidate))), candidates[0]))
    for addition in tuple(way):
        if not betrayed(other for other in way if other is not addition):
            way.remove(addition)
    return way


def _printed_elsewhere(edition: CheckedEdition, revision: Revision) -> Iterator[Problem]:
    now = edition.vintage.observation(revision.figure, revision.year)
    key = revision.figure, revision.year
    stated = [observation for observation in edition.data.observations if key_of(observation) == key]
    stated += [other.now for other in edition.data.revisions if key == (other.figure, other.year)]
    before = [observation for observation in stated if observation.vintage < edition.year]
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
    withheld = {(item.figure, item.year): item for one in edition.vintage.data.protections for item in one.withheld}
    for number in (rounded for one in _own(edition) for rounded in one.rounded):
        if other := withheld.get((number.figure, number.year)):
            message = f"{number.figure} of {number.year} is rounded here, and withheld in {other.mark}"
            hint = "remove one of the two lines: withheld figures are not printed in any form"
            yield Problem(message, number.mark, hint, year=edition.year)


def decision_needless(edition: CheckedEdition) -> Iterator[Problem]:
    for one in _own(edition):
        for decision in one.withheld:
            value = edition.vintage.observation(decision.figure, decision.year)
            if why := _why_needless(value):
                message = f"{decision.figure} of {decision.year} is withheld, but {why}"
                yield Problem(message, decision.mark, f"remove the line {decision.figure}", year=edition.year)
            hidden = [
                name
                for name in decision.protects
                if (value := edition.vintage.observation(name, decision.year)) is None or not is_withheld(value)
            ]
            if hidden and not why:
                message = f"{decision.figure} of {decision.year} protects {hidden[0]}, which is not withheld"
                hint = f"remove {hidden[0]} from protects:, or withhold it"
                yield Problem(message, decision.mark, hint, year=edition.year)
        for number in one.rounded:
            if why := _why_needless(edition.vintage.observation(number.figure, number.year)):
                message = f"{number.figure} of {number.year} is rounded, but {why}"
                yield Problem(message, number.mark, f"remove the line {number.figure}", year=edition.year)


def rounded_sum(edition: CheckedEdition) -> Iterator[Problem]:
    protections = edition.vintage.data.protections
    printed = {(item.figure, item.year): Decimal(item.value) for file in protections for item in file.rounded}
    marks = {(number.figure, number.year): number.mark for one in _own(edition) for number in one.rounded}
    for key, mark in marks.items():
        item = edition.vintage.observation(*key)
        if item and is_given(item) and item.value is not None and abs(item.value - printed[key]) >= ROUNDED_TO:
            below = int(item.value // ROUNDED_TO) * ROUNDED_TO
            message = f"{key[0]} of {key[1]} is {item.value:f}, and {printed[key]} is not next to it"
            yield Problem(
                message, mark, f"write {below} or {below + ROUNDED_TO}, so that the sums are correct", year=edition.year
            )
    for year in sorted({year for _, year in marks}):
        for relation in relations_of(edition.vintage, year):
            values = [
                None if is_withheld(member) or not is_given(member) else printed.get(key_of(member), member.value)
                for member in relation.values
            ]
            mine = [key_of(member) for member in relation.values if key_of(member) in marks]
            if relation.at_most or not mine or None in values:
                continue
            whole, *parts = (value for value in values if value is not None)
            if whole != sum(parts):
                message = f"{relation.name}: {' + '.join(map(str, parts))} is not {whole}, as printed"
                hint = ROUND.format(country=edition.data.country.code, year=edition.year, figure=relation.whole.figure)
                yield Problem(message, marks[mine[0]], f"{hint} calculates them together", year=edition.year)


def _own(edition: CheckedEdition) -> Iterator[Protection]:
    return (protection for protection in edition.vintage.data.protections if protection.edition == edition.year)


def _why_needless(observation: Observation | None) -> str:
    if observation is None:
        return "no file states it"
    if observation.status is Status.SUPPRESSED:
        return f"{observation.mark} does not state it anyway"
    return "" if is_given(observation) else f"{observation.mark} has no number for it"


HINT = "leave the number out: notes and reasons are printed, withheld figures are not"
Figure = tuple[str, int]


def withheld_told(edition: CheckedEdition) -> Iterator[Problem]:
    hidden: dict[Figure, list[Observation]] = {}
    for observation in edition.data.observations:
        edition_value = edition.vintage.observation(observation.address, observation.year)
        # A zero discloses no person.
        if observation.value and edition_value and observation.confidentiality is not Confidentiality.FREE:
            hidden.setdefault((observation.figure, observation.year), []).append(observation)
    secret = {(value.year, value.address) for values in hidden.values() for value in values}
    for figure, label, mark, stated in _texts(edition) if hidden else ():
        numbers = (quantity for language, text in label.texts for quantity in quantities(text, language))
        # "Counts below five are masked" discloses none.
        exact_numbers = {quantity.number for quantity in numbers if quantity.sign is Sign.EXACT}
        # An accepted finding may name its own numbers, of which a published one may equal a withheld one of another.
        own = {(year, address) for year, address, _ in stated}
        published = {text for year, address, text in stated if (year, address) not in secret}
        for observation in hidden.get(figure, ()):
            amount = amount_text(observation.value, observation.status, observation.qualifier)
            names_other = amount in published and (observation.year, observation.address) not in own
            if observation.value in exact_numbers and not names_other:
                frame = N_("this text contains the withheld number of {figure} in {year}")
                message = tell(frame, figure=At(observation.address), year=observation.year)
                yield replace(problem(observation, message, HINT), mark=mark)


def _texts(edition: CheckedEdition) -> Iterator[tuple[Figure, Label, Mark, Values]]:
    """The notes and reasons that the file of the edition prints, with the values of the finding that they explain."""
    data = edition.data
    for observation in data.observations:
        # A note on a withheld value is not printed.
        if observation.vintage == edition.year and observation.confidentiality is Confidentiality.FREE:
            figure = (observation.figure, observation.year)
            yield from ((figure, note, observation.mark, ()) for note in observation.notes)
    answers: tuple[Accepted | Difference, ...] = (*data.accepted, *data.differences)
    for entry in answers:
        if entry.vintage == edition.year:
            values = entry.values if isinstance(entry, Accepted) else ()
            yield (entry.figure, entry.year), entry.reason, entry.mark, values
    for revision in data.revisions:
        if revision.now.vintage == edition.year:
            yield (revision.now.figure, revision.year), revision.reason, revision.mark, ()


SAID = N_("'{words}' is typed by hand and equals the withheld {figure} of {year}")
TYPED_HINT = (
    "write the sentence without the number, or in ::: restricted; a typed number cannot be withheld automatically"
)


def withheld_typed(edition: CheckedEdition, whole: Vintage) -> Iterator[Problem]:
    """The typed numbers of a public edition that equal a withheld value of `whole`. A sentence must name the figure or
    its part, and the value be of the year of the text or of a year it names."""
    secret: dict[object, list[Observation]] = {}
    for observation in whole.index.values():
        # A zero discloses no person.
        if is_withheld(observation) and observation.value and not observation.owner:
            secret.setdefault(observation.value, []).append(observation)
    for parsed in edition.passages if secret else ():
        for sentence in parsed.sentences:
            for quantity in quantities(sentence.text, parsed.passage.language):
                if quantity.sign is Sign.EXACT and not quantity.is_share:
                    yield from _typed_numbers(edition, parsed, sentence, quantity, secret.get(quantity.number, []))


def _typed_numbers(
    edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, quantity: Quantity, alike: list[Observation]
) -> Iterator[Problem]:
    language = parsed.passage.language
    for observation in alike:
        indicator = edition.vintage.catalogue.indicator(observation.indicator)
        of_year = observation.year == parsed.passage.year or str(observation.year) in sentence.text
        if indicator is None or not of_year:
            continue
        named = indicator in figures_named(edition, language, sentence.text, quantity.start)
        if named or observation.address in parts_named(edition, indicator, language, sentence.text):
            message = tell(SAID, words=quantity.text, figure=At(observation.address), year=observation.year)
            # It cannot be accepted: any printed reason would point at the number.
            yield Problem(message, sentence.at(quantity.start), TYPED_HINT, year=parsed.passage.year)
            return
