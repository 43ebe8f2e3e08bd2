"""A package counts as proven where its files are made again, or a signature that is trusted covers them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.delivery import package_checks
from reporter.delivery.package_checks import MakingAgain, active_flaw
from reporter.submission import Result, Verdict, open_package
from tests.delivery.test_made_again import OTHER, STEM, forged, with_words
from tests.fixtures import ROOT

UNPROVEN = "not checked, as they could not be made again here and no signature that you trust covers them"
PAGE = f"{STEM}.html"


@pytest.fixture
def looked(monkeypatch):
    """Looks in this process."""
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *told, **_: work(*told))

    def look(path: Path, *, vouches: bool = False) -> Result:
        found = MakingAgain(quick=True, vouches=vouches).look(open_package(path))
        return replace(found, seen=found.seen[:1])

    return look


def test_a_package_that_is_made_again_but_for_its_pdfs_has_no_defect(packaged, looked):
    files = len(open_package(packaged.package).payload) + 1
    seen = (f"byte for byte the same: {files - 5} of {files} files",)
    assert Result("made again", Verdict.UNCHECKED, seen) == looked(packaged.package)


def test_who_says_that_another_program_made_it_gains_nothing(packaged, tmp_path, looked):
    """A page with a script, of which only making it again would tell."""
    change = with_words(XX_2020_en_html=("<h1", '<h1 title="x"'))
    path = forged(packaged.package, tmp_path, change, Made_By=OTHER)
    found = looked(path)
    (defect,) = found.defects
    assert (Verdict.UNCHECKED, "XX-2020-office") == (found.verdict, defect.file)
    assert defect.message.startswith(f"files {UNPROVEN}: ")
    assert () == looked(path, vouches=True).defects


def test_without_sources_nothing_is_proven(packaged, tmp_path, looked):
    def bare(files: dict[str, bytes]) -> Mapping[str, bytes]:
        return {name: each for name, each in files.items() if not name.startswith("source/")}

    path = forged(packaged.package, tmp_path, bare)
    (defect,) = looked(path).defects
    assert f"files {UNPROVEN}: {len(open_package(path).payload)}" == defect.message
    assert () == looked(path, vouches=True).defects
    path = forged(packaged.package, tmp_path, lambda files: bare(files) | {"more.html": b"<script>1</script>"})
    assert ["data/more.html"] == [each.file for each in looked(path, vouches=True).defects]


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
