"""Mark the findings of a draft on its pages, and list them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reporter.data.errors import Finding, Severity
from reporter.data.i18n import N_, NN_
from reporter.data.records.label import language_of
from reporter.report.context import Context
from reporter.report.document.document import Block, Cell, Document, Figure, Proposals, Section, Table
from reporter.report.sections.quality import CHECKS, WEIGHTS, message_of
from reporter.text.tree import (
    PRE,
    SIGN,
    Flags,
    Group,
    Link,
    Paragraph,
    Remark,
    Remarks,
    Text,
    anchor,
    paragraphs,
    runs,
    short,
)

CODE = "draft_findings"
TITLE = N_("To fix before publication")
NONE = N_("There are no open errors or warnings.")
WORD = N_("Finding {n}")
MORE_PLACES = NN_("and {n} more place", "and {n} more places")


def flags_of(findings: Iterable[Finding], context: Context) -> Flags:
    """The flags of a draft: errors, then warnings, in file order, then texts waiting for a decision and places to be
    filled in. Similar ones, such as texts without a translation, share a number."""
    ordered = sorted(
        (entry for entry in findings if entry.asks), key=lambda item: (list(Severity).index(item.severity), item.mark)
    )
    alike: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in ordered:
        alike.setdefault((finding.severity, finding.code, finding.message), []).append(finding)
    return Flags(tuple(map(tuple, alike.values())), context.text(WORD), context.locale.language)


def flagged(document: Document, flags: Flags, notes: Iterable[Finding], context: Context) -> Document:
    """Mark the passages that have findings, and list these last. `notes` need no action and are only counted."""
    sections = tuple(_section(section, flags, context) for section in document.sections)
    listed = _list(sections, flags, notes, context)
    return replace(document, sections=(*sections, listed), flagged=sum(flags.groups, ()))


def _section(section: Section, flags: Flags, context: Context) -> Section:
    headline = section.headline and _text(section.headline, flags)
    blocks = tuple(_block(block, flags, context) for block in section.blocks)
    below = tuple(_section(subsection, flags, context) for subsection in section.sections)
    return replace(section, headline=headline, blocks=blocks, sections=below)


def _block(block: Block, flags: Flags, context: Context) -> Block:
    match block:
        case Text():
            return _text(block, flags)
        case Proposals():
            return block.with_texts(lambda text: _text(text, flags))
        case Table():
            return _table(block, flags, context)
        case Figure():
            cells = (cell for row in block.table.rows for cell in row.cells)
            numbers = sorted({number for cell in cells for number in _numbers(cell, flags)})
            return replace(block, notes=(*block.notes, *_notes(numbers, flags, context)))
        case _:
            return block


def _text(text: Text, flags: Flags) -> Text:
    marked_numbers = set(_finding_numbers(text))
    missing = [number for number in flags.at(value.mark for value in text.observations) if number not in marked_numbers]
    if not missing:
        return text
    signs = tuple(sign for number in missing for sign in flags.link(number))
    for n, node in reversed(tuple(enumerate(text.nodes))):
        if isinstance(node, Paragraph) and node.sort != PRE:
            signed = replace(node, inside=(*node.inside, *signs))
            return replace(text, nodes=(*text.nodes[:n], signed, *text.nodes[n + 1 :]))
    is_line = not any(isinstance(top_node, Group | Paragraph) for top_node in text.nodes)
    return replace(text, nodes=(*text.nodes, *(signs if is_line else (Paragraph(signs, tight=True),))))


def _finding_numbers(text: Text) -> Iterator[int]:
    """The numbers of the findings marked in a text."""
    ancestors = (run.within for paragraph in paragraphs(text.nodes) for run in runs(paragraph.inside))
    links = (node for within in ancestors for node in within if isinstance(node, Link) and node.sort == "draft-mark")
    return (int(link.address.removeprefix(f"#{anchor(0)[:-1]}")) for link in links)


def _table(table: Table, flags: Flags, context: Context) -> Table:
    rows, table_numbers = [], set[int]()
    for row in table.rows:
        cells = []
        for cell in row.cells:
            numbers = _numbers(cell, flags)
            table_numbers.update(numbers)
            cells.append(replace(cell, marks=(*cell.marks, *map(short, numbers))) if numbers else cell)
        rows.append(replace(row, cells=tuple(cells)))
    notes = (*table.notes, *_notes(sorted(table_numbers), flags, context))
    return replace(table, rows=tuple(rows), notes=notes) if table_numbers else table


def _numbers(cell: Cell, flags: Flags) -> tuple[int, ...]:
    return flags.at((cell.observation.mark,)) if cell.observation else ()


def _notes(numbers: Iterable[int], flags: Flags, context: Context) -> Iterator[tuple[str, str]]:
    return ((short(number), message_of(context, flags.groups[number - 1][0])) for number in numbers)


def _list(sections: Iterable[Section], flags: Flags, notes: Iterable[Finding], context: Context) -> Section:
    places: dict[int, list[tuple[str, str]]] = {}
    for section in (subsection for chapter in sections for subsection in chapter.walk()):
        for number, title, target in _marked(section, context):
            if (title, target) not in places.setdefault(number, []):
                places[number].append((title, target))
    remarks = tuple(
        _remark(number, group, tuple(places.get(number, ())), context) for number, group in enumerate(flags.groups, 1)
    )
    block = Remarks(
        remarks=remarks,
        more=tuple((() if remarks else (context.text(NONE),)) + tuple(_counted(notes, context))),
        language="" if context.locale.language == CHECKS else CHECKS,
    )
    return Section(code=CODE, number="", title=context.text(TITLE), level=1, blocks=(block,))


def _marked(section: Section, context: Context) -> Iterator[tuple[int, str, str]]:
    for block in (*((section.headline,) if section.headline else ()), *section.blocks):
        if isinstance(block, (Text, Proposals)):
            for text in (block,) if isinstance(block, Text) else block.texts():
                for number in _finding_numbers(text):
                    yield number, section.title, f"section-{section.code}"
        elif isinstance(block, (Table, Figure)):
            kind, word = ("figure", N_("Figure {n}")) if isinstance(block, Figure) else ("table", N_("Table {n}"))
            for number in (int(mark.removeprefix(SIGN)) for mark, _ in block.notes if mark.startswith(SIGN)):
                yield number, context.text(word, n=block.number), f"{kind}-{block.code}"


def _remark(number: int, alike: tuple[Finding, ...], links: tuple[tuple[str, str], ...], context: Context) -> Remark:
    finding = alike[0]
    place = f"{finding.mark.path}:{finding.mark.line}"
    more = context.locale.count(*MORE_PLACES, len(alike) - 1)
    message = message_of(context, finding)
    if not finding.title or context.locale.language == CHECKS:
        message = finding.message
    return Remark(
        number=number,
        grave=finding.severity is Severity.ERROR,
        weight=context.text(WEIGHTS[finding.severity]),
        message=message,
        detail="" if message == finding.message or language_of(message) == CHECKS else finding.message,
        hint=finding.hint,
        place=context.locale.put("{}, {}", place, more) if len(alike) > 1 else place,
        links=links,
    )


def _counted(notes: Iterable[Finding], context: Context) -> Iterator[str]:
    counts = Counter(finding.title for finding in notes if finding.title)
    locale = context.locale
    texts = (locale.put("{}: {}", context.text(title), locale.number(count)) for title, count in counts.items())
    if counts:
        yield context.text("Notes of the checks: {notes}", notes=locale.joined("; ", texts))
