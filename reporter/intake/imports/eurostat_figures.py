"""What a file of Eurostat states of a country, in our words. It is the way of the export backwards, by the same
mappings of the catalogue. A cell becomes a figure only where it says just what one figure says; a sum of several is
left and told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from reporter.analysis.populations import CellOrigin, TargetCell, answering_indicator, target_cell
from reporter.edition.job import spans
from reporter.export.sdmx import DataflowRow, measured_values, rows_of
from reporter.files.checksum import checksum
from reporter.i18n import N_
from reporter.intake.imports.layout_source import source_of_layout
from reporter.intake.imports.table_agreement import as_written, with_incomplete
from reporter.load.eurostat_tables import PublishedCell, read_eurostat
from reporter.model import Catalogue, Confidentiality, Country, Dataflow, Flag, Holds, Status, Vintage
from reporter.model.catalogue import EUROSTAT_LAYOUT
from reporter.model.imported import ImportedFault, ImportedFigures, ImportedValue, LeftRow
from reporter.model.observation import amount_text
from reporter.model.telling import At, tell

TWICE = N_("{figure} is {value} in {table} and {other} in {other_table}")
MISSING, SUPPRESSED = str(Status.MISSING), str(Status.SUPPRESSED)
FLAGS = {each.value for each in Flag} - {Flag.MISSING.value}
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Answer:
    """The figure that a cell says, or why there is none."""

    indicator: str
    figure: str = ""
    why: str = ""


@dataclass(slots=True)
class _Mapping:
    """The way back from the cells of Eurostat to figures here. `known` is the edition in which the workspace says what
    answers in a year, None where it says nothing yet."""

    catalogue: Catalogue
    known: Vintage | None
    flows: Mapping[str, Dataflow] = field(init=False)
    targets: dict[tuple[str, tuple[str, ...]], TargetCell] = field(default_factory=dict)
    rows: dict[tuple[str, tuple[str, ...], int], DataflowRow] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    unsaid: dict[tuple[str, str], set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.flows = {each.code: each for each in self.catalogue.eurostat.dataflows}

    def answer(self, cell: PublishedCell) -> _Answer:
        flow, target = self.flows[cell.table], self._target(cell)
        codes = zip(flow.components, cell.key, strict=True)
        told = next((code for each, code in codes if each.holds is Holds.FIGURES), "")
        # The kind of persons of the cell, and the indicators that answer.
        person, indicators = next(each for each in flow.figures if told in (each[0], ""))
        indicator = self._indicator(flow, person, indicators, cell.year)
        if target.whole:
            return _Answer(indicator, indicator)
        found = self.catalogue.indicator(indicator)
        if target.axis is None or found is None or target.axis.code not in found.dimensions:
            return _Answer(indicator, why=f"{indicator or person} is not broken down like this")
        if target.own is None:
            return _Answer(indicator, why="no single figure here says just this")
        return _Answer(indicator, f"{indicator}.{target.own.code}")

    def sent(self, cell: PublishedCell) -> DataflowRow | None:
        if self.known is None:
            return None
        if cell.table not in self.read:
            self.read.add(cell.table)
            for row in rows_of(self.known, self.flows[cell.table]):
                self.rows[cell.table, row.key, row.year] = row
        return self.rows.get((cell.table, cell.key, cell.year))

    def works_out(self, cell: PublishedCell) -> bool:
        row = self.sent(cell)
        return bool(row and row.filled.origin is CellOrigin.DERIVED and row.filled.value == cell.value)

    def _target(self, cell: PublishedCell) -> TargetCell:
        flow = self.flows[cell.table]
        codes = {each.code: code for each, code in zip(flow.components, cell.key, strict=True)}
        place = (cell.table, cell.key)
        if place not in self.targets:
            self.targets[place] = target_cell(self.catalogue, flow.breakdown, codes)
        return self.targets[place]

    def _indicator(self, flow: Dataflow, person: str, indicators: tuple[str, ...], year: int) -> str:
        if self.known and year in self.known.years:
            return answering_indicator(self.known, flow, indicators, year)
        if len(indicators) > 1:
            self.unsaid.setdefault((person, indicators[0]), set()).add(year)
        return next(iter(indicators), "")


def read_figures(
    content: bytes, shown: str, catalogue: Catalogue, country: Country, known: Vintage | None = None
) -> ImportedFigures:
    """Read what a file of Eurostat states of a country. Raises FileError for what is no such file, or is of another
    country."""
    source = source_of_layout(catalogue, EUROSTAT_LAYOUT, shown)
    published = read_eurostat(content, shown, catalogue.eurostat, country.code)
    mapping = _Mapping(catalogue, known)
    values: dict[Place, ImportedValue] = {}
    said: dict[Place, PublishedCell] = {}
    left, faults = [*published.left], []
    for cell in published.cells:
        answer = mapping.answer(cell)
        value = _value(cell, answer, mapping)
        if value is None or mapping.works_out(cell):
            continue
        if not answer.figure:
            words = f"{cell.table} {'.'.join(cell.key)} {cell.year}"
            left.append(LeftRow(place=cell.place, words=words, reason=answer.why))
            continue
        place = (answer.figure, cell.year)
        before = values.setdefault(place, value)
        if before.value != value.value:
            faults.append(_twice(before, said[place], value, cell))
        said.setdefault(place, cell)
    whole = _with_totals(values, mapping)
    complete, warnings = with_incomplete(whole, catalogue)
    return ImportedFigures(
        file=shown,
        sha256=checksum(content),
        source=source.code,
        published=published.updated,
        values=as_written(complete, catalogue),
        left=tuple(left),
        faults=tuple(faults),
        warnings=(*published.warnings, *_unsaid(mapping), *warnings),
    )


def _value(cell: PublishedCell, answer: _Answer, mapping: _Mapping) -> ImportedValue | None:
    """A cell as a year's file has it; None for nothing."""
    eurostat, row = mapping.catalogue.eurostat, mapping.sent(cell)
    statuses = {flag.value: status for status, flag in eurostat.statuses.items()}
    status = next((statuses[each] for each in cell.flags if each in statuses), None)
    if cell.value is None and not cell.confidentiality and status is None:
        return None
    if cell.value is None:
        value = SUPPRESSED if cell.confidentiality else str(status)
        return ImportedValue(figure=answer.figure, year=cell.year, value=value, place=cell.place)
    # The mapping gives some flags itself.
    given = {Flag.DEFINITION_DIFFERS.value} if answer.indicator in eurostat.differs else set()
    given |= {Flag.BREAK.value} if row and row.instead is not None else set()
    value, flags = f"{cell.value:f}", tuple(each for each in cell.flags if each in FLAGS and each not in given)
    if row and mapping.known and _is_what_is_sent(cell, answer, row, mapping.known):
        # What reads as ours does says what ours says, its approximations and flags of its own too.
        (seen,) = row.filled.used
        value = amount_text(seen.value, seen.status, seen.qualifier)
        flags = tuple(sorted(each.value for each in seen.flags))
    codes = {code: each for each, code in eurostat.confidentiality.items() if code}
    told = codes.get(cell.confidentiality, "")
    if cell.confidentiality and not told:
        told = Confidentiality.CONFIDENTIAL
    return ImportedValue(
        figure=answer.figure, year=cell.year, value=value, place=cell.place, flags=flags, confidentiality=str(told)
    )


