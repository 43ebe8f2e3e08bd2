"""The layout holds whatever the data: figures float, nothing overlaps or is cut off, no page is nearly empty."""

import io
import re
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest
from pypdf import PdfReader
from weasyprint import HTML  # type: ignore[import-untyped]  # type: ignore[import-untyped]

from reporter.data.i18n import load_locale
from reporter.data.records import EditionStatus
from reporter.data.theme.tokens import load_theme
from reporter.formats.html import to_html
from reporter.formats.html.arrange import mark_class, marks_room, setting
from reporter.formats.pdf import to_pdf
from reporter.formats.pdf.pieces import layout
from reporter.formats.pdf.pieces.engine import Engine, Fetcher
from reporter.formats.pdf.pieces.layout import Compositor, compose_pages
from reporter.formats.pdf.pieces.manuscript import Manuscript
from reporter.formats.pdf.pieces.page_problems import collecting, first_move, move, read_layout
from reporter.report.document.document import Cell, Column, Document, Row, Section, Table
from tests.fixtures import ROOT
from tests.html.pages import EDITION
from tests.pdf.layouts import Made, as_one
from tests.snapshots import TEMPLATES
from tests.type_sizes import share_below, smallest, type_sizes


def with_status(made: Made, status: EditionStatus) -> Made:
    edition, chapters = replace(made.document.edition, status=status), made.document.sections[:2]
    return replace(made, document=replace(made.document, edition=edition, sections=chapters))


def test_what_is_provisional_says_so_on_every_page_and_no_type_is_too_small(plain: Made, tmp_path: Path) -> None:
    made = with_status(plain, EditionStatus.PROVISIONAL)
    content = to_pdf(made.html(), made.images(tmp_path), made.theme, made.templates).content
    pages = PdfReader(io.BytesIO(content)).pages
    assert [1] * len(pages) == [page.extract_text().count("Provisional figures") for page in pages]
    sizes = type_sizes(content)
    assert (True, 0) == (smallest(sizes) >= 7.4, share_below(sizes))


def test_a_draft_says_so_on_every_page_and_aloud_once_and_what_is_final_on_none(plain: Made, tmp_path: Path) -> None:
    draft = with_status(plain, EditionStatus.DRAFT)
    pdf = to_pdf(draft.html(), draft.images(tmp_path), draft.theme, draft.templates)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages]
    assert [1] * len(texts) == [text.count("Draft, not for publication") for text in texts]
    assert 1 == re.sub(r"<[^>]*>", "", draft.html()).count("Draft, not for publication")
    final = with_status(plain, EditionStatus.FINAL).html()
    assert (1, False, False) == (final.count("Final figures"), "Draft" in final, "Provisional" in final)


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


def test_a_table_of_more_years_than_fit_lies_across_its_page() -> None:
    css = (ROOT / "templates/css/table.css").read_text(encoding="utf-8")
    table = '<div class="table widest"><table><tr><td>1</td></tr></table></div>'
    style = f"<style>.chapter {{ page: body }} {css}</style>"
    html = f'{style}<section class="chapter"><h1>T</h1><div>{table}</div></section><section class="chapter">After'
    sheets = [page.mediabox for page in PdfReader(io.BytesIO(HTML(string=html).write_pdf())).pages]
    assert [True, False] == [each.width > each.height for each in sheets]


YEARS = range(2009, 2021)


def page(table: Table) -> Document:
    chapter = Section("figures", "8", "The figures year by year", 1, (table,), ())
    return Document(EDITION, (), (chapter,), ())


