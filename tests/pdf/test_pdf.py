"""PDF: tags, bookmarks, footnote numbers, the same bytes everywhere, and what stops it."""

import io
import re

import pikepdf
import pytest
from pypdf import PdfReader

from reporter.data.i18n import load_locale
from reporter.data.records import EditionStatus
from reporter.data.theme.tokens import Theme
from reporter.formats.html import to_html
from reporter.formats.pdf import Pdf, to_pdf
from reporter.report.document.document import Document, Edition, Entry, Section, Table
from reporter.text.tree import Call, Note, Paragraph, Text, Words
from tests.snapshots import TEMPLATES

EDITION = Edition(
    "LT", "Lithuania", 2020, 2009, "en", EditionStatus.FINAL, "Trafficking", "Country profile 2020", "Trends",
    "2020", "LT-2020", "Rapporteur", "Ministry", "", "",
)  # fmt: skip


ADDRESS = "info@stop-trafficking.lt"
LONG = "Nusikalstamumo prevencijos programų įgyvendinimas institucijose, 147-1 straipsnis. " * 12


def sample() -> Document:
    again = (Words(" Again"), Call(7, "Note 7", first=False), Words("."))
    called = Text((Paragraph((Words("Five cases."), Call(7, "Note 7"), *again)),))
    long = Text((Paragraph((Words(LONG),)), Paragraph((Words(ADDRESS),))), language="lt")
    below = Section("cases", "1.1", "Cases", 2, (called, Table("c", 1, "Cases", "", "Stage", (), (), "Police"), long))
    chapters = (Section("justice", "1", "Justice", 1, (), (below,)), Section("notes", "A", "Notes 5–7", 1))
    return Document(EDITION, (Entry("Publisher", ("Ministry",)),), chapters, (Note(7, "Note 7"),))


@pytest.fixture(scope="module")
def profile(theme: Theme) -> Pdf:
    return to_pdf(to_html(sample(), theme, load_locale("en").text, TEMPLATES), {}, theme, TEMPLATES)


@pytest.fixture(scope="module")
def reader(profile: Pdf) -> PdfReader:
    return PdfReader(io.BytesIO(profile.content))


def test_hyphens_and_blanks_are_read_back_as_such(reader: PdfReader) -> None:
    read = "".join(page.extract_text() for page in reader.pages)
    assert (True, True, []) == (ADDRESS in read, "147-1 straipsnis" in read, re.findall("[\u2010\u00a0]", read))


def test_bookmarks_follow_the_headings(profile: Pdf) -> None:
    with pikepdf.open(io.BytesIO(profile.content)) as pdf, pdf.open_outline() as outline:
        titles = [(each.title, [below.title for below in each.children]) for each in outline.root]
    front = [("Imprint", []), ("Contents", [])]
    assert [*front, ("1 Justice", ["1.1 Cases"]), ("A Notes 5–7", [])] == titles


def test_only_fonts_of_the_theme_are_in_the_file(profile: Pdf) -> None:
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([A-Za-z0-9-]+)", pikepdf_text(profile)))
    assert names
    assert {b"Source"} == {name.partition(b"-")[0] for name in names}


def pikepdf_text(made: Pdf) -> bytes:
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def test_pages_show_the_number_of_a_footnote_the_chapter_and_where_chapters_begin(
    profile: Pdf, reader: PdfReader
) -> None:
    assert len(reader.pages) == profile.pages
    contents, text = (" ".join(reader.pages[number].extract_text().split()) for number in (2, 3))
    assert "1 Justice 4 1.1 Cases 4" in contents
    for words in ("Five cases. (7) Again (7).", "(7) Note 7", "Lithuania – Country profile 2020", "CHAPTER 1"):
        assert words in text
