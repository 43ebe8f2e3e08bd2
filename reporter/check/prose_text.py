"""The narrative as the rules read it. Its expressions, and its sentences with a filler where a value will stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reporter.errors import Finding, Mark
from reporter.languages.sentences import FILLER, between, sentence_breaks
from reporter.model import Passage
from reporter.prose.expression import PIECE, Expression, call_in_headline, parse

# A sentence of more characters was not written as one: its words are looked at a piece at a time.
LONGEST = 1_000
# So do an empty line, and a line that begins an item or heading.
BREAK = re.compile(r"\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t])|\n(?=\#)")
TITLE = re.compile(r"^ {0,3}#{2,6}[ \t]+(?P<title>\S.*)", re.M)
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence typed by hand. It begins at `start` in the text `whole`, which begins at `mark`.

    The words of a footnote stand inside an expression; all of them are at its mark."""

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
    """A passage with its expressions separated from its text. `text` and `headline` have fillers in place of
    expressions; `findings` say what is wrong with these."""

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
        """The sentences of the headline, empty without one."""
        return tuple(_sentences(self.headline, self.passage.headline.mark)) if self.passage.headline else ()

    def lead(self) -> tuple[Sentence, ...]:
        paragraph = re.match(r"\s*(?!#)(?:.+\n?)*", self.text)
        return tuple(_sentences(paragraph[0], self.passage.mark)) if paragraph else ()

    def headings(self) -> tuple[Sentence, ...]:
        found = TITLE.finditer(self.text)
        return tuple(Sentence(each["title"], each.start("title"), self.text, self.passage.mark) for each in found)

    def around(self, mark: Mark) -> str:
        """The sentence at a mark, empty when there is none. An item of a list comes after the sentence that introduces
        the list."""
        sentences = self.sentences
        place = next((number for number, each in enumerate(sentences) if mark in each), None)
        if place is None:
            return ""
        lead = place
        while lead and ITEM.match(sentences[lead].text):
            lead -= 1
        return f"{sentences[lead].text} {sentences[place].text}"


# A country has some hundred in a language.
@lru_cache(maxsize=4096)
def parse_passage(passage: Passage) -> ParsedPassage:
    title, refused = parse(passage.headline) if passage.headline else ((), ())
    pieces, findings = parse(passage)
    headline = PIECE.sub(_filler, passage.headline.markdown) if passage.headline else ""
    text = PIECE.sub(_filler, passage.markdown)
    expressions = tuple(piece.expression for piece in (*title, *pieces) if piece.expression)
    notes = tuple(Sentence(each.argument, 0, "", each.mark) for each in expressions if each.call == "note")
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
        # What is longer was not written as one sentence: rules look at each word of one beside all the others.
        at = start
        while at < end:
            far = max(text.rfind(" ", at, at + LONGEST) + 1, at + LONGEST // 2)
            stop = far if end - at > LONGEST else end
            if text[at:stop].strip():
                yield Sentence(text[at:stop], at, text, mark)
            at = stop


def _filler(piece: re.Match[str]) -> str:
    return "\n".join(FILLER * len(line) for line in piece[0].split("\n"))
