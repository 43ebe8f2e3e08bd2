"""Words and numbers typed by hand in prose."""

import re
from collections.abc import Iterable, Iterator, Mapping

from reporter.check.prose_text import Reading, Sentence, has_count
from reporter.check.rule import Case, Problem
from reporter.check.typed_digits import NAMES, PERCENT
from reporter.document.outline import SECTIONS
from reporter.model import Observation, is_given
from reporter.prose.claims import CLAIMS
from reporter.prose.lexicon import claim_words

PERSECUTED = re.compile(r"[Pp]ersecuted\b")
# Steps of criminal justice that readers take for one another; each means what its indicator says.
STEPS = {"prosecuted": "persons.prosecuted", "charged": "persons.charged", "convicted": "persons.convicted"}
STEP = re.compile(r"\b(?:[Pp]rosecuted|[Cc]harged|[Cc]onvicted)\b")
# Elsewhere, in law above all, these words name no figure.
JUSTICE = {"general_situation", "at_a_glance"} | {
    part.code for chapter in SECTIONS if chapter.code == "justice" for part in chapter.walk()
}
CHAPTERS = frozenset(part.code for part in SECTIONS)
# A figure of the kind that each claim can be made of, for the hint.
EXAMPLES = {
    **dict.fromkeys(("rose", "fell", "unchanged"), "victims.identified"),
    **dict.fromkeys(("highest", "lowest"), "persons.convicted"),
    **dict.fromkeys(("most", "first"), "investigations.opened.labour"),
    "majority": "victims.identified.women",
}
# A sentence that says what is not known uses the word rightly.
UNKNOWN = re.compile(
    r"\bnot\s+(?:\w+\s+)?(?:available|reported|stated|known|given|published|counted)\b|\bno\s+(?:number|figure)s?\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NEAR = 4
WORD = re.compile(r"\d+(?:[  .,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]+(?:['’-][^\W\d_]+)*|[¤·]+")

Terms = Mapping[str, list[tuple[tuple[str, ...], str]]]


def undefined_term(case: Case) -> Iterator[Problem]:
    """A word for a step of criminal justice that the edition neither counts nor defines; and "persecuted"."""
    for reading in case.written:
        if reading.passage.language != "en":
            continue
        if PERSECUTED.search(reading.passage.markdown):
            yield from _persecuted(reading)
        if reading.passage.section in JUSTICE and STEP.search(reading.passage.markdown):
            yield from _unstated(case, reading)


def percent_in_prose(case: Case) -> Iterator[Problem]:
    """A percentage typed by hand."""
    for reading in case.written:
        if reading.has_counts and PERCENT.search(reading.passage.markdown):
            yield from _percentages(reading)


def hand_typed_number(case: Case) -> Iterator[Problem]:
    """A number typed by hand beside a word that names an indicator."""
    terms = {language: _terms(case, language) for language in {each.passage.language for each in case.written}}
    for reading in case.written:
        if reading.has_counts:
            yield from _counts(case, reading, terms[reading.passage.language])


def unbound_claim(case: Case) -> Iterator[Problem]:
    """A word such as "fell" or "highest" in a headline, sub-heading or lead that no figure is bound to."""
    for reading in case.written:
        lead = reading.lead() if reading.passage.section in CHAPTERS else ()
        yield from _unbound(reading, (*reading.headlines(), *lead), "bind it to a figure")
        yield from _unbound(reading, reading.headings(), "a sub-heading takes no value: say it below")


def misbound_claim(case: Case) -> Iterator[Problem]:
    """A word such as "fell" in the words of a claim that its filter does not look at, such as `rose`."""
    for reading in case.written:
        for each in reading.expressions:
            for word in claim_words(each.words[0], reading.passage.language) if each.filter in CLAIMS else ():
                if each.filter not in word.claims:
                    message = f"{word.text!r} is bound with {each.filter}, which does not bear it out"
                    filters = " or ".join(f'{claim}("…")' for claim in word.claims)
                    hint = f"bind {word.text!r} with {filters}, or write what {each.filter} bears out"
                    yield Problem(
                        message=message, mark=each.mark, hint=hint, figure=reading.name, year=reading.passage.year
                    )


def _unbound(reading: Reading, sentences: Iterable[Sentence], remedy: str) -> Iterator[Problem]:
    for sentence in sentences:
        for word in claim_words(sentence.text, reading.passage.language):
            hint = f"{remedy}, such as {' or '.join(_bound(claim, word.text) for claim in word.claims)}"
            yield _problem(reading, sentence, word.start, f"{word.text!r} is not checked against a figure", hint)


def _bound(claim: str, words: str) -> str:
    return f'{{{{ {EXAMPLES[claim]} | {claim}("{words}") }}}}'


def _percentages(reading: Reading) -> Iterator[Problem]:
    for sentence in reading.sentences():
        for match in PERCENT.finditer(sentence.text):
            hint = "write {{ FIGURE.PART | share }}: it prints counts when the base is small"
            yield _problem(reading, sentence, match.start(), f"{match[0]!r} is typed by hand", hint)


def _counts(case: Case, reading: Reading, terms: Terms) -> Iterator[Problem]:
    for sentence in reading.sentences():
        for offset, number, (words, indicator) in _beside_terms(sentence, terms) if has_count(sentence.text) else ():
            address = _address(case, number, indicator)
            message = f"{number!r} is typed by hand beside {' '.join(words)!r}"
            yield _problem(reading, sentence, offset, message, f"print the value itself, such as {{{{ {address} }}}}")


def _persecuted(reading: Reading) -> Iterator[Problem]:
    for sentence in reading.sentences():
        for match in PERSECUTED.finditer(sentence.text):
            hint = "write prosecuted, or quote the source in a note of the figure"
            yield _problem(reading, sentence, match.start(), f"{match[0]!r} is no legal term", hint)


def _unstated(case: Case, reading: Reading) -> Iterator[Problem]:
    printed = " ".join(each.address for each in reading.expressions)
    done: set[str] = set()
    for sentence in reading.sentences():
        for match in STEP.finditer(sentence.text):
            indicator = STEPS[match[0].lower()]
            if indicator in done or indicator in printed or _accounted_for(case, indicator, sentence.text):
                continue
            done.add(indicator)
            message = f"{match[0]!r} is used, but {indicator} is not stated for {case.year}"
            hint = f"give {indicator}, if only as missing with a note, or use the word of a figure that is stated"
            yield _problem(reading, sentence, match.start(), message, hint)


def _accounted_for(case: Case, indicator: str, sentence: str) -> bool:
    """Whether the year has the figure, or the sentence says that it has none or speaks of a year that has one."""
    years = (case.year, *map(int, YEAR.findall(sentence)))
    return bool(UNKNOWN.search(sentence)) or any(case.known.observation(indicator, year) for year in years)


def _terms(case: Case, language: str) -> Terms:
    """The words that name an indicator with a value, by their first word, the longest first."""
    stated = {seen.indicator for seen in case.known.index.values() if is_given(seen)}
    terms: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for indicator in case.known.catalogue.indicators:
        for term in dict(indicator.terms).get(language, ()) if indicator.code in stated else ():
            words = tuple(term.lower().split())
            terms.setdefault(words[0], []).append((words, indicator.code))
    return {first: sorted(found, key=lambda each: -len(each[0])) for first, found in terms.items()}


def _beside_terms(sentence: Sentence, terms: Terms) -> Iterator[tuple[int, str, tuple[tuple[str, ...], str]]]:
    masked = NAMES.sub(lambda match: "·" * len(match[0]), sentence.text)
    found = list(WORD.finditer(masked))
    words = [match[0].lower() for match in found]
    spans = [(place, term) for place in range(len(words)) if (term := _term_at(words, place, terms))]
    for place, match in enumerate(found):
        if match[0][0].isdigit():
            near = [(_distance(place, start, term[0]), term) for start, term in spans]
            distance, term = min(near, key=lambda each: each[0], default=(NEAR + 1, ((), "")))
            if distance <= NEAR:
                yield match.start(), match[0], term


def _term_at(words: list[str], place: int, terms: Terms) -> tuple[tuple[str, ...], str] | None:
    found = terms.get(words[place], ())
    return next((each for each in found if tuple(words[place : place + len(each[0])]) == each[0]), None)


def _distance(place: int, start: int, term: tuple[str, ...]) -> int:
    return start - place if start > place else place - (start + len(term) - 1)


def _address(case: Case, number: str, indicator: str) -> str:
    """The address of a value that equals the number, of the same indicator if there is one."""
    digits = re.sub(r"\D", "", number)
    same = [seen for seen in case.known.index.values() if _equals(case, seen, digits)]
    best = next((seen for seen in same if seen.indicator == indicator), same[0] if same else None)
    return best.address if best else indicator


def _equals(case: Case, seen: Observation, digits: str) -> bool:
    return str(seen.value) == digits and (bool(seen.owner) or seen.year == case.year)


def _problem(reading: Reading, sentence: Sentence, offset: int, message: str, hint: str) -> Problem:
    return Problem(message=message, mark=sentence.at(offset), hint=hint, figure=reading.name, year=reading.passage.year)
