"""Read files of figures into one form. The CSV of observations, and what is compared with it."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# The columns that together identify a line.
NAMES = ("indicator", "dimension", "code", "year")
VALUE, NOTE, AUDIENCE = "value", "note", "audience"
COLUMNS = frozenset(
    (*NAMES, VALUE, NOTE, AUDIENCE, "flags", "confidentiality", "status", "qualifier", "unit", "source", "vintage")
).union(("definition", "period", "target", "comparable"))
MOST_LINES = 200_000
# Figures of things, which the table of all years does not have.
THINGS = ("activities.", "law.")
YEAR = re.compile(r"[12]\d{3}", re.ASCII)
# A spreadsheet may write a small number with an exponent; a large exponent would make a number that fills the memory.
NUMBER = re.compile(r"-?\d+(\.\d+)?([Ee][+-]?\d{1,2})?", re.ASCII)
LONGEST = 30

Line = Mapping[str, str]
Name = tuple[str, ...]


class MalformedFileError(Exception):
    """A file does not have the form that its name promises."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The observations of a file, in its order. Each line is found by indicator, dimension, code and year."""

    lines: Mapping[Name, Line]

    def series(self) -> Mapping[Name, Mapping[int, Line]]:
        """The yearly figures: the line of each year. By indicator, dimension and code, in the order of the file;
        without the figures of `THINGS`."""
        found: dict[Name, dict[int, Line]] = {}
        for name, line in self.lines.items():
            if name[3] and not name[0].startswith(THINGS):
                found.setdefault(name[:3], {})[int(name[3])] = line
        return found


def read_lines(text: Iterable[str]) -> Iterator[Line]:
    """Read the lines of a CSV (RFC 4180), each by its header. Raises MalformedFileError for what is no CSV, has a
    header twice, a line of another length, or more than `MOST_LINES` lines."""
    try:
        reader = csv.DictReader(text, strict=True)
        refuse_duplicate_columns(reader.fieldnames or ())
        for line in _limit_lines(reader):
            if None in line or None in line.values():
                raise MalformedFileError(f"line {reader.line_num} has not as many cells as its head")
            yield line
    except (csv.Error, UnicodeDecodeError) as problem:
        raise MalformedFileError(f"is no CSV: {problem}") from None


def _limit_lines(lines: Iterable[Line]) -> Iterator[Line]:
    """Pass lines on, but no more than `MOST_LINES`. Raises MalformedFileError when there are more."""
    for count, line in enumerate(lines, 1):
        if count > MOST_LINES:
            raise MalformedFileError(f"has more than {MOST_LINES} lines")
        yield line


def refuse_duplicate_columns(heads: Sequence[str]) -> None:
    """Raise MalformedFileError if two columns have one header. People would read one of them, and the program the
    other."""
    twin = next((each for each, count in Counter(heads).items() if count > 1), None)
    if twin is not None:
        raise MalformedFileError(f"has two columns {twin[:40]!r}")


def figures_of(lines: Iterable[Line]) -> Figures:
    """Index lines of observations by what identifies them. Raises MalformedFileError when a column lacks or is unknown,
    a line comes twice, or a year or number is malformed."""
    found: dict[Name, Line] = {}
    for line in _limit_lines(lines):
        if lacking := [each for each in (*NAMES, VALUE) if each not in line]:
            raise MalformedFileError(f"has no column {lacking[0]!r}")
        if further := line.keys() - COLUMNS:
            raise MalformedFileError(f"has a column {min(further)[:40]!r}, which no file of figures has")
        name = tuple(line[each] for each in NAMES)
        if name in found:
            raise MalformedFileError(f"states {figure_name(name)} twice")
        if name[3] and not YEAR.fullmatch(name[3]):
            raise MalformedFileError(f"has {name[3][:20]!r} for a year")
        parse_number(line[VALUE])
        found[name] = line
    return Figures(found)


def parse_number(text: str) -> Decimal | None:
    """Parse a number; None for an empty text. Raises MalformedFileError for anything else."""
    if not text:
        return None
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        raise MalformedFileError(f"has {text[:40]!r} for a number")
    return Decimal(text)


def figure_name(name: Name) -> str:
    """Name a figure as people do: victims.identified.women 2020."""
    indicator, _, code, year = name
    return " ".join(each for each in (f"{indicator}.{code}" if code else indicator, year) if each)


def value_text(value: object) -> str:
    """Show a value in a defect; a missing one as a colon."""
    return ":" if value in (None, "") else str(value)[:200]
