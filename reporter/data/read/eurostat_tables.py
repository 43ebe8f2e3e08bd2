"""Read tables published by Eurostat. Columns are found by the catalogue's names, in any order, with labels or not."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from reporter.data.errors import FileError, Finding, Mark, error_at, nearest
from reporter.data.i18n.territories import EU
from reporter.data.read.table_lines import table_lines
from reporter.data.records import Dataflow, Holds, Transmission
from reporter.data.records.imported import LeftRow

# Every line of such a file has more columns than this, dimensions or years.
FEWEST_COLUMNS = 3
SEPARATORS = ("\t", ",", ";")
# How Eurostat's pages name the formats.
DOWNLOAD = "download it again from Eurostat's data browser as SDMX-CSV or TSV"
AGAIN = "download the file again"
GEO = "geo"
TIME_COLUMN, VALUE_COLUMN, FLAG_COLUMN, STATUS_COLUMN = "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"
UPDATED = "LAST UPDATE"
# SDMX-CSV 1.0 and 2.0 name the table in different columns.
TABLE_COLUMNS = ("STRUCTURE_ID", "DATAFLOW")
MEASURES = (TIME_COLUMN, VALUE_COLUMN, FLAG_COLUMN, STATUS_COLUMN, UPDATED, *TABLE_COLUMNS)
# In TSV one column has the dimensions, joined by commas, and the others the years.
WIDE = "\\"
# Names of dimensions at Eurostat; anything in other letters is a label.
DIMENSION = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
# A count as Eurostat writes it: whole, perhaps with zero decimals.
COUNTED = re.compile(r"(\d{1,15})(?:[.,]0{1,2})?", re.ASCII)
NOTHING_THERE = (":", "")
LETTERS = re.compile(r"[a-z]{0,6}", re.ASCII)
CELL = re.compile(r"(?P<number>[^\s|a-z]*)\s*(?P<flags>[a-z]*)\s*(?:\|\s*(?P<status>[A-Z]))?", re.ASCII)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
TABLE = re.compile(r"(?:[\w.-]+:)?(\w+)", re.ASCII)
DAY = re.compile(r"(\d{2})/(\d{2})/(\d{2})\b", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Required codes of a dimension unknown to the catalogue, for a row to count: the total.
WHOLES = ("TOTAL", "T")
# In lists before 2023, withheld and impossible values were flags.
WITHHELD, CANNOT_BE = "c", {"z": "m"}
MOST_LISTED, MOST_NAMED, LONGEST_CELL = 20, 8, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """A cell of a table as Eurostat publishes it. `key` has the codes of the dimensions in the catalogue's order.
    `value` is None if there is none; `confidentiality` is the CONF_STATUS code, empty if free."""

    table: str
    key: tuple[str, ...]
    year: int
    value: Decimal | None
    flags: str
    confidentiality: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTables:
    """What a Eurostat file states about a country. `updated` is its ISO date of last update, empty if not stated.
    `tables` are the codes of the tables in it, and `left` the rows that fit no table of the catalogue."""

    name: str
    updated: str
    tables: tuple[str, ...]
    cells: tuple[PublishedCell, ...]
    left: tuple[LeftRow, ...]
    warnings: tuple[str, ...]


Line = tuple[int, list[str]]
# A cell as written: its line and place, the codes of its dimensions, and the other columns.
Written = tuple[int, str, dict[str, str], dict[str, str]]


def read_eurostat(content: bytes, filename: str, eurostat: Transmission, country: str) -> PublishedTables:
    """Read what a Eurostat file states about a country. Raises FileError for another file, or unreadable values."""
    lines = (line for line in table_lines(content, filename, DOWNLOAD, _separator) if any(line[1]))
    number, heads = next(lines, (1, []))
    wide = next((place for place, head in enumerate(heads) if WIDE in head), None)
    if len(heads) <= (1 if wide is not None else FEWEST_COLUMNS):
        message = "the first line has no columns of a Eurostat table"
        raise FileError.at(Mark(filename), "wrong-columns", message, f"the last ones are {TIME_COLUMN} and the values")
    if wide is None:
        dimension_codes = {component.code for flow in eurostat.dataflows for component in flow.components}
        names = [_code(head) for head in heads]
        upper = [name.upper() for name in names]
        measures = {name: upper.index(name) for name in MEASURES if name in upper}
        if missing := next((name for name in (TIME_COLUMN, VALUE_COLUMN) if name not in measures), ""):
            hint = "the last columns of a Eurostat table are TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
            raise FileError.at(Mark(filename, number), "wrong-columns", f"column {missing!r} is missing", hint)
        lowered = {name.lower(): place for place, name in reversed([*enumerate(names)])}
        dimensions = {name: place for place, name in enumerate(names) if DIMENSION.fullmatch(name)}
        dimensions |= {name: lowered[name] for name in dimension_codes - dimensions.keys() if name in lowered}
        cells = _rows(lines, filename, dimensions, measures)
    else:
        names = [_code(name) for name in heads[wide].partition(WIDE)[0].split(",")]
        dimensions = {name: place for place, name in enumerate(names)}
        measures = {}
        years = {_code(head): place for place, head in enumerate(heads) if place != wide and head}
        cells = _series(lines, filename, names, wide, years)
    if twice := next((name for name in dimensions if names.count(name) > 1), ""):
        raise FileError.at(Mark(filename), "wrong-columns", f"two columns are called {twice!r}", AGAIN)
    if GEO not in dimensions:
        message = f"column {GEO!r} is missing: rows do not state their country"
        raise FileError.at(Mark(filename), "wrong-columns", message, nearest(GEO, filter(None, dimensions)))
    reading = _Reading(filename, EU.get(country, country), eurostat, dimensions)
    if not any(column in measures for column in TABLE_COLUMNS):
        reading.table = reading.only_table()
    for cell in cells:
        reading.take(*cell)
    return reading.tables()


def _separator(top: Sequence[str]) -> str:
    """The column separator. In a wide file only the text after the dimensions counts."""
    wide, is_wide, years = (top[0] if top else "").partition(WIDE)
    return max(SEPARATORS, key=(years if is_wide else wide).count)


def _code(written: str) -> str:
    return written.partition(":")[0].strip()


def _rows(
    lines: Iterator[Line], filename: str, dimensions: Mapping[str, int], measures: Mapping[str, int]
) -> Iterator[Written]:
    width = 1 + max((*dimensions.values(), *measures.values()))
    for line, fields in lines:
        if len(fields) < width:
            message = f"the row has {len(fields)} columns, but the first line {width} or more"
            raise FileError.at(Mark(filename, line), "bad-row", message, AGAIN)
        measured = {name: fields[place] for name, place in measures.items()}
        measured |= {name: _code(measured.get(name, "")) for name in (TIME_COLUMN, FLAG_COLUMN, STATUS_COLUMN)}
        yield line, f"line {line}", {name: _code(fields[place]) for name, place in dimensions.items()}, measured


def _series(
    lines: Iterator[Line], filename: str, names: Sequence[str], wide: int, years: Mapping[str, int]
) -> Iterator[Written]:
    for line, fields in lines:
        codes = [_code(code) for code in fields[wide].split(",")] if wide < len(fields) else []
        if len(codes) != len(names):
            message = f"the row has {len(codes)} codes, but the first line {len(names)} dimensions"
            raise FileError.at(Mark(filename, line), "bad-row", message, AGAIN)
        for year, place in years.items():
            measured = {TIME_COLUMN: year, VALUE_COLUMN: fields[place] if place < len(fields) else ""}
            yield line, f"line {line}, {year}", dict(zip(names, codes, strict=True)), measured


class _Reading:
    """Reads the cells of a file about a country one after another."""

    def __init__(self, filename: str, country: str, eurostat: Transmission, dimensions: Mapping[str, int]) -> None:
        self.shown, self.country, self.dimensions = filename, country, dimensions
        self.by_code = {table.code.upper(): table for table in eurostat.dataflows}
        # The table of a file whose rows do not name one.
        self.table: Dataflow | None = None
        self.cells: dict[tuple[str, tuple[str, ...], int], PublishedCell] = {}
        self.left: list[LeftRow] = []
        self.findings: list[Finding] = []
        self.others, self.strangers = Counter[str](), Counter[str]()
        self.found: list[str] = []
        self.unknown: dict[str, int] = {}
        self.updated = ""

    def only_table(self) -> Dataflow:
        """The table by the name of the file, else the only one with its dimensions."""
        name = PurePath(self.shown).name.upper()
        if named := sorted((code for code in self.by_code if code in name), key=len):
            return self.by_code[named[-1]]
        tables = self.by_code.values()
        alike = [table for table in tables if {part.code for part in table.components} == self.dimensions.keys()]
        if len(alike) == 1:
            return alike[0]
        if not alike:
            message = f"no table of the catalogue has the columns {', '.join(self.dimensions)}"
            hint = f"it has: {', '.join(sorted(self.by_code)[:MOST_NAMED])}"
            raise FileError.at(Mark(self.shown), "wrong-columns", message, hint)
        codes = [table.code for table in alike]
        message = f"neither the file nor its name says which table it is: {', '.join(codes[:MOST_NAMED])}"
        hint = (
            f"name the file as Eurostat does, such as estat_{codes[0].lower()}{PurePath(self.shown).suffix or '.tsv'}"
        )
        raise FileError.at(Mark(self.shown), "unknown-table", message, hint)

    def take(self, line: int, place: str, codes: Mapping[str, str], measured: Mapping[str, str]) -> None:
        named = next((measured[column] for column in TABLE_COLUMNS if measured.get(column)), "")
        match = TABLE.match(named)
        code = self.table.code if self.table else (match[1] if match else "").upper()
        table = self.by_code.get(code)
        if table is None:
            self.unknown.setdefault(code, line)
        if codes[GEO] != self.country:
            self.others[codes[GEO]] += 1
            return
        if table and table.code not in self.found:
            self._check_columns(table)
            self.found.append(table.code)
        updated = measured.get(UPDATED, "")
        short, long = DAY.match(updated), ISO_DAY.match(updated)
        self.updated = max(self.updated, long[0] if long else f"20{short[3]}-{short[2]}-{short[1]}" if short else "")
        value, flags, status = (measured.get(column, "") for column in (VALUE_COLUMN, FLAG_COLUMN, STATUS_COLUMN))
        if value in NOTHING_THERE and not flags and not status:
            return
        key, why = self._key(table, codes) if table else ((), "the catalogue has no such table")
        year = measured[TIME_COLUMN]
        if table is None or why or not YEAR.fullmatch(year):
            why = why or f"{year} is not a valid year"
            called = ".".join(category for name, category in codes.items() if name != GEO)
            self.left.append(LeftRow(place=place, words=f"{code} {called} {year}", reason=why))
            self.strangers[f"{code}: {why}"] += 1
        elif read := self._value(line, value, flags, status):
            number, letters, status = read
            cell = PublishedCell(
                table=table.code,
                key=key,
                year=int(year),
                value=number,
                flags=letters,
                confidentiality=status,
                place=place,
            )
            before = self.cells.setdefault((cell.table, key, cell.year), cell)
            if (before.value, before.confidentiality) != (number, status):
                message = f"{'.'.join(key)} {year} has two different values: see {before.place}"
                self._wrong(line, "twice", message, "remove one of the two from the file")

    def _wrong(self, line: int, code: str, message: str, hint: str) -> None:
        self.findings.append(error_at(Mark(self.shown, line), code, message, hint))

    def _value(self, line: int, written: str, flag: str, status: str) -> tuple[Decimal | None, str, str] | None:
        match = CELL.fullmatch(written[: LONGEST_CELL + 1])
        number = match["number"] if match else written
        counted = COUNTED.fullmatch(number)
        letters = (match["flags"] if match else "") + flag
        if counted is None and number not in NOTHING_THERE:
            hint = "a count is a whole number, perhaps followed by flags, or :"
            self._wrong(line, "bad-value", f"the value is {written[:40]!r}", hint)
            return None
        if not LETTERS.fullmatch(letters):
            hint = "download the file again with codes, not only labels"
            self._wrong(line, "bad-flag", f"the flag is {flag[:40]!r}, which is not a letter", hint)
            return None
        status = (match["status"] if match else "") or status or ("C" if WITHHELD in letters else "")
        value = Decimal(counted[1]) if counted else None
        flags = {CANNOT_BE.get(letter, letter) if value is None else letter for letter in letters} - {WITHHELD}
        return value, "".join(sorted(flags)), "" if status == "F" else status

    def _key(self, table: Dataflow, codes: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
        """The codes of a cell in its table's order, or why it does not belong there."""
        key: list[str] = []
        for component in table.components:
            allowed: Sequence[str] = {
                Holds.VALUE: (component.value,),
                Holds.COUNTRY: (codes[GEO],),
                Holds.FIGURES: tuple(person for person, _ in table.figures),
                Holds.BREAKDOWN: component.codes,
            }[component.holds]
            only = allowed[0] if len(allowed) == 1 else ""
            code = codes.get(component.code, only)
            if code not in allowed:
                restriction = f", only {only}" if only else ""
                return (), f"{component.code} {code or 'is not stated'}: not a code of the catalogue{restriction}"
            key.append(code)
        names = {dimension.code for dimension in table.components} | {GEO}
        for name, code in codes.items():
            if name not in names and code not in WHOLES:
                return (), f"{name} {code}: the catalogue's table has no dimension {name}"
        return tuple(key), ""

    def _check_columns(self, table: Dataflow) -> None:
        """Refuse a file that lacks a breakdown of its table. A dimension equal in every row may be left out."""
        for part in table.components:
            divides = part.holds is Holds.BREAKDOWN or (part.holds is Holds.FIGURES and len(table.figures) > 1)
            if divides and part.code not in self.dimensions:
                message = f"column {part.code!r} of {table.code} is missing"
                hint = nearest(part.code, self.dimensions.keys() - {other.code for other in table.components})
                raise FileError.at(Mark(self.shown), "wrong-columns", message, hint)

    def tables(self) -> PublishedTables:
        """The result. Raises FileError if something is wrong, or there is nothing about the country."""
        if self.findings:
            raise FileError(tuple(self.findings[:MOST_LISTED]))
        if not self.found:
            raise self._of_another()
        rows = ((why, f"{count} row{'' if count == 1 else 's'}") for why, count in self.strangers.items())
        return PublishedTables(
            name=self.shown,
            updated=self.updated,
            tables=tuple(self.found),
            cells=tuple(self.cells.values()),
            left=tuple(self.left),
            warnings=tuple(f"{why} ({count})" for why, count in rows),
        )

    def _of_another(self) -> FileError:
        if self.unknown:
            code, line = next(iter(self.unknown.items()))
            what = f"{code} is not a table of the catalogue" if code else "the row does not state its table"
            return FileError.at(Mark(self.shown, line), "unknown-table", what, nearest(code, self.by_code))
        named = [country for country, _ in self.others.most_common() if country]
        if words := next((country for country in named if not country.isupper()), ""):
            hint = f"geo has names such as {words[:40]!r}: download it again with codes, not only labels"
        elif named:
            hint = f"it contains: {', '.join(sorted(named)[:MOST_NAMED])}{', …' if len(named) > MOST_NAMED else ''}"
        else:
            hint = "the file has no rows below its first line"
        return FileError.at(Mark(self.shown), "other-country", f"the file has no row for {self.country}", hint)
