"""The cells of a received workbook, found by three signs each."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporter.document.cell_signs import ANSWER, CODE, IDENTITY, LIST, REMARK, SOURCE, name_of_cell
from reporter.errors import ReporterError

ROLES = (CODE, ANSWER, REMARK, SOURCE)
# What holds a code stands in the first rows; who added many above them finds no table.
ROLE_ROWS = 200
# So many columns are looked at.
COLUMNS = 60
MOVED = re.compile(r"'?(?P<sheet>[^']+(?:''[^']*)*)'?!\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})")
DATES = (date, datetime, time, timedelta)


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell stands: `Victims!C7`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class ReceivedCell:
    """What a cell holds: its text as typed, or what is wrong with it.

    `remark` and `source` stand beside it. `oddity` is what is told of it though it could be read.
    """

    address: str
    place: CellPlace | None
    text: str = ""
    problem: str = ""
    remark: str = ""
    source: str = ""
    oddity: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """A workbook as it came: what it says that it is, and its cells."""

    identity: str
    cells: tuple[ReceivedCell, ...]


def read_form(content: bytes) -> ReceivedForm:
    """Read a workbook that came: what it is, and every cell that any sign leads to.

    Raises ReporterError for one that is no form of ours.
    """
    shown, typed = _opened(content), _opened(content, formulas=True)
    identity = _identity(shown)
    signs = _Signs(_beside(shown), _listed(shown), _named(shown))
    addresses = dict.fromkeys((*signs.listed, *signs.beside))
    return ReceivedForm(identity, tuple(_cell(each, shown, typed, signs.agreed(each)) for each in addresses))


def _identity(book: Workbook) -> str:
    """What a workbook says that it is; of its three places two must agree."""
    told = Counter(filter(None, (_property(book), _listed_identity(book), _first_identity(book))))
    identity, votes = next(iter(told.most_common(1)), ("", 0))
    if votes < 2:
        hint = "send the agency its form again: reporter questionnaire --help"
        raise ReporterError("the workbook is no form of ours, or what it says of itself was lost", hint=hint)
    return identity


def _opened(content: bytes, *, formulas: bool = False) -> Workbook:
    try:
        return load_workbook(BytesIO(content), data_only=not formulas)
    except Exception as problem:  # what a hostile file does to the library is told in one way
        raise ReporterError(f"the workbook cannot be read: {problem}", hint="save it anew, and send that") from None


def _property(book: Workbook) -> str:
    # The stubs of the library do not know its own properties yet.
    properties: Iterable[Any] = getattr(book, "custom_doc_props").props  # noqa: B009
    return next((str(each.value) for each in properties if each.name == IDENTITY), "")


def _listed_identity(book: Workbook) -> str:
    return str(book[LIST]["A1"].value or "") if LIST in book.sheetnames else ""


def _first_identity(book: Workbook) -> str:
    return str(book.worksheets[0]["A2"].value or "") if book.worksheets else ""


# -- the three signs


def _beside(book: Workbook) -> Mapping[str, tuple[CellPlace, ...]]:
    """Where answers stand by the codes beside them; of a copied sheet there are two."""
    found: dict[str, tuple[CellPlace, ...]] = {}
    for sheet in book.worksheets:
        for roles in _role_rows(sheet):
            for row in range(roles.row + 1, sheet.max_row + 1):
                code = sheet.cell(row, roles.columns[CODE]).value
                if isinstance(code, str):
                    place = CellPlace(sheet.title, row, roles.columns[ANSWER])
                    found[code] = (*found.get(code, ()), place)
    return found


@dataclass(frozen=True, slots=True)
class _Roles:
    row: int
    columns: Mapping[str, int]


def _role_rows(sheet: Worksheet) -> Iterator[_Roles]:
    """The row that says what the columns of a sheet hold."""
    for row in sheet.iter_rows(1, min(ROLE_ROWS, sheet.max_row), 1, min(COLUMNS, sheet.max_column)):
        columns = {str(each.value): each.column for each in row if each.value in ROLES}
        if CODE in columns and ANSWER in columns:
            yield _Roles(row[0].row or 1, columns)
            return


def _listed(book: Workbook) -> Mapping[str, CellPlace]:
    """Where the list of cells has them."""
    found: dict[str, CellPlace] = {}
    if LIST in book.sheetnames:
        for address, sheet, cell in book[LIST].iter_rows(2, None, 1, 3, values_only=True):
            place = _place(f"{sheet}!{cell}")
            if address and place:
                found[str(address)] = place
    return found


def _named(book: Workbook) -> Mapping[str, CellPlace]:
    """Where names lead."""
    places = ((name, _place(each.attr_text or "")) for name, each in book.defined_names.items())
    return {name: place for name, place in places if place}


def _place(text: str) -> CellPlace | None:
    found = MOVED.fullmatch(text.strip())
    if found is None:
        return None
    column = range_boundaries(f"{found['column']}{found['row']}")[0]
    return CellPlace(found["sheet"].replace("''", "'"), int(found["row"]), column or 1)


@dataclass(frozen=True, slots=True)
class _Signs:
    """Where answers stand by the codes beside them, by the list and by names."""

    beside: Mapping[str, tuple[CellPlace, ...]]
    listed: Mapping[str, CellPlace]
    named: Mapping[str, CellPlace]

    def agreed(self, address: str) -> tuple[CellPlace | None, str]:
        """The cell that two signs agree on, or why there is none."""
        others = (self.listed.get(address), self.named.get(name_of_cell(address)))
        votes = Counter([*self.beside.get(address, ()), *filter(None, others)])
        agreed = [place for place, count in votes.items() if count > 1]
        if not votes:
            return None, f"the line of {address} is not in the workbook any more"
        # Who sorts a sheet moves codes and answers, but neither names nor the list.
        owners = {place: code for code, places in self.beside.items() for place in places}
        if len(agreed) == 1 and owners.get(agreed[0], address) == address:
            return agreed[0], ""
        return None, f"which cell answers {address} cannot be told: {', '.join(map(str, votes))}"


# -- what a cell holds


def _cell(address: str, shown: Workbook, typed: Workbook, found: tuple[CellPlace | None, str]) -> ReceivedCell:
    place, problem = found
    if place is None or place.sheet not in shown.sheetnames:
        return ReceivedCell(address, None, problem=problem or f"the sheet of {address} is not in the workbook any more")
    sheet = shown[place.sheet]
    value, formula = sheet.cell(place.row, place.column).value, typed[place.sheet].cell(place.row, place.column).value
    text, problem, oddity = _text(value, formula)
    if not problem and _is_merged(sheet, place):
        problem = "the cell is joined with others, so nobody can tell which of them the number answers"
    roles = next(_role_rows(sheet), None)
    columns = roles.columns if roles else {}
    remark, source = (_words(sheet, place.row, columns.get(each)) for each in (REMARK, SOURCE))
    return ReceivedCell(address, place, text, problem, remark, source, oddity)


def _text(value: object, formula: object) -> tuple[str, str, str]:
    """What is typed in a cell; what is wrong with it, or odd."""
    if isinstance(formula, str) and formula.startswith("="):
        if value is None:
            return "", "a formula without its result: open the workbook, save it, and send it again", ""
        text, problem, _ = _text(value, None)
        return text, problem, "" if problem else "a formula made the number"
    if value is None:
        return "", "", ""
    if isinstance(value, bool):
        return "", "a truth value stands where a number is asked", ""
    if isinstance(value, DATES):
        return "", f"a date stands where a number is asked: {value}", ""
    if isinstance(value, (int, float)):
        return (str(int(value)) if value == int(value) else repr(value)), "", ""
    text = " ".join(str(value).split())
    if text.startswith("#"):
        return "", f"the spreadsheet could not work it out: {text[:20]}", ""
    return text, "", ""


def _is_merged(sheet: Worksheet, place: CellPlace) -> bool:
    return any(
        each.min_row <= place.row <= each.max_row and each.min_col <= place.column <= each.max_col
        for each in sheet.merged_cells.ranges
    )


def _words(sheet: Worksheet, row: int, column: int | None) -> str:
    value = sheet.cell(row, column).value if column else None
    return " ".join(str(value).split()) if value is not None else ""
