"""The figures of a chapter as fields: totals, parts, cells of crosses; and text pasted into them from a spreadsheet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from reporter.data.errors import Finding, ReporterError, WordedError
from reporter.data.i18n import N_
from reporter.data.read.amount import NOTHING
from reporter.data.read.countries import split_anywhere
from reporter.data.records import Catalogue, Code, Cross, Dimension, Indicator, Observation, Status
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.data.records.label import ENGLISH, Label, joined_labels
from reporter.data.write.figure_fields import (
    NOTE,
    FigureField,
    Plain,
    holder_of,
    typed_figure,
    written_value,
    year_figures,
    year_file,
)
from reporter.figures.analysis.arithmetic import divisions, is_exact, top_parts, total_of
from reporter.workbench.server.frame import YearPage
from reporter.workbench.year.year_state import chapter_of_address

YEARS = 4


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A row of the sheet: a figure or part and its field. `old` are the values of earlier years (None for none), `text`
    is the text in the file and `now` its meaning; `marks` belong to this year's value."""

    field: FigureField
    title: str
    old: tuple[Observation | None, ...]
    now: Observation | None
    text: str
    marks: tuple[str, ...]

    @property
    def state(self) -> str:
        return "open" if self.text == str(Status.UNANSWERED) else "answered" if self.text else "absent"

    @property
    def name(self) -> str:
        return f"f-{self.field.address}"

    @property
    def is_used(self) -> bool:
        return bool(self.text) or any(self.old)


# What parts leave of their total, with the total, None where unknown. A breakdown of a figure: title, rows, and that.
Rest = tuple[Decimal, Decimal] | None
FieldBreakdown = tuple[str, tuple[FieldRow, ...], Rest]


@dataclass(frozen=True, slots=True)
class GridHead:
    """The head of a row or column of a grid, the names by which pasted text means it, its figure without the other
    dimension, and what its cells leave of that."""

    title: str
    names: frozenset[str]
    margin: Observation | None
    rest: Rest


