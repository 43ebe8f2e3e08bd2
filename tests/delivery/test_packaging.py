"""The package: what goes in for whom, when it is refused, and that altered figures show although checksums fit."""

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import bagit
import pikepdf
import pytest
from pypdf import PdfReader

from reporter.cli import package as command
from reporter.cli.group import run
from reporter.cli.package_checks import FIGURES
from reporter.delivery.package_contents import enclose_html, enclose_pdf
from reporter.delivery.packaging import consign, write_package
from reporter.edition.disclosure import small_counts, withheld_files
from reporter.edition.job import Job
from reporter.edition.program import program_digest
from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.model import vintage
from reporter.submission import CHECKSUMS, BagInfo, Verdict, open_package, pack, verify
from reporter.submission.history import History
from reporter.submission.outgoing import read_outgoing
from reporter.validate import validate
from tests import small
from tests.conftest import Packaged, build, elsewhere
from tests.snapshots import published_state

Change = Callable[[dict[str, bytes]], Mapping[str, bytes]]
STEM = "XX-2020-en"
CSV, JSON = f"figures/{STEM}-observations.csv", f"figures/{STEM}-observations.json"
# What a process took at most; what `resource` says counts the memory of the one that started it.
PEAK = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
BOOK, PAGE, PDF = f"figures/{STEM}.xlsx", f"{STEM}.html", f"{STEM}.pdf"


def payload(path: Path) -> dict[str, bytes]:
    """What was sent, by path below data/."""
    opened = open_package(path)
    return {name.removeprefix("data/"): b"".join(opened.pieces(name)) for name in opened.payload}


def forged(packaged: Packaged, target: Path, change: Change) -> list[str]:
    """What the round trip says of a package with changed files whose manifests were made anew."""
    path = pack(target, change(payload(packaged.package)), BagInfo("XX-2020-office", date(2020, 12, 31), "M")).path
    checksums, figures = verify(path, (CHECKSUMS, FIGURES))[1:]
    assert Verdict.PASSED is checksums.verdict
    return [str(each) for each in figures.defects]


def replaced(name: str, old: str, new: str) -> Change:
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        content = files[name]
        place = max(content.find(b'id="table-time_table"'), 0)
        assert old.encode() in content[place:]
        return files | {name: content[:place] + content[place:].replace(old.encode(), new.encode(), 1)}

    return change


# what is in it


def test_it_holds_what_the_recipient_gets(packaged):
    expected = [
        "XX-2020-en.html",
        "XX-2020-en.pdf",
        "XX-2020-office-letter.pdf",
        "figures/XX-2020-en-coverage.csv",
        "figures/XX-2020-en-coverage.csv-metadata.json",
        "figures/XX-2020-en-observations.csv",
        "figures/XX-2020-en-observations.csv-metadata.json",
        "figures/XX-2020-en-observations.json",
        "figures/XX-2020-en.xlsx",
        "figures/export.schema.json",
        "metadata/XX-2020-en-esms.json",
        "ro-crate-metadata.json",
        "source/data/XX/2018.yaml",
        "source/data/XX/2019.yaml",
        "source/data/XX/2020.yaml",
        "source/data/XX/country.yaml",
        "source/data/XX/text/en/2020.md",
        "source/data/catalogue.yaml",
        "validation/XX-2020-checks.json",
        "validation/XX-2020-pdf.json",
        "validation/XX-2020-pdf.txt",
    ]
    assert expected == sorted(payload(packaged.package))


def test_it_is_a_bag_that_another_program_accepts(packaged, tmp_path):
    with zipfile.ZipFile(packaged.package) as archive:
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / "XX-2020-office"))
    assert bag.validate()
    told = {key: bag.info[key] for key in ("Country", "Reference-Year", "Edition-Status", "Recipient")}
    assert {"Country": "XX", "Reference-Year": "2020", "Edition-Status": "final", "Recipient": "office"} == told


def test_the_checksum_beside_it_is_its_own(packaged):
    said = packaged.package.with_name("XX-2020-office.zip.sha256").read_text()
    assert f"{read_outgoing(packaged.package).sha256}  XX-2020-office.zip\n" == said


