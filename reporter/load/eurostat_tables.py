"""Read the tables that Eurostat publishes, by those of the catalogue. Columns are found by their names, in whatever
order, with labels beside the codes or without."""

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from reporter.errors import FileError, Finding, Mark, Severity, nearest
from reporter.files.kind import TEXT, kind_of
from reporter.load.yaml_tree import ReadError, decode
from reporter.model import Component, Dataflow, Holds, Transmission
from reporter.model.geography import EU
from reporter.model.imported import LeftRow

PACKED = b"\x1f\x8b"
# The largest table of this domain has some thousand rows; what swells to more than this is none of them.
LARGEST_UNPACKED = 50_000_000
# In each line of such a file there are more than three columns, be they dimensions or years.
FEWEST_COLUMNS = 3
SEPARATORS = ("\t", ",", ";")
# How Eurostat's pages call what is asked for.
DOWNLOAD = "download it again from the data browser of Eurostat as SDMX-CSV or TSV"
TIME_COLUMN = "TIME_PERIOD"
WIDE = "\\"

Lines = list[tuple[int, list[str]]]


def eurostat_lines(content: bytes, shown: str) -> Lines:
    """The fields of each line, with its number. Raises FileError for what is no such file: a workbook, a page that says
    that something went wrong, half a file."""
    raw = _unpacked(content, shown) if content.startswith(PACKED) else content
    kind = kind_of(raw)
    if kind != TEXT:
        raise refused_eurostat(Mark(shown), "not-text", f"this is {kind}, not a table", DOWNLOAD)
    try:
        text = decode(raw, shown)
    except ReadError as problem:
        found = problem.finding
        raise refused_eurostat(found.mark, found.code, found.message, DOWNLOAD) from None
    lines = text.splitlines(keepends=True)
    head = next((line for line in lines if line.strip()), "")
    separator = max(SEPARATORS, key=lambda sign: _columns(head, sign))
    if _columns(head, separator) < (1 if WIDE in head else FEWEST_COLUMNS):
        message = "no columns of a table of Eurostat were found in the first line"
        raise refused_eurostat(Mark(shown), "wrong-columns", message, f"they end with {TIME_COLUMN} and the values")
    return list(_fields(lines, separator, shown))


def refused_eurostat(mark: Mark, code: str, message: str, hint: str) -> FileError:
    """Nothing can be taken of a file: its place, and the remedy."""
    return FileError((Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint),))


def _columns(head: str, separator: str) -> int:
    """How many columns a first line has by a separator. In TSV the dimensions stand in the first column, joined by
    commas: only what stands behind it counts."""
    wide, _, years = head.partition(WIDE)
    return years.count(separator) if WIDE in head else wide.count(separator)


