"""The figures of a chapter as fields: totals, parts, and the cells of crosses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from reporter.data.errors import Finding
from reporter.data.read.countries import split_anywhere
from reporter.data.records import Code, Cross, Dimension, Indicator, Observation, Status
from reporter.data.records.catalogue import CROSSED, OF_CELL
from reporter.data.records.label import ENGLISH, Label, joined_labels
from reporter.data.write.figure_fields import (
    NOTE,
    FigureField,
    Plain,
    holder_of,
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
