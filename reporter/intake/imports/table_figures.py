"""Take in a table of figures. It is a CSV, workbook or JSON that `reporter export` wrote, or what people made of it.
What a row says is read where it can be read in one way only."""

import re
from dataclasses import replace

from reporter.errors import FileError, Finding, Mark, ReporterError, error_at, nearest
from reporter.export.tidy import WORKED_OUT
from reporter.extras import REMEDY, extra
from reporter.files.checksum import checksum
from reporter.i18n.words import N_
from reporter.intake.imports.table_addresses import ACTIVITIES, LAW, UnansweredRowError, figure_of_row
from reporter.intake.imports.table_agreement import as_written, disagreements, with_incomplete
from reporter.intake.imports.table_cells import (
    confidentiality_in,
    definition_in,
    flags_in,
    is_target,
    period_in,
    value_in,
    year_in,
)
from reporter.load.figure_table import (
    COUNTRY,
    INDICATOR,
    MOST_TOLD,
    TEXT,
    VALUE,
    YEAR,
    FigureTable,
    TableRow,
    read_csv_table,
    read_json_table,
)
from reporter.model import Catalogue, Country, Indicator, Label, Status, Vintage
from reporter.model.imported import ImportedFigures, ImportedValue, LeftRow
from reporter.model.label import ENGLISH
from reporter.model.observation import amount_text
from reporter.model.telling import Told, tell

WORKBOOK_START = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# How the files of `reporter export` are named: country, edition, and the language of their notes.
NAMED = re.compile(
    r"(?P<country>[A-Z]{2})-[12]\d{3}(?:-[12]\d{3})?(?:-[a-z]{3,})*(?:-(?P<language>[a-z]{2}))?(?:-[a-z-]+)?"
    r"(?: ?\(\d+\))?\.\w+"
)
BAD_ROW = "bad-row"
UNREADABLE = Status.UNREADABLE.value


def read_figures(
    content: bytes, shown: str, catalogue: Catalogue, country: Country, _known: Vintage | None = None
) -> ImportedFigures:
    """Read what a table states of a country. Raises FileError for what is no table of figures, is of another country,
    or cannot be read in one way only."""
    table = _table(content, shown)
    named = NAMED.fullmatch(shown.replace("\\", "/").rpartition("/")[2])
    _refuse_another(table, named["country"] if named else "", country.code)
    own = next((language for language, _ in country.rapporteur.texts), ENGLISH)
    reading = _TableReading(table, catalogue, country, table.language or (named and named["language"]) or own)
    for row in table.rows:
        reading.take(row)
    if not reading.findings:
        reading.compare()
    if reading.findings:
        raise FileError(tuple(reading.findings[:MOST_TOLD]))
    if not reading.values and not reading.left:
        hint = "name a table that has one figure a line below its heads"
        raise FileError.at(Mark(shown), BAD_ROW, "no row states a figure", hint)
    values, warnings = _as_of_files(reading)
    return ImportedFigures(
        file=shown,
        sha256=checksum(content),
        source="",
        published="",
        values=values,
        left=tuple(reading.left),
        warnings=warnings,
        is_protected=table.is_ours,
    )


def _as_of_files(reading: "_TableReading") -> tuple[tuple[ImportedValue, ...], tuple[str, ...]]:
    table, country = reading.table, reading.country
    values, told = with_incomplete(reading.values, reading.catalogue)
    warnings: list[str] = [*told]
    if any(not each.source for each in values):
        words = N_("Rows name no source: they are taken as of {source}, the source of {file}")
        warnings.insert(0, tell(words, source=country.source, file=f"data/{country.code}/country.yaml"))
        values = tuple(replace(each, source=each.source or country.source) for each in values)
    if table.further:
        warnings.insert(0, tell(N_("Columns that are not read: {names}"), names=", ".join(table.further)))
    return as_written(values, reading.catalogue), tuple(warnings)


