"""Find the sentence of the source from which printed words come."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reporter.check.prose_text import Sentence, parse_passage
from reporter.document.flags import SIGN
from reporter.errors import Mark
from reporter.intake.remarks.overlays import Overlay, overlay, plain_text, words_of
from reporter.intake.remarks.recomposed import DocumentSpot, Recomposed
from reporter.model import Passage
from reporter.prose.passages import effective_passages
from reporter.prose.sentence_ends import sentence_breaks

# Of the words of a sentence that are not values, so many at least are those of its source.
LEAST_COMMON = 0.5
# What a draft marks in its texts.
FLAG = re.compile(rf"[ \u00a0]?{SIGN}(?:\u00a0[^\W\d]+)*\u00a0?\d+")
# A text of a file with fewer words is found in others by chance.
LEAST_WORDS = 2
LEAST_OF_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence as printed, and where it is written.

    `start` and `end` are its place in its paragraph. `mark` is None where the program says it.
    """

    text: str
    start: int
    end: int
    mark: Mark | None = None


def sentence_at(spot: DocumentSpot, start: int, made: Recomposed) -> SourceSentence:
    """The sentence at a place of a text of the document."""
    begin, end = _sentence_around(spot.text, start)
    words = spot.text[begin:end].strip()
    mark = _in_narrative(spot, words, made) or _in_files(spot, words, made)
    return SourceSentence(FLAG.sub("", words), begin, end, mark)


def _sentence_around(text: str, place: int) -> tuple[int, int]:
    """Where the sentence at a place begins and ends.

    What stands right behind its stop is of it.
    """
    breaks = list(sentence_breaks(text))
    begin = max((after for _, after in breaks if after <= place), default=0)
    return begin, min((stop for stop, after in breaks if after > place and stop > begin), default=len(text))


def _in_narrative(spot: DocumentSpot, words: str, made: Recomposed) -> Mark | None:
    """Where a narrative has a sentence, or the most of it."""
    if spot.anchor is None and not spot.is_title and spot.section:
        return None
    language = (spot.anchor.language if spot.anchor else "") or made.language
    own = spot.section.rpartition("-")[0] if spot.section.rpartition("-")[2].isdigit() else spot.section
    best: tuple[int, Mark] | None = None
    for passage in _passages(made, language, own):
        for sentence in parse_passage(passage).sentences():
            if not _may_be(words, sentence.text):
                continue
            found = overlay(words, sentence.text)
            if found.common and _is_most(found, words, sentence.text) and (best is None or found.common > best[0]):
                best = found.common, _begin(sentence)
    if best:
        return best[1]
    return _headline(spot, language, own, made) or _made_of_values(spot, words, language, own, made)


def _headline(spot: DocumentSpot, language: str, section: str, made: Recomposed) -> Mark | None:
    """Where a headline is written that has values alone."""
    if spot.anchor is None or spot.anchor.block:
        return None
    own = effective_passages(made.vintage, section, language)
    return next((each.headline.mark for each in own if each.headline), None)


def _made_of_values(spot: DocumentSpot, words: str, language: str, section: str, made: Recomposed) -> Mark | None:
    """Where a sentence is written that has no words of its own.

    It stands between others, whose words are known.
    """
    own = effective_passages(made.vintage, section, language)
    laid = [(overlay(spot.text, parse_passage(each).text), each) for each in own]
    best = max(laid, key=lambda each: each[0].common, default=None)
    if spot.anchor is None or not spot.anchor.block or best is None or best[0].common < LEAST_WORDS:
        return None
    found, passage = best
    text = parse_passage(passage).text
    place = found.at(spot.text.index(words)) if words in spot.text else 0
    place += len(text[place:]) - len(text[place:].lstrip())
    return Mark(passage.mark.path, passage.mark.line + text.count("\n", 0, place))


def _passages(made: Recomposed, language: str, section: str) -> Iterator[Passage]:
    """The texts that the edition prints, those of a section first."""
    sections = dict.fromkeys(each.section for each in made.data.passages)
    for code in sorted(sections, key=lambda each: each != section):
        yield from effective_passages(made.vintage, code, language)


def _may_be(words: str, source: str) -> bool:
    """Whether it is worth the while to look at two texts."""
    common = (words_of(words) & words_of(source)).total()
    return bool(common) and common >= LEAST_COMMON * words_of(source).total()


def _is_most(found: Overlay, words: str, source: str) -> bool:
    """Whether most words of either text are those of the other."""
    printed, written = words_of(words).total(), words_of(source).total()
    return found.common >= LEAST_COMMON * written and found.common >= LEAST_COMMON * LEAST_COMMON * printed


def _begin(sentence: Sentence) -> Mark:
    return sentence.at(len(sentence.text) - len(sentence.text.lstrip()))


def _in_files(spot: DocumentSpot, words: str, made: Recomposed) -> Mark | None:
    """Where a file has a text that is printed there.

    Of equal ones it is that of the year, or of the last one before.
    """
    text, sentence = plain_text(spot.text).rstrip("."), plain_text(words).rstrip(".")
    found = []
    for each in made.dataset.wordings:
        for said in _said(each.label.texts, made.language) if each.year <= made.year else ():
            count = words_of(said).total()
            is_part = said in text and count >= max(LEAST_WORDS, LEAST_OF_SENTENCE * words_of(sentence).total())
            is_whole = sentence in said and words_of(sentence).total() >= LEAST_WORDS
            if said == text or (spot.anchor is None and (is_part or is_whole)):
                found.append(((said in (text, sentence), said in text, count, each.year), each.mark))
    return max(found, key=lambda each: each[0])[1] if found else None


def _said(texts: Iterable[tuple[str, str]], language: str) -> Iterator[str]:
    """A text of a file in a language."""
    return (plain_text(text).rstrip(".") for spoken, text in texts if spoken == language)
