"""Packages of real countries are made again from their sources alone, by another process, to the byte."""

import shutil
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.cli.making_again import MakingAgain
from reporter.submission import Verdict, open_package
from tests.fixtures import LITHUANIA, copy_workspace

PARTS = "[pdf, html, page, csv, xlsx, sdmx, json, letter, validation, metadata]"
ENTRY = "channel: folder, folder: out, language: lt, name: {lt: Teismas}"
OFFICES = f"""recipients:
  court: {{{ENTRY}, audience: restricted, gets: {PARTS}}}
  press: {{{ENTRY}, audience: public, gets: [html, xlsx, csv, page]}}
"""
PLAIN = "by person: {women: 16, men: 7, children: 1}"
CODED = "by person: {women: 16, men: {value: 7, confidentiality: D}, children: {value: 1, confidentiality: C}}"


def made_again(path: Path) -> list[str]:
    found = MakingAgain().look(open_package(path))
    assert (Verdict.PASSED, ()) == (found.verdict, found.defects)
    return list(found.seen)


def test_everything_that_the_commission_gets_of_lithuania(lithuanian_packaged):
    [seen] = made_again(lithuanian_packaged.package)
    count = len(open_package(lithuanian_packaged.package).payload) + 1
    assert f"byte for byte the same: {count} of {count} files" == seen


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lithuania, published, then corrected; two of its counts are withheld from the public."""
    root = tmp_path_factory.mktemp("again") / "work"
    copy_workspace(LITHUANIA, root)
    settings, year, text = root / "reporter.yaml", root / "data/LT/2020.yaml", root / "data/LT/text/en/2020.md"
    settings.write_text(settings.read_text().replace("recipients:\n", OFFICES, 1))
    year.write_text(year.read_text().replace(PLAIN, CODED))
    assert 0 == run(["publish", "LT", "2020", "--by", "A", "-q", "-w", str(root)])
    text.write_text(text.read_text().replace(".\n", ". It was said anew.\n", 1))
    reason = "en=A sentence was missing.;lt=Trūko sakinio."
    words = [word for each in reason.split(";") for word in ("--corrigendum", each)]
    assert 0 == run(["publish", "LT", "2020", "--by", "A", *words, "-q", "-w", str(root)])
    return root


@pytest.mark.parametrize(("code", "begin"), [("court", "LT-2020-restricted"), ("press", "LT-2020")])
def test_a_corrigendum_for_those_who_may_know_and_for_everybody(corrected, code, begin):
    """Its erratum is made from the number before, which travels as each may see it."""
    assert 0 == run(["package", "LT", "2020", "--to", code, "-q", "-w", str(corrected)])
    path = corrected / f"build/LT/2020/package/{begin}-{code}.zip"
    made_again(path)
    held = [name for name in open_package(path).payload if "/editions/2020/0/" in name]
    assert held
    kept = b"".join(
        b"".join(open_package(path).pieces(name)) for name in open_package(path).payload if "source/" in name
    )
    assert (code == "court") == (b"confidentiality: D" in kept)


def test_an_edition_of_a_year_before_is_made_again_too(corrected, tmp_path):
    """A workspace in which a later year stands already gives the earlier edition as it was."""
    root = shutil.copytree(corrected, tmp_path / "later")
    assert 0 == run(["new", "LT", "2021", "-q", "-w", str(root)])
    assert 0 == run(["package", "LT", "2019", "--to", "press", "-q", "-w", str(root)])
    path = root / "build/LT/2019/package/LT-2019-press.zip"
    made_again(path)
    assert [] == [name for name in open_package(path).payload if "2020.yaml" in name or "2021" in name]