def test_the_outbox_reads_country_and_year_from_it_whatever_it_is_called(packaged, tmp_path):
    other = tmp_path / "profile.zip"
    other.write_bytes(packaged.package.read_bytes())
    assert ("XX", 2020) == read_outgoing(other).edition


def test_every_file_of_the_package_is_described_in_the_crate(packaged):
    files = payload(packaged.package)
    graph = json.loads(files.pop("ro-crate-metadata.json"))["@graph"]
    assert sorted(files) == sorted(each["@id"] for each in graph if each["@type"] == "File")


def test_the_letter_names_every_other_file_with_its_checksum_and_passes_both_profiles(packaged, tmp_path):
    files = payload(packaged.package)
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(files.pop("XX-2020-office-letter.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(letter).pages).replace("\n", "").replace(" ", "")
    del files["ro-crate-metadata.json"]
    assert [] == [name for name in files if name not in text]
    manifest = verify_sums(packaged.package)
    assert [] == [name for name in files if manifest[name] not in text]
    assert () == validate(letter)


def verify_sums(path: Path) -> dict[str, str]:
    lines = open_package(path).read("manifest-sha256.txt").decode().splitlines()
    return {name.removeprefix("data/"): known for known, _, name in (line.partition("  ") for line in lines)}


def test_the_findings_of_the_checks_go_with_it(packaged):
    told = json.loads(payload(packaged.package)["validation/XX-2020-checks.json"])
    assert {"path", "line", "severity", "code", "message", "accepted"} <= told[0].keys()


def test_what_the_checkers_found_goes_with_it(packaged):
    files = payload(packaged.package)
    (report,) = json.loads(files["validation/XX-2020-pdf.json"])
    assert (PDF, True) == (report["path"], report["passes"])
    assert report["sha256"] == report["judged_sha256"] == hashlib.sha256(files[PDF]).hexdigest()
    told = [(each["checker"], each["profile"], each["rules"], each["failed"]) for each in report["results"]]
    expected = [("veraPDF", "PDF/UA-1", 106, 0), ("veraPDF", "PDF/A-3a", 155, 0)]
    assert expected == told[:2]
    assert ("reporter", "tags of the PDF and of its page") == told[2][:2]
    record = packaged.workspace / "build" / "XX" / "2020" / f"{STEM}.json"
    assert json.loads(record.read_text())["files"]["pdf"]["proof"] == report["results"]
    version = report["results"][0]["version"]
    words = files["validation/XX-2020-pdf.txt"].decode()
    assert f"{PDF}: passes, {report['sha256']}\n  veraPDF {version}, PDF/UA-1: 106 of 106 rules passed\n" in words


def test_the_package_of_lithuania_passes_with_every_language_and_the_tables_of_eurostat(lithuanian_packaged):
    results = verify(lithuanian_packaged.package, (CHECKSUMS, FIGURES))
    assert [] == [str(defect) for each in results for defect in each.defects]
    names = payload(lithuanian_packaged.package)
    assert {"LT-2020-en.pdf", "LT-2020-lt.pdf", "LT-2020-en.html", "LT-2020-lt.html"} <= names.keys()
    assert "figures/CRIM_THB_A_LT_2020_0000_VSAGE.CSV" in names
    seen = next(each for each in results if each.check == FIGURES.name).seen
    assert 20 == len(seen)


# the same bytes


def test_the_same_input_gives_the_same_bytes(packaged, tmp_path):
    """In another folder, another zone, with other seeds."""
    workspace = small.write(tmp_path / "elsewhere" / "workspace", small.FINAL)
    build(workspace, "XX", 2020, "--to", "office", "-q", command="package", **elsewhere(tmp_path / "temporary"))
    again = workspace / "build" / "XX" / "2020" / "package" / "XX-2020-office.zip"
    assert payload(packaged.package) == payload(again)
    assert packaged.package.read_bytes() == again.read_bytes()


# what is refused


def refused(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> str:
    code = run(["package", "XX", "2020", "--to", "figures", "-w", str(workspace), *words])
    assert code
    assert not list(workspace.glob("build/XX/2020/package/*.zip*"))
    return capsys.readouterr().err


@pytest.mark.parametrize("status", ["draft", "provisional"])
def test_only_a_final_edition_is_packed(tmp_path, capsys, status):
    text = small.FINAL[small.YEAR].replace("status: final", f"status: {status}")
    said = refused(capsys, small.write(tmp_path, small.FINAL | {small.YEAR: text}))
    assert f"data/XX/2020.yaml:2:9: the edition of 2020 is {status}, and only a final one is sent" in said
    assert "hint: write status: final when its figures are" in said


def test_an_open_error_keeps_a_package_back(tmp_path, capsys):
    text = small.FINAL[small.YEAR].replace("men: 20", "men: 200")
    said = refused(capsys, small.write(tmp_path, small.FINAL | {small.YEAR: text}))
    assert "data/XX/2020.yaml:6:" in said
    assert "error:" in said


def test_an_unknown_recipient_gets_the_nearest_name(tmp_path, capsys):
    workspace = small.write(tmp_path, small.FINAL)
    assert 2 == run(["package", "XX", "2020", "--to", "offise", "-w", str(workspace)])
    assert "did you mean 'office'?" in capsys.readouterr().err


def test_without_the_extra_for_validation_the_remedy_is_told(tmp_path, capsys, monkeypatch):
    def missing():
        raise UsageError("validation needs the package jpype", hint="pip install 'reporter[verify]'")

    monkeypatch.setattr(command, "load_validate", missing)
    workspace = small.write(tmp_path, small.FINAL)
    assert 2 == run(["package", "XX", "2020", "--to", "office", "-w", str(workspace)])
    assert "hint: pip install 'reporter[verify]'" in capsys.readouterr().err


def test_a_language_without_a_narrative_is_told(tmp_path, capsys):
    workspace = small.write(tmp_path, small.FINAL | {small.TEXT: None})
    assert run(["package", "XX", "2020", "--to", "office", "-w", str(workspace)])
    assert "write data/XX/text/en/2020.md" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    workspace = small.write(tmp_path, small.FINAL)
    place = workspace / "build" / "XX" / "2020"
    place.mkdir(parents=True)
    (place / "package").write_text("in the way")
    assert 1 == run(["package", "XX", "2020", "--to", "figures", "-w", str(workspace)])
    assert "XX-2020-figures.zip cannot be written" in capsys.readouterr().err


def test_a_full_disk_leaves_the_earlier_package_as_it_was(tmp_path, capsys):
    """A file may not grow beyond 4 kB: what a full disk answers, without a disk to fill."""
    workspace = small.write(tmp_path, small.FINAL)
    words = ["package", "XX", "2020", "--to", "figures", "-w", str(workspace)]
    assert 0 == run(words)
    folder = workspace / "build" / "XX" / "2020" / "package"
    before = {path.name: path.read_bytes() for path in folder.glob("*.zip*")}
    changed = small.FINAL[small.YEAR].replace("men: 20", "men: 19").replace("total: 80", "total: 79")
    small.write(workspace, small.FINAL | {small.YEAR: changed})
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096));"
        "from reporter.cli.group import run; sys.exit(run(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", limited, *words], capture_output=True, text=True, check=False)
    assert 1 == done.returncode
    assert "cannot be written: File too large" in done.stderr
    assert before == {path.name: path.read_bytes() for path in folder.glob("*.zip*")}
    assert [] == list(folder.glob(".packing-*"))


