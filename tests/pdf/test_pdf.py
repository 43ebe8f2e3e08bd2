"""PDF: tags, bookmarks, footnote numbers, the same bytes everywhere, and what stops it."""

import io
import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from reporter.document.document import Document, Edition, Entry, Note, Section, Table, Text
from reporter.errors import ReporterError
from reporter.model import EditionStatus
from reporter.pdf import Pdf, to_pdf
from reporter.pdf.fetch import Fetcher
from reporter.render import to_html
from reporter.theme.cover import cover_map
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme, load_theme
from tests.conftest import ROOT
from tests.snapshots import TEMPLATES, own_templates

CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="10mm" height="5mm"><rect width="9" height="9"/></svg>'
FACE = """
@font-face { font-family: "Source Sans 3"; src: url(asset:fonts/SourceSans3-Regular.ttf) }
body { font-family: "Source Sans 3" }
"""
NOTE = '<span class="note" id="note-{0}" data-number="{0}">Note {0}</span>'
EDITION = Edition(
    "LT", "Lithuania", 2020, 2009, "en", EditionStatus.FINAL, "Trafficking", "Country profile 2020", "Trends",
    "2020", "LT-2020", "Rapporteur", "Ministry", "", "",
)  # fmt: skip


def page(body: str, css: str = "") -> str:
    return f'<!DOCTYPE html><html lang="en"><title>T</title><style>{FACE}{css}</style><body>{body}'


def sample() -> Document:
    text = Text(f"<p>Five cases.{NOTE.format(7)} Again<a class='note-call' href='#note-7'>7</a>.</p>")
    below = Section("cases", "1.1", "Cases", 2, 0, (text, Table("c", 1, "Cases", "", "Stage", (), (), "Police")))
    chapters = (Section("justice", "1", "Justice", 1, 0, (), (below,)), Section("notes", "A", "Notes", 1, 8))
    return Document(EDITION, (Entry("Publisher", ("Ministry",)),), chapters, (Note(7, "Note 7"),))


def build(folder: Path) -> Pdf:
    theme, templates = load_theme(folder / "assets"), Templates(folder / "templates")
    return to_pdf(to_html(sample(), theme, str, templates), {}, theme, templates)


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT / "assets")


@pytest.fixture(scope="module")
def profile() -> Pdf:
    return build(ROOT)


@pytest.fixture(scope="module")
def reader(profile: Pdf) -> PdfReader:
    return PdfReader(io.BytesIO(profile.content))


def refused(html: str, theme: Theme, images: dict[str, bytes] | None = None, *templates: Path) -> str:
    with pytest.raises(ReporterError) as caught:
        to_pdf(html, images or {}, theme, own_templates(*templates))
    return caught.value.message


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
    front = [("Imprint", []), ("Contents", []), ("Figures and tables", ["Tables"])]
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
    text = " ".join(reader.pages[4].extract_text().split())
    assert "Five cases.7 Again7." in text
    assert "7. Note 7" in text


def test_the_first_line_of_a_page_names_document_and_chapter(reader: PdfReader) -> None:
    text = reader.pages[4].extract_text()
    assert "Lithuania – Country profile 2020" in text
    assert "CHAPTER 1" in text


def test_contents_show_the_page_of_each_chapter(reader: PdfReader) -> None:
    assert "1 Justice 5 1.1 Cases 5" in " ".join(reader.pages[2].extract_text().split())


def test_the_bytes_are_the_same_in_another_process_and_folder(profile: Pdf, tmp_path: Path) -> None:
    for name in ("assets", "templates"):
        shutil.copytree(ROOT / name, tmp_path / "elsewhere" / name)
    code = "import pathlib, sys, test_pdf; sys.stdout.buffer.write(test_pdf.build(pathlib.Path('elsewhere')).content)"
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    environment = os.environ | {"PYTHONHASHSEED": "77", "PYTHONPATH": paths, "TZ": "Asia/Tokyo"}
    made = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert profile.content == made.stdout


def test_another_text_gives_another_identifier(theme: Theme) -> None:
    assert identifier(page("<p>one"), theme) != identifier(page("<p>two"), theme)


def identifier(html: str, theme: Theme) -> str:
    with pikepdf.open(io.BytesIO(to_pdf(html, {}, theme, TEMPLATES).content)) as pdf:
        return str(pdf.trailer.ID[0])


def test_a_chart_is_taken_from_the_images_given(theme: Theme) -> None:
    assert 1 == to_pdf(page('<img src="chart:one" alt="A chart of one">'), {"one": CHART}, theme, TEMPLATES).pages


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.svg", "http://example.org/a.svg", "file:///etc/hostname", "ftp://example.org/a.svg",
        "data:image/svg+xml,%3Csvg/%3E", "asset:../pyproject.toml",
        "asset:flags/../../README.md", "asset:/etc/hostname",
        "asset:themes/ministry/theme.toml",
        "theme:../eu-blue/theme.css", "theme:theme.toml",
        "asset:flags/%2e%2e/%2e%2e/README.md", "chart:two", "icon:../flags/lt?accent=1",
        "icon:nothing?accent=1", "template:css/page.css/../../cover.html", "relative.svg",
    ],
)  # fmt: skip
def test_an_address_outside_the_document_fails_the_build(theme: Theme, address: str) -> None:
    assert address in refused(page(f'<img src="{address}" alt="A picture">'), theme, {"one": CHART})


