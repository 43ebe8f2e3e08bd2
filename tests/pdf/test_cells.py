"""A figure and the marks that hang over it stand on one line, in the column of the edition's own year too."""

from reporter.document.document import Cell, Column, Document, Row, Section, Table
from reporter.i18n import load_locale
from reporter.pdf.fetch import Fetcher
from reporter.pdf.problems import collecting
from reporter.render import to_html
from reporter.theme.tokens import load_theme
from tests.boxes import lines
from tests.fixtures import ROOT
from tests.pdf.layouts import as_one
from tests.pdf.tagged import HEAD, found, words
from tests.render.pages import EDITION
from tests.snapshots import TEMPLATES

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
        made = list(lines(as_one(html, Fetcher({}, theme, TEMPLATES))))
    figures, marks = ([each for each in made if each.words.strip() == words] for words in ("113", "(59)"))
    assert len(YEARS) == len(figures) == len(marks)
    assert all(mark.top < figure.bottom - 3 for figure, mark in zip(figures, marks, strict=True))


def test_headers_of_a_simple_table_have_a_scope_and_need_no_more(facts):
    read = facts(f"<table><caption>Cases</caption>{HEAD}<tr><th scope=row>2020</th><td>11</td></tr></table>")
    assert ["Column", "Column", "Row"] == [tag.scope for tag in found(read, "TH")]
    assert frozenset() == read.identities


def test_cells_name_their_headers_where_a_scope_is_not_enough(facts):
    read = facts(
        """<table><caption>Cases</caption>
        <thead><tr><th rowspan=2 scope=col>Form<th colspan=2 scope=colgroup>Victims
        <tr><th scope=col>Men<th scope=col>Women</thead>
        <tbody><tr><th scope=rowgroup colspan=3>Adults<tr><th scope=row>Labour<td>1<td>2</tbody>
        <tbody><tr><th scope=rowgroup colspan=3>Children<tr><th scope=row>Other<td>3<td>4</tbody></table>"""
    )
    names = {tag.identity: words(tag) for tag in found(read, "TH")}
    headers = {words(tag): [names[each] for each in tag.headers] for tag in found(read, "TD")}
    assert ["Victims", "Men", "Adults", "Labour"] == headers["1"]
    assert ["Victims", "Women", "Children", "Other"] == headers["4"]
    assert set(names) == read.identities