def test_what_a_killed_process_left_is_swept(tmp_path):
    workspace = small.write(tmp_path, small.FINAL)
    left = workspace / "build" / "XX" / "2020" / "package" / ".packing-XX-2020-figures-old"
    left.mkdir(parents=True)
    (left / "half.zip").write_text("half")
    assert 0 == run(["package", "XX", "2020", "--to", "figures", "-w", str(workspace), "-q"])
    assert not left.exists()


def test_a_package_can_name_the_one_that_it_replaces(tmp_path):
    workspace = small.write(tmp_path, small.FINAL)
    words = ["package", "XX", "2020", "--to", "figures", "-w", str(workspace), "-q"]
    assert 0 == run(words)
    path = workspace / "build" / "XX" / "2020" / "package" / "XX-2020-figures.zip"
    known = read_outgoing(path).sha256
    assert 0 == run([*words, "--replaces", str(path)])
    assert f"Replaces: XX-2020-figures.zip, SHA-256 {known}" in open_package(path).read("bag-info.txt").decode()


# what may not leave


def test_the_public_gets_no_small_counts_of_victims_without_a_reason(tmp_path, capsys):
    text = small.FINAL[small.YEAR].replace("men: 20", "men: 3").replace("total: 80", "total: 63")
    files = small.FINAL | {small.YEAR: text}
    workspace = small.write(tmp_path, files)
    assert 1 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])
    said = capsys.readouterr().err
    assert "data/XX/2020.yaml:6:63: victims.identified.men 2020" in said
    assert "publish_small_counts" in said
    allowed = f"{small.FINAL['reporter.yaml']}publish_small_counts: {{reason: {{en: The source has them.}}}}\n"
    small.write(workspace, files | {"reporter.yaml": allowed})
    assert 0 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])


