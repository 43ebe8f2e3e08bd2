"""Find the sentence of the source from which printed words come."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reporter.check.prose_text import parse_passage
from reporter.document.flags import SIGN
from reporter.errors import Mark
from reporter.intake.remarks.recomposed import DocumentSpot, Recomposed
from reporter.languages.alignment import common_words, place_in, plain_text, words_of
from reporter.languages.sentences import BLANK, FILLER, sentence_breaks
from reporter.model import Passage
from reporter.prose.expression import PIECE
from reporter.prose.passages import effective_passages

# Of the words of a sentence that are not values, so many at least are those of its source.
LEAST_COMMON = 0.5
# What a draft marks in its texts.
FLAG = re.compile(rf"[ \u00a0]?{SIGN}(?:\u00a0[^\W\d]+)*\u00a0?\d+")
QUOTES = re.compile(r"(?P<said>\"(?:\\\\.|[^\"\\\\])*\")|[^\"]+|\"")
# A text of a file with fewer words is found in others by chance.
LEAST_WORDS = 2
LEAST_OF_SENTENCE = 0.6
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence as printed, and where it is written. `start` and `end` are its place in its paragraph. `mark` is None
    where the program says it."""

    text: str
    start: int
    end: int
    mark: Mark | None = None


def sentence_at(spot: DocumentSpot, start: int, made: Recomposed) -> SourceSentence:
    breaks = list(sentence_breaks(FLAG.sub(lambda found: BLANK * len(found[0]), spot.text)))
    begin = max((after for _, after in breaks if after <= start), default=0)
    # What is right behind its stop belongs to the sentence.
    end = min((stop for stop, after in breaks if after > start and stop > begin), default=len(spot.text))
    words = FLAG.sub("", spot.text[begin:end]).strip()
    mark = _in_narrative(spot, words, made) or _in_files(spot, words, made)
    return SourceSentence(words, begin, end, mark)


def _in_narrative(spot: DocumentSpot, words: str, made: Recomposed) -> Mark | None:
    if spot.anchor is None and not spot.is_title and spot.section:
        return None
    language = (spot.anchor.language if spot.anchor else "") or made.language
    own = spot.section.rpartition("-")[0] if spot.section.rpartition("-")[2].isdigit() else spot.section
    best: tuple[int, Mark] | None = None
    # A sentence that the program makes of values has words that nobody wrote.
    is_made = spot.anchor and any(words in each.text and DIGIT.search(words) for each in spot.anchor.values)
    printed = words_of(words)
    for text, mark in () if is_made else _sentences(made, language, own):
        source = words_of(text)
        common = (printed & source).total()
        if not common or common < LEAST_COMMON * source.total():
            continue
        common = common_words(words, text)
        # Most words of either text are to be those of the other.
        least = max(LEAST_COMMON * source.total(), LEAST_COMMON * LEAST_COMMON * printed.total())
        if common >= least and (best is None or common > best[0]):
            best = common, mark
    if best:
        return best[1]
    return _headline(spot, language, own, made) or _made_of_values(spot, words, language, own, made)


def _headline(spot: DocumentSpot, language: str, section: str, made: Recomposed) -> Mark | None:
    if spot.anchor is None or spot.anchor.block:
        return None
    own = effective_passages(made.vintage, section, language)
    return next((each.headline.mark for each in own if each.headline), None)


def _made_of_values(spot: DocumentSpot, words: str, language: str, section: str, made: Recomposed) -> Mark | None:
    """Where the expression is written that makes a sentence. Of several for one figure it is the one nearest to where
    the words around it stand."""
    value = next((each for each in spot.anchor.values if words in each.text), None) if spot.anchor else None
    if value is None or not value.observations:
        return None
    address = value.observations[0].address
    found = []
    for passage in effective_passages(made.vintage, section, language):
        text = with_words_said(passage.markdown)
        near = passage.mark.line + text.count("\n", 0, place_in(text, spot.text, value.start))
        own = [each for each in parse_passage(passage).expressions if each.address == address]
        made_here = [each for each in own if each.filter == "change_sentence"] or own
        found += [(abs(each.mark.line - near), each.mark) for each in made_here]
    return min(found)[1] if found else None


def _sentences(made: Recomposed, language: str, section: str) -> Iterator[tuple[str, Mark]]:
    sections = dict.fromkeys(each.section for each in made.data.passages)
    for code in sorted(sections, key=lambda each: each != section):
        for passage in effective_passages(made.vintage, code, language):
            yield from _written(passage)


# A country has some hundred passages.
@lru_cache(maxsize=2048)
def _written(passage: Passage) -> tuple[tuple[str, Mark], ...]:
    """The sentences of a narrative, with the words of their expressions."""
    parsed = parse_passage(passage)
    known = {parsed.text: with_words_said(passage.markdown)}
    if passage.headline:
        known[parsed.headline] = with_words_said(passage.headline.markdown)
    made = []
    for each in parsed.sentences():
        whole = known.get(each.whole)
        text = whole[each.start : each.start + len(each.text)] if whole else each.text
        made.append((text, each.at(len(each.text) - len(each.text.lstrip()))))
    return tuple(made)


def with_words_said(markdown: str) -> str:
    """A text with its expressions blank but for words in quotes. No place in it is another one."""
    return PIECE.sub(lambda piece: QUOTES.sub(_blank_outside, piece[0]), markdown)


def _blank_outside(found: re.Match[str]) -> str:
    return (found["said"] and f" {found['said'][1:-1]} ") or re.sub(r"[^\n]", FILLER, found[0])


def _in_files(spot: DocumentSpot, words: str, made: Recomposed) -> Mark | None:
    """Where a file has a text that is printed there. Of equal ones it is that of the year, or of the last one
    before."""
    text, sentence = plain_text(spot.text).rstrip("."), plain_text(words).rstrip(".")
    found = []
    for each in made.dataset.wordings:
        for said in (
            (plain_text(text).rstrip(".") for spoken, text in each.label.texts if spoken == made.language)
            if each.year <= made.year
            else ()
        ):
            count = words_of(said).total()
            is_part = said in text and count >= max(LEAST_WORDS, LEAST_OF_SENTENCE * words_of(sentence).total())
            is_whole = sentence in said and words_of(sentence).total() >= LEAST_WORDS
            if said == text or (spot.anchor is None and (is_part or is_whole)):
                found.append(((said in (text, sentence), said in text, count, each.year), each.mark))
    return max(found, key=lambda each: each[0])[1] if found else None
