"""Which paragraph and which value of a Word file is which."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from reporter.document.document import Block, Document, Figure, Proposals, Section, Table, Text
from reporter.model import Observation
from reporter.model.label import language_of
from reporter.word.prose import WordParagraph, paragraphs_of

# What the names of bookmarks begin with; the number of the anchor follows.
OF_PARAGRAPH, OF_VALUE, OF_CELL = "_p_", "_v_", "_c_"


@dataclass(frozen=True, slots=True)
class ValueAnchor:
    """A value printed in running text. Its bookmark is `_v_N`; `text` begins at `start` in the text of its paragraph.
    `observations` are those it prints."""

    number: int
    text: str
    start: int
    observations: tuple[Observation, ...]

    @property
    def bookmark(self) -> str:
        return f"{OF_VALUE}{self.number}"


@dataclass(frozen=True, slots=True)
class WordAnchor:
    """A paragraph of running text, whose bookmark is `_p_N`. `section` is the code of its section, `block` the number
    of its block there, 0 for the section's headline, and `place` its number in the block, from 1. `text` lacks the
    calls of footnotes. `language` is set when it is not the edition's."""

    number: int
    section: str
    block: int
    place: int
    text: str
    values: tuple[ValueAnchor, ...] = ()
    language: str = ""

    @property
    def bookmark(self) -> str:
        return f"{OF_PARAGRAPH}{self.number}"


def value_key(seen: Observation) -> str:
    """The key of a value in running text: `LT/victims.identified@2020`. Documents that are composed with it as `lead`
    say of each value where it stands."""
    return f"{seen.country}/{seen.address}@{seen.year}"


def word_anchors(document: Document) -> tuple[WordAnchor, ...]:
    """The anchors of a document in reading order. Values are known only of one that was composed with `value_key` as
    its `lead`."""
    made: list[WordAnchor] = []
    values = 0
    for section in in_reading_order(document):
        for block, text in _texts_of(section):
            for place, (paragraph, seen) in enumerate(_with_values(text), 1):
                anchored = tuple(
                    ValueAnchor(values + n, words, start, of) for n, (words, start, of) in enumerate(seen, 1)
                )
                values += len(anchored)
                made.append(
                    WordAnchor(
                        number=len(made) + 1,
                        section=section.code,
                        block=block,
                        place=place,
                        text=paragraph.text,
                        values=anchored,
                        language=text.language,
                    )
                )
    return tuple(made)


def in_reading_order(document: Document) -> Iterator[Section]:
    """The sections as they are printed: those of the front first."""
    for front in (True, False):
        for chapter in document.sections:
            if chapter.front is front:
                yield from chapter.walk()


def title_text(title: str, language: str = "") -> Text:
    return Text(escape(title, quote=False), language=language or language_of(title))


def _texts_of(section: Section) -> Iterator[tuple[int, Text]]:
    if section.headline:
        yield 0, section.headline
    for number, block in enumerate(section.blocks, 1):
        yield from ((number, text) for text in texts_of_block(block))


def texts_of_block(block: Block) -> Iterator[Text]:
    if isinstance(block, Text):
        yield block
    elif isinstance(block, (Figure, Table)) and block.headline:
        yield block.headline
    elif isinstance(block, Proposals):
        for row in block.rows:
            told: list[Text | None] = [title_text(row.title, row.language)] if row.number else []
            told += [row.text] if row.number else []
            told.append(row.evidence)
            for each in row.recommended:
                told += [None if each.waits else title_text(each.title, each.language), each.text]
            yield from (text for text in told if text and text.html)


Anchored = tuple[WordParagraph, list[tuple[str, int, tuple[Observation, ...]]]]


def _with_values(text: Text) -> Iterator[Anchored]:
    """The paragraphs of a text with their values. Each value has its words, where they begin, and the observations that
    it prints: from the one that it names to the one that the next value names."""
    paragraphs = paragraphs_of(text.html)
    observations = _observations(text, paragraphs)
    for paragraph in paragraphs:
        found: dict[int, tuple[str, int]] = {}
        at = 0
        for piece in paragraph.pieces:
            if piece.value and not piece.note:
                words, start = found.get(piece.value.place, ("", at))
                found[piece.value.place] = (words + piece.text, start)
            at += 0 if piece.note else len(piece.text)
        yield paragraph, [(words, start, observations[place]) for place, (words, start) in found.items()]


def _observations(text: Text, paragraphs: Iterable[WordParagraph]) -> dict[int, tuple[Observation, ...]]:
    keys = [value_key(seen) for seen in text.observations]
    known = dict(zip(keys, text.observations, strict=True))
    named = {piece.value.place: piece.value.key for each in paragraphs for piece in each.pieces if piece.value}
    begins: list[tuple[int, int]] = []
    after = 0
    for place, key in named.items():
        if key in keys[after:]:
            after = keys.index(key, after) + 1
            begins.append((place, after - 1))
    ends = [*(at for _, at in begins[1:]), len(keys)]
    found = {place: tuple(filter(None, (known.get(key),))) for place, key in named.items()}
    return found | {place: text.observations[at:end] for (place, at), end in zip(begins, ends, strict=False)}
