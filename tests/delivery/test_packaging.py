"""The package: what goes in for whom, when it is refused, and that altered figures show although checksums fit."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from reporter.analysis.small_counts import grants, unpermitted
from reporter.cli import late_tools
from reporter.cli.group import run
from reporter.delivery import packing
from reporter.delivery.packaging import write_package
from reporter.errors import UsageError
from reporter.model import vintage
from reporter.submission import open_package
from reporter.submission.outgoing import read_outgoing
from tests import small


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


def refused(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> str:
    code = run(["package", "XX", "2020", "--to", "figures", "-w", str(workspace), *words])
    assert code
    assert not list(workspace.glob("build/XX/2020/package/*.zip*"))
    return capsys.readouterr().err


@pytest.mark.parametrize("status", ["draft", "provisional"])
def test_only_a_final_edition_is_packed(tmp_path, capsys, status):
    text = small.FINAL[small.YEAR].replace("status: final", f"status: {status}")
    said = refused(capsys, small.write(tmp_path, small.FINAL | {small.YEAR: text}))
    assert f"data/XX/2020.yaml:6:9: the edition of 2020 is {status}, and only a final one is sent" in said
    assert "hint: write status: final when its figures are" in said


def test_an_open_error_keeps_a_package_back(tmp_path, capsys):
    text = small.FINAL[small.YEAR].replace("men: 20", "men: 200")
    said = refused(capsys, small.write(tmp_path, small.FINAL | {small.YEAR: text}))
    assert "data/XX/2020.yaml:5:" in said
    assert "error:" in said


def test_an_unknown_recipient_gets_the_nearest_name(tmp_path, capsys):
    workspace = small.write(tmp_path, small.FINAL)
    assert 2 == run(["package", "XX", "2020", "--to", "offise", "-w", str(workspace)])
    assert "did you mean 'office'?" in capsys.readouterr().err


def test_without_the_extra_for_validation_the_remedy_is_told(tmp_path, capsys, monkeypatch):
    def missing():
        raise UsageError("validation needs the package jpype", hint='pip install "reporter[verify]"')

    monkeypatch.setattr(late_tools, "load_validate", missing)
    workspace = small.write(tmp_path, small.FINAL)
    assert 2 == run(["package", "XX", "2020", "--to", "office", "-w", str(workspace)])
    assert 'hint: pip install "reporter[verify]"' in capsys.readouterr().err


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


def test_the_public_gets_no_small_counts_of_victims_without_a_reason(tmp_path, capsys):
    text = small.FINAL[small.YEAR].replace("men: 20", "men: 3").replace("total: 80", "total: 63")
    files = small.FINAL | {small.YEAR: text}
    workspace = small.write(tmp_path, files)
    assert 1 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])
    said = capsys.readouterr().err
    assert "data/XX/2020.yaml:5:63: victims.identified.men 2020" in said
    assert "publish_small_counts" in said
    small.write(workspace, files | {"reporter.yaml": permitting("years: 2019")})
    assert 1 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])
    # A permission that was given in advance would never end.
    small.write(workspace, files | {"reporter.yaml": permitting("years: 2020/2021")})
    assert 1 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])
    assert "write years: 2020" in capsys.readouterr().err
    small.write(workspace, files | {"reporter.yaml": permitting("years: 2020")})
    assert 0 == run(["package", "XX", "2020", "--to", "everybody", "-w", str(workspace)])


def permitting(years: str) -> str:
    """The settings with a permission."""
    permission = f"{{country: XX, source: police, {years}, reason: {{en: The source has them.}}}}"
    return f"{small.FINAL['reporter.yaml']}publish_small_counts: [{permission}]\n"


FEW = {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 3").replace("total: 80", "total: 63")}


@pytest.mark.parametrize("recipient", ["everybody", "figures"])
def test_why_small_counts_are_published_stands_in_every_package_and_is_said(tmp_path, capsys, recipient):
    workspace = small.write(tmp_path, small.FINAL | FEW | {"reporter.yaml": permitting("years: 2020")})
    assert 0 == run(["package", "XX", "2020", "--to", recipient, "-w", str(workspace)])
    assert "small counts are published: 1 figure, because The source has them.\n" in capsys.readouterr().err
    package = open_package(tmp_path / f"build/XX/2020/package/XX-2020-{recipient}.zip")
    line = "Small-Counts: It holds 1 small count. Why it may be published: The source has them."
    assert line in package.read("bag-info.txt").decode().splitlines()
    (why,) = (each for each in graph_of(package) if each["@id"].startswith("#principle"))
    assert ("The source has them.", "XX", "2020", "victims.identified.men 2020") == tuple(
        why[each] for each in ("text", "spatialCoverage", "temporalCoverage", "keywords")
    )
    (root,) = (each for each in graph_of(package) if each["@id"] == "./")
    assert {"@id": why["@id"]} == root["publishingPrinciples"]


def graph_of(package):
    return json.loads(package.read("data/ro-crate-metadata.json"))["@graph"]


def test_lithuania_publishes_small_counts_and_says_why(lithuania):
    known = vintage(lithuania, "LT", 2020)
    (grant,) = grants(known)
    assert {"en", "lt"} == {language for language, _ in grant.permission.reason.texts}
    assert "victims.identified.children" in {each.name for each in grant.counts}
    assert () == unpermitted(known)


def test_a_file_that_changes_while_it_is_packed_is_packed_as_it_was_read(tmp_path, monkeypatch):
    """Its source must not contradict its figures, for nobody holds one against the other."""
    monkeypatch.chdir(small.write(tmp_path, small.FINAL))

    def write(*given: object) -> object:
        small.write(tmp_path, small.FINAL | {small.YEAR: small.FINAL[small.YEAR].replace("men: 20", "men: 19")})
        return write_package(*given)

    monkeypatch.setattr(packing, "write_package", write)
    assert 0 == run(["package", "XX", "2020", "--to", "files"])
    package = open_package(tmp_path / "build/XX/2020/package/XX-2020-files.zip")
    assert small.FINAL[small.YEAR] == package.read(f"data/source/{small.YEAR}").decode()
    assert b"men: 19" in (tmp_path / small.YEAR).read_bytes()
