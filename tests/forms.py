"""A small workspace with agencies, the forms that they get, and what people do to these."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from reporter.data.i18n import load_locale
from reporter.data.read.received import read_received
from reporter.data.records import Received
from reporter.exchange.agencies.asking import questionnaire_of
from reporter.formats.export.questionnaire_workbook import questionnaire_workbook
from reporter.report.document.questionnaire import ANSWER, CODE, GRID_ANSWER, LIST, Questionnaire
from tests import small
from tests.snapshots import dataset_of, snapshot

DAY = "2021-01-10"
COUNTRY = "data/XX/country.yaml"
AGENCIES = """\
agencies:
  police:
    name: {en: Royal Police}
    address: figures@police.example
    language: en
    answers: [investigations.opened, victims.identified]
    due: 03-01
    source: police
  courts: {name: {en: Courts}, language: en, answers: [persons.convicted, "victims.identified by person"], due: 04-15}
"""
FILES = {COUNTRY: small.FILES[COUNTRY] + AGENCIES}


def write(root: Path, changed: Mapping[str, str | bytes | None] = {}) -> Path:
    """Writes the small workspace with agencies, with some files changed."""
    return small.write(root, FILES | dict(changed))


def asked(root: Path, agency: str = "police", year: int = 2020, received: tuple[Received, ...] = ()) -> Questionnaire:
    """What an agency is asked by the files of a workspace."""
    known = received or read_received(snapshot(root), "XX")
    return questionnaire_of(dataset_of(root, ("XX",)), "XX", year, agency, load_locale("en"), known)


def form(root: Path, agency: str = "police", year: int = 2020) -> bytes:
    """The workbook that an agency gets."""
    return questionnaire_workbook(asked(root, agency, year), load_locale("en"), DAY)


def opened(content: bytes) -> Workbook:
    """A workbook, to be changed by a test."""
    return load_workbook(BytesIO(content))


def saved(book: Workbook) -> bytes:
    """A workbook as bytes."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def cells_of(book: Workbook) -> dict[str, tuple[str, str]]:
    """The sheet and the cell of each figure, by the codes beside them."""
    found: dict[str, tuple[str, str]] = {}
    for sheet in book.worksheets:
        roles = {cell.value: cell.column for row in sheet.iter_rows(3, 3) for cell in row if cell.value}
        if CODE in roles and sheet.title != LIST:
            answers = {GRID_ANSWER.fullmatch(str(role)): column for role, column in roles.items() if role != ANSWER}
            columns = {f".{match['code']}": column for match, column in answers.items() if match}
            for row in range(5, sheet.max_row + 1):
                if code := sheet.cell(row, roles[CODE]).value:
                    for suffix, column in (columns or {"": roles[ANSWER]}).items():
                        found[f"{code}{suffix}"] = (sheet.title, sheet.cell(row, column).coordinate)
    return found


def fill(book: Workbook, answers: Mapping[str, object]) -> Workbook:
    """Writes answers into the cells of figures."""
    cells = cells_of(book)
    for address, value in answers.items():
        sheet, cell = cells[address]
        book[sheet][cell].value = value  # type: ignore[index]
    return book


def filled(content: bytes, answers: Mapping[str, object]) -> bytes:
    """A form with answers in the cells of figures."""
    return saved(fill(opened(content), answers))


def values(content: bytes) -> Workbook:
    """A workbook with what formulas came to."""
    return load_workbook(BytesIO(content), data_only=True)