def test_a_chart_may_not_load_anything_from_elsewhere_either(theme: Theme) -> None:
    spy = CHART.replace(b"<rect", b'<image href="file:///etc/hostname" width="9" height="9"/><rect')
    assert "file:///etc/hostname" in refused(page('<img src="chart:spy" alt="A chart">'), theme, {"spy": spy})


def test_a_symbolic_link_out_of_the_assets_is_refused(theme: Theme, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "outside.css").symlink_to(ROOT / "templates" / "css" / "page.css")
    fetcher = Fetcher({}, theme, own_templates(templates))
    with pytest.raises(ValueError, match="leads out of the workspace by a symbolic link"):
        fetcher.fetch("template:outside.css")


def test_a_stylesheet_of_the_user_goes_first(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "page.css").write_text("p { color: red }")
    fetcher = Fetcher({}, theme, own_templates(tmp_path))
    assert b"p { color: red }" == fetcher.fetch("template:css/page.css").read()
    assert (ROOT / "templates/css/glance.css").read_bytes() == fetcher.fetch("template:css/glance.css").read()


def test_an_icon_takes_the_colour_of_the_accent(theme: Theme) -> None:
    icon = Fetcher({}, theme, TEMPLATES).fetch("icon:siren?accent=3").read().decode()
    assert theme.accent(3) in icon
    assert "currentColor" not in icon
    assert 'stroke-width="1.6"' in icon


def test_an_unknown_property_fails_the_build_and_names_the_stylesheet(theme: Theme, tmp_path: Path) -> None:
    (tmp_path / "mine.css").write_text("p { color: red }\np { colour: red }")
    html = page("<p>x").replace("</title>", '</title><link rel="stylesheet" href="template:mine.css">')
    message = refused(html, theme, {}, tmp_path)
    assert "mine.css: " in message
    assert "colour" in message
    assert "2:5" in message


def test_everything_wrong_is_told_at_once(theme: Theme) -> None:
    message = refused(page('<img src="chart:none" alt="A chart">', "p { colour: red } q { widht: 1mm }"), theme)
    assert ["colour", "widht", "chart:none"] == [each for each in ("colour", "widht", "chart:none") if each in message]


def test_a_picture_without_alternative_text_fails_the_build(theme: Theme) -> None:
    assert "no required alt" in refused(page('<img src="chart:one">'), theme, {"one": CHART})


def test_a_link_that_leads_nowhere_fails_the_build(theme: Theme) -> None:
    assert "nowhere" in refused(page('<a href="#nowhere">x</a>'), theme)


def test_a_font_that_cannot_be_loaded_fails_the_build(theme: Theme) -> None:
    css = '@font-face { font-family: "Mine"; src: url(asset:fonts/Mine.ttf) }'
    assert "'Mine' cannot be loaded" in refused(page("<p>x", css), theme)


def test_a_character_that_the_fonts_lack_fails_the_build(theme: Theme) -> None:
    message = refused(page("<p>漢 word"), theme)
    assert "U+6F22" in message


def test_a_footnote_that_is_on_no_page_fails_the_build(theme: Theme) -> None:
    html = page(f"<p>{NOTE.format(1)}</p>", ".note { display: none }")
    assert "the footnote 'note-1' fell out of the layout" in refused(html, theme)


def test_lines_break_elsewhere_when_a_footnote_is_lost(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["note-1"], ["note-1"], []])
    monkeypatch.setattr("reporter.pdf.layout.lost_footnotes", lambda *_: iter(next(answers)))
    assert 1 == to_pdf(page(f"<p>{NOTE.format(1)}</p>", ".note { float: footnote }"), {}, theme, TEMPLATES).pages


def test_loggers_are_as_they_were_afterwards(theme: Theme) -> None:
    logger = logging.getLogger("weasyprint")
    before = (logger.level, logger.propagate, list(logger.handlers))
    refused(page("<p>x", "p { colour: red }"), theme)
    assert before == (logger.level, logger.propagate, list(logger.handlers))


def test_the_map_of_the_cover_marks_the_country_by_its_iso_code(theme: Theme) -> None:
    assert b'<path d="M' in cover_map(theme, "EL").partition(b"stroke-linejoin")[2]
    assert b"<circle" in cover_map(theme, "MT")
    assert b'<path d="" fill' in cover_map(theme, "XX")


def test_the_cover_leads_a_line_to_each_country_named_that_its_map_shows(theme: Theme) -> None:
    assert 0 == cover_map(theme, "LT").count(b"Q")
    assert 2 == cover_map(theme, "LT", ("DE", "UK", "US", "LT")).count(b"Q")
    assert 0 == cover_map(theme, "XX", ("DE",)).count(b"Q")
    named = Fetcher({}, theme, TEMPLATES).fetch("map:LT?named=DE,UK").read()
    assert named == cover_map(theme, "LT", ("DE", "UK"))
