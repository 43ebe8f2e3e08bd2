"""The narrative and texts of data files as the rules read them: expressions, sentences with fillers, reused words. Each
text is parsed once for a check, in the order of the years."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from reporter.data.errors import Finding, Mark
from reporter.data.i18n import N_
from reporter.data.languages.sentences import FILLER, between, sentence_breaks
from reporter.data.records import Label, Passage, Wording
from reporter.data.records.accepted import NEUTRAL_REASON
from reporter.data.records.label import ENGLISH
from reporter.text.expression import PIECE, Expression, call_in_headline, parse
from reporter.text.reused_texts import EarlierTexts, ReadText, Reuse, read_text

# Longer sentences are split into pieces of this many characters: they were not written as one sentence.
LONGEST = 1_000
# An empty line, a list item and a heading end a sentence as well.
BREAK = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])|\n(?=\#)")
TITLE = re.compile(r"^ {0,3}#{2,6}[ \t]+(?P<title>\S.*)", re.M)
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence typed by hand, from `start` in the text `whole`, which begins at `mark`. The words of a footnote are
    inside an expression, so all of them are at its mark."""

    text: str
    start: int
    whole: str
    mark: Mark

    def at(self, offset: int) -> Mark:
        before = self.whole[: self.start + offset]
        lines = before.count("\n")
        column = len(before) - before.rfind("\n") if lines else self.mark.column + len(before)
        return Mark(self.mark.path, self.mark.line + lines, column)

    def __contains__(self, mark: Mark) -> bool:
        return self.at(0) <= mark <= self.at(len(self.text))


@dataclass(frozen=True)
class ParsedPassage:
    """A passage split into text and expressions, with their errors; `text` and `headline` have fillers for these."""

    passage: Passage
    text: str
    expressions: tuple[Expression, ...]
    findings: tuple[Finding, ...]
    footnotes: tuple[Sentence, ...]
    headline: str = ""

    @property
    def name(self) -> str:
        """The name of the text in an `accepted:` entry, such as `text.victims`."""
        return f"text.{self.passage.name}"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return (*self.headlines, *_sentences(self.text, self.passage.mark), *self.footnotes)

    @cached_property
    def headlines(self) -> tuple[Sentence, ...]:
        return tuple(_sentences(self.headline, self.passage.headline.mark)) if self.passage.headline else ()

    def lead(self) -> tuple[Sentence, ...]:
        paragraph = re.match(r"\s*(?!#)(?:.+\n?)*", self.text)
        return tuple(_sentences(paragraph[0], self.passage.mark)) if paragraph else ()

    def headings(self) -> tuple[Sentence, ...]:
        matches = TITLE.finditer(self.text)
        return tuple(Sentence(match["title"], match.start("title"), self.text, self.passage.mark) for match in matches)

    def around(self, mark: Mark) -> str:
        """The sentence at a mark, or ""; a list item follows the sentence that introduces the list."""
        sentences = self.sentences
        place = next((number for number, sentence in enumerate(sentences) if mark in sentence), None)
        if place is None:
            return ""
        lead = place
        while lead and ITEM.match(sentences[lead].text):
            lead -= 1
        return f"{sentences[lead].text} {sentences[place].text}"


# A country has some hundred passages in a language.
@lru_cache(maxsize=4096)
def parse_passage(passage: Passage) -> ParsedPassage:
    title, refused = parse(passage.headline) if passage.headline else ((), ())
    pieces, findings = parse(passage)
    headline = PIECE.sub(_filler, passage.headline.markdown) if passage.headline else ""
    text = PIECE.sub(_filler, passage.markdown)
    expressions = tuple(piece.expression for piece in (*title, *pieces) if piece.expression)
    notes = tuple(Sentence(item.argument, 0, "", item.mark) for item in expressions if item.call == "note")
    calls = (call_in_headline(piece) for piece in title if piece.expression and piece.expression.call)
    return ParsedPassage(
        passage=passage,
        text=text,
        expressions=expressions,
        findings=(*refused, *calls, *findings),
        footnotes=notes,
        headline=headline,
    )


