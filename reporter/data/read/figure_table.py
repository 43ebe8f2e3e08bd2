"""Read a table of figures, as written by `reporter export` or adapted from that. Columns are found by name, in any
order. The cells are interpreted elsewhere, with a catalogue."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from reporter.data.errors import FileError, Mark, nearest
from reporter.data.files.file_type import JSON
from reporter.data.read.table_lines import TOP, separator_by, table_lines, table_text

INDICATOR, YEAR, VALUE, STATUS, COUNTRY = "indicator", "year", "value", "status", "country"
# Every file of `reporter export` says who may read it.
AUDIENCE, TEXT = "audience", "text"
NEEDED = (INDICATOR, YEAR, VALUE)
READ = (
    *(INDICATOR, "dimension", "code", YEAR, VALUE, "flags", "confidentiality", STATUS, "qualifier"),
    *("source", "vintage", "definition", "note", "period", "target", COUNTRY, AUDIENCE, TEXT),
)
# Before the name of a dimension: the column with the code of each value in it.
BY_COLUMN = "by_"
# Other columns: printed words, and what the catalogue knows better.
BESIDE = ("unit", "row", "column", "within", "comparable")
# Column heads of other files, and the command that imports these.
OTHERS = {
    "Iso3_code": "this is a GLOTIP file: reporter import glotip",
    "OBS_VALUE": "this is a Eurostat table: reporter import eurostat",
    "state": "this file has metadata of cells: name the file that ends in -observations.csv",
}
MOST_ROWS, MOST_LISTED = 200_000, 20
REMEDY = "save the file as CSV UTF-8"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its line and cells. `problems` are columns with neither text nor number: message and hint."""

    line: int
    cells: Mapping[str, str]
    problems: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The rows of a table of figures. `columns` are the numbers of those read, counted from 1, and `further` the names
    of the others; `sheet` is empty except in a workbook. The file may state `language`, `country` and `audience`."""

    name: str
    rows: tuple[TableRow, ...]
    columns: Mapping[str, int]
    further: tuple[str, ...] = ()
    sheet: str = ""
    language: str = ""
    country: str = ""
    audience: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether `reporter export` wrote it, which says who may read it."""
        return bool(self.audience) or AUDIENCE in self.columns

    def place(self, row: TableRow, column: str = VALUE) -> str:
        """The place of a cell: `line 17`, `All figures!E17`."""
        return f"{self.sheet}!{letters(self.columns.get(column, 1))}{row.line}" if self.sheet else f"line {row.line}"

    def mark(self, row: TableRow, column: str) -> Mark:
        return Mark(self.name, row.line, self.columns.get(column, 1) if self.sheet else 1)


Cell = tuple[str, tuple[str, str] | None]
Line = tuple[int, Sequence[Cell]]


def read_csv_table(content: bytes, filename: str) -> FigureTable:
    """Read a CSV (RFC 4180), or a spreadsheet program's variant. Raises FileError if it is not such a table."""
    lines = table_lines(content, filename, REMEDY, separator_by(READ))
    return table_of(((number, [(text, None) for text in fields]) for number, fields in lines), filename)


def read_json_table(content: bytes, filename: str) -> FigureTable:
    """Read the observations of a JSON by `reporter export`, with line numbers as in the CSV. Raises FileError."""
    try:
        # Numbers stay text, so that none is too long to be read.
        document = json.loads(table_text(content, filename, REMEDY, JSON), parse_float=str, parse_int=str)
        observations = [_with_codes(dict(observation)) for observation in document["observations"]]
        language, country, audience = (str(document.get(key, "")) for key in ("language", COUNTRY, AUDIENCE))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "name the file that ends in -observations.json, as reporter export writes it"
        raise FileError.at(Mark(filename), "wrong-columns", "this JSON has no list of observations", hint) from None
    heads = tuple(dict.fromkeys(str(name) for observation in observations for name in observation)) or NEEDED
    texts = ([PLAIN.get(type(value), str)(value) for value in map(item.get, heads)] for item in observations)
    rows = ((number, [(text, None) for text in row]) for number, row in enumerate(texts, 2))
    table = table_of([(1, [(name, None) for name in heads]), *rows], filename)
    return replace(table, language=language, country=country, audience=audience)


