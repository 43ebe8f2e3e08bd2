"""Find the columns of a file of Eurostat, and read it. In SDMX-CSV a row is one value; in TSV it is a series, with a
column for each year."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter.errors import FileError, Finding, Mark, Severity, nearest
from reporter.load.eurostat_lines import TIME_COLUMN, WIDE, Lines, refused_eurostat

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
    """The code of a cell, without a label behind it."""
    return written.partition(":")[0].strip()


def _measures(names: Sequence[str], line: int, shown: str) -> dict[str, int]:
    """The columns that are no dimension, whatever their capitals."""
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