def _is_what_is_sent(cell: PublishedCell, answer: _Answer, row: DataflowRow, known: Vintage) -> bool:
    if row.filled.origin is not CellOrigin.STATED or row.figure != answer.figure:
        return False
    value, flags, status = measured_values(known, row)
    there = f"{cell.value:f}" if cell.value is not None else ""
    return (value, set(flags), status) == (there, set(cell.flags), cell.confidentiality)


def _twice(first: ImportedValue, one: PublishedCell, second: ImportedValue, other: PublishedCell) -> ImportedFault:
    """Two tables state one figure otherwise; the first is taken."""
    words = tell(
        TWICE, figure=At(first.figure), value=first.value, table=one.table, other=second.value, other_table=other.table
    )
    return ImportedFault(
        year=first.year, figures=(first.figure,), words=words, places=tuple(dict.fromkeys((one.place, other.place)))
    )


def _with_totals(values: Mapping[Place, ImportedValue], mapping: _Mapping) -> list[ImportedValue]:
    made: dict[Place, ImportedValue] = {}
    for (figure, year), value in values.items():
        total = figure if mapping.catalogue.indicator(figure) else figure.rpartition(".")[0]
        is_here = mapping.known is not None and mapping.known.observation(total, year) is not None
        if (total, year) not in values and not is_here:
            made.setdefault((total, year), ImportedValue(figure=total, year=year, value=MISSING, place=""))
        elif (total, year) in values:
            made.setdefault((total, year), values[total, year])
        made[figure, year] = value
    return list(made.values())


def _unsaid(mapping: _Mapping) -> Iterator[str]:
    for (person, indicator), years in mapping.unsaid.items():
        yield (
            f"{spans(years)}: nothing here says yet which figure Eurostat's {person} are; taken as {indicator}, "
            f"the first of eurostat: figures: {person} in data/catalogue.yaml"
        )
