"""Rule for notes and reasons that their figure contradicts. In YAML they can hold no expression, so their words are
held to the figure they stand beside."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporter.analysis.arithmetic import is_exact
from reporter.check.binding import CONTRARY, Bound, verdicts
from reporter.check.rule import CheckedEdition, Problem, problem
from reporter.check.subjects import Subjects, is_only_possible, subjects_of
from reporter.check.terms import WORD, parts_named, term_at
from reporter.errors import Mark
from reporter.languages import Sign, known_language
from reporter.model import Accepted, Difference, Label, Observation
from reporter.prose.claims import CHANGES, RANKS
from reporter.prose.held import since
from reporter.prose.lexicon import ClaimWord, claim_words
from reporter.prose.times import signs_before

# Where another thing may be meant: a clause ends there.
CLAUSE = re.compile(r"[.;:!?()]\s|,\s")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
HELD = (*CHANGES, *RANKS)


def untrue_note(edition: CheckedEdition) -> Iterator[Problem]:
    """A note or reason whose words the figure beside it contradicts. Words that may be said of something else, or of
    what is not known, are left alone."""
    known: dict[str, Subjects] = {}
    told: set[tuple[str, Mark]] = set()
    for seen, label, mark in _texts(edition):
        for language, text in label.texts:
            for clause in CLAUSE.split(text) if claim_words(text, language) else ():
                words = [each for each in claim_words(clause, language) if set(each.claims) <= set(HELD)]
                if words and language not in known:
                    known[language] = subjects_of(edition, language)
                for untrue in _untrue(edition, seen, clause, words, known[language]) if words else ():
                    if (text, mark) not in told:
                        told.add((text, mark))
                        hint = "write what the figures say, or name the figure or year that is meant"
                        code = untrue.address.removeprefix(seen.indicator).lstrip(".")
                        rests = tuple(edition.known.series(seen.indicator, code))
                        yield replace(problem(seen, untrue.untrue, hint, rests, clause), mark=mark)


def _texts(edition: CheckedEdition) -> Iterator[tuple[Observation, Label, Mark]]:
    for seen in edition.known.index.values():
        if seen.vintage == edition.year and not seen.owner and is_exact(seen):
            yield from ((seen, note, seen.mark) for note in seen.notes)
    explained: tuple[Accepted | Difference, ...] = (*edition.data.accepted, *edition.data.differences)
    for each in explained:
        found = edition.known.observation(each.figure, each.year) if each.vintage == edition.year else None
        if found and is_exact(found) and not found.owner:
            yield found, each.reason, each.mark


def _untrue(
    edition: CheckedEdition, seen: Observation, clause: str, words: Iterable[ClaimWord], subjects: Subjects
) -> Iterator[Bound]:
    language, known = subjects.language, known_language(subjects.language)
    if _names_another(edition, seen, clause, subjects):
        return
    indicator = edition.known.catalogue.indicator(seen.indicator)
    parts = parts_named(edition, indicator, language, clause) if indicator else []
    addresses = dict.fromkeys((*parts, seen.address, seen.figure))
    with_year = since(clause, language)
    years = dict.fromkeys((seen.year, *(int(each) for each in YEAR.findall(clause) if int(each) != with_year)))
    for word in words:
        # "Fewer" may be fewer than something else; "fell", and "fewer than in 2019", is said of the figure.
        compares = word.attributive or known.compared.search(word.text)
        # "Hardly unchanged" is no number that could be held.
        hedged = "unchanged" in word.claims and {Sign.NEARLY, Sign.ABOUT} & signs_before(clause[: word.start], language)
        if hedged or is_only_possible(word, clause, language) or (compares and not with_year):
            continue
        pairs = [(claim, address) for claim in word.claims for address in addresses]
        bases = (with_year,) if compares else dict.fromkeys((with_year, None))
        every = (verdicts(edition, language, word.text, pairs, year, base) for year in years for base in bases)
        found = [each for some in every for each in some]
        if found and all(CONTRARY.search(each.untrue) for each in found):
            yield found[0]


def _names_another(edition: CheckedEdition, seen: Observation, clause: str, subjects: Subjects) -> bool:
    words = [each.lower() for each in WORD.findall(clause)]
    own = edition.known.catalogue.indicator(seen.indicator)
    terms = {each.lower() for each in (dict(own.terms).get(subjects.language, ()) if own else ())}
    named = [found for place in range(len(words)) if (found := term_at(words, place, subjects.terms))]
    return bool(named) and not any(" ".join(each[0]) in terms for each in named)
