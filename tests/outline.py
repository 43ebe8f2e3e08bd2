"""A document as text, so that a difference in content can be read before anything is laid out."""

import re
from collections.abc import Iterator

from reporter.report.document.document import (
    Block,
    Box,
    Document,
    Entries,
    Entry,
    Figure,
    Revised,
    RevisedParagraph,
    Row,
    Section,
    Stretch,
    Table,
)
from reporter.report.document.plot import Ledger
from reporter.text.tree import Break, Call, Run, Text, paragraphs, runs

MOST = 72


def outline(document: Document) -> str:
    """Cover, imprint, sections with their blocks, and the footnotes."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    edition = document.edition
    yield f"{edition.title} | {edition.country_name} | {edition.subtitle} | {edition.status} | {edition.published}"
    for entry in (*document.imprint, *document.of_pdf):
        yield from _entry(entry)
    for section in document.sections:
        yield from _section(section)
    yield ""
    for note in document.notes:
        yield f"note {note.number}: {note.text}"


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"{'#' * section.level} {f'{section.number} {section.title}'.strip()} [{section.code}]"
    if section.headline:
        yield f"Headline {section.headline.words}"
    for block in section.blocks:
        yield from _block(block)
    for below in section.sections:
        yield from _section(below)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text():
            yield from _text(block)
        case Figure():
            yield f"Figure {block.number} {block.caption} [{block.code}]"
            yield f"  headline: {block.headline.words if block.headline else '–'}"
            yield from _below(block.unit_line, block.source_note, block.notes)
            if isinstance(block.plot, Ledger):
                for row in block.plot.rows:
                    yield f"  row {row.label} {row.calls}: {row.value} | {row.change} | {row.context}"
            yield f"  alt: {block.alt}"
        case Table():
            yield f"Table {block.number} {block.caption} [{block.code}]"
            yield from _table(block)
            yield from _below(block.unit_line, block.source_note, block.notes)
        case Box():
            yield f"Box {block.title}"
            heads = block.heads or ("",) * len(block.paragraphs)
            yield from (f"  {f'{head} {text}'.strip()}" for head, text in zip(heads, block.paragraphs, strict=True))
        case Entries():
            yield f"List {block.title}".rstrip()
            for entry in block.entries:
                yield from _entry(entry)
        case Revised():
            yield f"Revised {block.title} | {block.remark}".rstrip(" |")
            yield from map(_revision, block.paragraphs)


def _revision(paragraph: RevisedParagraph) -> str:
    """What came and went in brackets, as it is marked; long stretches shortened."""
    moved = f"({paragraph.moved}) " if paragraph.moved else ""
    return f"  {paragraph.sort}: {moved}{''.join(map(_stretch, paragraph.words))}"


def _stretch(each: Stretch) -> str:
    text = each.text if len(each.text) <= 2 * MOST else f"{each.text[:MOST]} … {each.text[-MOST:]}"
    return f"[{each.label}:{text}]" if each.fate else text


def _text(block: Text) -> Iterator[str]:
    """The first words of each line with its footnotes, then the values printed."""
    found = (run for each in paragraphs(block.nodes) for run in (*runs(each.inside), Run(Break())))
    said = (f"[{run.leaf.number}]" if isinstance(run.leaf, Call) else run.text for run in found)
    for words in filter(None, map(str.strip, "".join(said).split("\n"))):
        calls = "".join(re.findall(r"\[\d+\]", words[MOST:]))
        yield f"Text {words[:MOST]}{'…' if len(words) > MOST else ''}{calls}"
    if block.observations:
        yield f"  prints {', '.join(f'{seen.address} {seen.year}' for seen in block.observations)}"


def _table(table: Table) -> Iterator[str]:
    yield f"  {table.stub} | {' | '.join(column.label + ('*' if column.current else '') for column in table.columns)}"
    yield from map(_row, table.rows)


def _row(row: Row) -> str:
    cells = (" ".join((cell.text, *cell.marks)) for cell in row.cells)
    return f"  {'  ' * row.level}{'== ' if row.heading else ''}{row.label} | {' | '.join(cells)}".rstrip()


def _below(unit_line: str, source: str, notes: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if unit_line:
        yield f"  unit: {unit_line}"
    yield from (f"  {mark}: {text}" for mark, text in notes)
    yield f"  source: {source}"


def _entry(entry: Entry) -> Iterator[str]:
    yield "  - " + " | ".join(part for part in (entry.title, *entry.lines, entry.url) if part)
