"""The form of an agency as plain values: what it asks, and the hidden code and words of each line, which identify the
answers even if sheets are moved. The hidden words must equal the visible ones."""

import re
from dataclasses import dataclass

from reporter.data.records import Agency

# Saved in the file's properties, in its first sheet and in a hidden one.
IDENTITY = "Reporter form"
# The hidden sheet that identifies the form and lists the words allowed as answers.
LIST = "_codes"
# The contents of the columns, written above them in a hidden row.
CODE, WORDS, ANSWER, REMARK, SOURCE = "code", "words", "answer", "remark", "source"
# The content of a column of a grid: the code that its cells add to that of their row, and the head of the column.
GRID_ANSWER = re.compile(rf"{ANSWER} (?P<code>\w+): (?P<label>.+)", re.ASCII | re.DOTALL)
KNOWN = re.compile(r"(?P<country>[A-Z]{2}) (?P<year>[12]\d{3}) (?P<agency>[a-z][a-z0-9_]*)", re.ASCII)


def identity_of(country: str, year: int, agency: str) -> str:
    """The identity of a form in one line: LT 2021 police."""
    return f"{country} {year} {agency}"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A value that is asked for. `earlier` are the agency's own values of the neighbouring years as printed, empty
    where it gave none. `whole`: counted in persons, cases or things. `within` is the address of the line that contains
    it: children for girls. In a line with a `country` the agency writes the name of one: its address with XX."""

    address: str
    label: str
    level: int
    earlier: tuple[str, ...]
    whole: bool
    within: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class AskedBlock:
    """A total, or the parts of one breakdown. `top` are the addresses that add up to the total, if they do."""

    title: str
    lines: tuple[AskedLine, ...]
    top: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedGrid:
    """The rows and columns of a cross. The address of a column is the code that a cell adds to that of its row; `top`
    are the columns that add up to the row, if they do."""

    rows: tuple[AskedLine, ...]
    columns: tuple[AskedLine, ...]
    top: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedTable:
    """The questions on one indicator, or on the activities. The lines of a grid are its cells, row by row."""

    title: str
    definition: str
    blocks: tuple[AskedBlock, ...]
    grid: AskedGrid | None = None

    @property
    def lines(self) -> tuple[AskedLine, ...]:
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Everything an agency is asked for a year, in its language."""

    country: str
    country_name: str
    year: int
    agency: Agency
    asked_by: str
    years: tuple[int, ...]
    tables: tuple[AskedTable, ...]

    @property
    def name(self) -> str:
        return f"{self.country}-{self.year}-{self.agency.code}"

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(line.address for table in self.tables for line in table.lines if not line.country)
