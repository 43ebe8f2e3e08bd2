"""A restricted edition: every page says for whom it is, and holds what the public one does not."""

import re
import shutil
from pathlib import Path

import pikepdf
import pypdf
import pytest

from reporter.cli.group import run
from tests.fixtures import LITHUANIA

WORDS = {"en": "Restricted edition, not for publication", "lt": "Ribotos prieigos leidimas, neskelbtinas"}
NAMES = tuple(f"LT-2020-restricted{volume}-{language}" for volume in ("", "-data-and-methods") for language in WORDS)
PLAIN = "by person: {women: 16, men: 7, children: 1}"
CODED = "by person: {women: 16, men: {value: 7, confidentiality: D}, children: {value: 1, confidentiality: C}}"
COURT = "channel: folder, folder: out, language: en, audience: restricted, name: {en: Court}"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lithuania in 2020 packed for an office. Two counts of its victims are withheld from the public."""
    root = shutil.copytree(LITHUANIA, tmp_path_factory.mktemp("restricted") / "work")
    year, settings = root / "data/LT/2020.yaml", root / "reporter.yaml"
    year.write_text(year.read_text().replace(PLAIN, CODED))
    gets = "[pdf, html, page, csv, xlsx, sdmx, json, source, letter, validation, metadata]"
    recipient = f"recipients:\n  court: {{{COURT}, gets: {gets}}}\n"
    settings.write_text(settings.read_text().replace("recipients:\n", recipient, 1))
    assert CODED in year.read_text()
    assert 0 == run(["package", "LT", "2020", "--to", "court", "-q", "-w", str(root)])
    return root


def test_every_page_says_that_it_is_restricted(packed: Path) -> None:
    for name in NAMES:
        document = pypdf.PdfReader(packed / f"build/LT/2020/{name}.pdf")
        words = WORDS[name[-2:]]
        silent = [n for n, page in enumerate(document.pages, 1) if words not in " ".join(page.extract_text().split())]
        assert (name, []) == (name, silent)
        with pikepdf.open(packed / f"build/LT/2020/{name}.pdf") as pdf, pdf.open_metadata() as metadata:
            assert words in metadata["dc:title"]
        page = (packed / f"build/LT/2020/{name}.html").read_text()
        assert (True, True) == (words in page[: page.index("</title>")], '<aside class="band" aria-label="' in page)


def test_what_is_withheld_is_in_it_with_a_sign(packed: Path) -> None:
    page = (packed / "build/LT/2020/LT-2020-restricted-en.html").read_text()
    marked = re.findall(r"<td[^>]*>(\d+)<sup[^>]*>c</sup>", page.replace("\n", ""))
    assert {"7", "1"} <= set(marked)


def test_who_gets_it_can_verify_it(packed: Path) -> None:
    place = packed / "build/LT/2020/package/LT-2020-restricted-court.zip"
    assert 0 == run(["verify", str(place), "-q"])
    assert not list(packed.glob("build/LT/2020/LT-2020-en.*"))
