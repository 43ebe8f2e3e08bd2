"""Read the texts of all years for words that an earlier year used.

Each is read once for a check, in the order of the years: paragraphs, list items, headings and footnotes of the
narrative, and the texts of the years' files.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from reporter.check.prose_text import ParsedPassage
from reporter.errors import Mark
from reporter.model import Passage, Wording
from reporter.prose.reused_words import EarlierTexts, ReadText, Reuse, read_text

# A paragraph ends at an empty line, and where an item of a list begins.
END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])")


class Sort(Enum):
    """What a text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    NOTE = "note"
    LABEL = "label"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph, with its lines in the file."""

    words: str
    mark: Mark
    last: int


class Written(NamedTuple):
    """A text as it stands in a file of a year."""

    name: str
    language: str
    year: int
    sort: Sort
    mark: Mark
    text: ReadText
    passage: Mark | None = None

    @property
    def kind(self) -> tuple[str, bool]:
        """Its language, and whether it is a title: other texts are not compared with it."""
        return self.language, self.sort is Sort.TITLE


@dataclass(frozen=True, slots=True)
class Reread:
    """A text, and how far its words are those of an earlier year.

    `name` is what `still_holds:` calls it; `passage` is the place of the passage in which it stands, if it is in one.
    """

    name: str
    language: str
    year: int
    sort: Sort
    mark: Mark
    text: ReadText
    passage: Mark | None
    reuse: Reuse | None

    @property
    def is_statement(self) -> bool:
        """Return whether it says something that may have become untrue."""
        return self.text.is_statement or self.sort is Sort.LABEL

    @property
    def is_reused(self) -> bool:
        """Return whether it says nothing new, but perhaps other numbers.

        A title or sub-heading names the same thing every year: only one with other numbers is found.
        """
        if self.reuse is None or not (self.reuse.is_reused and self.is_statement):
            return False
        is_name = self.sort in (Sort.TITLE, Sort.HEADING)
        return not is_name or (self.text.has_number and self.reuse.share == 1 and not self.reuse.is_same)

    @property
    def share(self) -> float:
        """How much of it an earlier year used."""
        return self.reuse.share if self.reuse else 0


@dataclass(frozen=True, slots=True)
class Rereading:
    """The texts of all years.

    Those of the narrative by the place of their passage, those of the years' files by year and name.
    """

    passages: Mapping[Mark, tuple[Reread, ...]]
    labels: Mapping[tuple[int, str], tuple[Reread, ...]]


def reread(passages: Iterable[ParsedPassage], wordings: Iterable[Wording]) -> Rereading:
    """Read the texts of a country, each after those of all earlier years."""
    found: dict[Mark, list[Reread]] = {}
    labels: dict[tuple[int, str], list[Reread]] = {}
    earlier: dict[object, EarlierTexts] = {}
    written = sorted((*_narrative(passages), *_labels(wordings)), key=lambda each: each.year)
    for year, of_year in groupby(written, key=lambda each: each.year):
        texts = [(earlier.setdefault(each.kind, EarlierTexts()), each) for each in of_year]
        for known, each in texts:
            text = Reread(*each, known.find(each.text))
            if each.passage:
                found.setdefault(each.passage, []).append(text)
            else:
                labels.setdefault((year, each.name), []).append(text)
        for known, each in texts:
            known.add(each.text, year)
    return Rereading(
        {key: tuple(each) for key, each in found.items()}, {key: tuple(each) for key, each in labels.items()}
    )


def paragraphs(passage: Passage) -> Iterator[Paragraph]:
    """The headline and the paragraphs of a passage, without line breaks."""
    if passage.headline:
        mark = passage.headline.mark
        yield Paragraph(" ".join(passage.headline.markdown.split()), mark, mark.line)
    start, text = 0, passage.markdown
    for end in (*END.finditer(text), None):
        stop = end.start() if end else len(text)
        words = text[start:stop]
        if words.strip():
            first = start + len(words) - len(words.lstrip())
            line = passage.mark.line + text.count("\n", 0, first)
            last = line + text.count("\n", first, stop)
            yield Paragraph(" ".join(words.split()), Mark(passage.mark.path, line), last)
        start = end.end() if end else stop


def _narrative(passages: Iterable[ParsedPassage]) -> Iterator[Written]:
    for parsed in passages:
        passage = parsed.passage
        texts = [
            (Sort.HEADING if each.words.startswith("#") else Sort.PARAGRAPH, each.mark, each.words)
            for each in paragraphs(passage)
        ]
        texts += [(Sort.NOTE, each.mark, each.text) for each in parsed.footnotes]
        for sort, mark, words in texts:
            yield Written(
                name=passage.section,
                language=passage.language,
                year=passage.year,
                sort=sort,
                mark=mark,
                text=read_text(words, passage.language),
                passage=passage.mark,
            )


def _labels(wordings: Iterable[Wording]) -> Iterator[Written]:
    for each in wordings:
        for language, words in each.label.texts:
            yield Written(
                name=each.name,
                language=language,
                year=each.year,
                sort=Sort.TITLE if each.is_title else Sort.LABEL,
                mark=each.mark,
                text=read_text(words, language),
            )
