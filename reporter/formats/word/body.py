"""The body of a Word file, from first to last page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from reporter.data.records import EditionStatus
from reporter.data.records.label import altered
from reporter.formats.word.anchors import title_text
from reporter.formats.word.tables import BOLD, STRIP, below, country_table, table
from reporter.formats.word.word_xml import (
    AS_STYLED,
    LYING,
    MEASURE,
    PLAIN,
    UPRIGHT,
    ParagraphLook,
    RunLook,
    WordCell,
    WordRow,
    Writing,
    kept_rows,
    page_setting,
    paragraph_xml,
    table_xml,
)
from reporter.report.document.document import (
    Box,
    Challenge,
    Dumbbells,
    Entries,
    Entry,
    Figure,
    Proposals,
    Ranking,
    Recommended,
    Revised,
    Roll,
    Runs,
    Section,
    Table,
)
from reporter.report.document.note_lines import ADDRESS, as_sentence, short_address, with_links
from reporter.report.document.plot import Ledger, LedgerRow
from reporter.text.tree import SIGN, Remarks, Text, anchor

CELL, SMALL = ParagraphLook("TableText"), 18
# Widths in mm: the value of a key figure; the number of a challenge.
VALUE, NUMBER = 19.0, 7.0
# A row with more letters than this may break over pages.
MOST_WHOLE = 1200
# A box of this many paragraphs stays on one page.
MOST_TOGETHER = 6
ADDED = ("inserted", "came")


def _box(writing: Writing, block: Box) -> str:
    paragraphs = [writing.line(block.title, "BoxTitle", keep_next=True)]
    for n, words in enumerate(block.paragraphs):
        head = writing.words(block.heads[n], BOLD) + writing.words(" ") if block.heads else ""
        last = n == len(block.paragraphs) - 1
        together = not last and len(block.paragraphs) <= MOST_TOGETHER
        look = ParagraphLook("Box", keep_next=together, after=10 if last else None)
        paragraphs.append(paragraph_xml(head + writing.words(words), look))
    return "".join(paragraphs)


def _runs(writing: Writing, block: Runs) -> str:
    boxed = block.reading
    parts = [writing.line(block.label, "Label", keep_next=True), writing.line(block.title, "Finding", keep_next=True)]
    for run in block.runs:
        colour = writing.colour("caution") if run.caution else ""
        head = writing.words(run.head, RunLook(bold=True, colour=colour)) + writing.words(" ") if run.head else ""
        parts.append(writing.paragraph(head + writing.words(run.text), ParagraphLook("Box" if boxed else "BodyText")))
    return "".join(parts)


def _entries(writing: Writing, block: Entries) -> str:
    paragraphs = [writing.line(block.title, "Label", keep_next=True)]
    # If any entry is only a title, the entries are items of a list.
    bare = any(not item.lines and not item.url for item in block.entries)
    for block_entry in block.entries:
        if not bare:
            paragraphs.append(entry(writing, block_entry))
            continue
        lines = lines_of(writing, block_entry)
        look = ParagraphLook("ListBullet", number=1, keep_next=bool(lines))
        paragraphs.append(writing.paragraph(writing.words(block_entry.title), look))
        paragraphs += (paragraph_xml(line, ParagraphLook("ListContinue")) for line in lines)
    return "".join(paragraphs)


def lines_of(writing: Writing, item: Entry) -> list[str]:
    lines = [
        "".join(
            writing.linked(address, words) if address else writing.words(words)
            for words, address in with_links(line, item.links)
        )
        for line in item.lines
    ]
    return [*lines, writing.linked(item.url, short_address(item.url))] if ADDRESS.match(item.url) else lines


def lines_together(lines: list[str], after: float) -> list[str]:
    """Lines that stay together on a page, with space after the last one."""
    looks = [ParagraphLook("EntryLine", keep_next=True)] * (len(lines) - 1) + [ParagraphLook("EntryLine", after=after)]
    return [paragraph_xml(line, look) for line, look in zip(lines, looks, strict=False)]


def entry(writing: Writing, item: Entry) -> str:
    lines = lines_together(lines_of(writing, item), 4)
    return "".join((writing.line(item.title, "EntryName", keep_next=True), *lines))


def _figure(writing: Writing, block: Figure) -> str:
    plot = block.plot
    drawing = _ledger(writing, block, plot) if isinstance(plot, Ledger) else _drawn(writing, block)
    return f"{_figure_head(writing, block)}{drawing}{below(writing, block.source_note, block.notes)}"


def _figure_head(writing: Writing, block: Figure) -> str:
    label = writing.locale.text("Figure {n}", n=block.number)
    return writing.caption(label, block.number, f"figure-{block.code}", block.headline, block.caption, block.unit_line)


def _drawn(writing: Writing, block: Figure) -> str:
    name = writing.locale.text("Figure {n}", n=block.number)
    look = ParagraphLook("Picture", keep_next=bool(block.under or block.notes or block.source_note))
    picture = paragraph_xml(writing.picture(block.code, name, block.alt, counted=False), look)
    return picture + writing.line(block.under, "Below", keep_next=bool(block.notes))


def _ranking(writing: Writing, block: Ranking) -> str:
    columns, stub = block.table.columns, block.table.stub
    order = writing.locale.text("Countries by rank")
    parts = [_figure_head(writing, block), _drawn(writing, block)]
    parts.append(country_table(writing, block.ranked, stub, columns, order))
    if block.unranked:
        unranked_title = writing.locale.text("Listed separately, without a rank")
        parts.append(country_table(writing, block.unranked, stub, columns[-1:], unranked_title, len(columns) - 1))
    parts.append(below(writing, block.source_note, block.table.notes))
    return "".join(parts)


def _ledger(writing: Writing, block: Figure, plot: Ledger) -> str:
    """The key figures of a year: value, words, and the years drawn."""
    widths = (VALUE, MEASURE - VALUE - STRIP, STRIP)
    years = f"{plot.labels[0]}–{plot.labels[-1]}" if len(plot.labels) > 1 else "".join(plot.labels)
    heads = (plot.labels[-1] if plot.labels else "", "", years)
    titles = (writing.words(head, RunLook(bold=True, size=SMALL)) for head in heads)
    rows = [WordRow(tuple(WordCell(_cell(title, stays=True)) for title in titles), head=True)]
    for (name, _), row, stays in zip(block.drawings(), plot.rows, kept_rows([False] * len(plot.rows)), strict=True):
        rows.append(_ledger_row(writing, name, row, stays=stays))
    return table_xml(rows, widths, block.caption, row_heads=False)


def _ledger_row(writing: Writing, name: str, row: LedgerRow, *, stays: bool) -> WordRow:
    ink = writing.colour("ink")
    value = writing.words(row.value, RunLook(bold=True, colour=ink, size=32 if len(row.value) <= 4 else 24))
    label = writing.words(row.label, RunLook(bold=True, colour=ink)) + writing.words(row.calls, RunLook(raised=True))
    change = writing.words(row.change, BOLD) + (writing.words(" ") if row.change else "") + writing.words(row.context)
    strip = writing.picture(name, row.label, row.alt)
    lines = [label, *filter(None, (change,)), *map(writing.words, row.more)]
    words = "".join(_cell(words, stays=stays or n < len(lines)) for n, words in enumerate(lines, 1))
    return WordRow((WordCell(_cell(value, stays=stays)), WordCell(words), WordCell(_cell(strip, stays=stays))))


def _cell(runs: str, *, stays: bool) -> str:
    return paragraph_xml(runs, replace(CELL, keep_next=stays))


def _proposals(writing: Writing, block: Proposals) -> str:
    """A challenge per row, without empty columns."""
    numbered = bool(block.rows[0].number)
    heads = [head for head in block.heads if head]
    share = (MEASURE - NUMBER * numbered) / max(len(heads), 1)
    widths = (*([NUMBER] if numbered else []), *(share for _ in heads))
    cells = [WordCell(_cell(writing.words(head, BOLD), stays=True)) for head in heads]
    if numbered and cells:
        cells[0] = replace(cells[0], span=2)
    rows = [WordRow(tuple(cells), head=True), *(_challenge(writing, block, row) for row in block.rows)]
    return table_xml(rows, widths, block.caption, row_heads=False)


def _challenge(writing: Writing, block: Proposals, row: Challenge) -> WordRow:
    cells = []
    ink = RunLook(bold=True, colour=writing.colour("ink"))
    if row.number:
        number = writing.words(str(row.number), RunLook(bold=True, colour=writing.colour("accent"), size=26))
        title = paragraph_xml(writing.headline(title_text(row.title, row.language), ink), CELL)
        place = writing.place(f"section-{row.code}", number) if row.code else number
        cells.append(WordCell(paragraph_xml(place, CELL)))
        cells.append(WordCell(title + (writing.text(row.text, CELL) if row.text else "")))
    if block.heads[1]:
        squares = "".join("■" if part else "□" for part in row.squares)
        counted = writing.words(f"{squares} ", RunLook(colour=writing.colour("accent"))) if squares else ""
        count_line = paragraph_xml(counted + writing.words(row.counted, BOLD), CELL) if counted else ""
        cells.append(WordCell(count_line + (writing.text(row.evidence, CELL) if row.evidence else "")))
    if block.heads[2]:
        cells.append(WordCell(writing.text(row.unknown, CELL) if row.unknown else ""))
    if block.heads[3]:
        cells.append(WordCell("".join(_recommended(writing, recommendation) for recommendation in row.recommended)))
    letters = max((len(cell_text.words) for text in (row.text, row.evidence) if (cell_text := text)), default=0)
    asked = sum(len(advice.title) + len(advice.text.words if advice.text else "") for advice in row.recommended)
    return WordRow(tuple(cells), whole=max(letters, asked) <= MOST_WHOLE)


def _recommended(writing: Writing, recommendation: Recommended) -> str:
    if recommendation.waits:
        xml = writing.line(recommendation.waits, "TableText", RunLook(italic=True))
    else:
        ink = RunLook(bold=True, colour=writing.colour("ink"))
        xml = paragraph_xml(writing.headline(title_text(recommendation.title, recommendation.language), ink), CELL)
    xml += writing.text(recommendation.text, CELL) if recommendation.text else ""
    return xml + "".join(writing.line(line, "TableText", RunLook(italic=True)) for line in recommendation.lines)


def _remarks(writing: Writing, block: Remarks) -> str:
    language, paragraphs = block.language, list[str]()
    for remark in block.remarks:
        alert = writing.colour("alert") if remark.grave else ""
        sign = writing.words(f"{SIGN}\u00a0{remark.number} ", RunLook(bold=True, colour=alert))
        weight = writing.words(altered(remark.weight, lambda word: f"{word[:1].upper()}{word[1:]}: "), BOLD)
        word_language = language if not remark.detail else ""
        message = writing.words(altered(remark.message, as_sentence), language=word_language)
        lines = [
            writing.place(anchor(remark.number), sign) + weight + message,
            writing.words(as_sentence(remark.detail), language=language) if remark.detail else "",
            writing.words(f"→ {as_sentence(remark.hint)}", language=language) if remark.hint else "",
            writing.words(remark.place, RunLook(colour=writing.colour("secondary")))
            + "".join(writing.words(" · ") + writing.linked(f"#{target}", title) for title, target in remark.links),
        ]
        paragraphs += lines_together([line for line in lines if line], 7)
    return "".join((*paragraphs, *(writing.line(line, "BodyText") for line in block.more)))


def _revised(writing: Writing, block: Revised, level: int) -> str:
    """A section as two editions have it; added and removed text is marked in words."""
    paragraphs = [writing.line(block.title, f"Heading{min(level + 1, 3)}"), writing.line(block.remark, "BodyText")]
    for paragraph in block.paragraphs:
        item = paragraph.sort == "item"
        look = ParagraphLook("ListBullet", number=1) if item else PLAIN
        moved = writing.words("[") + writing.words(paragraph.moved) + writing.words("] ") if paragraph.moved else ""
        runs = [moved]
        for stretch in paragraph.words:
            changed = RunLook(underlined=True) if stretch.fate in ADDED else RunLook(struck=True)
            words = writing.words(stretch.text, changed if stretch.fate else AS_STYLED, block.language)
            label = writing.words("[") + writing.words(stretch.label, BOLD) + writing.words(": ")
            runs.append(label + words + writing.words("]") if stretch.fate else words)
        paragraphs.append(writing.paragraph("".join(runs), look))
    return "".join(paragraphs)


# Every kind of block but the revised text, which needs its section.
KINDS: Mapping[type, Callable[[Writing, Any], str]] = {
    Text: lambda writing, block: writing.text(block),
    Figure: _figure,
    Ranking: _ranking,
    Table: table,
    Dumbbells: table,
    Roll: table,
    Box: _box,
    Runs: _runs,
    Entries: _entries,
    Remarks: _remarks,
    Proposals: _proposals,
}


# The start of a landscape or portrait part of the body.
TURNS = re.compile(f"({LYING}|{UPRIGHT})")
PARAGRAPH, PROPERTIES, ROWS, TABLE = "<w:p><w:pPr>", "</w:pPr>", "<w:tbl>", "</w:tbl>"
# The indent of the imprint's lines, in mm.
ASIDE = 46.0
# The deepest level in the contents.
DEEPEST = 2
# The distance of a heading's words from its number in mm, by level.
NUMBERED = {1: 11.0, 2: 11.0, 3: 13.0}


def body_xml(writing: Writing, heads: str) -> str:
    """The body of the file; `heads` are references to the heads and feet of pages."""
    document = writing.document
    front = [chapter for chapter in document.sections if chapter.front]
    rest = [chapter for chapter in document.sections if not chapter.front]
    parts = [_cover(writing), _imprint(writing)]
    parts += [section_xml(writing, chapter) for chapter in front]
    parts.append(_contents(writing, rest))
    # Other chapters follow without page breaks: reviewers do not need a page for each.
    parts += [section_xml(writing, chapter, opens=not n) for n, chapter in enumerate(rest)]
    parts.append(_back(writing))
    return _paged("".join(parts), heads)


def section_xml(writing: Writing, section: Section, *, opens: bool = False) -> str:
    parts = [_heading(writing, section, opens=opens)]
    if section.headline:
        parts.append(paragraph_xml(writing.headline(section.headline), ParagraphLook("Finding", keep_next=True)))
    for block in section.blocks:
        if isinstance(block, Revised):
            xml = _revised(writing, block, section.level)
        else:
            xml = KINDS[type(block)](writing, block)
        if parts[-1].endswith(TABLE) and xml.startswith(ROWS):
            # Word would merge two tables with nothing between them.
            parts.append(writing.line(getattr(block, "caption", ""), "TableTitle"))
        parts.append(xml)
    parts += [section_xml(writing, below) for below in section.sections]
    return "".join(parts)


def _heading(writing: Writing, section: Section, *, opens: bool) -> str:
    level = min(section.level, 3)
    annex = level == 1 and section.number.isalpha()
    number = writing.locale.text("Annex {letter}", letter=section.number) if annex else section.number
    title = writing.words(section.title, language=section.language)
    indent = 0.0 if annex or not number else NUMBERED[level]
    number_runs = (
        writing.words(f"{number}\u2002") if annex else writing.words(number) + "<w:r><w:tab/></w:r>" if number else ""
    )
    named = writing.place(f"section-{section.code}", number_runs + title)
    look = ParagraphLook(
        "FrontHeading" if section.front else f"Heading{level}",
        keep_next=True,
        opens=opens,
        before=0 if opens else None,
        left=indent or None,
        hanging=indent,
        tab=indent,
    )
    return paragraph_xml(named, look)


def _contents(writing: Writing, chapters: list[Section]) -> str:
    """The contents as a filled-in field, without page numbers, which only Word could know."""
    listed = [subsection for chapter in chapters for subsection in chapter.walk() if subsection.level <= DEEPEST]
    paragraphs = [writing.line(writing.locale.text("Contents"), "FrontHeading", keep_next=True)]
    code = f'TOC \\o "1-{DEEPEST}" \\n \\h \\z'
    for n, section in enumerate(listed):
        number = writing.words(section.number) + "<w:r><w:tab/></w:r>" if section.number else ""
        runs = number + writing.words(section.title, language=section.language)
        runs = writing.link(f"#section-{section.code}", runs)
        if not n:
            quoted = code.replace('"', "&quot;")
            instruction = f'<w:r><w:instrText xml:space="preserve"> {quoted} </w:instrText></w:r>'
            runs = f"{_mark('begin')}{instruction}{_mark('separate')}{runs}"
        if n == len(listed) - 1:
            runs += _mark("end")
        paragraphs.append(paragraph_xml(runs, ParagraphLook(f"TOC{section.level}", keep_next=n < len(listed) - 1)))
    return "".join(paragraphs)


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def statuses(writing: Writing) -> tuple[str, ...]:
    """The notices on every page: restricted, draft, changed since publication."""
    edition = writing.document.edition
    standing = ""
    if edition.status is EditionStatus.DRAFT:
        standing = writing.locale.text("Draft, not for publication")
    elif edition.unpublished:
        standing = edition.unpublished
    elif edition.status is EditionStatus.PROVISIONAL:
        standing = writing.locale.text("Provisional figures")
    return tuple(filter(None, (edition.restricted, standing)))


def _cover(writing: Writing) -> str:
    """The title page: publisher, subject, country and years."""
    edition = writing.document.edition
    alert = RunLook(bold=True, colour=writing.colour("alert"))
    paragraphs = [
        writing.line(edition.compiled or edition.rapporteur, "Issuer", BOLD),
        writing.line(edition.publisher, "Issuer"),
        writing.line(edition.title, "Kicker"),
        writing.line(edition.country_name, "Title"),
        writing.line(edition.tagline, "Subtitle"),
        writing.line(edition.subtitle, "Series"),
    ]
    paragraphs += [writing.line(words, "Status", alert) for words in statuses(writing)]
    if edition.corrigendum and not edition.unpublished:
        paragraphs.append(writing.line(edition.corrigendum, "Status", alert))
    paragraphs.append(writing.line(edition.restriction, "BodyText"))
    for head, words in _facts(writing):
        paragraphs.append(writing.line(head, "EntryName", keep_next=True) + writing.line(words, "EntryLine", after=6))
    purpose = writing.locale.text("This Word file is for reading and comments. Only the PDF is published.")
    paragraphs.append(writing.line(purpose, "Below", before=18))
    return "".join(paragraphs)


def _facts(writing: Writing) -> list[tuple[str, str]]:
    """The facts about the edition: its years, its legal basis, its figures."""
    edition = writing.document.edition
    facts = [(writing.locale.text("Reporting period"), edition.span)]
    if edition.legal_basis:
        facts.append((writing.locale.text("Legal basis"), edition.legal_basis))
    head = writing.locale.text("Edition")
    if edition.unpublished:
        facts.append((head, edition.unpublished))
    elif edition.status is EditionStatus.FINAL:
        final = writing.locale.text("Final figures")
        words = (
            writing.locale.text("{words}, {date}", words=final, date=edition.published) if edition.published else final
        )
        facts.append((head, words))
    elif edition.published:
        facts.append((head, edition.published))
    return facts


def _imprint(writing: Writing) -> str:
    document = writing.document
    if not document.imprint:
        return ""
    paragraphs = [writing.line(writing.locale.text("Imprint"), "FrontHeading", opens=True, keep_next=True)]
    paragraphs.append(writing.line(document.remark, "BodyText"))
    look = ParagraphLook("EntryLine", left=ASIDE, hanging=ASIDE, tab=ASIDE, before=3)
    for item in document.imprint:
        # The lines of an entry are next to its name.
        first, *others = lines_of(writing, item) or [""]
        name = writing.words(item.title, RunLook(bold=True)) + "<w:r><w:tab/></w:r>"
        paragraphs.append(paragraph_xml(name + first, look))
        paragraphs += (paragraph_xml(line, ParagraphLook("EntryLine", left=ASIDE)) for line in others)
    return "".join(paragraphs)


def _back(writing: Writing) -> str:
    """The end: the contact, how it was made, where it is found."""
    document, edition = writing.document, writing.document.edition
    paragraphs = []
    if document.contact:
        paragraphs += [
            writing.line(writing.locale.text("Contact"), "FrontHeading", keep_next=True),
            entry(writing, document.contact),
        ]
    paragraphs += [
        paragraph_xml(
            writing.words(item.title, BOLD)
            + writing.words(" ")
            + writing.words("; ").join(writing.words(line) for line in item.lines),
            ParagraphLook("Below"),
        )
        for item in document.colophon
    ]
    if ADDRESS.match(edition.found_at):
        head = writing.words(writing.locale.text("This profile on the web"), BOLD) + writing.words(" ")
        address = writing.linked(edition.found_at, short_address(edition.found_at))
        paragraphs.append(paragraph_xml(head + address, ParagraphLook("Below")))
    return "".join(paragraphs)


def _paged(body: str, heads: str) -> str:
    """The body in portrait and landscape parts; page settings are in the last paragraph of each part."""
    parts, lies = list[tuple[bool, str]](), False
    for piece in TURNS.split(body):
        if piece in (LYING, UPRIGHT):
            lies = piece == LYING
        elif piece:
            parts.append((lies, piece))
    groups = [(lying, "".join(xml for _, xml in group)) for lying, group in groupby(parts, lambda part: part[0])]
    sections = []
    for n, (lying, xml) in enumerate(groups):
        setting = page_setting(heads if not n else "", lying=lying, titled=not n)
        if n == len(groups) - 1:
            sections.append(xml + setting)
        elif xml.endswith(TABLE):
            sections.append(xml + paragraph_xml("", ParagraphLook("Below"), setting))
        else:
            at = xml.index(PROPERTIES, xml.rindex(PARAGRAPH))
            sections.append(xml[:at] + setting + xml[at:])
    return "".join(sections)