def _table(content: bytes, shown: str) -> FigureTable:
    if content.startswith(WORKBOOK_START):
        with extra(remedy=f'{REMEDY}, or save the sheet "All figures" as CSV UTF-8'):
            from reporter.intake.imports.table_workbook import read_workbook_table
        return read_workbook_table(content, shown)
    return (read_json_table if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" else read_csv_table)(content, shown)


def _refuse_another(table: FigureTable, named: str, country: str) -> None:
    told = table.country or named
    if told and told != country:
        hint = f"write reporter import table {table.shown} {told}; or give the file another name, if it is of {country}"
        raise FileError.at(Mark(table.shown), BAD_ROW, f"this is a file of {told}, not of {country}", hint)
    if COUNTRY in table.columns:
        known = dict.fromkeys(row[COUNTRY] for row in table.rows if row[COUNTRY])
        if known and country not in known:
            message = f"there is no row of {country} in the file"
            raise FileError.at(Mark(table.shown), BAD_ROW, message, f"it holds: {', '.join(known)}"[:80])


class _TableReading:
    """What the rows of a table say, read one after the other."""

    def __init__(self, table: FigureTable, catalogue: Catalogue, country: Country, language: str) -> None:
        self.table, self.catalogue, self.country, self.language = table, catalogue, country, language
        self.values: list[ImportedValue] = []
        self.left: list[LeftRow] = []
        self.findings: list[Finding] = []
        self.seen: dict[tuple[str, int | None], TableRow] = {}
        self.rows: dict[str, TableRow] = {}
        self.unknown: set[str] = set()
        self.at = ""

    def take(self, row: TableRow) -> None:
        """Read a row: a value, a row left, or a finding."""
        if row[COUNTRY] not in ("", self.country.code):
            return
        self.at = VALUE
        try:
            value = self._value(row)
        except UnansweredRowError as problem:
            self._leave(row, problem.words, problem.reason)
        except ReporterError as problem:
            self._find(row, self.at, problem.message, problem.hint)
        else:
            if value:
                self.values.append(value)
                self.rows[value.place] = row

    def compare(self) -> None:
        for part, column, message, remedy in disagreements(self.values, self.catalogue):
            self._find(self.rows[part.place], column, message, remedy)

    def _find(self, row: TableRow, column: str, message: str, hint: str) -> None:
        # A spreadsheet names its cells otherwise than by line and column.
        place = f"{self.table.place(row, column)}: " if self.table.sheet else ""
        self.findings.append(error_at(self.table.mark(row, column), BAD_ROW, f"{place}{message}", hint))

    def _leave(self, row: TableRow, words: str, reason: Told) -> None:
        self.left.append(LeftRow(place=self.table.place(row, self.at), words=words, reason=reason))

    def _value(self, row: TableRow) -> ImportedValue | None:
        for column, (what, remedy) in row.problems.items():
            self.at = column
            raise ReporterError(what, hint=remedy)
        self.at = INDICATOR
        address, indicator = figure_of_row(row, self.catalogue)
        self.at = YEAR
        year = year_in(row[YEAR])
        if self._is_twice(row, address, year):
            return None
        self.at = VALUE
        if row["status"].lower() == WORKED_OUT:
            return None
        if row["status"].lower() == UNREADABLE:
            raise UnansweredRowError(address, tell(N_("nobody could read the value when the table was made")))
        value = value_in(row, whole=indicator.unit.is_whole)
        if not value:
            raise UnansweredRowError(address, tell(N_("nothing is written")))
        if address.startswith(LAW):
            self._compare_law(address, value)
            return None
        if year is None:
            raise ReporterError(f"the row of {address} names no year", hint="write the year in four digits")
        return self._with_remarks(row, address, year, value, indicator)

    def _is_twice(self, row: TableRow, address: str, year: int | None) -> bool:
        """Whether a row repeats another one. Raises ReporterError where both say different things."""
        first = self.seen.setdefault((address, year), row)
        if first is row:
            return False
        column = next((each for each in self.table.columns if each != TEXT and first[each] != row[each]), "")
        if column:
            self.at = column
            told = f"{column} {first[column][:40]!r} there, {row[column][:40]!r} here"
            message = f"{address} of {year or 'no year'} stands on line {first.line} too: {told}"
            raise ReporterError(message, hint="delete the row that does not count")
        self._leave(row, address, tell(N_("it repeats {place}"), place=self.table.place(first)))
        return True

    def _with_remarks(
        self, row: TableRow, address: str, year: int, value: str, indicator: Indicator
    ) -> ImportedValue | None:
        known = [code for code, _ in indicator.definitions if code]
        self.at = "target"
        if is_target(row[self.at]) and not address.startswith(ACTIVITIES):
            raise UnansweredRowError(address, tell(N_("it is an aim, and figures of a year say what was")))
        note = " ".join(row["note"].split())
        return ImportedValue(
            figure=address,
            year=year,
            value=value,
            place=self.table.place(row),
            flags=flags_in(self._cell(row, "flags")),
            confidentiality=confidentiality_in(self._cell(row, "confidentiality"), value),
            source=self._source(self._cell(row, "source")),
            vintage=self._vintage(self._cell(row, "vintage"), year),
            definition=definition_in(self._cell(row, "definition"), known, indicator.code),
            period=period_in(self._cell(row, "period")),
            notes=(Label(((self.language, note),)),) if note else (),
        )

    def _cell(self, row: TableRow, column: str) -> str:
        self.at = column
        return row[column]

    def _source(self, text: str) -> str:
        if text and self.catalogue.source(text) is None and text not in self.unknown:
            # Once told, it is not told again of every row.
            self.unknown.add(text)
            near = nearest(text, (each.code for each in self.catalogue.sources))
            entry = f"{text[:40]}: {{title: {{{self.language}: …}}, publisher: {{{self.language}: …}}}}"
            place = f"sources: of data/{self.country.code}/country.yaml"
            hint = f"{near}; or write it under {place}, as {entry}; with no workspace yet begin by reporter init"
            raise ReporterError(f"no source here is called {text[:40]!r}", hint=hint)
        return text

    def _vintage(self, text: str, year: int) -> int | None:
        vintage = year_in(text)
        if vintage is not None and vintage < year:
            hint = f"write {year}, or the year of the later file that revised it"
            raise ReporterError(f"a file of {vintage} cannot state a value of {year}", hint=hint)
        return None if vintage == year else vintage

    def _compare_law(self, address: str, value: str) -> None:
        """Say where the law here says otherwise; it belongs to its provision."""
        stated = {seen.address: seen for each in self.country.provisions for seen in each.figures}
        seen = stated.get(address)
        file = f"data/{self.country.code}/country.yaml"
        if seen is None:
            raise UnansweredRowError(address, tell(N_("{file} has no such provision"), file=file))
        now = amount_text(seen.value, seen.status, seen.qualifier)
        if now != value:
            reason = tell(N_("law stands in {file}, which says {now}: change it there"), now=now, file=file)
            raise UnansweredRowError(f"{address} {value}", reason)
