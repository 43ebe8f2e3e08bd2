"""PDF: tags, bookmarks, footnote numbers, the same bytes everywhere, and what stops it."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from reporter.document.document import Document, Edition, Entry, Note, Section, Table, Text
from reporter.i18n import load_locale
from reporter.model import EditionStatus
from reporter.pdf import Pdf, to_pdf
from reporter.render import to_html
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme, load_theme
from tests.fixtures import ROOT
from tests.pdf.pages import NOTE, page
from tests.snapshots import TEMPLATES

EDITION = Edition(
    "LT", "Lithuania", 2020, 2009, "en", EditionStatus.FINAL, "Trafficking", "Country profile 2020", "Trends",
    "2020", "LT-2020", "Rapporteur", "Ministry", "", "",
)  # fmt: skip


def sample() -> Document:
    text = Text(f"<p>Five cases.{NOTE.format(7)} Again<a class='note-call' href='#note-7'>(7)</a>.</p>")
    below = Section("cases", "1.1", "Cases", 2, (text, Table("c", 1, "Cases", "", "Stage", (), (), "Police")))
    chapters = (Section("justice", "1", "Justice", 1, (), (below,)), Section("notes", "A", "Notes", 1))
    return Document(EDITION, (Entry("Publisher", ("Ministry",)),), chapters, (Note(7, "Note 7"),))


def build(folder: Path) -> Pdf:
    theme, templates = load_theme(folder / "assets"), Templates(folder / "templates")
    return to_pdf(to_html(sample(), theme, load_locale("en").text, templates), {}, theme, templates)


ADDRESS = "info@stop-trafficking.lt"


@pytest.mark.parametrize("language", ["en", "lt"])
def test_hyphens_and_blanks_are_read_back_as_such(language):
    words = "Nusikalstamumo prevencijos programų įgyvendinimas institucijose, 147-1 straipsnis. " * 40
    text = Text(f"<p>{words}</p><p>{ADDRESS}</p>", language=language)
    edition = replace(EDITION, language=language)
    chapters = (Section("justice", "1", "Justice", 1, (text,)),)
    theme, templates = load_theme(ROOT / "assets"), Templates(ROOT / "templates")
    html = to_html(Document(edition, (), chapters, ()), theme, load_locale(language).text, templates)
    pages = PdfReader(io.BytesIO(to_pdf(html, {}, theme, templates).content)).pages
    read = "".join(page.extract_text() for page in pages)
    assert (True, True, []) == (ADDRESS in read, "147-1 straipsnis" in read, re.findall("[\u2010\u00a0]", read))


@pytest.fixture(scope="module")
def profile() -> Pdf:
    return build(ROOT)


@pytest.fixture(scope="module")
def reader(profile: Pdf) -> PdfReader:
    return PdfReader(io.BytesIO(profile.content))


def tags(node: pikepdf.Object) -> Iterator[str]:
    if isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S)
        kids = node.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from tags(kid)


def test_the_document_has_title_author_and_language(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert "Lithuania: Country profile 2020 – Trafficking" == reader.metadata.title
    assert "Rapporteur" == reader.metadata.author
    assert "en" == str(reader.root_object["/Lang"])


def test_the_document_does_not_know_the_clock(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert (None, None) == (reader.metadata.creation_date, reader.metadata.modification_date)


def test_bookmarks_follow_the_headings(profile: Pdf) -> None:
    with pikepdf.open(io.BytesIO(profile.content)) as pdf, pdf.open_outline() as outline:
        titles = [(each.title, [below.title for below in each.children]) for each in outline.root]
    front = [("Imprint", []), ("Contents", [])]
    assert [*front, ("1 Justice", ["1.1 Cases"]), ("A Notes", [])] == titles


def test_the_document_is_tagged(profile: Pdf) -> None:
    with pikepdf.open(io.BytesIO(profile.content)) as pdf:
        found = set(tags(pdf.Root.StructTreeRoot.K[0]))
        assert {"/Sect", "/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/Caption", "/Link"} <= found
        assert bool(pdf.Root.MarkInfo.Marked)
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()


def test_only_fonts_of_the_theme_are_in_the_file(profile: Pdf) -> None:
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z0-9-]+)", pikepdf_text(profile)))
    assert names
    assert {b"Source"} == {name.partition(b"-")[0] for name in names}


def pikepdf_text(made: Pdf) -> bytes:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def test_the_count_of_pages_is_that_of_the_file(profile: Pdf, reader: PdfReader) -> None:
    assert len(reader.pages) == profile.pages


def test_the_number_of_a_footnote_is_ours(reader: PdfReader) -> None:
    text = " ".join(reader.pages[3].extract_text().split())
    assert "Five cases.(7) Again(7)." in text
    assert "(7) Note 7" in text


def test_the_first_line_of_a_page_names_document_and_chapter(reader: PdfReader) -> None:
    text = reader.pages[3].extract_text()
    assert "Lithuania – Country profile 2020" in text
    assert "CHAPTER 1" in text


def test_contents_show_the_page_of_each_chapter(reader: PdfReader) -> None:
    assert "1 Justice 4 1.1 Cases 4" in " ".join(reader.pages[2].extract_text().split())


def test_the_bytes_are_the_same_in_another_process_and_folder(profile: Pdf, tmp_path: Path) -> None:
    for name in ("assets", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "elsewhere" / name)
    code = (
        "import pathlib, sys; from tests.pdf.test_pdf import build;"
        "sys.stdout.buffer.write(build(pathlib.Path('elsewhere')).content)"
    )
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"}
    made = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert profile.content == made.stdout


def test_another_text_gives_another_identifier(theme: Theme) -> None:
    assert identifier(page("<p>one"), theme) != identifier(page("<p>two"), theme)


def identifier(html: str, theme: Theme) -> str:
    with pikepdf.open(io.BytesIO(to_pdf(html, {}, theme, TEMPLATES).content)) as pdf:
        return str(pdf.trailer.ID[0])
