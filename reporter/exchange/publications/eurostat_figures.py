"""Read a country's figures from a Eurostat file: the reverse of the export, by the same mappings of the catalogue. A
cell becomes a figure only if it means exactly one; sums of several are left out and reported."""

from reporter.data.files.sources import checksum
from reporter.data.i18n import N_
from reporter.data.read.eurostat_tables import PublishedCell, read_eurostat
from reporter.data.records import Catalogue, Confidentiality, Country, Flag, Holds, Vintage
from reporter.data.records.catalogue import EUROSTAT_LAYOUT
from reporter.data.records.imported import ImportedFault, ImportedFigures, ImportedValue, LeftRow
from reporter.data.records.message import At, tell
from reporter.data.records.observation import amount_text
from reporter.editions.job import spans
from reporter.editions.making.eurostat_preview import BesidePublished, relation_of
from reporter.exchange.publications.records import MISSING, SUPPRESSED, source_of_layout
from reporter.exchange.publications.table_figures import as_written, with_incomplete
from reporter.figures.analysis.populations import CellOrigin, TargetCell, answering_indicator, target_cell
from reporter.formats.export.sdmx import DataflowRow, measured_values, transmission_tables

TWICE = N_("{figure} is {value} in {table} and {other} in {other_table}")
FLAGS = {flag.value for flag in Flag} - {Flag.MISSING.value}
Place = tuple[str, int]


def read_figures(
    content: bytes, filename: str, catalogue: Catalogue, country: Country, vintage: Vintage | None = None
) -> ImportedFigures:
    """Read a country's figures from a Eurostat file. Raises FileError for any other file, or another country."""
    source = source_of_layout(catalogue, EUROSTAT_LAYOUT, filename)
    published = read_eurostat(content, filename, catalogue.eurostat, country.code)
    reading = _Reading(catalogue, vintage)
    reading.left += published.left
    for cell in published.cells:
        reading.take(cell)
    complete, warnings = with_incomplete(reading.with_totals(), catalogue)
    unsaid = (
        f"{spans(years)}: nothing here says yet which figure Eurostat's {person} are; taken as {indicator}, "
        f"the first of eurostat: figures: {person} in data/catalogue.yaml"
        for (person, indicator), years in reading.unsaid.items()
    )
    return ImportedFigures(
        file=filename,
        sha256=checksum(content),
        source=source.code,
        published=published.updated,
        values=as_written(complete, catalogue),
        left=tuple(reading.left),
        faults=tuple(reading.faults),
        warnings=(*published.warnings, *unsaid, *warnings),
    )