@dataclass(frozen=True, slots=True)
class FieldGrid:
    """The fields of a cross: `cells` are by row, then by column."""

    title: str
    rows: tuple[GridHead, ...]
    columns: tuple[GridHead, ...]
    cells: tuple[tuple[FieldRow, ...], ...]

    @property
    def fields(self) -> tuple[FieldRow, ...]:
        return tuple(cell for row in self.cells for cell in row)


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A figure with its parts and findings."""

    indicator: Indicator
    total: FieldRow
    breakdowns: tuple[FieldBreakdown, ...]
    grids: tuple[FieldGrid, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        parts = (row for _, rows, _ in self.breakdowns for row in rows)
        return (self.total, *parts, *(cell for grid in self.grids for cell in grid.fields))


class FigureSheet:
    """The sheet of a chapter; `everything`: all figures. `hidden` counts figures and parts that no year has. The cross
    or country with the address `at` has its fields even if no year has it."""

    def __init__(self, page: YearPage, chapter: str, *, everything: bool, at: str = "") -> None:
        self.page, self.chapter, self.everything, self.hidden = page, chapter, everything, 0
        state = page.state
        self.file = year_file(state.country.code, state.year)
        self.figures: Plain = year_figures(page.reading.sources, self.file) or {}
        first = state.data.years[0].year if state.data.years else state.year
        self.years = tuple(range(max(first, state.year - YEARS), state.year))
        self.now: Mapping[str, Observation] = {
            value.address: value for value in state.data.observations if value.mark.path == self.file
        }
        self.divisions = {(part.whole, part.name): part for part in divisions(page.vintage, self.now.values())}
        home, language = state.country.code, page.locale.language
        self.wanted = split_anywhere(page.vintage.catalogue, at, home, (language,)) if at else (None, None, None)
        self.crossed: dict[str, dict[str, set[tuple[str, int]]]] = {}
        for (_, year), value in page.vintage.index.items():
            if CROSSED in value.dimension and not value.owner and self.years[:1] <= (year,):
                self.crossed.setdefault(value.indicator, {}).setdefault(value.dimension, set()).add((value.code, year))
        own = [item for item in page.yearly_figures if chapter_of_address(item.code, state.data) == chapter]
        groups = [self._group(indicator) for indicator in own]
        self.groups = tuple(group for group in groups if everything or any(row.is_used for row in group.rows))
        self.hidden += len(groups) - len(self.groups)
        self.rows = tuple(row for group in self.groups for row in group.rows)

    def row(self, address: str) -> FieldRow | None:
        return next((row for row in self.rows if row.field.address == address), None)

    def group(self, address: str) -> FigureGroup | None:
        return next((group for group in self.groups if any(row.field.address == address for row in group.rows)), None)

    def grid(self, address: str) -> FieldGrid | None:
        grids = (grid for group in self.groups for grid in group.grids)
        return next((grid for grid in grids if any(cell.field.address == address for cell in grid.fields)), None)

    def _group(self, indicator: Indicator) -> FigureGroup:
        language, breakdowns = self.page.locale.language, list[FieldBreakdown]()
        for axis in self.page.vintage.catalogue.axes(indicator):
            rows = [self._part(indicator, axis, code) for code in self._codes(indicator, axis)]
            visible_rows = tuple(row for row in rows if self.everything or self._is_shown(row))
            self.hidden += len(rows) - len(visible_rows)
            breakdowns.append((axis.label.text(language), visible_rows, self._rest(indicator.code, axis)))
        # One code of an indicator may be the beginning of another's.
        split = self.page.vintage.catalogue.split
        findings = (item for item in self.page.state.findings if split(item.figure)[0] == indicator)
        total = self._row(FigureField(self.file, indicator.code), indicator.label.text(language))
        return FigureGroup(indicator, total, tuple(breakdowns), tuple(self._grids(indicator)), tuple(findings))

    def _codes(self, indicator: Indicator, axis: Dimension) -> tuple[Code, ...]:
        """The codes of a breakdown, with that of the country wanted."""
        of, by, part = self.wanted
        is_new = of == indicator and by and by.code == axis.code and part and not axis.get(part.code)
        return (*axis.codes, part) if part and is_new else axis.codes

    def _is_shown(self, row: FieldRow) -> bool:
        of, by, part = self.wanted
        if row.is_used or not (of and by and part and by.countries):
            return row.is_used
        return (of.code, by.code, part.code) == (row.field.indicator, row.field.dimension, row.field.code)

    def _part(self, indicator: Indicator, axis: Dimension, code: Code) -> FieldRow:
        field = FigureField(self.file, indicator.code, axis.code, code.code)
        return self._row(field, code.label.text(self.page.locale.language))

    def _grids(self, indicator: Indicator) -> Iterator[FieldGrid]:
        of, by, _ = self.wanted
        crossed = self.crossed.get(indicator.code, {})
        names = {*crossed, *([by.code] if by and of == indicator else ())}
        for cross in map(self.page.vintage.catalogue.dimension, sorted(names)):
            if isinstance(cross, Cross):
                yield self._grid(indicator, cross, crossed.get(cross.code, set()))

    def _grid(self, indicator: Indicator, cross: Cross, used: Iterable[tuple[str, int]]) -> FieldGrid:
        """A cross with the rows and columns that an earlier year or the breakdowns have, or with all if these have
        none: so that a new one does not lose rows while it is filled in."""
        by_part = [(cell.split(OF_CELL), year < self.page.state.year) for cell, year in used]
        language = self.page.locale.language
        labels = {cell.code: cell for cell in cross.codes}
        members = []
        for place, axis in enumerate(cross.axes):
            common = {parts[place] for parts, is_earlier in by_part if is_earlier}
            common |= {code.code for code in axis.codes if self._part(indicator, axis, code).is_used}
            own = common | {parts[place] for parts, _ in by_part}
            members.append([code for code in axis.codes if self.everything or not common or code.code in own])
        *outer, columns = members
        lines = [*product(*outer)]
        cells = (
            tuple(self._part(indicator, cross, labels[_cell((*line, column))]) for column in columns) for line in lines
        )
        return FieldGrid(
            cross.label.text(language),
            tuple(self._head(indicator, cross, line) for line in lines),
            tuple(self._head(indicator, cross, (column,)) for column in columns),
            tuple(cells),
        )

    def _head(self, indicator: Indicator, cross: Cross, codes: tuple[Code, ...]) -> GridHead:
        label = joined_labels([code.label for code in codes]) if codes[1:] else codes[0].label
        title, address = label.text(self.page.locale.language), f"{indicator.code}.{_cell(codes)}"
        margin, rest = self.now.get(address), self._rest(address, cross)
        return GridHead(title, folded_names(title, label, _cell(codes)), margin, rest)

    def _row(self, field: FigureField, title: str) -> FieldRow:
        now, holder = self.now.get(field.address), holder_of(self.figures, field)
        marks = sorted(str(flag) for flag in (now.flags if now else ()))
        if isinstance(holder, Mapping) and NOTE in holder:
            marks.append("n")
        earlier = [self.page.vintage.observation(field.address, year) for year in self.years]
        old = tuple(value if value and value.dimension == field.dimension else None for value in earlier)
        return FieldRow(field, title, old, now, written_value(self.figures, field), tuple(marks))

    def _rest(self, whole: str, axis: Dimension) -> Rest:
        """The remainder of a total. None where parts need not add up, any is inexact, or none is known yet."""
        total, division = self.now.get(whole), self.divisions.get((whole, axis.code))
        if division is None or division.partial or total is None or not is_exact(total):
            return None
        parts = top_parts(division.parts, division.axis)
        addends = [part for part in parts if not part.part_of and part.status is not Status.UNANSWERED]
        parts_total = total_of(addends) if addends else None
        return None if parts_total is None or total.value is None else (total.value - parts_total, total.value)


def _cell(codes: Iterable[Code]) -> str:
    return OF_CELL.join(code.code for code in codes)


def folded_names(title: str, label: Label | None, *codes: str) -> frozenset[str]:
    """The names of a row: as in the sheet, in English, by code."""
    names = (title, label.text(ENGLISH) if label else "", *codes)
    return frozenset(" ".join(name.split()).casefold() for name in names if name)


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
