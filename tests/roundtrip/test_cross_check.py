"""Altered figures show although all checksums fit."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

import pytest

from reporter.delivery.package_checks import checks_of
from reporter.roundtrip.attached import attachment_differences
from reporter.submission import DESCRIBED, Verdict, pack, verify
from tests.fixtures import Packaged
from tests.roundtrip.forging import BOOK, CSV, INFO, JSON, PAGE, PDF, Files, attached, differences, replaced, rewritten

Change = Callable[[Files], Files]
CHEAP = ("checksums", "description", "round trip", "web pages")


def without(*names: str) -> Change:
    return lambda files: {name: content for name, content in files.items() if name not in names}


def test_a_package_as_packed_passes_and_says_the_same_everywhere(packaged: Packaged, files: Files) -> None:
    checks = [each for each in checks_of(datetime.now(UTC)) if each.name in CHEAP]
    results = verify(packaged.package, checks)
    assert ["archive", *CHEAP] == [each.check for each in results]
    assert {Verdict.PASSED} == {each.verdict for each in results}, results
    assert [] == differences(files)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (JSON, '"value": 11,', '"value": 12,', [f"{JSON}: investigations.opened 2020 is 12, and 11 in the CSV"]),
        (BOOK, "<v>11</v>", "<v>12</v>", [f"{BOOK}: investigations.opened 2020 is 12, and 11 in the CSV"]),
        (CSV, "2020,11,", "2020,12,", [
            f"{PDF}: in the file attached, investigations.opened 2020 is 11, and 12 in the CSV",
            f"{JSON}: investigations.opened 2020 is 11, and 12 in the CSV",
            f"{BOOK}: investigations.opened 2020 is 11, and 12 in the CSV"]),
        (JSON, '"version": 1,', '"version": 1, "figures": {"a": 9},',
         [f"{JSON}: has a member 'figures', which no JSON of figures has"]),
        (JSON, '"status": "given"', '"status": "given", "more": "9"',
         [f"{JSON}: has a column 'more', which no file of figures has"]),
    ],
)  # fmt: skip
def test_an_altered_number_or_a_member_that_nobody_compares_shows(
    figures: Files, name: str, old: str, new: str, said: list[str]
) -> None:
    assert said == differences(replaced(figures, name, old, new))


def test_an_altered_attachment_shows(figures: Files) -> None:
    pdf = attached(figures[PDF], figures[CSV].replace(b"2020,11,", b"2020,12,"))
    said = "in the file attached, investigations.opened 2020 is 12, and 11 in the CSV"
    assert [f"{PDF}: {said}"] == differences({CSV: figures[CSV], PDF: pdf})


def test_another_status_or_a_column_that_was_taken_out_shows(figures: Files) -> None:
    two = {name: figures[name] for name in (CSV, JSON)}
    (said,) = differences(replaced(two, JSON, '"status": "given"', '"status": "missing"'))
    assert "status is missing, and given in the CSV" in said
    lines = json.loads(figures[JSON])
    for line in lines["observations"]:
        del line["status"]
    said = differences(two | {JSON: json.dumps(lines).encode()})
    assert any("status is :, and given in the CSV" in each for each in said), said


@pytest.mark.parametrize("name", [CSV, JSON, BOOK, PDF])
def test_what_cannot_be_read_is_a_defect_and_no_fault(figures: Files, name: str) -> None:
    said = differences({**figures, name: b"%PDF-1.7 nothing\r\n\xff"})
    assert any(each.startswith(f"{name}: ") for each in said)


def test_without_the_csv_the_file_within_the_pdf_stands_in_and_without_that_the_json(figures: Files) -> None:
    left = without(CSV)(replaced(figures, JSON, '"value": 11,', '"value": 12,'))
    assert [f"{JSON}: investigations.opened 2020 is 12, and 11 in {PDF}"] == differences(left)
    said = f"{BOOK}: investigations.opened 2020 is 11, and 12 in {JSON.partition('/')[2]}"
    assert [said] == differences(without(PDF)(left))


@pytest.mark.parametrize(
    ("name", "new"),
    [(JSON, "figures/XX-2020-observations.json"), (CSV, "source/data/XX/all.csv"), (PDF, "XX-2020-DE.pdf")],
)
def test_a_file_whose_figures_nobody_compares_is_a_defect(files: Files, name: str, new: str) -> None:
    """By another name a false file would be passed over."""
    said = "has a name that no file of a package has: nobody can tell whether its figures are the same"
    assert [f"{new}: {said}"] == differences({CSV: files[CSV], new: files[name]})


def test_a_pdf_without_its_file_is_a_defect_where_nothing_stands_in(figures: Files) -> None:
    bare = rewritten(figures[PDF], lambda pdf: [pdf.attachments.__delitem__(name) for name in list(pdf.attachments)])
    assert [f"{PDF}: no file of all figures is attached"] == differences({PDF: bare})


def test_a_file_attached_that_is_not_as_in_the_package_is_told(files: Files) -> None:
    pdf, year = files[PDF], files["source/data/XX/2020.yaml"]
    told = partial(attachment_differences, pdf)
    assert [] == [*told({"XX-2020.yaml": year}, files[PAGE])]
    said = "the file XX-2020.yaml attached is not the one in the sources of the package"
    assert [said] == [*told({"XX-2020.yaml": b"year: 2020\n"}, files[PAGE])]
    other = files[PAGE].replace(b"data:text/csv;charset=utf-8,", b"data:text/csv;charset=utf-8,more", 1)
    (said,) = told({}, other)
    assert "attached differs from the data of the page: line 1 is " in said
    missing, unlinked = told({}, files[PAGE].replace(b'.csv"', b'.txt"', 1))
    assert missing.endswith("attached, and the page has no such data")
    assert unlinked.endswith(".txt is not attached, and the page has such data")


# what is described


CRATE, REPORT = "ro-crate-metadata.json", "validation/XX-2020-pdf.json"


def described(target, files: Mapping[str, bytes]) -> list[str]:
    (_, result) = verify(pack(target, files, INFO).path, (DESCRIBED,))
    return [str(each) for each in result.defects]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without(PDF), [f"data/{PDF}: is missing: described in {CRATE}",
                        f"data/{REPORT}: tells of data/{PDF}, which is not there"]),
        (lambda files: files | {"figures/extra.exe": b"MZ"},
         [f"data/figures/extra.exe: was added: not described in {CRATE}"]),
        (lambda files: files | {"source/data/XX/2020.yaml": b"year: 2020\n"},
         [f"data/source/data/XX/2020.yaml: was altered: has another SHA-256 in {CRATE}"]),
        (lambda files: files | {CRATE: b"{}"}, [f"data/{CRATE}: is missing, or describes no files"]),
    ],
)  # fmt: skip
def test_what_the_description_lists_is_what_is_there(files: Files, tmp_path, change: Change, said: list[str]) -> None:
    assert said == described(tmp_path / "a.zip", change(files))


def test_a_report_of_validation_that_fails_or_tells_of_another_file_is_a_defect(files: Files, tmp_path) -> None:
    for told, said in (({"passes": False}, "fails"), ({"sha256": "0"}, f"tells of another data/{PDF}")):
        reports = [each | told if each["path"] == PDF else each for each in json.loads(files[REPORT])]
        found = described(tmp_path / "a.zip", {**files, REPORT: json.dumps(reports).encode()})
        assert any(each.startswith(f"data/{REPORT}: ") and said in each for each in found), found
