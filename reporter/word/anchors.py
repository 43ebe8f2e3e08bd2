"""Which paragraph and which value of a Word file is which."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporter.document.document import Block, Document, Figure, Proposals, Section, Table, Text
from reporter.document.text_tree import Words, paragraphs
from reporter.errors import Mark
from reporter.model import Observation
from reporter.model.label import language_of
from reporter.word.prose import value_of, word_runs

# What the names of bookmarks begin with; the number of the anchor follows.
OF_PARAGRAPH, OF_VALUE, OF_CELL = "_p_", "_v_", "_c_"


@dataclass(frozen=True, slots=True)
class ValueAnchor:
    """A value printed in running text, whose bookmark is `_v_N`. `text` begins at `start` in the text of its paragraph.
    `observations` are those it prints."""

    text: str
    start: int
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class WordAnchor:
    """A paragraph of running text, whose bookmark is `_p_N`. `section` is the code of its section, `block` the number
    of its block there, 0 for the section's headline, and `place` its number in the block, from 1. `text` lacks the
    calls of footnotes. `language` is set when it is not the edition's. `written` are the lines that somebody wrote,
    each by where it begins in the text."""

    number: int
    section: str
    block: int
    place: int
    text: str
    values: tuple[ValueAnchor, ...] = ()
    language: str = ""
    written: tuple[tuple[int, Mark], ...] = ()


def value_key(seen: Observation) -> str:
    """The key of a value: `LT/victims.identified@2020`."""
    return f"{seen.country}/{seen.address}@{seen.year}"


def word_anchors(document: Document) -> tuple[WordAnchor, ...]:
    """The anchors of a document in reading order."""
    made: list[WordAnchor] = []
    for section in in_reading_order(document):
        for block, text in _texts_of(section):
            lines = filter(None, map(word_runs, paragraphs(text.nodes)))
            for place, line in enumerate(lines, 1):
                found, written = dict[int, ValueAnchor](), list[tuple[int, Mark]]()
                at = 0
                for run in line:
                    if value := value_of(run):
                        known = found.get(id(value)) or ValueAnchor("", at, value.observations)
                        found[id(value)] = replace(known, text=known.text + run.text)
                    written += [(at, run.mark)] if run.mark else []
                    at += len(run.text)
                made.append(
                    WordAnchor(
                        number=len(made) + 1,
                        section=section.code,
                        block=block,
                        place=place,
                        text="".join(run.text for run in line),
                        values=tuple(found.values()),
                        language=text.language,
                        written=tuple(written),
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
    return Text((Words(str(title)),), language=language or language_of(title))


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
            yield from (text for text in told if text and text.nodes)
