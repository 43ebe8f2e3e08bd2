"""Without Pango no page is laid out, and an error says what is missing."""

import json
import pickle
import sys
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.errors import NoPaperError
from reporter.formats.pdf import paper
from reporter.formats.pdf.paper import require_paper
from tests import small

SAID = (
    "this computer cannot make a PDF: a library that lays out pages is missing (cannot load library "
    "'libpango-1.0-0': not found)"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small workspace that can be built, published and packed."""
    return small.write(tmp_path, small.FINAL)


def made(workspace: Path) -> list[str]:
    found = (workspace / "build").rglob("XX-*")
    return sorted(path.name for path in found if path.suffix not in (".json", ".lock"))


@pytest.mark.parametrize(
    ("system", "way"),
    [
        ("linux", "Debian, Ubuntu: sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("darwin", "macOS: brew install pango"),
        ("win32", "Windows: install MSYS2, then in its UCRT64 shell: pacman -S mingw-w64-ucrt-x86_64-pango"),
    ],
)
def test_what_is_missing_is_said_with_the_way_to_it_on_this_system(
    paperless: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], system: str, way: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    with pytest.raises(NoPaperError) as problem:
        require_paper()
    assert f"{SAID}\n  hint: {way}\n  {paper.WITHOUT}" == str(problem.value)
    # What WeasyPrint prints would stand among our data.
    assert ("", "") == capsys.readouterr()


def test_the_error_travels_from_the_process_that_meets_it(paperless: None) -> None:
    with pytest.raises(NoPaperError) as problem:
        require_paper()
    assert str(problem.value) == str(pickle.loads(pickle.dumps(problem.value)))


def test_a_fault_of_the_program_is_not_taken_for_a_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reporter.formats.pdf.pieces.engine", None)
    with pytest.raises(ModuleNotFoundError):
        paper.require_paper()


def test_of_several_formats_those_without_paper_are_made(
    paperless: None, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["build", "XX", "2020", "--format", "pdf,html,xlsx", "-w", str(workspace)]
    assert 1 == run(command)
    out, err = capsys.readouterr()
    assert ["html", "xlsx"] == [line.partition(" (")[0].rpartition(".")[2] for line in out.splitlines()][:2]
    assert ".pdf" not in out
    assert 1 == err.count(f"reporter: {SAID}\n  hint: ")
    assert ["XX-2020-data-and-methods-en.html", "XX-2020-en.html", "XX-2020-en.xlsx"] == made(workspace)
    # What is there is not made again, and the paper still misses.
    assert 1 == run([*command, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert {"failed"} == {each["state"] for each in told}
    assert 0 == run(["build", "XX", "2020", "--format", "html,xlsx", "-w", str(workspace)])


def test_machines_are_told_what_was_made_and_why_no_more(
    paperless: None, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 1 == run(["build", "XX", "2020", "--format", "pdf,html", "--json", "-w", str(workspace)])
    for each in json.loads(capsys.readouterr().out):
        assert ("built", ["html"]) == (each["state"], [file["format"] for file in each["files"]])
        assert each["unmade"].startswith(SAID)


@pytest.mark.parametrize(
    "words", [["publish", "XX", "2020"], ["package", "XX", "2020", "--to", "office"]], ids=["publish", "package"]
)
def test_what_needs_paper_is_refused_before_its_work(
    paperless: None, workspace: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert 1 == run([*words, "-w", str(workspace)])
    assert f"reporter: {SAID}\n" in capsys.readouterr().err
    assert [] == made(workspace)
    assert not (workspace / "data" / "XX" / "editions").exists()


def test_a_package_without_paper_is_packed(paperless: None, workspace: Path) -> None:
    assert 0 == run(["package", "XX", "2020", "--to", "figures", "-q", "-w", str(workspace)])
    assert ["XX-2020-figures.zip", "XX-2020-figures.zip.sha256"] == made(workspace)


def test_a_comparison_is_made_for_the_web(paperless: None, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == run(["compare", "XX", "2019", "2020", "-w", str(workspace)])
    out, err = capsys.readouterr()
    assert "XX-compare-2019-2020-en.html" in out
    assert (False, 1) == (".pdf" in out, err.count(SAID))
