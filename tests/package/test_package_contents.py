"""What goes into a package for whom, and what stays out."""

import hashlib
import io
import json
import re
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from reporter.cli.group import run
from reporter.data.errors import ReporterError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience
from reporter.editions.job import Job
from reporter.editions.program import program_digest
from reporter.editions.public.public_files import for_audience
from reporter.exchange.package.package_contents import edamis_name, without_addresses
from reporter.exchange.package.packaging import consign
from tests import small
from tests.package.forging import PDF, payload
from tests.snapshots import published_state, snapshot

METHODS = "XX-2020-data-and-methods-en.pdf"


def test_it_holds_what_the_recipient_gets(packaged):
    expected = """
        XX-2020-data-and-methods-en.html XX-2020-data-and-methods-en.pdf XX-2020-en-page.html XX-2020-en-page.md
        XX-2020-en.html XX-2020-en.pdf XX-2020-office-letter.pdf
        figures/XX-2020-en-coverage.csv figures/XX-2020-en-coverage.csv-metadata.json
        figures/XX-2020-en-observations.csv figures/XX-2020-en-observations.csv-metadata.json
        figures/XX-2020-en-observations.json figures/XX-2020-en.xlsx figures/export.schema.json
        metadata/XX-2020-en-esms.json ro-crate-metadata.json
        source/data/XX/2018.yaml source/data/XX/2019.yaml source/data/XX/2020.yaml source/data/XX/country.yaml
        source/data/XX/text/en/2020.md source/data/catalogue.yaml source/reporter.yaml start.html
        validation/XX-2020-checks.json validation/XX-2020-ess.json validation/XX-2020-pdf.json
        validation/XX-2020-pdf.txt
    """
    files = payload(packaged.package)
    assert expected.split() == sorted(files)
    # Every file is described in the crate.
    graph = json.loads(files.pop("ro-crate-metadata.json"))["@graph"]
    assert sorted(files) == sorted(each["@id"] for each in graph if each["@type"] == "File")


def test_the_letter_lists_what_is_enclosed_and_leaves_checksums_to_the_manifest(packaged):
    letter = io.BytesIO(payload(packaged.package)["XX-2020-office-letter.pdf"])
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(letter).pages).split())
    lines = text.partition("Enclosed ")[2]
    assert 1 == lines.count("Other files (")
    read = ["The profile as a PDF", "The profile as a web page", "Data and methods as a PDF"]
    assert (read, []) == (sorted(read, key=lines.index), re.findall(r"[0-9a-f]{64}", text))


def test_what_the_checkers_found_goes_with_it(packaged):
    files = payload(packaged.package)
    reports, words = json.loads(files["validation/XX-2020-pdf.json"]), files["validation/XX-2020-pdf.txt"].decode()
    assert [METHODS, PDF] == sorted(report["path"] for report in reports)
    for report in reports:
        name = report["path"]
        assert report["passes"]
        assert report["sha256"] == report["judged_sha256"] == hashlib.sha256(files[name]).hexdigest()
        told = [(each["checker"], each["profile"], each["rules"], each["failed"]) for each in report["results"]]
        assert [("veraPDF", "PDF/UA-1", 106, 0), ("veraPDF", "PDF/A-3a", 155, 0)] == told
        version = report["results"][0]["version"]
        assert f"{name}: passes, {report['sha256']}\n  veraPDF {version}, PDF/UA-1: 106 of 106 rules passed\n" in words


def test_a_file_that_is_not_what_was_built_stays_out(packaged, tmp_path):
    root = shutil.copytree(packaged.workspace, tmp_path / "workspace")
    state = published_state(Workspace(root), Job("XX", 2020, ""), ("en",))
    recipient = state.checked.dataset.settings.recipient("office")
    consign(Workspace(root), state, recipient, program_digest(), ())
    for name in (PDF.replace(".pdf", ".html"), METHODS):
        file = root / "build/XX/2020" / name
        content = file.read_bytes()
        file.write_bytes(content + b"\n")
        with pytest.raises(ReporterError, match="changed while it was packed"):
            consign(Workspace(root), state, recipient, program_digest(), ())
        file.write_bytes(content)


SPLIT = "women: 60, men: 20"
WITHHELD = "women: {value: 77, confidentiality: D}, men: {value: 3, confidentiality: A, note: {en: A case.}}"


def test_the_source_of_the_public_has_one_word_for_a_withheld_value_and_that_of_an_office_has_it(tmp_path):
    court = "  court: {channel: folder, folder: out, language: en, gets: [csv, validation, metadata],\n"
    court += "          audience: restricted, name: {en: Court}}\n"
    changed = {
        "reporter.yaml": small.FINAL["reporter.yaml"] + court,
        small.YEAR: small.FINAL[small.YEAR].replace(SPLIT, WITHHELD),
    }
    workspace = small.write(tmp_path, small.FINAL | changed)
    for code in ("files", "court"):
        assert 0 == run(["package", "XX", "2020", "--to", code, "-w", str(workspace), "-q"])
    folder = workspace / "build/XX/2020/package"
    public, restricted = payload(folder / "XX-2020-files.zip"), payload(folder / "XX-2020-restricted-court.zip")
    assert changed[small.YEAR].encode() == restricted[f"source/{small.YEAR}"]
    told = public[f"source/{small.YEAR}"].decode()
    kept = [each for each in ("77", ": 3", "A case", "confidentiality") if each in told]
    assert (2, []) == (told.count("suppressed"), kept)
    assert b",3,,A,given,exact," in restricted["figures/XX-2020-restricted-en-observations.csv"]
    assert 2 == public["figures/XX-2020-en-observations.csv"].count(b",,,C,suppressed,,")


