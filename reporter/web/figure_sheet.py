"""The sheet of a chapter: figures, earlier values, rests."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reporter.analysis.arithmetic import is_exact, top_parts, total_of
from reporter.edit.figure_fields import (
    NOTE,
    FigureField,
    Plain,
    holder_of,
    written_value,
    year_figures,
    year_file,
)
from reporter.errors import Finding
from reporter.model import Dimension, Indicator, Observation, Status
from reporter.web.chapter_places import ACTIVITIES, chapter_of_address
from reporter.web.frame import YearPage

YEARS = 4
# Counted for one thing, not for the year.
OF_THINGS = ("activity.", "law.")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A line of the sheet: a figure or part and its field. `old` are the values of earlier years, None where there is
    none. `seen` is what the file says and `now` what it means; `marks` are those of this year's value."""

    field: FigureField
    title: str
    old: tuple[Observation | None, ...]
    now: Observation | None
    seen: str
    marks: tuple[str, ...]

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
class FieldBreakdown:
    """The parts of a figure by one dimension. `rest` is how much they leave of its total, and the total; None where
    that says nothing."""

    title: str
    rows: tuple[FieldRow, ...]
    rest: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """A figure with its parts and what is found in it."""

    indicator: Indicator
    total: FieldRow
    breakdowns: tuple[FieldBreakdown, ...]
    findings: tuple[Finding, ...]

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
    shown = tuple(each for each in groups if everything or any(row.is_used for row in each.rows))
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
        self.hidden = 0

    def group(self, indicator: Indicator) -> FigureGroup:
        axes = [axis for each in indicator.dimensions if (axis := self.vintage.catalogue.dimension(each))]
        return FigureGroup(
            indicator=indicator,
            total=self._row(FigureField(self.file, indicator.code), indicator.label.text(self.language)),
            breakdowns=tuple(self._breakdown(indicator, axis) for axis in axes),
            # One code of an indicator may be the beginning of another's.
            findings=tuple(
                each
                for each in self.page.state.findings
                if indicator.code in (each.figure, each.figure.rpartition(".")[0])
            ),
        )

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
        now = self.now.get(field.address)
        marks = sorted(str(each) for each in (now.flags if now else ()))
        holder = holder_of(self.figures, field)
        if isinstance(holder, Mapping) and NOTE in holder:
            marks.append("n")
        earlier = [self.vintage.observation(field.address, year) for year in self.years]
        return FieldRow(
            field=field,
            title=title,
            old=tuple(each if each and each.dimension == field.dimension else None for each in earlier),
            now=now,
            seen=written_value(self.figures, field),
            marks=tuple(marks),
        )

    def _rest(self, indicator: Indicator, axis: Dimension) -> tuple[Decimal, Decimal] | None:
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
        return total.value - made, total.value
