"""The sheet of a chapter: figures, earlier values, rests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.analysis.arithmetic import change, is_exact, top_parts, total_of
from reporter.edit.figure_fields import (
    NOTE,
    FigureField,
    Plain,
    holder_of,
    shown_value,
    written_value,
    year_figures,
    year_file,
)
from reporter.errors import Finding
from reporter.model import Dimension, Flag, Indicator, Observation, Status
from reporter.web.chapter_places import ACTIVITIES, chapter_of_address
from reporter.web.frame import YearPage
from reporter.web.withheld_figures import Withholding

YEARS = 4
# Counted for one thing, not for the year.
OF_THINGS = ("activity.", "law.")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A line of the sheet: a figure or part and its field. `old` are the values of earlier years, None where there is
    none. `seen` is what the file says, `shown` what the field shows of it; `marks` are those of this year's value, and
    `withheld` says in a word or two what the public does not get of it. One that `is_small` could identify someone, or
    what its parts leave of it could, and nobody has decided on that."""

    field: FigureField
    title: str
    old: tuple[Observation | None, ...]
    seen: str
    shown: str
    marks: tuple[str, ...]
    is_break: bool
    change: str
    withheld: str
    is_small: bool

    @property
    def state(self) -> str:
        return "open" if self.seen == str(Status.UNANSWERED) else "answered" if self.seen else "absent"

    @property
    def name(self) -> str:
        return f"f-{self.field.address}"

    @property
    def is_used(self) -> bool:
        return bool(self.seen) or any(self.old)


