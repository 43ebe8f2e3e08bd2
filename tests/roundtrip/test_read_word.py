"""What a Word file prints is read as it stands there; what is none is refused."""

import io
import zipfile

import pytest

from reporter.roundtrip.read_word import BODY, PrintedCell, read_printed_word
from reporter.roundtrip.stated import MalformedFileError
from tests.word.written import profile_file


def test_cells_tell_the_figures_that_they_print() -> None:
    cells = read_printed_word(profile_file()).cells

    assert PrintedCell("XX", "victims.identified", "2022", "30") in cells
    assert {"XX"} == {each.country for each in cells}


def test_paragraphs_stand_outside_of_tables_and_have_no_numbers_of_notes_and_charts() -> None:
    told = read_printed_word(profile_file())

    assert any(each.startswith("In 2022, 30 victims were identified") for each in told.paragraphs)
    assert "Figure 2" in told.labels
    assert [] == [each for each in told.paragraphs if each.startswith(("Figure 2", "2 More"))]


def altered(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(profile_file())) as source, zipfile.ZipFile(made, "w") as target:
        for each in source.namelist():
            target.writestr(each, parts.get("body", source.read(each)) if each == BODY else source.read(each))
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\3\4",
        altered(body=b"<w:document"),
        altered(body=b'<!DOCTYPE x [<!ENTITY e "e">]><x>&e;</x>'),
        altered(body=b'<?xml version="1.0" encoding="UTF-0"?><x/>'),
    ],
    ids=["empty", "torn", "no XML", "entities", "unknown encoding"],
)
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(MalformedFileError):
        read_printed_word(content)
