"""Rules for words that make a claim about a figure, such as "fell" or "the highest", in texts, notes and reasons."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from reporter.check.expressions import exists, expressions_of, is_printable
from reporter.check.prose_text import ParsedPassage, Sentence
from reporter.check.rule import CheckedEdition, Problem, problem, prose_problem
from reporter.check.subjects import (
    WORD,
    Subjects,
    figures_named,
    is_claim,
    is_of_series,
    is_only_possible,
    parts_named,
    subjects_of,
    term_at,
)
from reporter.data.errors import Mark
from reporter.data.i18n import N_
from reporter.data.languages import Sign, known_language
from reporter.data.languages.sentences import FILLER
from reporter.data.outline import SECTIONS
from reporter.data.records import Accepted, Difference, Indicator, Label, Observation, Passage, is_given
from reporter.data.records.message import Told, tell
from reporter.figures.analysis.arithmetic import is_exact, share
from reporter.text.claim_numbers import BoundClaim, Streak, factors, signs_before, since, streaks
from reporter.text.claims import CHANGES, CLAIMS, PARTS, RANKS, beginning
from reporter.text.expression import PIECE, Expression, parse
from reporter.text.lexicon import ClaimWord, claim_words, quantities

CHAPTERS = frozenset(part.code for part in SECTIONS)
BIND = "bind it to a figure"
INTO_TEXT = "a sub-heading cannot contain a value: put it in the text below"
INTO_NOTE = "a footnote cannot contain a value: put it in the text"
# Words that make a claim only about the noun next to them, in headlines and leads too.
WEAK = ("zero", "all", "amounts")
# A share in words is that of a part, as a majority is.
OF_PARTS = (*PARTS, "amounts")
FILLED = re.compile(rf"{FILLER}+(?:\n{FILLER}+)*")
CLAUSE_END = re.compile(r"[.,;:!?()]")
# Verdicts that state what the data are; the others state what is not known.
CONTRARY = re.compile(
    r" is not true of [\w.]+: (?:it (?:went|was|is) (?!measured|not known|in doubt)|\d+ is not so|\D?.* is \d)"
)
NO_VALUE = re.compile(r"^[\w.]+ has no value for \d+$")


@dataclass(frozen=True, slots=True)
class Bound:
    """A claim as an expression, with the reason if it is untrue."""

    claim: str
    address: str
    text: str
    untrue: str = ""


def claim_untrue(edition: CheckedEdition) -> Iterator[Problem]:
    for parsed, expression in expressions_of(edition):
        if expression.filter not in CLAIMS or not (exists(edition, expression) and is_printable(edition, expression)):
            continue
        value = edition.vintage.observation(expression.address, expression.year)
        message = BoundClaim(expression, parsed.passage.language, edition.vintage, value).disproof() if value else ""
        if message and parsed.passage.year == edition.year:
            yield Problem(message, expression.mark, "write what the figures show")
        elif message:
            carried = f"carried over into {edition.year}, where it is no longer true"
            hint = f"{carried}: rewrite the section for {edition.year}"
            yield Problem(message, expression.mark, hint, year=edition.year)


def unbound_claim(edition: CheckedEdition) -> Iterator[Problem]:
    """A word such as "fell" bound to no figure, in a headline, sub-heading, lead or paragraph with a figure."""
    cache: dict[str, Subjects] = {}
    for parsed in edition.new_passages:
        language = parsed.passage.language
        if known_language(language).claims:
            subjects = cache[language] = cache.get(language) or subjects_of(edition, language)
            for sentence, word, remedy in _claims_of(edition, parsed, subjects):
                yield _unbound(edition, parsed, sentence, word, remedy)


def misbound_claim(edition: CheckedEdition) -> Iterator[Problem]:
    """A word such as "fell" in the wrong filter: `rose` checks neither that word nor the numbers next to it."""
    cache: dict[str, Subjects] = {}
    for parsed in edition.new_passages:
        language = parsed.passage.language
        bound = [claim for claim in parsed.expressions if claim.filter in CLAIMS]
        if not bound or not known_language(language).claims:
            continue
        subjects = cache[language] = cache.get(language) or subjects_of(edition, language)
        context_by_mark = dict(_surroundings(parsed))
        for expression in bound:
            for word in claim_words(expression.words[0], language):
                alone = Sentence(expression.words[0], 0, expression.words[0], expression.mark)
                claims = word.claims[0] not in WEAK or is_claim(word, alone, subjects, prints=True)
                if expression.filter not in word.claims and claims:
                    yield _misbound(edition, parsed, expression, word)
            yield from _outside(edition, parsed, expression, *context_by_mark.get(expression.mark, ("", "")))


def _claims_of(
    edition: CheckedEdition, parsed: ParsedPassage, subjects: Subjects
) -> Iterator[tuple[Sentence, ClaimWord, str]]:
    """The words of a text that make a claim, each with its sentence and what to do."""
    language = parsed.passage.language
    for sentences, remedy in ((parsed.headlines, BIND), (parsed.headings(), INTO_TEXT)):
        for sentence in sentences:
            for word in claim_words(sentence.text, language):
                if word.claims[0] not in WEAK or is_claim(word, sentence, subjects, prints=False):
                    yield sentence, word, remedy
    if not claim_words(parsed.text, language) and not any(
        claim_words(footnote.text, language) for footnote in parsed.footnotes
    ):
        return
    lead = {opening.start for opening in parsed.lead()} if parsed.passage.section in CHAPTERS else set()
    titles = [(heading.start, heading.start + len(heading.text)) for heading in parsed.headings()]
    for sentence in parsed.sentences[len(parsed.headlines) :]:
        is_note = sentence in parsed.footnotes
        text, lines = _paragraph(parsed, sentence)
        printed = [item for item in parsed.expressions if item.mark.line in lines and is_of_series(edition, item)]
        leads = not is_note and sentence.start in lead
        has_figure = bool(printed) or subjects.names_figure(text)
        prints = any(expression.mark in sentence for expression in printed)
        for word in claim_words(sentence.text, language) if leads or has_figure else ():
            place = sentence.start + word.start
            in_title = not is_note and any(start <= place < end for start, end in titles)
            claimed = has_figure and is_claim(word, sentence, subjects, prints=prints)
            if not in_title and (claimed or (leads and word.claims[0] not in WEAK)):
                yield sentence, word, INTO_NOTE if is_note else BIND


def _paragraph(parsed: ParsedPassage, sentence: Sentence) -> tuple[str, range]:
    """The paragraph around a sentence, and its lines in the file."""
    lines, begin = parsed.text.split("\n"), parsed.passage.mark.line
    at = sentence.at(len(sentence.text) - len(sentence.text.lstrip())).line - begin
    first = next((n + 1 for n in range(at, -1, -1) if not lines[n].strip()), 0)
    last = next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))
    return "\n".join(lines[first:last]), range(begin + first, begin + last)


def _unbound(
    edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord, remedy: str
) -> Problem:
    candidates = bindings(edition, parsed, sentence, word)
    untrue, true = contrary(edition, parsed, sentence, word, candidates)
    if untrue:
        message = tell(N_("{untrue}; no figure is bound to it"), untrue=untrue)
        hint = "write what the figures show"
        hint += f", as with {true}" if true else f"; {candidates[0].text} is refused"
    else:
        message = tell(N_("'{words}' is not checked against a figure"), words=word.text)
        hint = f"{remedy}, such as {listed_bindings(candidates)}" if candidates else f"{remedy}, or leave it out"
    return prose_problem(parsed, sentence.at(word.start), message, hint)


def _misbound(edition: CheckedEdition, parsed: ParsedPassage, bound: Expression, word: ClaimWord) -> Problem:
    message = tell(N_("'{words}' is bound with {claim}, which does not fit"), words=word.text, claim=bound.filter)
    hint = f"write what {bound.filter} confirms"
    of = bound.address
    indicator = edition.vintage.catalogue.indicator(of)
    parts = [part.address for part in _parts(edition, indicator)] if indicator else []
    pairs = (
        (claim, part) for claim in word.claims for part in ((of,) if claim not in OF_PARTS or not indicator else parts)
    )
    if better := next(iter(verdicts(edition, parsed.passage.language, bound.words[0], pairs, bound.year)), None):
        hint = f"{hint}; {better.untrue}" if better.untrue else f"{hint}, or {better.text}"
    return prose_problem(parsed, bound.mark, message, hint)


def _surroundings(parsed: ParsedPassage) -> Iterator[tuple[Mark, tuple[str, str]]]:
    for passage in (parsed.passage.headline, parsed.passage):
        text = passage.markdown if passage else ""
        for match in PIECE.finditer(text):
            mark = Sentence(match[0], match.start(), text, passage.mark).at(0) if passage else parsed.passage.mark
            before = re.search(r"[^.;:!?(){}]{0,60}$", text[: match.start()])
            after = re.match(r"[^.,;:!?(){}]{0,60}", text[match.end() :])
            yield mark, (before[0] if before else "", after[0] if after else "")


def _outside(
    edition: CheckedEdition, parsed: ParsedPassage, bound: Expression, before: str, after: str
) -> Iterator[Problem]:
    """Report words next to a claim that say more than its filter checks."""
    language = parsed.passage.language
    observation = edition.vintage.observation(bound.address, bound.year)
    if observation is None or observation.owner:
        return
    start = beginning(bound.filter, edition.vintage, observation) if bound.base is None else bound.base
    streak = next((candidate for text in (after, before) for candidate in streaks(text, language)), None)
    year = None if bound.filter in PARTS else _base_year(before, after, language, streak)
    if streak and bound.filter in CHANGES and not any(streaks(bound.words[0], language)):
        year = since(after, language) or start - 1
        words = f"{bound.words[0]} {streak.text}" if streak.text in after else f"{streak.text} {bound.words[0]}"
        yield _neighbour_problem(parsed, bound, streak.text, tell(N_("one change")), words, year)
    elif year and not (
        year == start or (bound.filter in RANKS and start <= year) or (bound.filter == "first" and start == year + 1)
    ):
        yield _neighbour_problem(parsed, bound, year, start, bound.words[0], year)
    if bound.filter in ("rose", "fell"):
        yield from _compared_sides(edition, parsed, bound, before, after)


def _compared_sides(
    edition: CheckedEdition, parsed: ParsedPassage, bound: Expression, before: str, after: str
) -> Iterator[Problem]:
    """Words next to a change that its filter does not compare: how much, how many times, than what other figure."""
    language = parsed.passage.language
    # A comparison with something other than a year: "more convictions" than prosecutions.
    than = known_language(language).than_another.match(after)
    if than and figures_named(edition, language, than["other"], 0):
        frame = N_("'{words}' is next to {claim}, which compares years")
        message = tell(frame, words=than[0].strip(), claim=bound.filter)
        yield prose_problem(parsed, bound.mark, message, "leave the other figure to the reader, or print both")
        return
    multiple = _multiple_sides(before, after, bound, language)
    if multiple and not claim_words(multiple, language):  # words of the lexicon have a finding of their own
        words = f"{bound.words[0]} {multiple}" if multiple in after else f"{multiple} {bound.words[0]}"
        yield _neighbour_problem(parsed, bound, multiple, tell(N_("the direction")), words, bound.base)
        return
    if number := numbers_behind(after, language).strip():
        words = f"{bound.words[0]} {number}"
        yield _neighbour_problem(parsed, bound, number, tell(N_("the direction")), words, bound.base)


def _multiple_sides(before: str, after: str, bound: Expression, language: str) -> str:
    """The words next to a claim that say how many times or by how much; empty when the claim says so itself."""
    if factors(language).search(bound.words[0]):
        return ""
    behind = re.match(rf"\s*(?:\w+ly\s+)?((?:{factors(language).pattern}))", after, re.I)
    ahead = re.search(rf"((?:{factors(language).pattern}))\s*$", before, re.I)
    near = [number for number in quantities(before, language) if number.role and not before[number.end :].strip()]
    return behind[1] if behind else ahead[1] if ahead else near[-1].text if near and near[-1].role == "by" else ""


def _base_year(before: str, after: str, language: str, streak: Streak | None) -> int | None:
    """The year with which the words directly before or after a claim compare: "Since 2017, fewer"."""
    behind = after[streak.end :] if streak and after.startswith(streak.text, streak.start) else after
    pattern = known_language(language).since
    if match := pattern.match(behind.lstrip()):
        return int(match["since"])
    match = pattern.search(before)
    return int(match["since"]) if match and not before[match.end() :].strip(" ,\n") else None


def _neighbour_problem(
    parsed: ParsedPassage, bound: Expression, neighbour: str | int, looks_at: Told | int, words: str, base: int | None
) -> Problem:
    at = f" | at({bound.year})" if bound.year else ""
    inside = f'{{{{ {bound.address}{at} | {bound.filter}("{words}"{f", {base}" if base else ""}) }}}}'
    is_year = isinstance(neighbour, int)
    quoted = N_("'{words}' is next to {claim}, which checks {other}")
    year = N_("{words} is next to {claim}, which checks {other}")
    message = tell(year if is_year else quoted, words=neighbour, claim=bound.filter, other=looks_at)
    return prose_problem(parsed, bound.mark, message, f"put it into the words: {inside}")


# The end of a clause: another thing may be meant after it.
CLAUSE = re.compile(r"[.;:!?()]\s|,\s")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
HELD = (*CHANGES, *RANKS)


def untrue_note(edition: CheckedEdition) -> Iterator[Problem]:
    """A note or reason that its figure contradicts. Words that may refer to something else or unknown are skipped."""
    cache: dict[str, Subjects] = {}
    done: set[tuple[str, Mark]] = set()
    for observation, label, mark in _texts(edition):
        for language, text in label.texts:
            for clause in CLAUSE.split(text) if claim_words(text, language) else ():
                words = [word for word in claim_words(clause, language) if set(word.claims) <= set(HELD)]
                if words and language not in cache:
                    cache[language] = subjects_of(edition, language)
                for untrue in _untrue(edition, observation, clause, words, cache[language]) if words else ():
                    if (text, mark) not in done:
                        done.add((text, mark))
                        hint = "write what the figures show, or name the figure or year meant"
                        code = untrue.address.removeprefix(observation.indicator).lstrip(".")
                        rests = tuple(edition.vintage.series(observation.indicator, code))
                        yield replace(problem(observation, untrue.untrue, hint, rests, clause), mark=mark)


def _texts(edition: CheckedEdition) -> Iterator[tuple[Observation, Label, Mark]]:
    for observation in edition.vintage.index.values():
        if observation.vintage == edition.year and not observation.owner and is_exact(observation):
            yield from ((observation, note, observation.mark) for note in observation.notes)
    explained: tuple[Accepted | Difference, ...] = (*edition.data.accepted, *edition.data.differences)
    for entry in explained:
        figure = edition.vintage.observation(entry.figure, entry.year) if entry.vintage == edition.year else None
        if figure and is_exact(figure) and not figure.owner:
            yield figure, entry.reason, entry.mark


def _untrue(
    edition: CheckedEdition, observation: Observation, clause: str, words: Iterable[ClaimWord], subjects: Subjects
) -> Iterator[Bound]:
    language, lexicon = subjects.language, known_language(subjects.language)
    indicator = edition.vintage.catalogue.indicator(observation.indicator)
    spoken = [token.lower() for token in WORD.findall(clause)]
    own = {name.lower() for name in (dict(indicator.terms).get(language, ()) if indicator else ())}
    named = [term for place in range(len(spoken)) if (term := term_at(spoken, place, subjects.terms))]
    if named and not any(" ".join(named_term[0]) in own for named_term in named):
        return
    parts = parts_named(edition, indicator, language, clause) if indicator else []
    addresses = dict.fromkeys((*parts, observation.address, observation.figure))
    with_year = since(clause, language)
    years = dict.fromkeys((observation.year, *(int(text) for text in YEAR.findall(clause) if int(text) != with_year)))
    for word in words:
        # "Fewer" may be fewer than something else; "fell" and "fewer than in 2019" refer to the figure.
        compares = word.attributive or lexicon.compared.search(word.text)
        # "Hardly unchanged" cannot be checked against a number.
        hedged = "unchanged" in word.claims and {Sign.NEARLY, Sign.ABOUT} & signs_before(clause[: word.start], language)
        if hedged or is_only_possible(word, clause, language) or (compares and not with_year):
            continue
        pairs = [(claim, address) for claim in word.claims for address in addresses]
        bases = (with_year,) if compares else dict.fromkeys((with_year, None))
        every = (verdicts(edition, language, word.text, pairs, year, base) for year in years for base in bases)
        candidates = [candidate for some in every for candidate in some]
        if candidates and all(CONTRARY.search(candidate.untrue) for candidate in candidates):
            yield candidates[0]


def bindings(edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Bound]:
    """The expressions that bind a word and a year or number after it to the figure next to it, the true ones first."""
    language, after = parsed.passage.language, sentence.text[word.end :]
    # No filter checks how a share changed; the count may have changed the other way.
    clause = CLAUSE_END.split(sentence.text[: word.start])[-1]
    if word.claims[0] in CHANGES and known_language(language).shares.search(clause):
        return []
    near = _nearest(parsed, sentence, word)
    year = near[0].year if near else None
    figures = _figures_named_here(edition, parsed, sentence, word) or _printed(edition, (*near, *parsed.expressions))
    figures = figures or _stated(edition)[:1]
    words = " ".join(f"{word.text}{numbers_behind(after, language)}".split())
    # The expression does not support what further words say of other years or parts.
    alone = [claim_word.claims for claim_word in claim_words(words, language)]
    claims = [claim for claim in word.claims if all(claim in group for group in alone)]
    pairs = (
        (claim, part) for claim in claims for part in _addresses(edition, claim, figures, language, sentence, year)
    )
    first = since(word.text, language) or since(CLAUSE_END.split(after)[0], language)
    return verdicts(edition, language, words, pairs, year, first)


def contrary(
    edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord, candidates: Sequence[Bound]
) -> tuple[str, str]:
    """How the data contradict a word, and an expression that they support. Both are "" where this is unknown, where a
    binding is true, or where the sentence does not say which figure or part it means."""
    valued = [candidate for candidate in candidates if not NO_VALUE.search(candidate.untrue)]
    if not valued or valued[0] is not candidates[0] or not all(CONTRARY.search(option.untrue) for option in valued):
        return "", ""
    language, near = parsed.passage.language, _nearest(parsed, sentence, word)
    year = near[0].year if near else None
    meant = _figures_named_here(edition, parsed, sentence, word) or _printed(edition, near)
    named = {address for indicator in meant for address in parts_named(edition, indicator, language, sentence.text)}
    if not meant or (set(word.claims) <= set(OF_PARTS) and candidates[0].address not in named):
        return "", ""
    kinds = next((kind for kind in (CHANGES, RANKS) if candidates[0].claim in kind), ())
    others = verdicts(edition, language, "…", ((claim, candidates[0].address) for claim in kinds), year)
    return candidates[0].untrue, next((other.text for other in others if not other.untrue), "")


def listed_bindings(candidates: Sequence[Bound]) -> str:
    """The true ones of some bindings, in one line. Of each filter the first, which is of the nearest figure. When none
    is true, the first one with the reason."""
    true = {candidate.claim: candidate.text for candidate in reversed(candidates) if not candidate.untrue}
    if true or not candidates:
        return " or ".join([true[claim] for claim in dict.fromkeys(item.claim for item in candidates) if claim in true])
    return f"{candidates[0].text}; but {candidates[0].untrue}"


def share_expression(edition: CheckedEdition, language: str, sentence: Sentence, offset: int, typed: str) -> str:
    """An expression of a share that is the `typed` percentage; empty where no part beside it has that share."""
    number = Decimal(re.findall(r"\d+(?:[.,]\d+)?", typed)[0].replace(",", "."))
    indicators = [figure for figure in figures_named(edition, language, sentence.text, offset) if figure.dimensions]
    for indicator in indicators[:1] or _stated(edition):
        named = parts_named(edition, indicator, language, sentence.text)
        for observation in sorted(_parts(edition, indicator), key=lambda member: member.address not in named):
            total = edition.vintage.observation(observation.figure, observation.year)
            part = share(observation, total) if total else None
            exact = part.value if part else None
            if exact is not None and (exact * 100).quantize(number, ROUND_HALF_UP) == number:
                return f"{{{{ {observation.address} | share }}}}"
    return ""


def verdicts(
    edition: CheckedEdition,
    language: str,
    words: str,
    pairs: Iterable[tuple[str, str]],
    year: int | None = None,
    base: int | None = None,
) -> list[Bound]:
    """Make expressions of claims and addresses, each with its verdict, the true ones first."""
    bounds = []
    at = f" | at({year})" if year else ""
    for claim, address in pairs:
        # What occurs for the first time since a year occurred in that year.
        first = base + (claim == "first") if base and base < (year or edition.year) - (claim == "first") else None
        text = f'{{{{ {address}{at} | {claim}("{words}"{f", {first}" if first else ""}) }}}}'
        pieces, refused = parse(Passage(section="", language=language, year=edition.year, markdown=text, mark=Mark("")))
        expression = next((piece.expression for piece in pieces if piece.expression), None) if not refused else None
        value = edition.vintage.observation(address, year or edition.year)
        if expression:
            bound = BoundClaim(expression, language, edition.vintage, value) if value and is_given(value) else None
            untrue = bound.disproof() if bound else f"{address} has no value for {year or edition.year}"
            bounds.append(Bound(claim, address, text, untrue))
    return sorted(bounds, key=lambda candidate: bool(candidate.untrue))


def _addresses(
    edition: CheckedEdition,
    claim: str,
    figures: Iterable[Indicator],
    language: str,
    sentence: Sentence,
    year: int | None,
) -> Iterator[str]:
    """The addresses that a claim can be about: parts, or figures and the parts that are named."""
    for indicator in figures:
        named = [
            address
            for address in parts_named(edition, indicator, language, sentence.text)
            if is_given(edition.vintage.observation(address, year or edition.year))
        ]
        yield from named
        if claim not in OF_PARTS:
            yield indicator.code
        else:
            yield from (part.address for part in _parts(edition, indicator) if part.address not in named)


def _parts(edition: CheckedEdition, indicator: Indicator) -> list[Observation]:
    parts = (edition.vintage.parts(indicator.code, name, edition.year) for name in indicator.dimensions)
    observations = [observation for of_one in parts for observation in of_one if is_given(observation)]
    return sorted(observations, key=lambda observation: -(observation.value or 0))


def numbers_behind(after: str, language: str) -> str:
    """The numbers that directly follow a claim, such as "by a third" or "from 39 to 24"."""
    end = 0
    for number in quantities(after, language):
        if not number.role or after[end : number.start].strip():
            break
        end = number.end
    return after[:end]


def _nearest(parsed: ParsedPassage, sentence: Sentence, word: ClaimWord) -> list[Expression]:
    spots = {sentence.at(match.start()): match for match in FILLED.finditer(sentence.text)}
    inside = [expression for expression in parsed.expressions if expression.mark in spots and not expression.call]
    return sorted(
        inside, key=lambda item: max(spots[item.mark].start() - word.end, word.start - spots[item.mark].end())
    )


def _figures_named_here(
    edition: CheckedEdition, parsed: ParsedPassage, sentence: Sentence, word: ClaimWord
) -> list[Indicator]:
    """The indicators that a sentence names, those nearest to a place first. Of those that share a word, first the ones
    that are `printed` next to it, then those with a value in the edition's year, then in another."""
    near = _nearest(parsed, sentence, word) or parsed.expressions
    printed = {indicator.code for indicator in _printed(edition, near)[:1]}
    owned = {observation.indicator: observation.owner for observation in edition.vintage.index.values()}
    # "A record level" does not mean persons on record.
    text = f"{sentence.text[: word.start]}{'·' * (word.end - word.start)}{sentence.text[word.end :]}"
    indicators = figures_named(edition, parsed.passage.language, text, word.start, printed)
    return [indicator for indicator in indicators if not owned.get(indicator.code)]


def _printed(edition: CheckedEdition, expressions: Iterable[Expression]) -> list[Indicator]:
    observations = (edition.vintage.observation(item.address, item.year or edition.year) for item in expressions)
    codes = dict.fromkeys(value.indicator for value in observations if value and is_given(value) and not value.owner)
    return [indicator for code in codes if (indicator := edition.vintage.catalogue.indicator(code))]


def _stated(edition: CheckedEdition) -> list[Indicator]:
    vintage = edition.vintage
    items = (item for item in vintage.catalogue.indicators if vintage.observation(item.code, edition.year))
    return sorted(items, key=lambda indicator: indicator.key or len(vintage.catalogue.indicators))
