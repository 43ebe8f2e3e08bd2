"""A form goes out, is filled in and saved by LibreOffice, comes back, is decided on, and stands in the draft."""

import re
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests import forms, small

OPENED = "investigations.opened"
ANSWERS = {
    OPENED: 12,
    "investigations.opened.sexual": 5,
    "investigations.opened.labour": "7 ",
    "victims.identified": 60,
    "victims.identified.adults": 50,
    "victims.identified.women": 70,
    "victims.identified.men": "not known",
    "victims.identified.children": "many",
    "victims.identified.girls": "none",
}
VICTIMS, CHILDREN, BOYS = "Identified victims!D5", "Identified victims!D8", "Identified victims!D10"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of LibreOffice, made once."""
    return tmp_path_factory.mktemp("office")


def saved_by_libreoffice(path: Path, office: Path, *kinds: str) -> Path:
    """A workbook as LibreOffice saves it, in one format after the other."""
    for kind in kinds:
        out = path.parent / f"{path.stem}-{kind}"
        profile = f"-env:UserInstallation=file://{office}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        path = out / f"{path.stem}.{kind}"
    return path


def words_of(page: str) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"<[^>]+>", "", page)


def comments_of(book: Workbook) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_a_form_goes_out_and_comes_back_through_libreoffice(tmp_path: Path, office: Path, called) -> None:
    root = forms.write(tmp_path / "work")
    assert 0 == called("agencies", "ask", "XX", 2020, "--to", "police", "-w", root)[0]
    form = root / "build/XX/forms/XX-2020-police.xlsx"
    sent = tmp_path / "Police 2020.xlsx"
    sent.write_bytes(forms.filled(form.read_bytes(), ANSWERS))
    came = saved_by_libreoffice(sent, office, "ods", "xlsx")

    # What it says of itself, worked out by LibreOffice.
    check = forms.values(came.read_bytes())["Check"]
    assert [("Investigations opened", 0, 0, "complete"), ("Identified victims", 1, 1, "does not add up")] == [
        tuple(cell.value for cell in row[:4]) for row in check.iter_rows(4, 5)
    ]

    # It is taken in: what is wrong is told at its cells, nothing of the year is changed.
    before = (root / small.YEAR).read_bytes()
    code, said, _ = called("agencies", "receive", came, "--day", "2021-03-03", "-w", root)
    assert (1, before) == (code, (root / small.YEAR).read_bytes())
    assert f"wrong  {CHILDREN}: “many” is neither a number" in said
    assert "open   1 cells are empty: victims.identified.boys" in said
    assert f"wrong  {VICTIMS}: Identified victims (women) is 70, more than its total 60" in said

    # What the agency says is accepted, figure by figure; the draft shows it, and it says from which cell it comes.
    accepting = [word for figure in ANSWERS if figure.startswith(OPENED) for word in ("--accept", figure)]
    assert (0, "3 values written into data/XX/2020.yaml\n") == called(
        "agencies", "answers", "XX", 2020, *accepting, "-w", root
    )[:2]
    assert "Investigations opened!D5" in called("explain", "XX", 2020, OPENED, "-w", root)[1]
    assert 0 == called("build", "XX", 2020, "--format", "html", "-w", root)[0]
    assert "12 investigations were opened." in words_of((root / "build/XX/2020/XX-2020-en.html").read_text("utf-8"))

    # The copy that goes back has comments at its cells, after LibreOffice too, and is a form still.
    copy = saved_by_libreoffice(root / "build/XX/forms/XX-2020-police-comments.xlsx", office, "xlsx")
    book = forms.opened(copy.read_bytes())
    comments = comments_of(book)
    assert {VICTIMS, CHILDREN, BOYS} <= set(comments)
    assert "This cell is empty." in comments[BOYS]
    corrected = tmp_path / "corrected.xlsx"
    corrected.write_bytes(forms.saved(forms.fill(book, {"victims.identified.children": 10})))
    called("agencies", "receive", corrected, "--day", "2021-03-09", "-w", root)
    again = forms.opened((root / "build/XX/forms/XX-2020-police-comments.xlsx").read_bytes())
    assert (None, "This cell is empty.") == tuple(
        again["Identified victims"][cell].comment and again["Identified victims"][cell].comment.text
        for cell in ("D8", "D10")
    )
    assert ["police-2020-2.yaml", "police-2020.yaml"] == sorted(
        each.name for each in (root / "data/XX/received").glob("police*")
    )
