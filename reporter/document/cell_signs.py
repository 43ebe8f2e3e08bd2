"""Tell the cells of a form apart, however its sheets are moved. Three signs lead to each cell: a code beside it, a list
of all cells, and a name. Two of them must agree, and the words of the line must be those that stand hidden behind the
code, and in the list."""

import re

# Kept in the file's own properties, in its first sheet and in the list of cells.
IDENTITY = "Reporter form"
# The sheet that lists the cells; nobody needs to see it. Its columns: address, sheet, cell, words of the line.
LIST = "_codes"
# Above the columns of a sheet, in a row that is hidden, stands what they hold.
CODE, WORDS, ANSWER, REMARK, SOURCE = "code", "words", "answer", "remark", "source"
NAME = "answer."
OTHER = re.compile(r"[^A-Za-z0-9_.]")
KNOWN = re.compile(r"(?P<country>[A-Z]{2}) (?P<year>[12]\d{3}) (?P<agency>[a-z][a-z0-9_]*)", re.ASCII)


def name_of_cell(address: str) -> str:
    """The name of the cell that answers a figure. Names of spreadsheets hold letters, digits, dots and lines."""
    return f"{NAME}{OTHER.sub('_', address)}"


def identity_of(country: str, year: int, agency: str) -> str:
    """What a form is, in one line: LT 2021 police."""
    return f"{country} {year} {agency}"
