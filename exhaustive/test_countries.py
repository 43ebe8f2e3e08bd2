"""Each Member State of the Union gets from an empty folder to its recipient, in its own languages."""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from reporter.data.i18n import load_locale
from reporter.data.i18n.po_file import program_files
from reporter.data.i18n.refresh import program_messages
from reporter.data.i18n.territories import PROTOCOL, official_languages
from reporter.editions.making import build_editions, document_files
from reporter.exchange.package import package_checks
from reporter.formats.bagit import open_package
from tests.conftest import DrawingHere
from tests.countries import YEAR, lead_to_recipient, letters
from tests.fixtures import Say
from tests.pdf.tag_checks import VOID

# Those of the other countries have one official language, or their first one alone here.
SEVERAL = {"BE": ("nl", "fr"), "FI": ("fi", "sv"), "IE": ("ga", "en"), "LU": ("lb",), "MT": ("mt", "en")}


class Reader(HTMLParser):
    """Reads what a page says in its own language: its texts, and the attributes that are read aloud."""

    ALOUD = ("alt", "aria-label", "title")

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.open, self.said = language, list[tuple[str, str]](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        language = known.get("lang") or (self.open[-1][1] if self.open else "")
        self.hear(language, *(known[name] for name in self.ALOUD if name in known))
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self.open and any(tag == name for name, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.hear(self.open[-1][1] if self.open else "", data)

    def hear(self, language: str, *texts: str) -> None:
        if language == self.language:
            self.said |= {" ".join(each.split()) for each in texts}


def english_words(page: str, language: str) -> set[str]:
    """What a page says in English as if it were in its own language."""
    reader = Reader(language)
    reader.feed(page)
    translated = load_locale(language, program_files(language)).translated
    return {ids[0] for ids in program_messages()} & reader.said - translated if language != "en" else set()


def assert_arrived(path: Path, country: str, languages: tuple[str, ...]) -> None:
    """The package has each document in each language, with the name, the flag and the letters of the country."""
    package = open_package(path)
    stems = [f"{country}-{YEAR}{volume}-{each}" for each in languages for volume in ("", "-data-and-methods")]
    pages = {f"{country}-{YEAR}-office-letter.pdf", *(f"{stem}.{form}" for stem in stems for form in ("html", "pdf"))}
    names = {each.removeprefix("data/") for each in package.payload}
    named = {each for each in names if each.startswith(f"{country}-{YEAR}") and each.endswith((".html", ".pdf"))}
    assert pages == named, sorted(pages ^ named)
    for language in languages:
        name = load_locale(language).country(country)
        page = package.read(f"data/{country}-{YEAR}-{language}.html").decode()
        assert (True, 1) == (f'<html lang="{language}">' in page, page.count("<h1>"))
        assert name in re.search("<h1>(.*?)</h1>", page, re.S)[1].replace("\u00a0", " ")
        for each in (page, package.read(f"data/{country}-{YEAR}-data-and-methods-{language}.html").decode()):
            assert set() == english_words(each, language)
        paper = PdfReader(io.BytesIO(package.read(f"data/{country}-{YEAR}-{language}.pdf")))
        assert language == paper.trailer["/Root"]["/Lang"]
        printed = "".join(each.extract_text() for each in paper.pages)
        assert (True, True) == (letters(language) in printed, name in " ".join(printed.split()))


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes of their own would load their libraries again for each country."""
    monkeypatch.setattr(document_files, "Drawing", DrawingHere)
    monkeypatch.setattr(build_editions, "Drawing", DrawingHere)
    monkeypatch.setattr(package_checks, "run_limited", lambda work, *values, **_: work(*values))


@pytest.mark.parametrize("country", PROTOCOL)
def test_a_year_gets_from_an_empty_folder_to_its_recipient(tmp_path: Path, say: Say, country: str) -> None:
    languages = SEVERAL.get(country, official_languages(country)[:1])
    assert set(languages) <= {*official_languages(country)}
    assert_arrived(lead_to_recipient(tmp_path / "work", country, languages, say), country, languages)
