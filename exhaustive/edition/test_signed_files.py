"""Signed PDFs and the reports and packages that come after them."""

import json
import re
from pathlib import Path

import pytest

from reporter.formats.bagit import open_package
from tests.edition.signing import PDF, REPORT, SIGNED_PDF, called, change, sha256

METHODS = PDF.replace("-en.pdf", "-data-and-methods-en.pdf")


def verdicts(capsys: pytest.CaptureFixture[str], path: Path, root: Path) -> dict[str, str]:
    called("sign", str(path), "--key", str(root.parent / "seal.p12"), "-q")
    sealed = path.with_name(path.name.replace(".zip", "-signed.zip"))
    capsys.readouterr()
    called("verify", str(sealed), "--trust", str(root), "--format", "json")
    return {each["check"]: each["verdict"] for each in json.loads(capsys.readouterr().out)["checks"]}


def test_a_pdf_that_was_signed_goes_in_as_it_was_signed(signed, made, capsys):
    called("package", "XX", "2020", "--to", "office", "-q")
    path = signed / "package/XX-2020-office.zip"
    package = open_package(path)
    pdfs = {name for name in package.payload if name.endswith(".pdf")}
    assert {f"data/{each}" for each in (SIGNED_PDF, METHODS, "XX-2020-office-letter.pdf")} == pdfs
    assert (signed / SIGNED_PDF).read_bytes() == package.read(f"data/{SIGNED_PDF}")
    reports = {each["path"]: each for each in json.loads(package.read("data/validation/XX-2020-pdf.json"))}
    assert {SIGNED_PDF, METHODS} == reports.keys()
    sums = [reports[SIGNED_PDF][each] for each in ("sha256", "unsigned_sha256")]
    assert [sha256(signed / SIGNED_PDF), sha256(signed / PDF)] == sums
    assert sha256(signed / METHODS) == reports[METHODS]["sha256"]
    assert {"passed"} == set(verdicts(capsys, path, made.root).values())


def test_a_new_report_sets_aside_what_was_signed_of_the_one_before(signed, capsys):
    before = sha256(signed / SIGNED_PDF)
    called("build", "XX", "2020", "--force", "--validate", "-q")
    assert before == sha256(signed / SIGNED_PDF)
    change(Path())
    called("build", "XX", "2020")
    aside = signed / f"earlier/XX-2020-en-signed-{before[:12]}.pdf"
    assert before == sha256(aside)
    assert not (signed / SIGNED_PDF).exists()
    assert f"{REPORT / 'earlier' / aside.name} (signed version of an earlier report" in capsys.readouterr().out


def test_what_was_signed_of_another_pdf_or_holds_no_signature_stays_outside(signed):
    for content in (b"%PDF-1.7 another", (signed / PDF).read_bytes(), (signed / PDF).read_bytes() + b"more"):
        (signed / SIGNED_PDF).write_bytes(content)
        called("package", "XX", "2020", "--to", "office", "-q")
        names = open_package(signed / "package/XX-2020-office.zip").payload
        assert f"data/{PDF}" in names
        assert f"data/{SIGNED_PDF}" not in names


def test_a_pdf_that_was_altered_after_it_was_signed_is_not_packed(signed, capsys):
    content = (signed / SIGNED_PDF).read_bytes()
    altered, times = re.subn(rb"(/M \(D\\072)\d{4}", rb"\g<1>1999", content)
    assert 1 == times
    (signed / SIGNED_PDF).write_bytes(altered)
    before = sha256(signed / "package/XX-2020-office.zip")
    called("package", "XX", "2020", "--to", "office", "-q", code=1)
    assert f"{SIGNED_PDF}: the signature of" in capsys.readouterr().err
    assert before == sha256(signed / "package/XX-2020-office.zip")
