"""Altered figures show although all checksums fit."""

import io
import json
import zipfile
from collections.abc import Mapping

import pikepdf
import pytest

from reporter.cli.package_checks import checks_of
from reporter.submission import DESCRIBED, pack, verify
from tests.roundtrip.forging import (
    BOOK,
    CSV,
    INFO,
    JSON,
    PAGE,
    PDF,
    Change,
    attached,
    both,
    forged,
    payload,
    replaced,
    without,
)


def test_a_package_as_packed_has_the_same_figures_everywhere(packaged, tmp_path):
    assert [] == forged(packaged, tmp_path / "a.zip", lambda files: files)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (JSON, '"value": 11,', '"value": 12,', "investigations.opened 2020 is 12, and 11 in the CSV"),
        (CSV, "2020,11,", "2020,12,", "is 11, and 12 in the CSV"),
        (JSON, '"status": "given"', '"status": "missing"', "status is missing, and given in the CSV"),
    ],
)
def test_an_altered_number_shows_although_checksums_are_right(packaged, tmp_path, name, old, new, said):
    found = forged(packaged, tmp_path / "a.zip", replaced(name, old, new))
    assert any(said in each for each in found), found


def test_an_altered_csv_contradicts_every_other_place(packaged, tmp_path):
    found = forged(packaged, tmp_path / "a.zip", replaced(CSV, "2020,11,", "2020,12,"))
    assert {JSON, BOOK, PDF} == {each.partition(":")[0].removeprefix("data/") for each in found}


def test_an_altered_workbook_shows(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(files[BOOK])) as book, zipfile.ZipFile(target, "w") as copy:
            for each in book.namelist():
                copy.writestr(each, book.read(each).replace(b"<v>11</v>", b"<v>12</v>"))
        return files | {BOOK: target.getvalue()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{BOOK}: investigations.opened 2020 is 12, and 11 in the CSV"] == found


def test_an_altered_attachment_shows(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        return files | {PDF: attached(files[PDF], files[CSV].replace(b"2020,11,", b"2020,12,"))}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{PDF}: in the file attached, investigations.opened 2020 is 12, and 11 in the CSV"] == found


def test_a_workbook_that_would_expand_is_refused(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as copy:
            copy.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
        return files | {BOOK: target.getvalue()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{BOOK}: xl/worksheets/sheet1.xml in it declares a document type"] == found


@pytest.mark.parametrize("name", [CSV, JSON, BOOK, PDF])
def test_what_cannot_be_read_is_a_defect_and_no_fault(packaged, tmp_path, name):
    found = forged(packaged, tmp_path / "a.zip", lambda files: files | {name: b"%PDF-1.7 nothing\r\n\xff"})
    assert any(each.startswith(f"data/{name}: ") for each in found)


FIGURE_FILES = [CSV, JSON, BOOK]


def test_without_the_csv_the_file_within_the_pdf_stands_in(packaged, tmp_path):
    change = both(without(CSV), replaced(JSON, '"value": 11,', '"value": 12,'))
    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{JSON}: investigations.opened 2020 is 12, and 11 in {PDF}"] == found


def test_without_a_pdf_the_json_stands_in_for_the_workbook(packaged, tmp_path):
    change = both(without(CSV, PDF), replaced(JSON, '"value": 11,', '"value": 12,'))
    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{BOOK}: investigations.opened 2020 is 11, and 12 in XX-2020-en-observations.json"] == found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"version": 1,', '"version": 1, "figures": {"a": 9},', "has a member 'figures', which no JSON of figures has"),
        ('"status": "given"', '"status": "given", "more": "9"', "has a column 'more', which no file of figures has"),
    ],
)
def test_a_member_that_nobody_compares_is_a_defect(packaged, tmp_path, old, new, said):
    assert [f"data/{JSON}: {said}"] == forged(packaged, tmp_path / "a.zip", replaced(JSON, old, new))


def test_a_column_that_was_taken_out_shows(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        told = json.loads(files[JSON])
        for line in told["observations"]:
            del line["status"]
        return files | {JSON: json.dumps(told).encode()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert any("status is :, and given in the CSV" in each for each in found), found


@pytest.mark.parametrize(
    ("name", "new"),
    [
        (JSON, "figures/XX-2020-observations.json"),
        (BOOK, "figures/XX-2020-en.xlsm"),
        (CSV, "figures/all.csv"),
        (CSV, "source/data/XX/all.csv"),
        (PDF, "XX-2020-DE.pdf"),
        (PDF, "source/XX-2020.pdf"),
        (PAGE, "profile.htm"),
    ],
)
def test_a_file_whose_figures_nobody_compares_is_a_defect(packaged, tmp_path, name, new):
    """By another name a false file would be passed over."""
    said = "has a name that no file of a package has: nobody can tell whether its figures are the same"
    found = forged(packaged, tmp_path / "a.zip", lambda files: files | {new: files[name]})
    assert [f"data/{new}: {said}"] == found


def test_a_pdf_without_its_file_is_a_defect_where_nothing_stands_in(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            for name in list(opened.attachments):
                del opened.attachments[name]
            opened.save(target)
        return {PDF: target.getvalue()}

    assert [f"data/{PDF}: no file of all figures is attached"] == forged(packaged, tmp_path / "a.zip", change)


def described(packaged, target, change: Change) -> list[str]:
    path = pack(target, change(payload(packaged.package)), INFO).path
    (_, result) = verify(path, (DESCRIBED,))
    return [str(each) for each in result.defects]


CRATE, REPORT = "ro-crate-metadata.json", "validation/XX-2020-pdf.json"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without(PDF), [f"data/{PDF}: is missing: described in {CRATE}",
                        f"data/{REPORT}: tells of data/{PDF}, which is not there"]),
        (lambda files: files | {"figures/extra.exe": b"MZ"},
         [f"data/figures/extra.exe: was added: not described in {CRATE}"]),
        (lambda files: files | {"source/data/XX/2020.yaml": b"year: 2020\n"},
         [f"data/source/data/XX/2020.yaml: was altered: has another SHA-256 in {CRATE}"]),
        (without(CRATE), [f"data/{CRATE}: is missing, or describes no files"]),
        (lambda files: files | {CRATE: b"{}"}, [f"data/{CRATE}: is missing, or describes no files"]),
    ],
)  # fmt: skip
def test_what_the_description_lists_is_what_is_there(packaged, tmp_path, change, said):
    assert said == described(packaged, tmp_path / "a.zip", change)


@pytest.mark.parametrize("document", [PDF, "XX-2020-data-and-methods-en.pdf"])
def test_a_report_of_validation_that_fails_or_tells_of_another_file_is_a_defect(packaged, tmp_path, document):
    def change(**told: object) -> Change:
        def changed(files: dict[str, bytes]) -> Mapping[str, bytes]:
            reports = [each | told if each["path"] == document else each for each in json.loads(files[REPORT])]
            return files | {REPORT: json.dumps(reports).encode()}

        return changed

    for told, said in (({"passes": False}, "fails"), ({"sha256": "0"}, f"tells of another data/{document}")):
        found = described(packaged, tmp_path / "a.zip", change(**told))
        assert any(each.startswith(f"data/{REPORT}: ") and said in each for each in found), found


def test_the_description_is_looked_at_by_default():
    assert DESCRIBED in checks_of()
