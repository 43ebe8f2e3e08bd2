"""Read the cells of a received form."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from typing import Any
from warnings import catch_warnings

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reporter.data.errors import ReporterError
from reporter.data.i18n.words import N_
from reporter.data.records.message import Told, tell
from reporter.report.document.questionnaire import ANSWER, CODE, IDENTITY, KNOWN, LIST, REMARK, SOURCE, WORDS

ROLES = (CODE, WORDS, ANSWER, REMARK, SOURCE)
# The row of column roles is among the first; a form with more rows added above it has no table.
ROLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class CellPlace:
    """The place of a cell: `Victims!C7`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!{get_column_letter(self.column)}{self.row}"


@dataclass(frozen=True)
class FormSheet:
    """A sheet as received: its filled cells."""

    sheet: Worksheet
    values: Mapping[tuple[int, int], object]

    @cached_property
    def roles(self) -> tuple[int, Mapping[str, tuple[int, ...]]]:
        """The row that names the roles of columns, and the columns of each role; a copied column appears twice."""
        found: dict[int, dict[str, tuple[int, ...]]] = {}
        for (row, column), value in sorted(self.values.items(), key=lambda each: each[0]):
            if row <= ROLE_ROWS and value in ROLES:
                columns = found.setdefault(row, {})
                columns[str(value)] = (*columns.get(str(value), ()), column)
        return next(((row, each) for row, each in found.items() if ANSWER in each), (0, {}))

    @cached_property
    def codes(self) -> Mapping[int, frozenset[str]]:
        first, columns = self.roles
        wanted = columns.get(CODE, ())
        found: dict[int, set[str]] = {}
        for (row, column), value in self.values.items():
            if column in wanted and row > first and isinstance(value, str) and value.strip():
                found.setdefault(row, set()).add(value)
        return {row: frozenset(codes) for row, codes in found.items()}

    def column_of(self, role: str) -> int | None:
        found = self.roles[1].get(role, ())
        return found[0] if len(found) == 1 else None

    def words_at(self, row: int, column: int | None) -> str:
        return plain_line(self.values.get((row, column)) if column else None)


def plain_line(value: object) -> str:
    """A value as text on one line, empty for none."""
    return " ".join(str(value).split()) if value is not None else ""


def sheets_of(book: Workbook) -> Mapping[str, FormSheet]:
    """The sheets of a workbook by name, filled cells only: one stray cell makes a sheet a million rows long."""
    return {
        sheet.title: FormSheet(
            sheet, {place: cell.value for place, cell in sheet._cells.items() if cell.value is not None}
        )
        for sheet in book.worksheets
    }


def answer_places(sheets: Mapping[str, FormSheet]) -> Mapping[str, Sequence[CellPlace]]:
    """The cells that answer each figure, found by the codes next to them. Copied rows or columns give two."""
    found: dict[str, list[CellPlace]] = {}
    for name, sheet in sheets.items():
        for row, codes in sheet.codes.items():
            for code in codes:
                found.setdefault(code, []).extend(CellPlace(name, row, each) for each in sheet.roles[1][ANSWER])
    return found


def place_of(
    address: str, places: Sequence[CellPlace], sheets: Mapping[str, FormSheet]
) -> tuple[CellPlace | None, Told | None]:
    """The cell of a figure, if its line still says what the form said. A copy must say the same."""
    place = places[0]
    sheet = sheets[place.sheet]
    labels = {sheet.words_at(place.row, column) for column in sheet.roles[1].get(WORDS, ())} - {""}
    if not labels or any(sheets[each.sheet].codes[each.row] != {address} for each in places):
        return None, tell(
            N_("Lines or cells were moved, so nobody can tell which cell answers this figure; it may be {cells}."),
            cells=", ".join(map(str, places)),
        )
    said = [sheet.words_at(place.row, column) for column in range(1, place.column)]
    label = next((each for each in sorted(labels) if each not in said), "")
    if label:
        now = next(filter(None, said), "")
        return place, tell(N_("This line says “{words}”, and the form asked for “{label}”."), words=now, label=label)
    answers = [sheets[each.sheet].words_at(each.row, each.column) for each in places]
    if any(each and each != answers[0] for each in answers):
        cells = ", ".join(map(str, places))
        return place, tell(N_("This figure is answered twice, and not in the same way: {cells}."), cells=cells)
    return place, None


DATES = (date, datetime, time, timedelta)
# The kind of workbook is stated this close to the corner of a sheet.
CORNER = 20
AGAIN = "send the agency its form again: reporter agencies ask --help"


