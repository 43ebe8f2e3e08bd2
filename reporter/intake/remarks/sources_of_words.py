"""Find the sentence of the source from which printed words come."""

import re
from dataclasses import dataclass

from reporter.check.prose_text import parse_passage
from reporter.document.flags import SIGN
from reporter.errors import Mark
from reporter.intake.remarks.recomposed import DocumentSpot, Recomposed
from reporter.languages.sentences import BLANK, plain_text, sentence_breaks, words_of
from reporter.prose.passages import effective_passages

# What a draft marks in its texts.
FLAG = re.compile(rf"[ \u00a0]?{SIGN}(?:\u00a0[^\W\d]+)*\u00a0?\d+")
# A text of a file with fewer words is found in others by chance.
LEAST_WORDS = 2
LEAST_OF_SENTENCE = 0.6


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence as printed, and where it is written. It begins at `start` in its paragraph. `mark` is None where the
    program says it."""

    text: str
    start: int
    mark: Mark | None = None


def sentence_at(spot: DocumentSpot, start: int, made: Recomposed) -> SourceSentence:
    breaks = list(sentence_breaks(FLAG.sub(lambda found: BLANK * len(found[0]), spot.text)))
    begin = max((after for _, after in breaks if after <= start), default=0)
    # What is right behind its stop belongs to the sentence.
    end = min((stop for stop, after in breaks if after > start and stop > begin), default=len(spot.text))
    words = FLAG.sub("", spot.text[begin:end]).strip()
    written = [mark for at, mark in spot.anchor.written if at <= begin] if spot.anchor else []
    mark = made.written_place(written[-1]) if written else _in_narrative(words, made) or _in_files(spot, words, made)
    return SourceSentence(words, begin, mark)


def _in_narrative(words: str, made: Recomposed) -> Mark | None:
    """Where a title or a note is written that is just these words."""
    said = plain_text(words)
    for section in dict.fromkeys(each.section for each in made.data.passages):
        for passage in effective_passages(made.vintage, section, made.language):
            parsed = parse_passage(passage)
            for each in (*parsed.headings(), *parsed.footnotes):
                if plain_text(each.text) == said:
                    return each.at(0)
    return None


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