def _with_codes(observation: dict[str, object]) -> dict[str, object]:
    """An observation with the code in each dimension as in a column."""
    codes = observation.pop("codes", None)
    return observation | (
        {f"{BY_COLUMN}{name}": code for name, code in codes.items()} if isinstance(codes, dict) else {}
    )


def table_of(lines: Iterable[Line], filename: str, sheet: str = "") -> FigureTable:
    """A table from lines of cells, by its heads. Raises FileError if there are none, or a column appears twice."""
    rest = iter(lines)
    top = list(islice(rest, TOP))
    columns, further, head = _heads(top, filename)
    rows: list[TableRow] = []
    for number, cells in (*top[head + 1 :], *rest):
        if not any(text or problem for text, problem in cells):
            continue
        if len(rows) == MOST_ROWS:
            raise FileError.at(
                Mark(filename, number), "too-large", f"more than {MOST_ROWS} rows", "name a table of one country"
            )
        if extra := next((text for text, _ in cells[len(top[head][1]) :] if text), ""):
            message = f"more cells than column heads: {extra[:40]!r}"
            raise FileError.at(Mark(filename, number), "not-csv", message, "put a text with commas in quotation marks")
        cell_by_column = {name: cells[place - 1] for name, place in columns.items() if place <= len(cells)}
        wrong = {name: problem for name, (_, problem) in cell_by_column.items() if problem}
        rows.append(TableRow(number, {name: text for name, (text, _) in cell_by_column.items()}, wrong))
    return FigureTable(name=filename, rows=tuple(rows), columns=columns, further=further, sheet=sheet)


def is_head(cells: Iterable[str]) -> bool:
    return {*NEEDED} <= {cell.strip().lower() for cell in cells}


def letters(column: int) -> str:
    """The letters of a spreadsheet column, counted from 1."""
    before, last = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def _heads(top: Sequence[Line], filename: str) -> tuple[dict[str, int], tuple[str, ...], int]:
    named = [[text.strip() for text, _ in cells] for _, cells in top]
    counts = [len({*READ} & {name.lower() for name in names}) for names in named]
    head = max(range(len(named)), key=counts.__getitem__, default=0)
    names = named[head] if named else []
    lowered = [name.lower() for name in names]
    if missing := [column for column in NEEDED if column not in lowered]:
        raise _without(missing, named, filename, top[head][0] if top else 1)
    read = (*READ, *dict.fromkeys(name for name in lowered if name.startswith(BY_COLUMN)))
    if twice := next((column for column in read if lowered.count(column) > 1), ""):
        mark, hint = Mark(filename, top[head][0]), "delete one of them"
        raise FileError.at(mark, "wrong-columns", f"two columns are called {twice!r}", hint)
    columns = {column: lowered.index(column) + 1 for column in read if column in lowered}
    further = tuple(name for name in names if name and name.lower() not in (*read, *BESIDE))
    return columns, further, head


def _without(missing: Sequence[str], named: Sequence[Sequence[str]], filename: str, line: int) -> FileError:
    every = [name for names in named for name in names if name]
    other = next((explanation for name, explanation in OTHERS.items() if name in every), "")
    if other or len(missing) == len(NEEDED):
        hint = (
            other or "its first line must name the columns: indicator,dimension,code,year,value,… as in reporter export"
        )
        return FileError.at(Mark(filename), "wrong-columns", "no column heads of a table of figures were found", hint)
    message, hint = f"column {missing[0]!r} is missing", nearest(missing[0], every)
    return FileError.at(Mark(filename, line), "wrong-columns", message, hint)


PLAIN: Mapping[type, Callable[..., str]] = {
    bool: lambda value: str(value).lower(),
    list: lambda value: "".join(str(item) for item in value),
    type(None): lambda _: "",
    str: str.strip,
}
