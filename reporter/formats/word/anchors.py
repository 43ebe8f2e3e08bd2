"""Identify the paragraphs and values of a Word file."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reporter.data.errors import Mark
from reporter.data.records import Observation
from reporter.data.records.label import language_of
from reporter.report.document.document import Block, Document, Figure, Proposals, Section, Table
from reporter.text.tree import PRE, Call, Paragraph, Run, Text, Value, Words, paragraphs, runs

SPACES = re.compile(r"[ \t\r\n\f]+")


def word_runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph with single blanks (unless blanks count), none at the ends or before a note's number."""
    line: list[Run] = []
    for run in runs(paragraph.inside):
        if isinstance(run.leaf, Call):
            _strip(line, " \u00a0")
        elif isinstance(run.leaf, Words):
            text = run.text if paragraph.sort == PRE else SPACES.sub(" ", run.text)
            before = next((earlier_run.text for earlier_run in reversed(line) if earlier_run.text), " ")
            is_behind_call = bool(line) and isinstance(line[-1].leaf, Call)
            text = text.removeprefix(" ") if before.endswith((" ", "\n")) and not is_behind_call else text
            if not text:
                continue
            line.append(run._replace(leaf=replace(run.leaf, text=text)))
            continue
        line.append(run)
    _strip(line, " \n")
    return line


def alike(line: Iterable[Run]) -> list[Run]:
    """Runs in which neighbours that look alike are merged."""
    merged_runs: list[Run] = []
    for run in line:
        last = merged_runs[-1] if merged_runs else None
        if last and isinstance(last.leaf, Words) and _look(run) == _look(last):
            merged_runs[-1] = last._replace(leaf=replace(last.leaf, text=last.text + run.text))
        else:
            merged_runs.append(run)
    return merged_runs


def _look(run: Run) -> object:
    """The look of words; None for other content."""
    if not isinstance(run.leaf, Words):
        return None
    return run.leaf.language, [id(node) for node in run.within if not isinstance(node, Value)]


def value_of(run: Run) -> Value | None:
    """The value of observations that a run prints, without a note called within it."""
    values = (node for node in run.within if isinstance(node, Value) and node.observations)
    return None if isinstance(run.leaf, Call) else next(values, None)


def _strip(line: list[Run], signs: str) -> None:
    while line and not isinstance(line[-1].leaf, Call):
        last = line.pop()
        if isinstance(last.leaf, Words) and (text := last.text.rstrip(signs)):
            line.append(last._replace(leaf=replace(last.leaf, text=text)))
            return


# The prefixes of bookmarks; the number of the anchor follows.
OF_PARAGRAPH, OF_VALUE, OF_CELL = "_p_", "_v_", "_c_"


@dataclass(frozen=True, slots=True)
class ValueAnchor:
    """A value printed in running text, with bookmark `_v_N`. `text` starts at `start` in the paragraph's text."""

    text: str
    start: int
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class WordAnchor:
    """A paragraph of running text, with bookmark `_p_N`: its `section`, number of its `block` there (0: headline),
    `place` in the block from 1, `text` without calls of footnotes, `written` lines by start in the text."""

    number: int
    section: str
    block: int
    place: int
    text: str
    values: tuple[ValueAnchor, ...] = ()
    language: str = ""
    written: tuple[tuple[int, Mark], ...] = ()


def value_key(observation: Observation) -> str:
    """The key of a value: `LT/victims.identified@2020`."""
    return f"{observation.country}/{observation.address}@{observation.year}"


def word_anchors(document: Document) -> tuple[WordAnchor, ...]:
    anchors: list[WordAnchor] = []
    for section in in_reading_order(document):
        texts = [(0, section.headline)] if section.headline else []
        texts += [(n, text) for n, block in enumerate(section.blocks, 1) for text in texts_of_block(block)]
        for block, text in texts:
            for place, line in enumerate(filter(None, map(word_runs, paragraphs(text.nodes))), 1):
                anchor_by_id, written = dict[int, ValueAnchor](), list[tuple[int, Mark]]()
                at = 0
                for run in line:
                    if value := value_of(run):
                        anchor = anchor_by_id.get(id(value)) or ValueAnchor("", at, value.observations)
                        anchor_by_id[id(value)] = replace(anchor, text=anchor.text + run.text)
                    written += [(at, run.mark)] if run.mark else []
                    at += len(run.text)
                anchors.append(
                    WordAnchor(
                        number=len(anchors) + 1,
                        section=section.code,
                        block=block,
                        place=place,
                        text="".join(run.text for run in line),
                        values=tuple(anchor_by_id.values()),
                        language=text.language,
                        written=tuple(written),
                    )
                )
    return tuple(anchors)


def in_reading_order(document: Document) -> Iterator[Section]:
    """The sections as they are printed: those of the front first."""
    for front in (True, False):
        for chapter in document.sections:
            if chapter.front is front:
                yield from chapter.walk()


def title_text(title: str, language: str = "") -> Text:
    return Text((Words(str(title)),), language=language or language_of(title))


def texts_of_block(block: Block) -> Iterator[Text]:
    if isinstance(block, Text):
        yield block
    elif isinstance(block, (Figure, Table)) and block.headline:
        yield block.headline
    elif isinstance(block, Proposals):
        for row in block.rows:
            texts: list[Text | None] = [title_text(row.title, row.language)] if row.number else []
            texts += [row.text] if row.number else []
            texts += [row.evidence, row.unknown]
            for advice in row.recommended:
                texts += [None if advice.waits else title_text(advice.title, advice.language), advice.text]
            yield from (text for text in texts if text and text.nodes)
