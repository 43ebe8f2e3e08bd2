"""Agencies of the small country, and what they sent as it is written down."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from reporter.data.errors import Mark
from reporter.data.read.received import place_of, received_text
from reporter.data.records import Received, ReceivedAnswer
from tests import small

COUNTRY = "data/XX/country.yaml"
AGENCIES = """\
agencies:
  police:
    name: {en: Royal Police}
    address: counting@police.example
    language: en
    answers: [investigations.opened, victims.identified by person]
    due: 03-01
    source: police
  courts: {name: {en: Courts}, language: en, answers: [victims.identified], due: 03-15, source: office}
"""
WITH_AGENCIES = {COUNTRY: small.FILES[COUNTRY] + AGENCIES}
SHA256 = "0" * 63


def sent(
    agency: str, answers: Mapping[str, str], number: int = 1, day: str = "2021-03-03", remark: str = ""
) -> Received:
    """A workbook of an agency about 2020: what it says, one cell below the other."""
    return Received(
        country="XX",
        agency=agency,
        year=2020,
        number=number,
        file=f"{agency}-2020{'' if number == 1 else f' ({number})'}.xlsx",
        sha256=f"{SHA256}{number}",
        received=day,
        answers=tuple(
            ReceivedAnswer(figure=figure, value=value, cell=f"Victims!C{row}", remark=remark, mark=Mark(""))
            for row, (figure, value) in enumerate(answers.items(), 7)
        ),
        mark=Mark(""),
    )


def written(*received: Received) -> dict[str, str]:
    """What agencies sent, as the files of a workspace."""
    return {place_of(each).path: received_text(each) for each in received}


def workspace(root: Path, *received: Received, files: Mapping[str, str] = small.FILES) -> Path:
    """The small country with agencies and what they sent."""
    return small.write(root, {**files, **WITH_AGENCIES, **written(*received)})


def filled(form: bytes, cells: Mapping[str, object]) -> bytes:
    """A questionnaire as somebody filled it in, by sheet and cell such as `Identified victims!D5`."""
    book = load_workbook(BytesIO(form))
    for name, value in cells.items():
        sheet, _, place = name.partition("!")
        book[sheet][place] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def places(form: bytes) -> dict[str, str]:
    """The cells in which a questionnaire asks for figures, by figure."""
    found = {}
    for sheet in load_workbook(BytesIO(form)).worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        answers = next((each.column_letter for each in cells if each.value == "answer"), "")
        codes = (each for each in cells if "." in each.value and " " not in each.value)
        found |= {each.value: f"{sheet.title}!{answers}{each.row}" for each in codes if answers}
    return found