@dataclass(frozen=True, slots=True)
class RestLine:
    """What a breakdown leaves of its total: how much, which way."""

    title: str
    number: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class FieldBreakdown:
    """The parts of a figure by one dimension."""

    title: str
    rows: tuple[FieldRow, ...]
    rest: RestLine | None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A figure with its parts and what is found in it."""

    indicator: Indicator
    total: FieldRow
    breakdowns: tuple[FieldBreakdown, ...]
    findings: tuple[Finding, ...]
    is_used: bool

    @property
    def rows(self) -> Iterator[FieldRow]:
        yield self.total
        for each in self.breakdowns:
            yield from each.rows


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """The sheet of a chapter. `hidden` is how many figures and parts of the catalogue it does not show, as no year has
    them."""

    chapter: str
    years: tuple[int, ...]
    groups: tuple[FigureGroup, ...]
    hidden: int

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    def row(self, address: str) -> FieldRow | None:
        return next((each for each in self.rows if each.field.address == address), None)

    def group(self, address: str) -> FigureGroup | None:
        return next((each for each in self.groups if any(row.field.address == address for row in each.rows)), None)


def chapters_with_figures(page: YearPage) -> tuple[str, ...]:
    data = page.state.data
    own = {chapter_of_address(each.code, data) for each in yearly_figures(page)}
    return tuple(each.code for each in page.state.chapters if each.code in own)


def figure_sheet(page: YearPage, chapter: str, *, everything: bool = False) -> FigureSheet:
    """The sheet of a chapter; with `everything` all that the catalogue has."""
    file = year_file(page.state.country.code, page.state.year)
    figures = year_figures(page.reading.sources, file) or {}
    first = page.state.data.years[0].year if page.state.data.years else page.state.year
    years = tuple(range(max(first, page.state.year - YEARS), page.state.year))
    own = [each for each in yearly_figures(page) if chapter_of_address(each.code, page.state.data) == chapter]
    maker = _SheetMaker(page, file, figures, years, everything=everything)
    groups = [maker.group(each) for each in own]
    shown = tuple(each for each in groups if each.is_used or everything)
    return FigureSheet(chapter, years, shown, maker.hidden + len(groups) - len(shown))


def yearly_figures(page: YearPage) -> Iterator[Indicator]:
    return (each for each in page.vintage.catalogue.indicators if not each.code.startswith((*OF_THINGS, ACTIVITIES)))


def fields_of_year(page: YearPage) -> Mapping[str, FigureField]:
    file = year_file(page.state.country.code, page.state.year)
    totals = [(FigureField(file, each.code), each) for each in yearly_figures(page)]
    parts = (
        FigureField(file, indicator.code, axis.code, member.code)
        for _, indicator in totals
        for name in indicator.dimensions
        if (axis := page.vintage.catalogue.dimension(name))
        for member in axis.codes
    )
    return {each.address: each for each in (*(total for total, _ in totals), *parts)}


class _SheetMaker:
    """Makes the lines of a sheet; counts what it leaves out."""

    def __init__(self, page: YearPage, file: str, figures: Plain, years: tuple[int, ...], *, everything: bool) -> None:
        self.page, self.file, self.figures, self.years, self.everything = page, file, figures, years, everything
        self.vintage, self.language = page.vintage, page.locale.language
        self.now: Mapping[str, Observation] = {
            each.address: each for each in page.state.data.observations if each.mark.path == file
        }
        self.withholding = Withholding(self.vintage, page.state.data.protections, page.locale)
        self.small = {each.values[0].address for each in page.state.small if each.year == page.state.year}
        self.hidden = 0

    def group(self, indicator: Indicator) -> FigureGroup:
        total = self._row(FigureField(self.file, indicator.code), indicator.label.text(self.language))
        axes = [axis for each in indicator.dimensions if (axis := self.vintage.catalogue.dimension(each))]
        breakdowns = tuple(self._breakdown(indicator, axis) for axis in axes)
        rows = [total, *(row for each in breakdowns for row in each.rows)]
        return FigureGroup(
            indicator=indicator,
            total=total,
            breakdowns=breakdowns,
            findings=tuple(self._findings(indicator)),
            is_used=any(each.is_used for each in rows),
        )

    def _findings(self, indicator: Indicator) -> Iterator[Finding]:
        for each in self.page.state.findings:
            # One code of an indicator may be the beginning of another's.
            if each.figure == indicator.code or each.figure.rpartition(".")[0] == indicator.code:
                yield each

    def _breakdown(self, indicator: Indicator, axis: Dimension) -> FieldBreakdown:
        rows = []
        for member in axis.codes:
            field = FigureField(self.file, indicator.code, axis.code, member.code)
            row = self._row(field, member.label.text(self.language))
            if self.everything or row.is_used:
                rows.append(row)
            else:
                self.hidden += 1
        return FieldBreakdown(axis.label.text(self.language), tuple(rows), self._rest(indicator, axis))

    def _row(self, field: FigureField, title: str) -> FieldRow:
        seen, now = written_value(self.figures, field), self.now.get(field.address)
        flags = {Flag.BREAK} & now.flags if now else set()
        marks = sorted(str(each) for each in (now.flags if now else ()))
        holder = holder_of(self.figures, field)
        if isinstance(holder, Mapping) and NOTE in holder:
            marks.append("n")
        return FieldRow(
            field=field,
            title=title,
            old=tuple(self._old(field, year) for year in self.years),
            seen=seen,
            shown=shown_value(seen),
            marks=tuple(marks),
            is_break=bool(flags),
            change=self._change(field),
            withheld=self.withholding.sign(now) if now else "",
            is_small=field.address in self.small,
        )

    def _change(self, field: FigureField) -> str:
        """What differs from the year before; empty where that is not told."""
        found = change(self.vintage.series(field.indicator, field.code), self.page.state.year)
        if found.difference is None:
            return ""
        return self.page.locale.difference(found.difference)

    def _old(self, field: FigureField, year: int) -> Observation | None:
        found = self.vintage.observation(field.address, year)
        return found if found and found.dimension == field.dimension else None

    def _rest(self, indicator: Indicator, axis: Dimension) -> RestLine | None:
        """What the parts leave of the total. None where they need not make it, where anything is no exact number, and
        before any part is known."""
        total = self.now.get(indicator.code)
        if axis.subset or total is None or not is_exact(total) or axis.code in total.incomplete:
            return None
        parts = [each for each in self.now.values() if each.indicator == indicator.code and each.dimension == axis.code]
        given = [each for each in top_parts(parts, axis) if not each.part_of and each.status is not Status.UNANSWERED]
        made = total_of(given) if given else None
        if made is None or total.value is None:
            return None
        return RestLine(axis.label.text(self.language), total.value - made, total.value)
