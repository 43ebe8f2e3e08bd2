"""A package counts as proven where its files are made again, or a signature that is trusted covers them."""

import json
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.exchange.package import package_checks
from reporter.exchange.package.package_checks import MakingAgain, active_flaw
from reporter.formats.bagit import Result, Verdict, open_package
from tests.fixtures import ROOT
from tests.package.test_made_again import OTHER, STEM, forged, with_words

PAGE = f"{STEM}.html"


@pytest.fixture
def looked(monkeypatch):
    """Looks in this process."""
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *told, **_: work(*told))

    def look(path: Path, *, vouches: bool = False) -> Result:
        found = MakingAgain(quick=True, vouches=vouches).look(open_package(path))
        return replace(found, details=found.details[:1])

    return look


def test_a_package_whose_pdfs_are_passed_over_is_not_proved_unless_a_signature_covers_them(packaged, looked):
    files = len(open_package(packaged.package).payload) + 1
    seen = (f"byte for byte the same: {files - 5} of {files} files",)
    assert Result("made again", Verdict.UNPROVEN, seen) == looked(packaged.package)
    assert Result("made again", Verdict.UNCHECKED, seen) == looked(packaged.package, vouches=True)


def test_who_says_that_another_program_made_it_gains_nothing(packaged, tmp_path, looked):
    """A page with a title, of which only making it again would tell."""
    change = with_words(XX_2020_en_html=("<h1", '<h1 title="x"'))
    for label in (OTHER, "reporter 99.0.0", ""):
        path = forged(packaged.package, tmp_path, change, Made_By=label)
        assert [Verdict.UNPROVEN] * 2 == [looked(path, vouches=each).verdict for each in (False, True)]


@pytest.mark.parametrize("label", ["reporter 0.0.1, SHA-256 0, with engines 0", "reporter 99.0.0", ""])
def test_the_command_has_three_results_and_the_sender_does_not_choose_among_them(packaged, tmp_path, looked, label):
    """The only CSV says 90 while its sources say 60; then the same label, and just a page that is another one."""
    change = with_words(en_observations_csv=("women,2020,60", "women,2020,90"))
    assert (1, False, "victims.identified.women 2020 is 90, made again 60") == verified(
        forged(packaged.package, tmp_path, change, Made_By=label)
    )
    change = with_words(XX_2020_en_html=("<h1", '<h1 title="x"'))
    assert (4, None, "") == verified(forged(packaged.package, tmp_path, change, Made_By=label))


def verified(path: Path, *more: str) -> tuple[int, bool | None, str]:
    with redirect_stdout(StringIO()) as out:
        code = run(["verify", str(path), "--quick", "--format", "json", *more])
    said = json.loads(out.getvalue())
    defects = [each["message"] for check in said["checks"] for each in check["defects"]]
    return code, said["passes"], "; ".join(defects)


def test_without_sources_nothing_is_proven(packaged, tmp_path, looked):
    def bare(files: dict[str, bytes]) -> Mapping[str, bytes]:
        return {name: each for name, each in files.items() if not name.startswith("source/")}

    path = forged(packaged.package, tmp_path, bare)
    assert [Verdict.UNPROVEN] * 2 == [looked(path, vouches=each).verdict for each in (False, True)]
    more = {"more.html": b"<script>1</script>", "run.exe": b"MZ", "figures/x.xlsm": b"PK"}
    path = forged(packaged.package, tmp_path, lambda files: bare(files) | more)
    assert {f"data/{name}" for name in more} == {each.file for each in looked(path, vouches=True).defects}


def test_what_acts_is_told_whoever_vouches(packaged, tmp_path, looked):
    change = with_words(XX_2020_en_html=("</body>", "<script>1</script></body>"))
    found = looked(forged(packaged.package, tmp_path, change, Made_By=OTHER), vouches=True)
    (defect,) = found.defects
    assert (Verdict.FAILED, f"data/{PAGE}") == (found.verdict, defect.file)
    assert defect.message.endswith(": would act: '<script'")


def page(part: str) -> bytes:
    lines = (ROOT / "templates/web/page.html").read_text(encoding="utf-8").splitlines()[2:5]
    return "\n".join(('<!DOCTYPE html>\n<html lang="en">', *lines, part)).encode()


def test_the_template_begins_with_the_policy_that_is_looked_for():
    assert "" == active_flaw("data/a.html", page('<p class="x">A rise of one = 3, once</p>'))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        page("").replace(b"'none'", b"*"),
        page("").replace(b"<head>", b"<head><title>T</title>"),
        b" " + page(""),
        page("").replace(b'charset="utf-8"', b'charset="utf-7"'),
    ],
)
def test_a_page_that_does_not_begin_with_the_policy_is_told(content):
    assert active_flaw("data/a.html", content).startswith("does not begin as a page of ours")


@pytest.mark.parametrize(
    "part",
    [
        "<script>1</script>",
        '<p onclick="x()">a</p>',
        '<p\nOnPointerOver = "x()">a</p>',
        '<form action="https://e.example"></form>',
        '<iframe src="https://e.example"></iframe>',
        '<base href="https://e.example/">',
        '<meta http-equiv="refresh" content="0;url=https://e.example">',
        '<meta http-equiv=refresh content="0">',
        '<a href=" javascript:x()">a</a>',
        "<p>\u202e42</p>",
    ],
)
def test_what_no_policy_forbids_or_a_text_to_be_pasted_would_do_is_told_with_its_line(part):
    assert active_flaw("data/a.html", page(part)).startswith("line 6: would act: ")
    assert active_flaw("data/XX-2020-en-page.html", f"<p>a</p>\n{part}".encode()).startswith("line 2: would act: ")
    assert active_flaw("data/source/templates/web/page.html", part.encode()).startswith("line 1: would act: ")


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0"])
def test_a_cell_that_a_spreadsheet_runs_is_told(cell):
    assert active_flaw("data/figures/a.csv", f"a,b\r\n1,{cell}\r\n".encode()).startswith("line 2: has a cell that")
    assert "" == active_flaw("data/figures/a.csv", b"a,b\r\n-1,+2.5\r\n")
