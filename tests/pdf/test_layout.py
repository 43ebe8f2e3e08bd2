"""The layout holds whatever the data: nothing overlaps or is cut off, no heading is last, no page nearly empty."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint import Document as Pages

from reporter.document.document import Cell, Column, Document, Row, Table
from reporter.edition.checked import load_checked
from reporter.edition.job import Job
from reporter.edition.resources import templates_of, theme_of
from reporter.i18n import Locale
from reporter.model import EditionStatus
from reporter.pdf import Pdf, to_pdf
from reporter.pdf.fetch import Fetcher
from reporter.pdf.layout import lay_out
from reporter.pdf.page_fullness import chapter_pages
from reporter.pdf.problems import collecting
from reporter.produce.composed import document_of
from reporter.produce.drawing import draw_all
from reporter.render import chart_widths, to_html
from reporter.render.fitting import mark_class, marks_room, setting
from reporter.theme.templates import Templates
from reporter.theme.tokens import Theme
from tests import boxes, extremes, small
from tests.extents import collisions, height_of
from tests.fixtures import LITHUANIA, RURITANIA
from tests.pdf.layouts import LINES
from tests.snapshots import snapshot, translated

# What stands on one page of its own, however much there is to say. The lists of figures may need more.
FIXED, GLANCE = ("cover", "imprint", "contents", "back"), "section-at_a_glance"


# The area of a page is 252 mm high; a chart leaves room for its caption, source and notes.
HIGHEST_CHART = 215.0


CASES: Mapping[str, tuple[extremes.Extreme, ...]] = {
    "one year": (extremes.one_year,),
    "all missing": (extremes.all_missing,),
    "five digits": (extremes.five_digits,),
    "long labels": (extremes.long_labels,),
    "forty forms": (extremes.forty_forms,),
    "sixteen years": (extremes.every_year,),
    "one year, all missing, long labels": (extremes.one_year, extremes.all_missing, extremes.long_labels),
    "one year, forty forms, five digits, long labels": (
        extremes.one_year,
        extremes.forty_forms,
        extremes.five_digits,
        extremes.long_labels,
    ),
    "forty forms, five digits, long labels, long text": (
        extremes.forty_forms,
        extremes.five_digits,
        extremes.long_labels,
        extremes.long_text,
    ),
}


@dataclass(frozen=True, slots=True)
class Made:
    """An edition that is ready to be laid out."""

    document: Document
    theme: Theme
    locale: Locale
    templates: Templates

    def html(self) -> str:
        return to_html(self.document, self.theme, self.locale.text, self.templates)

    def images(self, cache: Path) -> dict[str, bytes]:
        widths = chart_widths(self.document)
        plots = self.document.plots().items()
        return draw_all([(name, plot, widths[name]) for name, plot in plots], self.theme, cache)


def make(root: Path, country: str, year: int, language: str = "en") -> Made:
    """The edition of a workspace."""
    sources, locale = snapshot(root), translated(language, root)
    checked = load_checked(sources, country)
    document = document_of(checked, Job(country, year, language), locale)
    return Made(document, theme_of(sources, checked.dataset.settings), locale, templates_of(sources))


def laid_out(made: Made, cache: Path) -> Pages:
    """Its pages; fails when the layout has anything to complain about."""
    with collecting():
        return lay_out(made.html(), Fetcher(made.images(cache), made.theme, made.templates))


def faults(pages: Pages, glance: int = 1) -> list[str]:
    """Everything wrong with pages; with extreme labels and figures, the map at a glance may go on to a second one."""
    fixed = [
        f"{part} stands on {boxes.pages_of(pages, part)} pages" for part in FIXED if boxes.pages_of(pages, part) != 1
    ]
    shown = boxes.pages_of(pages, GLANCE)
    fixed += [f"at a glance stands on {shown} pages"] if shown > glance else []
    last = [] if boxes.is_on(pages, "back", len(pages.pages)) else ["the back cover is not the last page"]
    return [
        *boxes.overflows(pages),
        *boxes.overlaps(pages),
        *boxes.orphans(pages),
        *boxes.scant(pages),
        *boxes.unreadable(pages),
        *fixed,
        *last,
    ]


def badly_drawn(made: Made) -> list[str]:
    """Everything wrong with the words of charts."""
    found, widths = [], chart_widths(made.document)
    for name, plot in made.document.plots().items():
        found += [f"{name}: {each}" for each in collisions(plot, made.theme, widths[name])]
        height = height_of(plot, made.theme, widths[name])
        found += [f"{name} is {height:.0f} mm high"] if height > HIGHEST_CHART else []
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_layout_survives(case: str, tmp_path: Path) -> None:
    made = make(extremes.make(tmp_path / "w", *CASES[case]), "XX", extremes.YEAR)
    assert [] == badly_drawn(made)
    assert [] == faults(laid_out(made, tmp_path / "charts"), glance=2)


# 2018 has the longest notes at a glance, and Lithuanian is longer than English.
@pytest.mark.parametrize(("year", "language"), [(2009, "en"), (2020, "en"), (2017, "lt"), (2018, "lt"), (2020, "lt")])
def test_the_lithuanian_profiles_are_laid_out_well(year: int, language: str, tmp_path: Path) -> None:
    made = make(LITHUANIA, "LT", year, language)
    assert [] == badly_drawn(made)
    assert [] == faults(laid_out(made, tmp_path / "charts"))


def test_the_layout_survives_in_the_other_theme(tmp_path: Path) -> None:
    root = extremes.make(tmp_path / "w", extremes.long_labels)
    with (root / "reporter.yaml").open("a") as file:
        file.write("theme: eu-blue\n")
    made = make(root, "XX", extremes.YEAR)
    assert "eu-blue" == made.theme.name
    assert [] == faults(laid_out(made, tmp_path / "charts"), glance=2)


def test_words_on_a_ground_like_themselves_are_found() -> None:
    page = "<style>@page { background: #071F42 } section { background: #fff }</style>"
    sample = f'{page}<p style="color: #000">Lost</p><section><p>Seen</p><p style="color: #aaa">Faint</p></section>'
    found = boxes.unreadable(HTML(string=sample).render())
    assert ["page 1: 'Lost'", "page 1: 'Faint'"] == [each.partition(" has")[0] for each in found]


FLAT = "p { margin: 0 }"


def pages(body: str, css: str = "") -> Pages:
    style = f"@page {{ size: 100mm 100mm; margin: 10mm }} body {{ margin: 0; font: 10pt/1.2 sans-serif }} {css}"
    return HTML(string=f"<style>{style}</style>{body}").render()


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


CHAPTER = "<section class='chapter' id='a'><h1>A</h1>{}</section>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>few words", []),
        (f"{LINES}<p style='break-before: page'>few words", [False, True]),
        (f"<p style='break-before: page'>{LINES}", [True, False]),
    ],
)
def test_pages_with_a_few_lines_are_found(body: str, expected: list[bool]) -> None:
    laid = pages(CHAPTER.format(body), FLAT)
    found = [f"page {each.page}" in " ".join(boxes.scant(laid)) for each in chapter_pages(laid)]
    assert expected == ([] if not any(found) else found)


NOTES = "<div class='many'><p>one<p>two<p>three<p>four</div>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{LINES}{NOTES}", [False]),
        (f"{LINES}<div style='break-before: page'></div>{NOTES}", [False, True]),
        (f"{LINES}<div style='break-before: page'></div>{NOTES}{NOTES * 3}", [False, True]),
        (f"{LINES}<div style='break-before: page'></div><p>words{NOTES}", [False, False]),
    ],
)
def test_notes_that_go_on_at_the_top_of_a_page_are_measured(body: str, expected: list[bool]) -> None:
    assert expected == [sheet.tail > 0 for sheet in chapter_pages(pages(CHAPTER.format(body), FLAT))]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(small.write(tmp_path_factory.mktemp("small")), "XX", 2020)


def printed(made: Made, status: EditionStatus, cache: Path) -> Pdf:
    """The PDF of an edition with another status."""
    edition = replace(made.document.edition, status=status)
    changed = replace(made, document=replace(made.document, edition=edition))
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


def test_a_country_without_contacts_has_a_back_cover_all_the_same(plain: Made, tmp_path: Path) -> None:
    assert plain.document.contact is None
    assert [] == faults(laid_out(plain, tmp_path))


def figures(columns: int, *cells: Cell) -> Table:
    row = Row("Victims", cells)
    return Table("t", 1, "T", "", "", tuple(Column(str(2000 + n)) for n in range(columns)), (row,), "Police")


def test_the_more_figures_the_tighter_they_stand() -> None:
    assert ["", "", "dense", "denser"] == [setting(figures(n, Cell("15,430"))) for n in (5, 10, 13, 15)]


def test_marks_hang_over_into_room_of_their_own_and_many_stand_below() -> None:
    three, many = Cell("35", None, ("(1)", "(2)")), Cell("35", None, ("b", "(21)", "(22)"))
    assert ["hanging", "stacked"] == [mark_class(three), mark_class(many)]
    assert ["marks-8", "marks-1", "marks-4"] == [
        marks_room(figures(1, each)) for each in (three, many, Cell("3", None, ("b", "(1)")))
    ]
