"""Rules for words, numbers and footnote calls typed by hand."""

import re
from collections.abc import Container, Iterator
from itertools import takewhile

from reporter.check.claims import listed_bindings, share_expression, verdicts
from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem, prose_problem
from reporter.check.subjects import WORD, Terms, distance, figures_named, parts_named, term_at, terms_of
from reporter.data.i18n import N_
from reporter.data.languages import LANGUAGES, Language, Sign, known_language
from reporter.data.languages.language import any_of
from reporter.data.languages.sentences import FILLER
from reporter.data.outline import SECTIONS
from reporter.data.records import is_given
from reporter.data.records.message import At, tell
from reporter.text.lexicon import NAMES, PERCENT, Quantity, quantities
from reporter.text.narrative import settled
from reporter.text.tree import Call, Place, Run, Words

# In other sections, above all on law, these words name no figure.
JUSTICE = {"general_situation", "at_a_glance"} | {
    part.code for chapter in SECTIONS if chapter.code == "justice" for part in chapter.walk()
}
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DIGITS = re.compile(r"\d+")
NEAR = 4
# How many words may be between a number in words and its noun.
ADJECTIVES = 3
# A number in words near a name counts, as digits do, if it is at least this large.
LARGE = 10
BESIDE = N_("'{words}' is typed by hand next to '{name}'")
INSERT = "insert the figure that has this number; if there is none, write the sentence without the number"


def undefined_term(edition: CheckedEdition) -> Iterator[Problem]:
    """A step of criminal justice that the edition does not count, unless as not known. "Persecuted" is always wrong."""
    for parsed in edition.new_passages:
        language = known_language(parsed.passage.language)
        for sentence in parsed.sentences:
            for match in language.wrong_term.finditer(sentence.text):
                message = tell(N_("'{words}' is not a legal term"), words=match[0])
                hint = "write prosecuted, or quote the source in a note of the figure"
                yield prose_problem(parsed, sentence.at(match.start()), message, hint)
        if parsed.passage.section in JUSTICE and language.steps:
            yield from _unstated(edition, parsed, language)