class _Reading:
    """Eurostat's cells as figures, read in order. `vintage` is the edition that answers for a year, None for none."""

    def __init__(self, catalogue: Catalogue, vintage: Vintage | None) -> None:
        self.catalogue, self.known, self.eurostat = catalogue, vintage, catalogue.eurostat
        self.flows = {dataflow.code: dataflow for dataflow in self.eurostat.dataflows}
        self.values: dict[Place, tuple[ImportedValue, PublishedCell]] = {}
        self.left: list[LeftRow] = []
        self.faults: list[ImportedFault] = []
        self.targets: dict[tuple[str, tuple[str, ...]], TargetCell] = {}
        tables = transmission_tables(vintage) if vintage else ()
        self.rows = {(flow.code, row.key, row.year): row for flow, rows in tables for row in rows}
        self.unsaid: dict[tuple[str, str], set[int]] = {}

    def take(self, cell: PublishedCell) -> None:
        indicator, figure, why = self._answer(cell)
        row = self.rows.get((cell.table, cell.key, cell.year))
        value = self._value(cell, indicator, figure, row)
        is_worked_out = row and row.filled.origin is CellOrigin.DERIVED and row.filled.value == cell.value
        if value is None or is_worked_out:
            return
        if not figure:
            words = f"{cell.table} {'.'.join(cell.key)} {cell.year}"
            self.left.append(LeftRow(place=cell.place, words=words, reason=why))
            return
        first, there = self.values.setdefault((figure, cell.year), (value, cell))
        if first.value != value.value:
            # Two tables disagree on a figure; the first is taken.
            words = tell(
                TWICE,
                figure=At(figure),
                value=first.value,
                table=there.table,
                other=value.value,
                other_table=cell.table,
            )
            places = tuple(dict.fromkeys((there.place, cell.place)))
            self.faults.append(ImportedFault(year=cell.year, figures=(figure,), words=words, places=places))

    def with_totals(self) -> list[ImportedValue]:
        values: dict[Place, ImportedValue] = {}
        for (figure, year), (value, _) in self.values.items():
            indicator = self.catalogue.split(figure)[0]
            total = indicator.code if indicator else figure
            if (total, year) in self.values:
                values.setdefault((total, year), self.values[total, year][0])
            elif self.known is None or self.known.observation(total, year) is None:
                values.setdefault((total, year), ImportedValue(figure=total, year=year, value=MISSING, place=""))
            values[figure, year] = value
        return list(values.values())

    def _answer(self, cell: PublishedCell) -> tuple[str, str, str]:
        """The indicator and figure of a cell, or why there is none."""
        flow, place = self.flows[cell.table], (cell.table, cell.key)
        codes = [(component, code) for component, code in zip(flow.components, cell.key, strict=True)]
        figure_code = next((code for component, code in codes if component.holds is Holds.FIGURES), "")
        # The kind of persons of the cell, and the indicators that answer.
        person, indicators = next(pair for pair in flow.figures if figure_code in (pair[0], ""))
        if self.known and cell.year in self.known.years:
            indicator = answering_indicator(self.known, flow, indicators, cell.year)
        else:
            indicator = next(iter(indicators), "")
            if len(indicators) > 1:
                self.unsaid.setdefault((person, indicator), set()).add(cell.year)
        if place not in self.targets:
            self.targets[place] = target_cell(self.catalogue, flow.breakdown, {part.code: code for part, code in codes})
        target, indicator_entry = self.targets[place], self.catalogue.indicator(indicator)
        if target.whole:
            return indicator, indicator, ""
        if target.axis is None or indicator_entry is None or target.axis.code not in indicator_entry.dimensions:
            return indicator, "", f"{indicator or person} is not broken down like this"
        if target.own is None:
            return indicator, "", "no single figure here says just this"
        return indicator, f"{indicator}.{target.own.code}", ""

    def _value(self, cell: PublishedCell, indicator: str, figure: str, row: DataflowRow | None) -> ImportedValue | None:
        """A cell as a value for a year's file; None for an empty one."""
        statuses = {flag.value: str(status) for status, flag in self.eurostat.statuses.items()}
        stated = next((statuses[flag] for flag in cell.flags if flag in statuses), "")
        status = SUPPRESSED if cell.confidentiality else stated
        if cell.value is None:
            return ImportedValue(figure=figure, year=cell.year, value=status, place=cell.place) if status else None
        # Flags that the mapping adds itself.
        extras = {Flag.DEFINITION_DIFFERS.value} if indicator in self.eurostat.differs else set()
        extras |= {Flag.BREAK.value} if row and row.instead is not None else set()
        value, flags = f"{cell.value:f}", tuple(flag for flag in cell.flags if flag in FLAGS and flag not in extras)
        if self.known and row and row.filled.origin is CellOrigin.STATED and row.figure == figure:
            ours = measured_values(self.known, row)
            if relation_of(*ours, cell) is BesidePublished.SAME and ours[2] == cell.confidentiality:
                # A value equal to ours means the same, with our approximation and flags.
                (observation,) = row.filled.used
                value = amount_text(observation.value, observation.status, observation.qualifier)
                flags = tuple(sorted(flag.value for flag in observation.flags))
        codes = {code: str(rule) for rule, code in self.eurostat.confidentiality.items() if code}
        level = codes.get(cell.confidentiality, str(Confidentiality.CONFIDENTIAL) if cell.confidentiality else "")
        return ImportedValue(
            figure=figure, year=cell.year, value=value, place=cell.place, flags=flags, confidentiality=level
        )