def test_lithuania_publishes_small_counts_and_says_why(lithuania):
    known = vintage(lithuania, "LT", 2020)
    assert known.settings.small_counts.text("en")
    assert known.settings.small_counts.text("lt")
    assert "victims.identified.children" in {each.address for each in small_counts(known)}


@pytest.mark.parametrize(("ending", "enclose"), [("html", enclose_html), ("pdf", enclose_pdf)])
def test_a_file_that_is_not_what_was_built_stays_out(packaged, tmp_path, ending, enclose):
    """What the record of the build says is held against what is packed."""
    root = tmp_path / "workspace"
    shutil.copytree(packaged.workspace, root)
    state = published_state(Workspace(root), Job("XX", 2020, ""), ("en",))
    recipient = state.checked.dataset.settings.recipient("office")
    sent = consign(Workspace(root), state, recipient, program_digest(), History())
    assert [f"{STEM}.{ending}"] == list(enclose(sent))
    file = root / "build" / "XX" / "2020" / f"{STEM}.{ending}"
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(ReporterError, match="changed while it was packed"):
        enclose(sent)


def test_a_file_with_a_confidential_value_stays_out(ruritania):
    known = vintage(ruritania, "XX", 2022)
    assert {"data/XX/2021.yaml"} == withheld_files(known)


def test_the_words_of_findings_stay_out_where_a_value_is_confidential(tmp_path):
    text = small.FINAL[small.YEAR].replace("{total: 80,", "{total: 80, confidentiality: C,")
    workspace = small.write(tmp_path, small.FINAL | {small.YEAR: text})
    assert 0 == run(["package", "XX", "2020", "--to", "files", "-w", str(workspace), "-q"])
    files = payload(workspace / "build" / "XX" / "2020" / "package" / "XX-2020-files.zip")
    assert "source/data/XX/2020.yaml" not in files
    assert [] == [name for name, content in files.items() if b"80" in content and name.endswith(("checks.json", "csv"))]


# the round trip


def test_a_package_as_packed_has_the_same_figures_everywhere(packaged, tmp_path):
    assert [] == forged(packaged, tmp_path / "a.zip", lambda files: files)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (JSON, '"value": 11,', '"value": 12,', "investigations.opened 2020 is 12, and 11 in the CSV"),
        (PAGE, '<td class="current">11</td>', '<td class="current">12</td>', "opened 2020 is printed as '12'"),
        (CSV, "2020,11,", "2020,12,", "is 11, and 12 in the CSV"),
        (JSON, '"status": "given"', '"status": "missing"', "status is missing, and given in the CSV"),
    ],
)
def test_an_altered_number_shows_although_checksums_are_right(packaged, tmp_path, name, old, new, said):
    found = forged(packaged, tmp_path / "a.zip", replaced(name, old, new))
    assert any(said in each for each in found), found


def test_an_altered_csv_contradicts_every_other_place(packaged, tmp_path):
    found = forged(packaged, tmp_path / "a.zip", replaced(CSV, "2020,11,", "2020,12,"))
    assert {JSON, BOOK, PAGE, PDF} == {each.partition(":")[0].removeprefix("data/") for each in found}


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


def test_an_altered_page_of_the_pdf_shows(packaged, tmp_path):
    """A PDF made from other data, with the file of the right figures inside."""
    text = small.FINAL[small.YEAR].replace("total: 11", "total: 12").replace("labour: 7", "labour: 8")
    workspace = small.write(tmp_path / "other", small.FINAL | {small.YEAR: text})
    build(workspace, "XX", 2020)
    other = (workspace / "build" / "XX" / "2020" / PDF).read_bytes()
    found = forged(packaged, tmp_path / "a.zip", lambda files: files | {PDF: attached(other, files[CSV])})
    expected = [
        "investigations.opened 2020 is printed as '12', and 11",
        "investigations.opened.labour 2020 is printed as '8', and 7",
    ]
    assert [f"data/{PDF}: {each} in the CSV" for each in expected] == found