def test_the_data_files_go_as_the_recipient_may_see_them(tmp_path):
    """A number that is withheld, what is said beside it, and comments stay in the house."""
    figure = "  victims.identified: {total: 4711, confidentiality: C, note: {en: 4712}}  # 4713\n"
    text = "# general_situation\n\nIt was quiet. <!-- 4714 -->\n\n::: restricted\n4715 were found.\n:::\n"
    text += "::: public\nSome were found.\n:::\n"
    files = packed(tmp_path, figure, {small.TEXT: text})
    sources = for_audience(snapshot(tmp_path), Audience.PUBLIC)
    told = {path: each.content for path, each in sources.items() if path.startswith("data/")}
    sent = {path.removeprefix("source/"): each for path, each in files.items() if path.startswith("source/data/")}
    assert told == sent
    assert b"  victims.identified: suppressed\n" in files[f"source/{small.YEAR}"]
    assert b"Some were found." in files[f"source/{small.TEXT}"]
    # A checksum has any three digits by chance.
    without_sums = {name: re.sub(rb"\b[0-9a-f]{64,}\b", b"", content) for name, content in files.items()}
    assert [] == [name for name, content in without_sums.items() if b"471" in content]


SETTINGS = """\
# To whom it goes is nobody else's business.
title: {en: Small}
mail: {host: smtp.ministry.example, from: us@ministry.example, subject: {en: "{title} of {year}"}}
recipients:
  court: {channel: email, address: judge@court.example, language: en, gets: [csv], audience: public, name: {en: Court}}
  press: {channel: folder, folder: secret, language: en, gets: [csv], audience: public, name: {en: Press}}
languages: [en]
"""


def test_of_the_settings_those_of_the_pages_travel_and_the_recipient_without_its_address(tmp_path):
    workspace = small.write(tmp_path, small.FINAL | {"reporter.yaml": SETTINGS})
    assert 0 == run(["package", "XX", "2020", "--to", "court", "-w", str(workspace), "-q"])
    settings = payload(workspace / "build/XX/2020/package/XX-2020-court.zip")["source/reporter.yaml"].decode()
    assert [] == [each for each in ("example", "press", "secret", "mail:") if each in settings]
    assert settings.startswith("# To whom it goes is nobody else's business.\ntitle: {en: Small}\nlanguages: [en]\n")
    assert "subject:\n      en: '{title} of {year}'" in settings


def test_what_a_withheld_number_is_wrong_with_stays_in_the_house(tmp_path):
    values = "{2020: {victims.identified: 4711.5}}"
    entry = f"rule: bad-value, figure: victims.identified, values: {values}, reason: {{en: Counted anew.}}"
    figure = "  victims.identified: {total: 4711.5, confidentiality: C}\n"
    files = packed(tmp_path, figure, {}, f"accepted: [{{{entry}}}]\n")
    assert [] == [name for name, content in files.items() if b"4711" in content or b"Counted anew" in content]


def packed(root: Path, figure: str, changed: dict[str, str], more: str = "") -> dict[str, bytes]:
    text = small.FINAL[small.YEAR].partition("  victims.identified")[0] + figure + "status: final\n" + more
    workspace = small.write(root, small.FINAL | {small.YEAR: text} | changed)
    assert 0 == run(["package", "XX", "2020", "--to", "files", "-w", str(workspace), "-q"])
    return payload(workspace / "build" / "XX" / "2020" / "package" / "XX-2020-files.zip")


@pytest.mark.parametrize(
    "text",
    [
        "{title: {en: T}, recipients: {office: {address: a@b.eu}}}\n",
        'title: {en: T}\n"recipients": {office: {address: a@b.eu}}\n',
        'title: {en: T}\n"\\u006dail": {host: h.eu, from: a@b.eu}\n',
        "title: {en: T}\n? recipients\n: {office: {address: a@b.eu}}\n",
        "title: {en: T}\nrecipients : {office: {address: a@b.eu}}\n",
    ],
)
def test_settings_whose_addresses_cannot_be_told_apart_are_packed_for_nobody(text: str) -> None:
    with pytest.raises(ReporterError, match="does not begin a line of its own, so it cannot be kept out of a package"):
        without_addresses(text.encode())


def test_tables_are_named_as_the_portal_of_eurostat_reads_them() -> None:
    assert "CRIM_THB_A_LT_2020_0000.CSV" == edamis_name("CRIM_THB", "LT", 2020)
    assert "CRIM_THB_A_EL_2020_0000_VSAGE.CSV" == edamis_name("CRIM_THB_VSAGE", "EL", 2020)
    for code, country in (("crim_THB", "LT"), ("CRIMINALS_THB", "LT"), ("CRIM", "LT"), ("CRIM_THB", "LTU")):
        with pytest.raises(ReporterError, match="cannot be the name of an EDAMIS file"):
            edamis_name(code, country, 2020)