def _fields(lines: list[str], separator: str, shown: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        for fields in reader:
            if any(fields):
                yield reader.line_num, [field.strip() for field in fields]
    except csv.Error as problem:
        place = Mark(shown, max(reader.line_num, 1))
        raise refused_eurostat(place, "not-csv", f"not valid CSV: {problem}", DOWNLOAD) from None


def _unpacked(content: bytes, shown: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            found = packed.read(LARGEST_UNPACKED + 1)
    except (EOFError, OSError, zlib.error):
        message = "the packed file (gzip) is damaged or not whole"
        raise refused_eurostat(Mark(shown), "damaged", message, "download it again; the download broke off") from None
    if len(found) > LARGEST_UNPACKED:
        message = f"unpacked it is larger than {LARGEST_UNPACKED // 1_000_000} MB"
        raise refused_eurostat(Mark(shown), "too-large", message, "no table of trafficking is: name another file")
    return found


GEO, VALUE_COLUMN, FLAG_COLUMN, STATUS_COLUMN = "geo", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"
UPDATED = "LAST UPDATE"
# SDMX-CSV 1.0 and 2.0 name the table in different columns.
TABLE_COLUMNS = ("STRUCTURE_ID", "DATAFLOW")
# Names of dimensions at Eurostat; what stands beside them in other letters are labels.
DIMENSION = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class EurostatRecord:
    line: int
    place: str
    codes: Mapping[str, str]
    period: str
    value: str
    flags: str = ""
    status: str = ""
    table: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class EurostatColumns:
    """The lines of a file and where its columns stand. `dimensions` has the number of the column of each dimension, or
    in a wide file its place within the first column. `others` are the columns that are no dimension: by their names,
    or, in a wide file, the years."""

    shown: str
    lines: Lines
    dimensions: Mapping[str, int]
    others: Mapping[str, int]
    wide: int | None = None

    @property
    def names_table(self) -> bool:
        return self.wide is None and any(each in self.others for each in TABLE_COLUMNS)

    def records(self) -> Iterator[EurostatRecord]:
        """Every value of the file, the empty ones too. Raises FileError where a row has other columns than the first
        line."""
        return self._series() if self.wide is not None else self._rows()

    def _rows(self) -> Iterator[EurostatRecord]:
        width = 1 + max((*self.dimensions.values(), *self.others.values()))
        for line, fields in self.lines[1:]:
            if len(fields) < width:
                message = f"the row has {len(fields)} columns, the first line {width} or more"
                raise refused_eurostat(Mark(self.shown, line), "bad-row", message, "download the file again")
            told = {name: fields[number] for name, number in self.others.items()}
            yield EurostatRecord(
                line=line,
                place=f"line {line}",
                codes={name: code_of(fields[number]) for name, number in self.dimensions.items()},
                period=code_of(told[TIME_COLUMN]),
                value=told[VALUE_COLUMN],
                flags=code_of(told.get(FLAG_COLUMN, "")),
                status=code_of(told.get(STATUS_COLUMN, "")),
                table=next((told[each] for each in TABLE_COLUMNS if told.get(each)), ""),
                updated=told.get(UPDATED, ""),
            )

    def _series(self) -> Iterator[EurostatRecord]:
        for line, fields in self.lines[1:]:
            place = self.wide or 0
            codes = [code_of(each) for each in fields[place].split(",")] if place < len(fields) else []
            if len(codes) != len(self.dimensions):
                message = f"the row has {len(codes)} codes, the first line {len(self.dimensions)} dimensions"
                raise refused_eurostat(Mark(self.shown, line), "bad-row", message, "download the file again")
            for year, number in self.others.items():
                yield EurostatRecord(
                    line=line,
                    place=f"line {line}, {year}",
                    codes={name: codes[place] for name, place in self.dimensions.items()},
                    period=year,
                    value=fields[number] if number < len(fields) else "",
                )


def columns_of(lines: Lines, shown: str, known: Collection[str]) -> EurostatColumns:
    """Find the columns of a file; `known` are dimensions of the catalogue. Raises FileError when it has not those of a
    table of Eurostat."""
    heads = lines[0][1] if lines else []
    wide = next((number for number, head in enumerate(heads) if WIDE in head), None)
    if wide is not None:
        names = [code_of(name) for name in heads[wide].partition(WIDE)[0].split(",")]
        dimensions = {name: number for number, name in enumerate(names)}
        others = {code_of(head): number for number, head in enumerate(heads) if number != wide and head}
    else:
        names = [code_of(head) for head in heads]
        others = _measures(names, lines[0][0], shown)
        found = {name: number for number, name in enumerate(names) if DIMENSION.fullmatch(name)}
        lowered = {name.lower(): number for number, name in reversed(list(enumerate(names)))}
        dimensions = found | {name: lowered[name] for name in known if name not in found and name in lowered}
    if twice := [name for name in dimensions if names.count(name) > 1]:
        message = f"column {twice[0]!r} stands there twice"
        raise refused_eurostat(Mark(shown), "wrong-columns", message, "download the file again")
    if GEO not in dimensions:
        message = f"column {GEO!r} is missing: no row says which country it is of"
        raise refused_eurostat(Mark(shown), "wrong-columns", message, nearest(GEO, filter(None, dimensions)))
    return EurostatColumns(shown=shown, lines=lines, dimensions=dimensions, others=others, wide=wide)


def code_of(written: str) -> str:
    return written.partition(":")[0].strip()


def _measures(names: Sequence[str], line: int, shown: str) -> dict[str, int]:
    wanted = (TIME_COLUMN, VALUE_COLUMN, FLAG_COLUMN, STATUS_COLUMN, UPDATED, *TABLE_COLUMNS)
    found: dict[str, int] = {}
    for number, name in enumerate(names):
        if name.upper() in wanted:
            found.setdefault(name.upper(), number)
    missing = [name for name in (TIME_COLUMN, VALUE_COLUMN) if name not in found]
    if missing:
        finding = Finding(
            severity=Severity.ERROR,
            code="wrong-columns",
            message=f"column {missing[0]!r} is missing",
            mark=Mark(shown, line),
            hint="the file of a table of Eurostat ends with TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS",
        )
        raise FileError((finding,))
    return found


# A count as Eurostat writes it: whole, perhaps with a zero behind the point.
COUNTED = re.compile(r"(\d{1,15})(?:[.,]0{1,2})?", re.ASCII)
NOTHING_THERE = (":", "")
LETTERS = re.compile(r"[a-z]{0,6}", re.ASCII)
CELL = re.compile(r"(?P<number>[^\s|a-z]*)\s*(?P<flags>[a-z]*)\s*(?:\|\s*(?P<status>[A-Z]))?", re.ASCII)
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
TABLE = re.compile(r"(?:[\w.-]+:)?(\w+)", re.ASCII)
DAY = re.compile(r"(\d{2})/(\d{2})/(\d{2})\b", re.ASCII)
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# What a dimension that the catalogue does not know has to say in a row that is still ours: all of it.
WHOLES = ("TOTAL", "T")
# In lists before 2023 a withheld value was a flag, and one that cannot exist another.
WITHHELD, CANNOT_BE = "c", {"z": "m"}
MOST_TOLD, MOST_NAMED, LONGEST_CELL = 20, 8, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCell:
    """A cell of a table as Eurostat publishes it. `key` has the codes of the dimensions in the order of the catalogue.
    `value` is None where there is none, and `confidentiality` the code of CONF_STATUS, empty for what is free."""

    table: str
    key: tuple[str, ...]
    year: int
    value: Decimal | None
    flags: str
    confidentiality: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTables:
    """What a file of Eurostat states of a country. `updated` is the day of its last update, as ISO writes it, empty
    when it says none. `tables` are the codes of those that the file is of, and `left` the rows that have no place in
    the tables of the catalogue."""

    shown: str
    updated: str
    tables: tuple[str, ...]
    cells: tuple[PublishedCell, ...]
    left: tuple[LeftRow, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _EurostatReading:
    shown: str
    country: str
    by_code: Mapping[str, Dataflow]
    cells: dict[tuple[str, tuple[str, ...], int], PublishedCell] = field(default_factory=dict)
    left: list[LeftRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    tables: dict[str, None] = field(default_factory=dict)
    strangers: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, int] = field(default_factory=dict)
    updated: str = ""

    def wrong(self, record: EurostatRecord, code: str, message: str, hint: str) -> None:
        mark = Mark(self.shown, record.line)
        self.findings.append(Finding(severity=Severity.ERROR, code=code, message=message, mark=mark, hint=hint))


def read_eurostat(content: bytes, shown: str, eurostat: Transmission, country: str) -> PublishedTables:
    """Read what a file of Eurostat states of a country. Raises FileError for what is no such file, is of another table
    or country, or has values that nobody can read."""
    known = {each.code for flow in eurostat.dataflows for each in flow.components}
    columns = columns_of(eurostat_lines(content, shown), shown, known)
    reading = _EurostatReading(
        shown, EU.get(country, country), {each.code.upper(): each for each in eurostat.dataflows}
    )
    named = _named_table(columns, shown, reading.by_code)
    for record in columns.records():
        _take(reading, record, columns, named)
    if reading.findings:
        raise FileError(tuple(reading.findings[:MOST_TOLD]))
    if not reading.tables:
        raise _of_others(reading) if reading.unknown else _nobody(reading)
    return PublishedTables(
        shown=shown,
        updated=reading.updated,
        tables=tuple(reading.tables),
        cells=tuple(reading.cells.values()),
        left=tuple(reading.left),
        warnings=tuple(
            (f"{why} ({count} {('row' if count == 1 else 'rows')})" for why, count in reading.strangers.items())
        ),
    )


def _named_table(columns: EurostatColumns, shown: str, by_code: Mapping[str, Dataflow]) -> Dataflow | None:
    """The table of a file whose rows do not name one. By the name of the file, else the only one that has its
    dimensions. Raises FileError when neither says it."""
    if columns.names_table:
        return None
    name = PurePath(shown).name.upper()
    named = sorted((code for code in by_code if code in name), key=len)
    if named:
        return by_code[named[-1]]
    alike = [each for each in by_code.values() if {part.code for part in each.components} == set(columns.dimensions)]
    if len(alike) == 1:
        return alike[0]
    if not alike:
        message = f"no table of the catalogue has the columns {', '.join(columns.dimensions)}"
        hint = f"it has: {', '.join(sorted(by_code)[:MOST_NAMED])}"
        raise refused_eurostat(Mark(shown), "wrong-columns", message, hint)
    known = [each.code for each in alike]
    message = f"neither the file nor its name says which table it is: {', '.join(known[:MOST_NAMED])}"
    example = f"estat_{known[0].lower()}{PurePath(shown).suffix or '.tsv'}"
    raise refused_eurostat(Mark(shown), "unknown-table", message, f"call the file as Eurostat does, such as {example}")


def _take(reading: _EurostatReading, record: EurostatRecord, columns: EurostatColumns, named: Dataflow | None) -> None:
    found = TABLE.match(record.table)
    code = named.code if named else (found[1] if found else "").upper()
    table = reading.by_code.get(code)
    if table is None:
        reading.unknown.setdefault(code, record.line)
    geo = record.codes.get(GEO, "")
    if geo != reading.country:
        reading.others[geo] += 1
        return
    if table and table.code not in reading.tables:
        _check_columns(table, columns, reading.shown)
        reading.tables[table.code] = None
    short, long = (DAY.match(record.updated), ISO_DAY.match(record.updated))
    reading.updated = max(reading.updated, long[0] if long else f"20{short[3]}-{short[2]}-{short[1]}" if short else "")
    if record.value in NOTHING_THERE and not record.flags and not record.status:
        return
    key, why = _key(table, record) if table else ((), "the catalogue has no such table")
    if table is None or why or not YEAR.fullmatch(record.period):
        why = why or f"{record.period} is no year"
        reading.left.append(LeftRow(place=record.place, words=f"{code} {_called(record)}", reason=why))
        reading.strangers[f"{code}: {why}"] += 1
    elif cell := _cell(reading, record):
        value, flags, status = cell
        _keep(reading, record, PublishedCell(
            table=table.code, key=key, year=int(record.period), value=value, flags=flags, confidentiality=status,
            place=record.place,
        ))  # fmt: skip


def _keep(reading: _EurostatReading, record: EurostatRecord, cell: PublishedCell) -> None:
    place = (cell.table, cell.key, cell.year)
    before = reading.cells.setdefault(place, cell)
    if (before.value, before.confidentiality) != (cell.value, cell.confidentiality):
        message = f"{'.'.join(cell.key)} {cell.year} is stated twice, and otherwise: see {before.place}"
        reading.wrong(record, "twice", message, "take one of the two out of the file")


def _cell(reading: _EurostatReading, record: EurostatRecord) -> tuple[Decimal | None, str, str] | None:
    told = CELL.fullmatch(record.value[: LONGEST_CELL + 1])
    number = told["number"] if told else record.value
    counted = COUNTED.fullmatch(number)
    letters = (told["flags"] if told else "") + record.flags
    if counted is None and number not in NOTHING_THERE:
        what = f"the value is {record.value[:40]!r}"
        reading.wrong(record, "bad-value", what, "a count is a whole number, with flags behind it, or :")
        return None
    if not LETTERS.fullmatch(letters):
        message = f"the flag is {record.flags[:40]!r}, which is no letter"
        reading.wrong(record, "bad-flag", message, "download the file again with codes, not with labels alone")
        return None
    status = (told["status"] if told else "") or record.status or ("C" if WITHHELD in letters else "")
    value = Decimal(counted[1]) if counted else None
    flags = {CANNOT_BE.get(each, each) if value is None else each for each in letters} - {WITHHELD}
    return value, "".join(sorted(flags)), "" if status == "F" else status


def _key(table: Dataflow, record: EurostatRecord) -> tuple[tuple[str, ...], str]:
    key: list[str] = []
    for each in table.components:
        allowed = _allowed(each, table, record.codes[GEO])
        only = allowed[0] if len(allowed) == 1 else ""
        code = record.codes.get(each.code, only)
        if code not in allowed:
            known = f", only {only}" if only else ""
            return (), f"{each.code} {code or 'is not stated'}: no code of the catalogue{known}"
        key.append(code)
    names = {each.code for each in table.components} | {GEO}
    for name, code in record.codes.items():
        if name not in names and code not in WHOLES:
            return (), f"{name} {code}: the table here has no dimension {name}"
    return tuple(key), ""


def _allowed(component: Component, table: Dataflow, geo: str) -> Sequence[str]:
    return {
        Holds.VALUE: (component.value,),
        Holds.COUNTRY: (geo,),
        Holds.FIGURES: tuple(person for person, _ in table.figures),
        Holds.BREAKDOWN: component.codes,
    }[component.holds]


def _called(record: EurostatRecord) -> str:
    codes = ".".join(code for name, code in record.codes.items() if name != GEO)
    return f"{codes} {record.period}"


def _check_columns(table: Dataflow, columns: EurostatColumns, shown: str) -> None:
    """Refuse a file without a breakdown of its table. What is equal in every row may be left out."""
    for each in table.components:
        divides = each.holds is Holds.BREAKDOWN or (each.holds is Holds.FIGURES and len(table.figures) > 1)
        if divides and each.code not in columns.dimensions:
            message = f"column {each.code!r} of {table.code} is missing"
            hint = nearest(each.code, set(columns.dimensions) - {other.code for other in table.components})
            raise refused_eurostat(Mark(shown), "wrong-columns", message, hint)


def _of_others(reading: _EurostatReading) -> FileError:
    code, line = next(iter(reading.unknown.items()))
    what = f"{code} is no table of the catalogue" if code else "the row does not say of which table it is"
    return refused_eurostat(Mark(reading.shown, line), "unknown-table", what, nearest(code, reading.by_code))


def _nobody(reading: _EurostatReading) -> FileError:
    """There is no row of the country: which ones there are."""
    named = [each for each, _ in reading.others.most_common() if each]
    words = [each for each in named if not each.isupper()]
    message = f"there is no row of {reading.country} in the file"
    if words:
        hint = f"geo has names such as {words[0][:40]!r}: download it again with codes, not with labels alone"
    elif named:
        hint = f"it holds: {', '.join(sorted(named)[:MOST_NAMED])}{', …' if len(named) > MOST_NAMED else ''}"
    else:
        hint = "the file has no rows below its first line"
    return refused_eurostat(Mark(reading.shown), "other-country", message, hint)