def attached(pdf: bytes, content: bytes) -> bytes:
    """A PDF with another file of all figures inside."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        name = next(each for each in opened.attachments if each.endswith("-observations.csv"))
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)
        opened.save(target)
    return target.getvalue()


@pytest.mark.parametrize("table", ["VSAGE", "SEX"])
def test_an_altered_table_of_eurostat_shows(lithuanian_packaged, tmp_path, table):
    name = f"figures/CRIM_THB_A_LT_2020_0000_{table}.CSV"

    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        lines = list(csv.DictReader(io.StringIO(files[name].decode())))
        line = next(each for each in lines if each["OBS_VALUE"])
        old = f",{line['TIME_PERIOD']},{line['OBS_VALUE']},"
        return files | {name: files[name].replace(old.encode(), f",{line['TIME_PERIOD']},999,".encode(), 1)}

    found = forged(lithuanian_packaged, tmp_path / "a.zip", change)
    assert 1 == len(found)
    assert " is 999, and " in found[0]


def test_a_page_in_another_language_is_read_back_as_well(lithuanian_packaged, tmp_path):
    old, new = ">24<", ">25<"
    found = forged(lithuanian_packaged, tmp_path / "a.zip", replaced("LT-2020-lt.html", old, new))
    assert ["data/LT-2020-lt.html: investigations.opened 2014 is printed as '25', and 24 in the CSV"] == found


def test_a_workbook_that_would_expand_is_refused(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as copy:
            copy.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
        return files | {BOOK: target.getvalue()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{BOOK}: xl/worksheets/sheet1.xml in it declares a document type"] == found


@pytest.mark.parametrize("name", [CSV, JSON, BOOK, PAGE, PDF])
def test_what_cannot_be_read_is_a_defect_and_no_fault(packaged, tmp_path, name):
    found = forged(packaged, tmp_path / "a.zip", lambda files: files | {name: b"%PDF-1.7 nothing\r\n\xff"})
    assert any(each.startswith(f"data/{name}: ") for each in found)


def test_memory_does_not_grow_with_the_package(packaged, tmp_path):
    """Two packages that differ by 48 MB of a page; the larger one may take a tenth of that more."""
    files = payload(packaged.package)
    info = BagInfo("XX-2020-office", date(2020, 12, 31), "M")
    sizes = []
    for number, filling in enumerate((b"", b"x" * (48 << 20))):
        path = pack(tmp_path / f"{number}.zip", files | {PAGE: filling + files[PAGE]}, info).path
        sizes.append(_peak(path))
    assert sizes[0] + (5 << 10) > sizes[1]


def _peak(path: Path) -> int:
    """Kilobytes of the process that verifies."""
    script = (
        "import sys; from pathlib import Path; from reporter.cli.package_checks import FIGURES;"
        "from reporter.submission import CHECKSUMS, verify;"
        "found = verify(Path(sys.argv[1]), (CHECKSUMS, FIGURES)); assert not any(each.defects for each in found);"
        f"{PEAK}"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True, env=os.environ
    )
    return int(done.stdout)


def test_a_file_that_changes_while_it_is_packed_is_packed_as_it_was_read(tmp_path, monkeypatch):
    """Its source must not contradict its figures, for nobody holds one against the other."""
    monkeypatch.chdir(small.write(tmp_path, small.FINAL))

    def write(*given: object) -> object:
        small.write(tmp_path, small.FINAL | {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 19")})
        return write_package(*given)

    monkeypatch.setattr(command, "write_package", write)
    assert 0 == run(["package", "XX", "2020", "--to", "files"])
    package = open_package(tmp_path / "build/XX/2020/package/XX-2020-files.zip")
    assert small.FINAL[small.YEAR] == package.read(f"data/source/{small.YEAR}").decode()
    assert b"men: 19" in (tmp_path / small.YEAR).read_bytes()
