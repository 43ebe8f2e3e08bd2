"""Text pasted from a spreadsheet: a column of values, names with values, or a block for a grid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reporter.data.errors import ReporterError, WordedError
from reporter.data.i18n import N_
from reporter.data.read.amount import NOTHING
from reporter.data.records import Catalogue
from reporter.data.write.figure_fields import typed_figure
from reporter.workbench.figures.sheet import FieldGrid, FieldRow, FigureSheet, GridHead, folded_names
from reporter.workbench.server.frame import YearPage

NO_ROW, TWO = N_("No row of the sheet is named {name}"), N_("Several rows are named {name}")
TWICE, MANY = N_("{name} is in an earlier line, too"), N_("There are several values for {name}")
NO_COLUMN, OUTSIDE = N_("No column of the table is named {name}"), N_("{name} is outside the table")
LEFT_OUT = N_("This line is not written: type its value into the field.")
WHICH = N_("{name} may belong to another breakdown than the lines above it")
# Meaningful only with the other codes of their breakdown.
REMAINDERS = {"other", "unknown"}


@dataclass(frozen=True, slots=True)
class PastedLine:
    """A line of a pasted column: its row and value. `value` is empty where it is not written, for the reason in
    `problem`; `row` is None below the last field."""

    number: int
    text: str
    row: FieldRow | None
    value: str = ""
    problem: ReporterError | None = None


def pasted_lines(page: YearPage, sheet: FigureSheet, first: FieldRow, text: str) -> tuple[PastedLine, ...]:
    """Match a pasted column with the fields from one row down. The first of two columns has names of rows: of the
    figure pasted into, or of one named in a line. Empty lines and a heading leave their fields unchanged. A grid takes
    a block, with or without heads."""
    # Spreadsheets end the last line too.
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    catalogue, grid = page.vintage.catalogue, sheet.grid(first.field.address)
    if grid:
        return tuple(_block(catalogue, grid, first, [line.split("\t") for line in lines]))
    if "\t" in text:
        return tuple(_named_lines(page, sheet, first, lines))
    plain_rows = [row for row in sheet.rows if not sheet.grid(row.field.address)]
    rows = plain_rows[plain_rows.index(first) :]
    above = int(len(lines) > 1 and any(map(str.isalpha, lines[0])) and _is_heading(catalogue, first, lines[0]))
    targets = [*[None] * above, *rows, *[None] * len(lines)]
    return tuple(
        _line(catalogue, number, line, row) for number, (line, row) in enumerate(zip(lines, targets, strict=False), 1)
    )


def _is_heading(catalogue: Catalogue, row: FieldRow, text: str) -> bool:
    problem = _line(catalogue, 1, text, row).problem
    return problem is not None and problem.hint != NOTHING and not any(map(str.isdecimal, text))


def _named_lines(page: YearPage, sheet: FigureSheet, first: FieldRow, lines: Sequence[str]) -> Iterator[PastedLine]:
    group, breakdown, done = sheet.group(first.field.address), first.field.dimension, set[str]()
    for number, line in enumerate(lines, 1):
        name, *values = (" ".join(cell.split()) for cell in line.rstrip("\t").split("\t"))
        fitting = [row for row in sheet.rows if name.casefold() in _names(page, row)]
        near = [row for row in fitting if group and row in group.rows]
        rows = [row for row in near if row.field.dimension == breakdown] or near or fitting
        is_doubtful = name.casefold() in REMAINDERS and any(row.field.dimension != breakdown for row in rows)
        at = rows[0].field.address if len(rows) == 1 and not is_doubtful else ""
        group = sheet.group(at) if at and not rows[0].field.code else group
        breakdown = rows[0].field.dimension if at and rows[0].field.code else breakdown
        pasted_line = _line(page.vintage.catalogue, number, values[0] if values else "", rows[0] if rows else first)
        # The first line is the heading of a table.
        is_year = pasted_line.value == str(page.state.year)
        is_head = number == 1 and not rows and (is_year or _is_heading(page.vintage.catalogue, first, pasted_line.text))
        unclear = WHICH if is_doubtful else TWO if rows else NO_ROW
        wrong = MANY if values[1:] else TWICE if at and at in done else "" if at else unclear
        problem = WordedError(wrong, LEFT_OUT, name=name) if pasted_line.text and not is_head else None
        done.add(at if pasted_line.text else "")
        text = line.strip().replace("\t", " · ")
        yield PastedLine(number, text, None, "", problem) if wrong else replace(pasted_line, text=text)


def _names(page: YearPage, row: FieldRow) -> frozenset[str]:
    catalogue, field = page.vintage.catalogue, row.field
    axis, indicator = catalogue.dimension(field.dimension), catalogue.indicator(field.indicator)
    part = axis.get(field.code) if axis else None
    label = part.label if part else indicator.label if indicator else None
    return folded_names(row.title, label, field.code, field.address)


def _line(catalogue: Catalogue, number: int, text: str, row: FieldRow | None) -> PastedLine:
    if not text.strip() or row is None:
        return PastedLine(number, text.strip(), row)
    try:
        return PastedLine(number, text.strip(), row, typed_figure(text, row.field, catalogue))
    except ReporterError as problem:
        return PastedLine(number, text.strip(), row, problem=problem)


def _block(
    catalogue: Catalogue, grid: FieldGrid, first: FieldRow, lines: Sequence[Sequence[str]]
) -> Iterator[PastedLine]:
    """Match a block with a grid: by the names of its rows and columns if it has some, else from one cell on."""
    table = [[" ".join(cell.split()) for cell in line] for line in lines]
    row = next(n for n, cells in enumerate(grid.cells) if first in cells)
    column, above = grid.cells[row].index(first), 0
    named = [_named(grid.columns, text) for text in table[0]]
    if any(place is not None for place in named):
        above = 1
        yield from _unknown(
            1, NO_COLUMN, (text for text, at in zip(table[0][1:], named[1:], strict=True) if at is None)
        )
    by_name = any(_named(grid.rows, line[0]) is not None for line in table[above:])
    done = set[str]()
    for number, line in enumerate(table[above:], above + 1):
        at = _named(grid.rows, line[0]) if by_name else row + number - 1 - above
        values = [*enumerate(line)][int(by_name) :]
        if at is None:
            yield from _unknown(number, NO_ROW, line[:1] if any(text for _, text in values) else ())
            continue
        for place, text in values:
            target = named[place] if above and place < len(named) else None if above else column + place - by_name
            if target is None or not text:
                continue
            if at >= len(grid.rows) or target >= len(grid.columns):
                yield from _unknown(number, OUTSIDE, (text,))
                continue
            cell = grid.cells[at][target]
            if cell.field.address in done:
                yield from _unknown(number, TWICE, (cell.title,))
                continue
            done.add(cell.field.address)
            yield _line(catalogue, number, text, cell)


def _named(heads: Sequence[GridHead], text: str) -> int | None:
    return next((n for n, head in enumerate(heads) if text.casefold() in head.names), None)


def _unknown(number: int, message: str, names: Iterable[str]) -> Iterator[PastedLine]:
    for name in filter(None, names):
        yield PastedLine(number, name, None, "", WordedError(message, LEFT_OUT, name=name))
