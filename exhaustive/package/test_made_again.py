"""Packages of each number and audience are made again from their sources alone, by another process, to the byte."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from reporter.cli.group import run
from reporter.exchange.package.package_checks import MakingAgain
from reporter.formats.bagit import Verdict, open_package
from tests import small
from tests.package.forging import PDF, rewritten
from tests.package.test_made_again import OTHER, forged

PARTS = "[html, page, csv, xlsx, json, metadata]"
ENTRY = "channel: folder, folder: out, language: en, name: {en: Court}"
OFFICES = f"""\
  court: {{{ENTRY}, audience: restricted, gets: {PARTS}}}
  press: {{{ENTRY}, audience: public, gets: [html, xlsx, csv, page]}}
"""
EARLIER = "data/XX/text/en/2019.md"
PLAIN = "by person: {women: 60, men: 20}"
CODED = "by person: {women: {value: 60, confidentiality: D}, men: {value: 20, confidentiality: C}}"


def made_again(path: Path) -> None:
    found = MakingAgain().look(open_package(path))
    assert (Verdict.PASSED, ()) == (found.verdict, found.defects)


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country, published, then corrected; two of its counts are withheld from the public."""
    year = small.FINAL[small.YEAR].replace(PLAIN, CODED)
    before = small.FILES[small.TEXT]
    settings = f"{small.FILES['reporter.yaml']}recipients:\n{OFFICES}"
    files = {"reporter.yaml": settings, small.YEAR: year, EARLIER: before}
    root = small.write(tmp_path_factory.mktemp("again") / "work", small.FINAL | files)
    assert 0 == run(["publish", "XX", "2019", "--by", "A", "-q", "-w", str(root)])
    assert 0 == run(["publish", "XX", "2020", "--by", "A", "-q", "-w", str(root)])
    (root / small.TEXT).write_text((root / small.TEXT).read_text() + "\nIt was said anew.\n")
    reason = ("--corrigendum", "en=A sentence was missing.")
    assert 0 == run(["publish", "XX", "2020", "--by", "A", *reason, "-q", "-w", str(root)])
    return root


@pytest.mark.parametrize(("code", "begin"), [("court", "XX-2020-restricted"), ("press", "XX-2020")])
def test_a_corrigendum_for_those_who_may_know_and_for_everybody(corrected, code, begin):
    """Its erratum is made from the number before, which travels as each may see it."""
    assert 0 == run(["package", "XX", "2020", "--to", code, "-q", "-w", str(corrected)])
    path = corrected / f"build/XX/2020/package/{begin}-{code}.zip"
    made_again(path)
    held = [name for name in open_package(path).payload if "/editions/2020/0/" in name]
    assert held
    kept = b"".join(open_package(path).read(name) for name in open_package(path).payload if "source/" in name)
    assert (code == "court") == (b"confidentiality: D" in kept)


def test_an_edition_of_a_year_before_is_made_again_too(corrected, tmp_path):
    """A workspace in which later years stand already gives the earlier edition as it was."""
    root = shutil.copytree(corrected, tmp_path / "later")
    assert 0 == run(["package", "XX", "2019", "--to", "press", "-q", "-w", str(root)])
    path = root / "build/XX/2019/package/XX-2019-press.zip"
    made_again(path)
    assert [] == [name for name in open_package(path).payload if "2020" in name]


def test_where_bytes_are_not_compared_the_pages_of_a_pdf_are_compared_as_pictures(packaged, tmp_path):
    """The one file that differs is not proved, and it is said whether it looks as the one made again."""

    def seen(change: Callable[[pikepdf.Pdf], object]) -> list[str]:
        made = forged(
            packaged.package, tmp_path, lambda files: files | {PDF: rewritten(files[PDF], change)}, Made_By=OTHER
        )
        found = MakingAgain(vouches=True).look(open_package(made))
        assert (Verdict.UNPROVEN, ()) == (found.verdict, found.defects)
        return [each for each in found.details if each.endswith(f": {PDF}")]

    def hidden(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].contents_add(b"1 0 0 1 5000 0 cm\n", prepend=True)

    begin = f"not made again here, 1 (made by {OTHER}; "
    assert [f"{begin}page 2 looks different): {PDF}"] == seen(hidden)
    assert [f"{begin}every page looks the same): {PDF}"] == seen(lambda _: None)