def percent_in_prose(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        for sentence in parsed.sentences:
            for match in PERCENT.finditer(sentence.text):
                printed = share_expression(edition, parsed.passage.language, sentence, match.start(), match[0])
                message = tell(N_("'{words}' is typed by hand"), words=match[0])
                hint = f"write {printed}: it prints counts when the base is small" if printed else INSERT
                yield prose_problem(parsed, sentence.at(match.start()), message, hint)


def hand_typed_number(edition: CheckedEdition) -> Iterator[Problem]:
    terms = {
        language: terms_of(edition, language) for language in {text.passage.language for text in edition.new_passages}
    }
    series = {observation.indicator for observation in edition.vintage.index.values() if not observation.owner}
    for parsed in edition.new_passages:
        named = terms[parsed.passage.language]
        for sentence in parsed.sentences:
            for offset, number, (words, indicator) in _numbers_near_terms(sentence, named):
                message = tell(BESIDE, words=number, name=" ".join(words))
                address = _address(edition, number, indicator)
                hint = f"print the value itself, such as {{{{ {address} }}}}" if address else INSERT
                yield prose_problem(parsed, sentence.at(offset), message, hint)
        yield from _spelt(edition, parsed, named, series)


def _spelt(edition: CheckedEdition, parsed: ParsedPassage, terms: Terms, series: Container[str]) -> Iterator[Problem]:
    """Report numbers in words before the name of a figure: twenty-four victims."""
    language = parsed.passage.language
    for sentence in parsed.sentences:
        for quantity in quantities(sentence.text, language):
            number = int(quantity.number)
            if not quantity.is_spelt or quantity.is_share:
                continue
            term = _counted(sentence.text[quantity.end :], language, terms, series, number)
            if term is None and number >= LARGE:
                term = _within(sentence.text, quantity, terms, series)
            if term:
                address = _named(edition, language, sentence, quantity, term[1])
                observation = edition.vintage.observation(address)
                is_same = observation is not None and observation.value == quantity.number
                message = tell(BESIDE, words=quantity.text, name=" ".join(term[0]))
                hint = f"print the value itself, such as {{{{ {address} }}}}" if is_same else INSERT
                if quantity.sign is not Sign.EXACT:
                    candidates = verdicts(edition, language, quantity.text, [("amounts", address)])
                    hint = f"bind it, such as {listed_bindings(candidates)}"
                yield prose_problem(parsed, sentence.at(quantity.start), message, hint)


def _within(text: str, amount: Quantity, terms: Terms, series: Container[str]) -> tuple[tuple[str, ...], str] | None:
    for near in (WORD.findall(text[amount.end :].lower())[:NEAR], WORD.findall(text[: amount.start].lower())[-NEAR:]):
        for place in range(len(near)):
            if (term := term_at(near, place, terms)) and term[1] in series:
                return term
    return None


def _named(edition: CheckedEdition, language: str, sentence: Sentence, quantity: Quantity, indicator: str) -> str:
    """The address of the figure or part that a sentence names, preferably one that equals the number."""
    named = [
        figure
        for figure in figures_named(edition, language, sentence.text, quantity.start)
        if (observation := edition.vintage.observation(figure.code)) and is_given(observation) and not observation.owner
    ]
    parts = [part for figure in named for part in parts_named(edition, figure, language, sentence.text)]
    addresses = [*parts, *(figure.code for figure in named)]
    candidates = [item for item in map(edition.vintage.observation, addresses) if item and is_given(item)]
    same = [candidate.address for candidate in candidates if candidate.value == quantity.number]
    return next(iter((*same, *(candidate.address for candidate in candidates))), indicator)


def _counted(
    after: str, language: str, terms: Terms, series: Container[str], number: int
) -> tuple[tuple[str, ...], str] | None:
    """The name of a figure that a number counts, if any; "one" only counts what something happened to."""
    lexicon = known_language(language)
    words = [word.lower() for word in WORD.findall(re.split(r"[.,;:!?()¤]", after)[0])]
    # "Two or more victims" is a rule of law, and "one of the victims" is not a count.
    if lexicon.rule_behind.match(after) or (number == 1 and not lexicon.happened_to.match(after)):
        return None
    for place in range(min(ADJECTIVES + 1, len(words))):
        term = term_at(words, place, terms)
        if term and term[1] in series:
            return term
        if lexicon.count_ends.fullmatch(words[place]):
            return None
    return None


def _unstated(edition: CheckedEdition, parsed: ParsedPassage, language: Language) -> Iterator[Problem]:
    printed = " ".join(expression.address for expression in parsed.expressions)
    done: set[str] = set()
    step = re.compile(rf"\b(?:{any_of(language.steps)})\b", re.I)
    for sentence in parsed.sentences:
        years = (edition.year, *map(int, YEAR.findall(sentence.text)))
        for match in step.finditer(sentence.text):
            indicator = language.steps[match[0].lower()]
            is_stated = any(edition.vintage.observation(indicator, year) for year in years)
            if is_stated or indicator in done or indicator in printed or language.unknown.search(sentence.text):
                continue
            done.add(indicator)
            frame = N_("'{words}' is used, but {figure} is not stated for {year}")
            message = tell(frame, words=match[0], figure=At(indicator), year=edition.year)
            hint = f"give {indicator}, if only as missing with a note, or use the term of a stated figure"
            yield prose_problem(parsed, sentence.at(match.start()), message, hint)


def _numbers_near_terms(sentence: Sentence, terms: Terms) -> Iterator[tuple[int, str, tuple[tuple[str, ...], str]]]:
    # A year joined to letters is not a name.
    if all(map(YEAR.fullmatch, DIGITS.findall(sentence.text))):
        return
    matches = list(WORD.finditer(NAMES.sub(lambda match: "·" * len(match[0]), sentence.text)))
    words = [match[0].lower() for match in matches]
    spans = [(place, term) for place in range(len(words)) if (term := term_at(words, place, terms))]
    for place, match in enumerate(matches):
        if match[0][0].isdigit():
            near = [(distance(place, start, term[0]), term) for start, term in spans]
            away, term = min(near, key=lambda pair: pair[0], default=(NEAR + 1, ((), "")))
            if away <= NEAR:
                yield match.start(), match[0], term


def _address(edition: CheckedEdition, number: str, indicator: str) -> str:
    """The address of a value equal to the number, best of the same indicator; empty for none."""
    digits = re.sub(r"\D", "", number)
    same = [observation for observation in edition.vintage.index.values() if str(observation.value) == digits]
    of_year = [observation for observation in same if observation.owner or observation.year == edition.year]
    own = next((observation for observation in (*of_year, *reversed(same)) if observation.indicator == indicator), None)
    best = own or next(iter(of_year), None)
    if best and not best.owner and best.year != edition.year:
        return f"{best.address} | at({best.year})"
    return best.address if best else ""


# As other programs write them: [^1], ^1^, <sup>1</sup>, and a raised digit after a numeral.
CALL = re.compile(
    r"\[\^(?P<name>[^\]\s]+)\](?!:)|\^\w{1,3}\^|<sup>[^<]{1,4}</sup>" + f"|(?<=[\\d%‰€°{FILLER}])[¹²³⁴-⁹⁰]+",
    re.IGNORECASE,
)
# Numbers of articles and paragraphs are raised in the law itself: 147¹ straipsnis.
LAW = re.compile(
    rf"(?i:§|{any_of(language.law_before for language in LANGUAGES.values())})[^.;]{{0,30}}$"
    rf"|^[^.;]{{0,40}}\b(?i:{any_of(language.law_behind for language in LANGUAGES.values())})"
)
RAISED = re.compile(r"[¹²³⁴-⁹⁰]+")
NUMERAL = re.compile(f"[\\d%‰€°{FILLER}][\"'”’)]*$")
DEFINITION = r"^ {{0,3}}\[\^{name}\]:[ \t]*(?P<text>\S.*)"


def typed_call(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed in edition.new_passages:
        for sentence in parsed.sentences:
            yield from _in_sentence(edition, parsed, sentence)


def _in_sentence(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence) -> Iterator[Problem]:
    for call in CALL.finditer(sentence.text):
        before, after = sentence.text[: call.start()], sentence.text[call.end() :]
        if RAISED.fullmatch(call[0]) and (LAW.search(before) or LAW.search(after)):
            continue
        numeral = NUMERAL.search(before)
        message = N_("'{words}' after a number reads as a power") if numeral else N_("'{words}' is typed by hand")
        defined = re.search(DEFINITION.format(name=re.escape(call["name"] or "")), parsed.text, re.M)
        note = defined["text"].strip().replace('"', '\\"') if call["name"] and defined else "…"
        nouns = edition.vintage.nouns(parsed.passage.language)
        line = settled((Run(Words(before)), Run(Place(0)), Run(Words(CALL.sub("", after)))), {0}, nouns)
        place = "".join(run.text for run in takewhile(lambda run: not isinstance(run.leaf, Call), line)).split()
        hint = f'write {place[-1] if place else ""}{{{{ note("{note}") }}}}'
        yield prose_problem(parsed, sentence.at(call.start()), tell(message, words=call[0]), hint)
