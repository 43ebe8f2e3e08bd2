"""Read what the cells of a received form hold."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from warnings import catch_warnings

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from reporter.document.cell_signs import IDENTITY, KNOWN, LIST, REMARK, SOURCE
from reporter.errors import ReporterError
from reporter.i18n.words import N_
from reporter.intake.form_places import CellPlace, FormSheet, FormSigns, plain_line, sheets_of
from reporter.model.telling import Told, tell

DATES = (date, datetime, time, timedelta)
# So far from the corner of a sheet is looked for what the workbook is.
CORNER = 20
AGAIN = "send the agency its form again: reporter questionnaire --help"


@dataclass(frozen=True, slots=True)
class ReceivedCell:
    """What a cell holds: its text, or what is wrong with it. `remark` and `source` stand beside it. `oddity` is what is
    told of it though it could be read."""

    address: str
    place: CellPlace | None
    text: str = ""
    problem: Told | None = None
    remark: str = ""
    source: str = ""
    oddity: Told | None = None


@dataclass(frozen=True, slots=True)
class ReceivedForm:
    """A workbook as it came: what it is, and its cells."""

    identity: str
    cells: tuple[ReceivedCell, ...]


def read_form(content: bytes) -> ReceivedForm:
    """Read a workbook that came: what it is, and its answers. Raises ReporterError for one that is no form of ours."""
    shown, typed = _opened(content), _opened(content, formulas=True)
    sheets, formulas = sheets_of(shown), sheets_of(typed)
    identity = _identity(shown, sheets.values())
    signs = FormSigns(shown, sheets)
    cells = []
    for address in signs.addresses:
        place, problem = signs.place_of(address)
        if place is None or problem:
            cells.append(ReceivedCell(address, place, problem=problem))
        else:
            cells.append(_cell(address, place, sheets[place.sheet], formulas[place.sheet]))
    return ReceivedForm(identity, tuple(cells))


def _opened(content: bytes, *, formulas: bool = False) -> Workbook:
    # What the library warns of, in a stranger's words, is nothing that anybody needs to read.
    try:
        with catch_warnings(action="ignore"):
            return load_workbook(BytesIO(content), data_only=not formulas)
    except MemoryError:
        raise
    except Exception as problem:  # what a hostile file does to the library is told in one way
        words = plain_line(problem)[:200]
        raise ReporterError(f"the workbook cannot be read: {words}", hint="save it anew, and send that") from None


def _identity(book: Workbook, sheets: Iterable[FormSheet]) -> str:
    """What a workbook says that it is; two places must agree."""
    # The stubs of the library do not know its own properties yet.
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
    if shown.is_joined(place):
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
    """What is typed in a cell; what is wrong, or odd."""
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
        return (
            (str(int(value)) if value.is_integer() else f"{value:.15g}") if math.isfinite(value) else str(value),
            None,
            None,
        )
    text = plain_line(value)
    if text.startswith("#"):
        return "", tell(N_("The formula ends in an error ({error}): write the number itself."), error=text[:20]), None
    return text, None, None