def _sentences(text: str, mark: Mark) -> Iterator[Sentence]:
    for start, end in between({*sentence_breaks(text), *(match.span() for match in BREAK.finditer(text))}, len(text)):
        # Rules compare each word of a sentence with all others, so longer sentences are split.
        at = start
        while at < end:
            far = max(text.rfind(" ", at, at + LONGEST) + 1, at + LONGEST // 2)
            stop = far if end - at > LONGEST else end
            if text[at:stop].strip():
                yield Sentence(text[at:stop], at, text, mark)
            at = stop


def _filler(piece: re.Match[str]) -> str:
    return "\n".join(FILLER * len(line) for line in piece[0].split("\n"))


MASKED = N_("Counts below {n} are masked by {publisher}; the mask covers zero too.")
NOT_THERE = N_(
    "The file of {publisher} has no total for this figure and year; this does not mean that there was nothing to count."
)
OTHERS = N_("{publisher} also counts persons of other or unknown sex or age; they are in none of these parts.")
IN_DOUBT = N_("As the source states it: {fault}. It does not say which number is wrong.")
AS_STATED = N_("As the source states it: {fault}.")
# Used where a number is withheld.
NOT_READ = N_("As the source states it: these numbers do not agree, and it does not say which is wrong.")
UNTOLD_BESIDES = N_("As the source states it: persons of other or unknown sex or age are also counted.")
CONTRADICTS = N_("The source contradicts itself: {fault}.")
FRAMES = (MASKED, NOT_THERE, OTHERS, IN_DOUBT, AS_STATED, NOT_READ, UNTOLD_BESIDES, CONTRADICTS)
PART = re.compile(r"\\\{\w+\\\}")
# A person writes the number of a mask as a word.
NUMBER = re.escape("{n}")
ONE = "|".join(PART.sub("[^\n]+?", re.escape(frame).replace(NUMBER, "[0-9]+")) for frame in FRAMES)
MADE = re.compile(rf"(?:{ONE})(?: (?:{ONE}))*")


def is_import_note(label: Label) -> bool:
    return bool(MADE.fullmatch(dict(label.texts).get(ENGLISH, "")))


HEADING = re.compile(r" {0,3}#")
# What begins a paragraph without an empty line above: a list item or a heading.
BEGINNING = re.compile(rf"[ \t]*(?:[-*+]|\d{{1,2}}[.)])[ \t]|{HEADING.pattern}")
NOTE = re.compile(r"\{\{\s*note\(")


class TextSort(Enum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NOTE = "note"
    LABEL = "label"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class ParagraphLines:
    """The words of a paragraph, with its lines in the file."""

    words: str
    mark: Mark
    last: int

    def __contains__(self, mark: Mark) -> bool:
        return mark.path == self.mark.path and self.mark.line <= mark.line <= self.last


class Reread(NamedTuple):
    """A text with its name in `still_holds:`, and how far it reuses earlier words. `section` is empty in the file of a
    year. `is_imported` texts need no confirmation: the program wrote them, or they are elsewhere too."""

    name: str
    section: str
    language: str
    year: int
    sort: TextSort
    mark: Mark
    text: ReadText
    reuse: Reuse | None = None
    is_imported: bool = False

    @property
    def kind(self) -> tuple[str, bool]:
        """Only texts of the same language that are both titles, or both not, are compared."""
        return self.language, self.sort is TextSort.TITLE

    @property
    def is_statement(self) -> bool:
        return self.text.is_statement or self.sort is TextSort.LABEL

    @property
    def is_reused(self) -> bool:
        """Return whether the text reuses words. A title or sub-heading, often unchanged, only with other numbers."""
        if self.reuse is None or not (self.reuse.is_reused and self.is_statement):
            return False
        is_name = self.sort in (TextSort.TITLE, TextSort.HEADING)
        return not is_name or (self.text.has_number and self.reuse.share == 1 and not self.reuse.is_same)

    @property
    def share(self) -> float:
        return self.reuse.share if self.reuse else 0


# In the workbench, numbers change more often than texts.
@lru_cache(maxsize=8)
def reread(passages: tuple[Passage, ...], wordings: tuple[Wording, ...]) -> Mapping[int, tuple[Reread, ...]]:
    texts_by_year: dict[int, tuple[Reread, ...]] = {}
    earlier: dict[object, EarlierTexts] = {}
    written = sorted((*_narrative(passages), *_labels(wordings)), key=lambda text: text.year)
    for year, of_year in groupby(written, key=lambda text: text.year):
        texts = [(earlier.setdefault(text.kind, EarlierTexts()), text) for text in of_year]
        texts_by_year[year] = tuple(new_text._replace(reuse=memory.find(new_text.text)) for memory, new_text in texts)
        for earlier_texts, entry in texts:
            earlier_texts.add(entry.text, year)
    return texts_by_year


def paragraphs(passage: Passage) -> Iterator[ParagraphLines]:
    if passage.headline:
        mark = passage.headline.mark
        yield ParagraphLines(" ".join(passage.headline.markdown.split()), mark, mark.line)
    first, lines = 0, list[str]()
    for number, line in enumerate((*passage.markdown.split("\n"), "")):
        if lines and (not line.strip() or BEGINNING.match(line) or HEADING.match(lines[0])):
            mark = Mark(passage.mark.path, passage.mark.line + first)
            yield ParagraphLines(" ".join(" ".join(lines).split()), mark, mark.line + len(lines) - 1)
            lines = []
        if line.strip():
            first = first if lines else number
            lines.append(line)


def _narrative(passages: Iterable[Passage]) -> Iterator[Reread]:
    for passage in passages:
        texts = [
            (TextSort.HEADING if HEADING.match(block.words) else TextSort.PARAGRAPH, block.mark, block.words)
            for block in paragraphs(passage)
        ]
        if NOTE.search(passage.markdown):
            expressions = (piece.expression for piece in parse(passage)[0])
            texts += [(TextSort.NOTE, item.mark, item.argument) for item in expressions if item and item.call == "note"]
        for sort, mark, words in texts:
            text, language = read_text(words, passage.language), passage.language
            yield Reread(passage.name, passage.section, language, passage.year, sort, mark, text)


def _labels(wordings: Iterable[Wording]) -> Iterator[Reread]:
    every = tuple(wordings)
    notes = {(entry.year, entry.label) for entry in every if entry.name.startswith("figures.")}
    for wording in every:
        # The program's neutral reason is the same every year and needs no reading.
        if wording.label.text(ENGLISH) == NEUTRAL_REASON:
            continue
        # A reason that is also the note of its figure is read there.
        is_note = wording.name.startswith("accepted.") and (wording.year, wording.label) in notes
        is_imported = is_note or is_import_note(wording.label)
        sort = TextSort.TITLE if wording.is_title else TextSort.LABEL
        for language, words in wording.label.texts:
            text = read_text(words, language)
            yield Reread(wording.name, "", language, wording.year, sort, wording.mark, text, is_imported=is_imported)
