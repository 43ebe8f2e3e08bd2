"""A restricted edition: every page says for whom it is, and holds what the public one does not."""

import re
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reporter.cli.group import run
from tests import small

WORDS = "Restricted edition, not for publication"
NAMES = ("XX-2020-restricted-en", "XX-2020-restricted-data-and-methods-en")
PLAIN = "by person: {women: 60, men: 20}"
CODED = "by person: {women: {value: 60, confidentiality: D}, men: {value: 20, confidentiality: C}}"
COURT = "channel: folder, folder: out, language: en, audience: restricted, name: {en: Court}"
GETS = "[pdf, html, page, csv, xlsx, json, letter, validation, metadata]"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country packed for an office. Two counts of its victims are withheld from the public."""
    files = {
        "reporter.yaml": f"{small.FILES['reporter.yaml']}recipients:\n  court: {{{COURT}, gets: {GETS}}}\n",
        small.YEAR: small.FINAL[small.YEAR].replace(PLAIN, CODED),
    }
    root = small.write(tmp_path_factory.mktemp("restricted") / "work", files)
    assert CODED in (root / small.YEAR).read_text()
    assert 0 == run(["package", "XX", "2020", "--to", "court", "-q", "-w", str(root)])
    return root


def test_every_page_says_that_it_is_restricted(packed: Path) -> None:
    for name in NAMES:
        document = pypdf.PdfReader(packed / f"build/XX/2020/{name}.pdf")
        silent = [n for n, page in enumerate(document.pages, 1) if WORDS not in " ".join(page.extract_text().split())]
        assert (name, []) == (name, silent)
        with pikepdf.open(packed / f"build/XX/2020/{name}.pdf") as pdf, pdf.open_metadata() as metadata:
            assert WORDS in metadata["dc:title"]
        page = (packed / f"build/XX/2020/{name}.html").read_text()
        assert (True, True) == (WORDS in page[: page.index("</title>")], '<aside class="band" aria-label="' in page)


def test_what_is_withheld_is_in_it_with_a_sign(packed: Path) -> None:
    page = (packed / "build/XX/2020/XX-2020-restricted-en.html").read_text()
    marked = re.findall(r"<td[^>]*>(\d+)<sup[^>]*>c</sup>", page.replace("\n", ""))
    assert {"60", "20"} <= set(marked)


def test_who_gets_it_can_verify_it(packed: Path) -> None:
    place = packed / "build/XX/2020/package/XX-2020-restricted-court.zip"
    assert 0 == run(["verify", str(place), "-q"])
    assert not list(packed.glob("build/XX/2020/XX-2020-en.*"))