@dataclass(frozen=True, slots=True)
class ReceivedCell:
    """The text of a cell, or its problem; `remark` and `source` are next to it; an `oddity` is no obstacle."""

    address: str
    place: CellPlace | None
    text: str = ""
    problem: Told | None = None
    remark: str = ""
    source: str = ""
    oddity: Told | None = None


def read_form(content: bytes) -> tuple[str, tuple[ReceivedCell, ...]]:
    """Read a received workbook: its identity and answers. Raises ReporterError unless it is one of our forms."""
    shown, typed = _opened(content), _opened(content, formulas=True)
    sheets, formulas = sheets_of(shown), sheets_of(typed)
    identity = _identity(shown, sheets.values())
    cells = []
    for address, places in answer_places(sheets).items():
        place, problem = place_of(address, places, sheets)
        if place is None or problem:
            cells.append(ReceivedCell(address, place, problem=problem))
        else:
            cells.append(_cell(address, place, sheets[place.sheet], formulas[place.sheet]))
    return identity, tuple(cells)


def _opened(content: bytes, *, formulas: bool = False) -> Workbook:
    # The library's own warnings would not help the user.
    try:
        with catch_warnings(action="ignore"):
            return load_workbook(BytesIO(content), data_only=not formulas)
    except MemoryError:
        raise
    except Exception as problem:  # a hostile file may raise anything
        words = plain_line(problem)[:200]
        raise ReporterError(f"the workbook cannot be read: {words}", hint="save it again, and send that") from None


def _identity(book: Workbook, sheets: Iterable[FormSheet]) -> str:
    """The identity stated in a workbook; two places must agree."""
    # The library's stubs lack its own properties.
    properties: Iterable[Any] = getattr(book, "custom_doc_props").props  # noqa: B009
    told = [plain_line(each.value) for each in properties if each.name == IDENTITY][:1]
    hidden = [each.words_at(1, 1) for each in sheets if each.sheet.title == LIST]
    corners = (
        plain_line(value)
        for each in sheets
        if each.sheet.title != LIST
        for (row, column), value in each.values.items()
        if row <= CORNER and column <= CORNER and isinstance(value, str)
    )
    seen = next((each for each in corners if KNOWN.fullmatch(each)), "")
    votes = Counter(filter(KNOWN.fullmatch, (*told, *hidden, seen)))
    identity, count = next(iter(votes.most_common(1)), ("", 0))
    if count < 2:
        raise ReporterError("the workbook is no form of ours, or what it says of itself was lost", hint=AGAIN)
    return identity


def _cell(address: str, place: CellPlace, shown: FormSheet, typed: FormSheet) -> ReceivedCell:
    at = (place.row, place.column)
    text, problem, oddity = _text(shown.values.get(at), typed.values.get(at))
    if not problem and "%" in str(shown.sheet.cell(*at).number_format) and text:
        problem = tell(N_("This is a share in percent, and a number is asked."))
    if any(str(place).rpartition("!")[2] in each for each in shown.sheet.merged_cells.ranges):
        problem = tell(N_("This cell is joined with others, so nobody can tell which of them the number answers."))
    return ReceivedCell(
        address=address,
        place=place,
        text="" if problem else text,
        problem=problem,
        remark=shown.words_at(place.row, shown.column_of(REMARK)),
        source=shown.words_at(place.row, shown.column_of(SOURCE)),
        oddity=None if problem else oddity,
    )


def _text(value: object, formula: object) -> tuple[str, Told | None, Told | None]:
    """The text typed in a cell, and what is wrong or odd."""
    if formula is not None and (formula != value or not isinstance(formula, (str, bool, int, float, *DATES))):
        if value is None:
            return "", tell(N_("The formula has no result here: write the number itself.")), None
        text, problem, _ = _text(value, None)
        return text, problem, None if problem else tell(N_("A formula made this number."))
    if value is None:
        return "", None, None
    if isinstance(value, bool):
        return "", tell(N_("This is true or false, and a number is asked.")), None
    if isinstance(value, DATES):
        return "", tell(N_("This is a date ({date}), and a number is asked."), date=str(value)), None
    if isinstance(value, float):
        # A spreadsheet keeps fifteen digits, and shows no more.
        whole = math.isfinite(value) and value.is_integer()
        return str(int(value)) if whole else f"{value:.15g}", None, None
    text = plain_line(value)
    if text.startswith("#"):
        return "", tell(N_("The formula ends in an error ({error}): write the number itself."), error=text[:20]), None
    return text, None, None
