"""The tables and drawings of a document for a Word file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporter.data.i18n import NP_
from reporter.data.records.label import altered
from reporter.formats.word.word_xml import (
    LYING,
    UPRIGHT,
    Fitted,
    ParagraphLook,
    RunLook,
    WordCell,
    WordRow,
    Writing,
    fitted,
    kept_rows,
    longest_word,
    paragraph_xml,
    table_xml,
)
from reporter.report.document.document import Cell, Column, Document, Dumbbells, Row, Table
from reporter.report.document.note_lines import as_sentence, is_sign, notes_by_mark, other_sources, turned_note
from reporter.report.document.plot import DrawingJob, Ledger, NamedLands, Squares

# Widths in mm: a chart, one of three small ones, the years of a key figure, the change of one.
WHOLE, SMALL, STRIP, DUMBBELL = 160.0, 76.0, 84.0, 54.0
# A column of signs, with up to three lines of its head, which reads upwards.
SIGNS = 11.0
# Pixels per inch, enough for paper.
DOTS = 220


def word_drawings(document: Document) -> tuple[DrawingJob, ...]:
    ledgers = (figure for figure in document.figures() if isinstance(figure.plot, Ledger))
    widths = {name: STRIP for figure in ledgers for name, _ in figure.drawings()}
    tables = (table for table in document.tables() if isinstance(table, Dumbbells))
    widths |= {name: DUMBBELL for table in tables for name, _, _ in table.drawings}
    jobs = []
    for name, plot in document.plots().items():
        alone = SMALL if isinstance(plot, (NamedLands, Squares)) else WHOLE
        jobs.append(DrawingJob(name, plot, widths.get(name, alone), dots=DOTS, language=document.edition.language))
    return tuple(jobs)


# With more notes than this each has a paragraph of its own.
MOST_IN_ONE = 6
BOLD = RunLook(bold=True)
NOTHING = (":", "–")


def table(writing: Writing, block: Table) -> str:
    words = [[row.label for row in block.rows if not row.heading or row.cells]]
    words += [[_letters(cell) for cell in cells] for cells in _columns(block.rows, len(block.columns))]
    drawn = [writing.locale.text("The change as a chart")] if isinstance(block, Dumbbells) else []
    fixed = {n: SIGNS for n, column in enumerate(block.columns, 1) if column.dots} | {
        len(words): DUMBBELL for _ in drawn
    }
    heads = [block.stub, *(column.label for column in block.columns), *drawn]
    fits = fitted([*words, *([""] for _ in drawn)], heads, fixed)
    grid = _Grid(writing, block.columns, fits)
    drawings = block.drawings if isinstance(block, Dumbbells) else [None] * len(block.rows)
    rows, keep_flags = [grid.head(block.stub, drawn)], kept_rows([row.heading for row in block.rows])
    for row, drawing, stays in zip(block.rows, drawings, keep_flags, strict=True):
        picture = grid.picture(drawing[0], drawing[2].alt, stays=stays) if drawing else None
        rows.append(grid.row(row, picture, stays=stays))
    xml = table_xml(rows, fits.widths, f"{block.caption} {block.unit_line}".strip())
    label, target = writing.locale.text(NP_("above a table", "Table {n}"), n=block.number), f"table-{block.code}"
    head = writing.caption(label, block.number, target, block.headline, block.caption, block.unit_line)
    content = f"{head}{xml}{below(writing, block.source_note, block.notes)}"
    return f"{LYING}{content}{UPRIGHT}" if fits.across else content


def country_table(
    writing: Writing, rows: Sequence[Row], stub: str, columns: Sequence[Column], caption: str, first: int = 0
) -> str:
    """Rows of countries as a table below a line of words; `first` is the index of the first cell shown."""
    cut_rows = [replace(row, cells=row.cells[first:]) for row in rows]
    words = [[row.label for row in cut_rows if not row.heading]]
    words += [[_letters(cell) for cell in cells] for cells in _columns(cut_rows, len(columns))]
    fits = fitted(words, [stub, *(column.label for column in columns)])
    grid = _Grid(writing, columns, fits)
    word_rows = [grid.head(stub, [])]
    keep_flags = kept_rows([row.heading for row in cut_rows])
    word_rows += [grid.row(row, None, stays=stays) for row, stays in zip(cut_rows, keep_flags, strict=True)]
    title = writing.line(caption, "TableTitle")
    return title + table_xml(word_rows, fits.widths, str(caption))


def below(writing: Writing, source: str, notes: Sequence[tuple[str, str]]) -> str:
    others = other_sources(source, writing.document.main_sources)
    foot = []
    if others:
        head = writing.locale.text("Source:") if others == source else writing.locale.text("Also from:")
        foot.append(writing.words(head, BOLD) + writing.words(" ") + writing.words(altered(others, as_sentence)))
    merged = notes_by_mark(notes)
    if len(merged) > MOST_IN_ONE:
        signs = [note for note in merged if is_sign(note)]
        rows = [note for note in merged if not is_sign(note)]
        foot += [_notes(writing, writing.locale.text("Signs:"), signs)] if signs else []
        foot += [_notes(writing, writing.locale.text("Notes:") if not n else "", [note]) for n, note in enumerate(rows)]
    elif merged:
        foot.append(_notes(writing, writing.locale.text("Notes:"), notes))
    runs = [line for line in foot if line]
    last = len(runs) - 1
    return "".join(
        paragraph_xml(run, ParagraphLook("Below", after=10 if n == last else None)) for n, run in enumerate(runs)
    )


def _notes(writing: Writing, head: str, notes: Iterable[tuple[str, str]]) -> str:
    runs = [writing.words(head, BOLD)] if head else []
    for own, words in notes:
        mark, text = turned_note(own, words)
        if mark:
            framed = mark if mark.startswith("(") else altered(mark, lambda mark: f"{mark}:")
            framed = f"({mark})" if len(mark) == 1 else framed
            runs.append(writing.words(framed, BOLD))
        runs.append(writing.words(altered(text, as_sentence)))
    return writing.words(" ").join(filter(None, runs))


def _columns(rows: Iterable[Row], count: int) -> list[list[Cell]]:
    return [[row.cells[n] for row in rows if n < len(row.cells)] for n in range(count)]


def _letters(cell: Cell) -> str:
    return f"{cell.text}{'·' * ((len(''.join(cell.marks)) + 1) // 2)}"


class _Grid:
    """Makes the rows of a table in one size of letters."""

    def __init__(self, writing: Writing, columns: Sequence[Column], fits: Fitted) -> None:
        self.writing, self.columns = writing, columns
        self.size = round(fits.size * 2)
        self.width = len(fits.widths)

    def head(self, stub: str, more: Sequence[str]) -> WordRow:
        cells = [self.cell(self.words(stub, bold=True), stays=True)]
        for column in self.columns:
            runs = self.words(column.label, bold=True, language=column.language)
            align = "" if column.text or column.dots else "right"
            up = longest_word(column.label, self.size / 2) if column.dots else 0.0
            cells.append(replace(self.cell(runs, align=align, stays=True, current=column.current), up=up))
        cells += [self.cell(self.words(title, bold=True), stays=True) for title in more]
        return WordRow(tuple(cells), head=True)

    def row(self, row: Row, picture: WordCell | None, *, stays: bool) -> WordRow:
        """A row of the body; the heading of a group spans all columns."""
        marks = self.words("".join(row.marks), raised=True)
        if row.heading and not row.cells:
            span = self.width - bool(picture)
            label = self.cell(self.words(row.label, bold=True), stays=True, span=span)
            return WordRow((label, picture) if picture else (label,))
        cells = [self.cell(self.words(row.label, bold=row.heading) + marks, stays=stays, left=3.0 * row.level)]
        cells += [
            self.value(cell, column, bold=row.heading, stays=stays)
            for cell, column in zip(row.cells, self.columns, strict=False)
        ]
        cells += [self.cell("", stays=stays)] * (len(self.columns) - len(row.cells))
        return WordRow((*cells, picture) if picture else tuple(cells))

    def value(self, cell: Cell, column: Column, *, bold: bool, stays: bool) -> WordCell:
        none = cell.text in NOTHING
        language, colour = ("", self.writing.colour("secondary")) if none else (column.language, "")
        text = self.words(cell.text, bold=bold, language=language, colour=colour)
        text = self.writing.cell(cell.observation, text) if cell.observation and text else text
        runs = text + self.words("".join(cell.marks), raised=True)
        return self.cell(runs, align="" if column.text else "right", stays=stays, current=column.current)

    def picture(self, name: str, alt: str, *, stays: bool) -> WordCell:
        drawn = self.writing.picture(name, self.writing.locale.text("The change as a chart"), alt)
        return WordCell(paragraph_xml(drawn, ParagraphLook("TableText", keep_next=stays, before=0, after=0)))

    def words(
        self, words: str, *, bold: bool = False, raised: bool = False, language: str = "", colour: str = ""
    ) -> str:
        return self.writing.words(words, RunLook(bold=bold, raised=raised, size=self.size, colour=colour), language)

    def cell(
        self, runs: str, *, stays: bool, align: str = "", current: bool = False, span: int = 1, left: float = 0.0
    ) -> WordCell:
        look = ParagraphLook("TableText", keep_next=stays, align=align, left=left or None)
        return WordCell(paragraph_xml(runs, look), span=span, fill=self.writing.colour("tint") if current else "")
