"""The form of an agency as plain values: what it is asked, and how its cells are told apart, however its sheets are
moved. Beside each the code of its figure is hidden, and the words of its line, which must be those that are seen."""

import re
from dataclasses import dataclass

from reporter.data.records import Agency

# Kept in the file's own properties, in its first sheet and in a hidden one.
IDENTITY = "Reporter form"
# The sheet that says what the form is, and lists the words that answer; nobody needs to see it.
LIST = "_codes"
# Above the columns of a sheet, in a row that is hidden, stands what they hold.
CODE, WORDS, ANSWER, REMARK, SOURCE = "code", "words", "answer", "remark", "source"
KNOWN = re.compile(r"(?P<country>[A-Z]{2}) (?P<year>[12]\d{3}) (?P<agency>[a-z][a-z0-9_]*)", re.ASCII)


def identity_of(country: str, year: int, agency: str) -> str:
    """What a form is, in one line: LT 2021 police."""
    return f"{country} {year} {agency}"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A value that is asked for. `earlier` are the agency's own values of the years beside it as printed, empty where
    it gave none. What is counted in persons, cases and things is `whole`. `within` is the address of the line that it
    is part of: children for girls."""

    address: str
    label: str
    level: int
    earlier: tuple[str, ...]
    whole: bool
    within: str = ""


@dataclass(frozen=True, slots=True)
class AskedBlock:
    """A total, or the parts of one breakdown. `top` are the addresses that make the total together, if they do."""

    title: str
    lines: tuple[AskedLine, ...]
    top: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedTable:
    """What is asked of one indicator, or of the activities."""

    title: str
    definition: str
    blocks: tuple[AskedBlock, ...]

    @property
    def lines(self) -> tuple[AskedLine, ...]:
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All that an agency is asked for a year, in its language."""

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
        return tuple(line.address for table in self.tables for line in table.lines)