def test_no_mark_falls_below_its_figure() -> None:
    columns = tuple(Column(str(year), current=year == YEARS[-1]) for year in YEARS)
    men = Row("Men", tuple(Cell("113", marks=("(59)",)) for _ in YEARS))
    convicted = Row("Persons convicted", tuple(Cell("14", marks=("(50)", "(51)")) for _ in YEARS))
    table = Table("time_table", 9, "All figures", "", "Number of", columns, (men, convicted), "Police")
    theme = load_theme(ROOT / "assets")
    html = to_html(page(table), theme, load_locale("en").text, TEMPLATES)
    with collecting():
        pages = as_one(html, Fetcher({}, theme, TEMPLATES)).pages
    shown = [each for page in pages for each in page._page_box.descendants() if hasattr(each, "text")]
    figures, marks = ([each for each in shown if each.text.strip() == words] for words in ("113", "(59)"))
    assert len(YEARS) == len(figures) == len(marks)
    assert all(
        mark.position_y < figure.position_y + figure.height - 3 for figure, mark in zip(figures, marks, strict=True)
    )


STYLE = """<style>@page { size: 100mm 100mm; margin: 10mm } body { margin: 0; font: 10pt/12pt sans-serif }
p, h1, h2 { margin: 0; font-size: 10pt } .wide { break-inside: avoid } .flow { columns: 2; column-gap: 4mm }</style>"""
FIGURE = "<div class=wide id=figure><figure style='height: 55mm'>picture</figure></div>"
TABLE = "<div class=wide id=table><div class=long><p style='height: 55mm'>rows</p></div></div>"

MOST = 3


def words(count: int, name: str) -> str:
    return f"<p id={name}>{'word ' * count}</p>"


def moved(*chapters: str) -> list[str]:
    """The ids of what stands in the chapters, in the order in which it stands after figures were moved."""
    body = "".join(f"<section class='chapter opens'><h1>One</h1>{each}</section>" for each in chapters)
    page = HTML(string=f"{STYLE}<main>{body}</main>")
    main = page.etree_element.find("body/main")
    for _ in range(MOST):
        if found := first_move(read_layout(page.render().pages), list(main)):
            move(list(main), list(main), found)
    return re.findall('id="([^"]+)"', tostring(main, encoding="unicode"))


def flow(*paragraphs: str) -> str:
    return f"<div class=flow>{''.join(paragraphs)}</div>"


BEFORE = flow(words(40, "before"))
LOW = FIGURE.replace("55mm", "40mm")
TEXT = FIGURE.replace("<figure", "<div class=text").replace("</figure", "</div")


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        (
            [BEFORE + FIGURE + flow(words(20, "one"), words(38, "two"), words(60, "three"))],
            "before one two figure three",
        ),
        ([BEFORE + FIGURE + flow(words(90, "one"))], "before one figure"),
        ([flow(words(20, "before")) + LOW + flow(words(20, "one"))], "before figure one"),
        ([BEFORE + TABLE + flow(words(20, "one"))], "before table one"),
        ([BEFORE + TEXT + flow(words(20, "one"))], "before figure one"),
        ([BEFORE + FIGURE, flow(words(20, "one"))], "before figure one"),
    ],
    ids=["text follows", "one long paragraph", "it fits", "a table breaks", "it holds text", "end of the chapter"],
)
def test_text_that_follows_a_figure_fills_the_page_before_it(chapters: list[str], expected: str) -> None:
    assert expected == " ".join(moved(*chapters))


def test_a_section_keeps_the_figure_that_is_all_it_has() -> None:
    sections = f"<section><h2 id=a>A</h2>{FIGURE}</section><section><h2 id=b>B</h2>{flow(words(20, 'one'))}</section>"
    assert ["before", "a", "figure", "b", "one"] == moved(BEFORE + sections)


def test_a_section_behind_the_figure_that_moves_keeps_its_own_figures_too() -> None:
    first, own = FIGURE.replace("id=figure", "id=first"), FIGURE.replace("id=figure", "id=own")
    sections = f"<section><h2 id=a>A</h2>{own}</section><section><h2 id=b>B</h2>{flow(words(20, 'one'))}</section>"
    assert ["before", "first", "a", "own", "b", "one"] == moved(BEFORE + first + sections)


def test_columns_that_a_figure_parts_go_on_below_it_with_no_id_twice() -> None:
    inner = f"<section id=s><p id=t>title</p>{words(46, 'one')}{words(40, 'two')}</section>"
    assert ["before", "s", "t", "one", "figure", "two"] == moved(BEFORE + FIGURE + flow(inner))
