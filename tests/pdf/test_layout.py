"""The layout holds whatever the data: nothing overlaps or is cut off, no heading is last, no page nearly empty."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML  # type: ignore[import-untyped]

from reporter.document.document import Cell, Column, Row, Table
from reporter.model import EditionStatus
from reporter.pdf import Pdf, layout, to_pdf
from reporter.pdf.engine import Engine
from reporter.pdf.fetch import Fetcher
from reporter.pdf.layout import Compositor, compose_pages
from reporter.pdf.manuscript import Manuscript
from reporter.render.fitting import mark_class, marks_room, setting
from reporter.theme.tokens import load_theme
from tests import boxes
from tests.fixtures import ROOT, RURITANIA
from tests.pdf.layouts import Made, make, pages
from tests.snapshots import TEMPLATES
from tests.type_sizes import share_below, smallest, type_sizes


def test_words_on_a_ground_like_themselves_are_found() -> None:
    page = "<style>@page { background: #071F42 } section { background: #fff }</style>"
    sample = f'{page}<p style="color: #000">Lost</p><section><p>Seen</p><p style="color: #aaa">Faint</p></section>'
    found = boxes.unreadable(HTML(string=sample).render())
    assert ["page 1: 'Lost'", "page 1: 'Faint'"] == [each.partition(" has")[0] for each in found]


FLAT = "p { margin: 0 }"


def test_words_that_leave_their_cell_are_found() -> None:
    table = "<table style='table-layout: fixed; width: 20mm'><td>{}<td>2</table>"
    assert [] == boxes.overflows(pages(table.format("1")))
    assert 1 == len(boxes.overflows(pages(table.format("1234567890123456789"))))


def test_words_that_leave_their_column_or_the_page_are_found() -> None:
    assert 1 == len(boxes.overflows(pages("<div style='width: 10mm'><p>incomprehensibilities")))
    assert 1 == len(boxes.overflows(pages("<p style='position: absolute; top: 79mm'>one<br>two")))


def test_lines_on_each_other_are_found() -> None:
    assert [] == boxes.overlaps(pages("<p>one<p>two", FLAT))
    assert 1 == len(boxes.overlaps(pages("<p>one<p style='margin-top: -8pt'>two", FLAT)))
    assert 1 == len(boxes.overlaps(pages("<p>one<p style='position: absolute; top: 4pt'>two", FLAT)))


def test_a_heading_without_text_below_it_is_found() -> None:
    assert [] == boxes.orphans(pages("<p>one<h2>two</h2><p>three"))
    assert 1 == len(boxes.orphans(pages("<p>one</p><p style='break-before: page'>1</p><h2>two</h2>")))


def test_pages_a_quarter_empty_are_found_where_they_are_many() -> None:
    empty = "<p style='break-before: page'>few words"
    assert [] == boxes.scant(pages(empty * 5))
    assert 4 == len(boxes.scant(pages(empty * 6)))


def test_a_heading_at_the_foot_of_a_page_is_found() -> None:
    low, css = "<p style='height: {}mm'>one</p><h2>two</h2><p>three", "* { margin: 0; font-size: 10pt }"
    assert [] == boxes.low_headings(pages(low.format(68), css))
    assert ["page 1: 'two' stands low"] == boxes.low_headings(pages(low.format(71), css))


def printed(made: Made, status: EditionStatus, cache: Path) -> Pdf:
    """The PDF of the first chapters of an edition with another status."""
    edition, chapters = replace(made.document.edition, status=status), made.document.sections[:2]
    changed = replace(made, document=replace(made.document, edition=edition, sections=chapters))
    return to_pdf(changed.html(), changed.images(cache), made.theme, made.templates)


@pytest.mark.parametrize(
    ("status", "words"),
    [(EditionStatus.DRAFT, "Draft, not for publication"), (EditionStatus.PROVISIONAL, "Provisional figures")],
)
def test_what_is_not_final_says_so_on_every_page(
    plain: Made, status: EditionStatus, words: str, tmp_path: Path
) -> None:
    made = printed(plain, status, tmp_path)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages]
    assert [1] * len(texts) == [text.count(words) for text in texts]


def test_the_status_is_read_aloud_once(plain: Made) -> None:
    edition = replace(plain.document.edition, status=EditionStatus.DRAFT)
    html = replace(plain, document=replace(plain.document, edition=edition)).html()
    assert 1 == re.sub(r"<[^>]*>", "", html).count("Draft, not for publication")


def test_what_is_final_says_nothing_on_its_pages(plain: Made, tmp_path: Path) -> None:
    made = printed(plain, EditionStatus.FINAL, tmp_path)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(made.content)).pages]
    assert [] == [text for text in texts if "Draft" in text or "Provisional" in text]
    assert [0] == [number for number, text in enumerate(texts) if "Final figures" in text]


def test_the_last_page_tells_whom_to_ask_and_where_the_profile_is() -> None:
    document = make(RURITANIA, "XX", 2022).document
    contact = document.contact
    assert contact
    assert "National Rapporteur on Trafficking in Human Beings" == contact.title
    assert ("Telephone: +000 1 234 567", "E-mail: rapporteur@ruritania.example") == contact.lines[1:]
    assert ("https://rapporteur.example", "https://rapporteur.example/profiles") == (
        contact.url,
        document.edition.found_at,
    )


def figures(columns: int, *cells: Cell) -> Table:
    row = Row("Victims", cells)
    return Table("t", 1, "T", "", "", tuple(Column(str(2000 + n)) for n in range(columns)), (row,), "Police")


def test_the_more_figures_the_tighter_they_stand() -> None:
    tighter = ["", "", "narrower", "dense", "denser", "widest"]
    assert tighter == [setting(figures(n, Cell("15,430"))) for n in (5, 10, 11, 12, 13, 25)]


def test_marks_hang_over_into_room_of_their_own_and_many_stand_below() -> None:
    three, many = Cell("35", None, ("(1)", "(2)")), Cell("35", None, ("b", "(21)", "(22)"))
    assert ["hanging", "stacked"] == [mark_class(three), mark_class(many)]
    assert ["marks-8", "marks-0", "marks-4"] == [
        marks_room(figures(1, each)) for each in (three, many, Cell("3", None, ("b", "(1)")))
    ]


def test_while_words_are_lost_lines_break_in_another_way_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    lay_out = Engine.lay_out
    monkeypatch.setattr(layout, "lost_text", lambda *_: iter(["words"]))
    monkeypatch.setattr(Engine, "lay_out", lambda *given: (tried.append(given[2]), lay_out(*given))[1])
    fetcher = Fetcher({}, load_theme(ROOT / "assets"), TEMPLATES)
    manuscript = Manuscript("<p>One.")
    compositor = Compositor(manuscript, lambda: Engine(manuscript, fetcher), lambda _, make: make())
    assert [("words",)] == [piece.lost for piece in compose_pages(compositor)]
    assert ["", *(f"p {{ orphans: {n} !important; widows: {n} !important }}" for n in (1, 3, 4))] == tried


def test_no_type_is_smaller_than_seven_and_a_half_points(plain: Made, tmp_path: Path) -> None:
    sizes = type_sizes(to_pdf(plain.html(), plain.images(tmp_path), plain.theme, plain.templates).content)
    assert (True, 0) == (smallest(sizes) >= 7.4, share_below(sizes))


def test_sizes_of_type_are_those_on_paper() -> None:
    css = "p { font: 9pt sans-serif } small { font-size: 6pt }"
    sizes = type_sizes(HTML(string=f"<style>{css}</style><p>Nine points <small>and six</small>").write_pdf())
    assert ({9.0: 10, 6.0: 6}, 6.0, 0.375) == (sizes, smallest(sizes), share_below(sizes))


def test_a_table_of_more_years_than_fit_lies_across_its_page() -> None:
    css = (ROOT / "templates/css/table.css").read_text(encoding="utf-8")
    table = '<div class="table widest"><table><tr><td>1</td></tr></table></div>'
    style = f"<style>.chapter {{ page: body }} {css}</style>"
    html = f'{style}<section class="chapter"><h1>T</h1><div>{table}</div></section><section class="chapter">After'
    sheets = [page.mediabox for page in PdfReader(io.BytesIO(HTML(string=html).write_pdf())).pages]
    assert [True, False] == [each.width > each.height for each in sheets]
