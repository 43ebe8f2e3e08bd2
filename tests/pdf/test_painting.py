"""Every repair of the tags, on the smallest document that needs it; and the private part of WeasyPrint it hangs on."""

import hashlib
import inspect
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from weasyprint.pdf import tags

from reporter.formats.pdf.pieces.join_pieces import list_files_once
from tests.pdf.tag_checks import Area
from tests.pdf.tagged import FOOT, HEAD, NOTE, found, words


def test_the_part_of_weasyprint_that_is_hooked_into_is_the_one_that_was_read():
    parameters = ["box", "parent", "pdf", "page_number", "nums", "annotations", "tags"]
    assert parameters == list(inspect.signature(tags._build_box_tree).parameters)
    # A new WeasyPrint: read its tags.py, see whether each repair is still needed, then write the new sum here.
    source = inspect.getsource(tags).encode()
    assert "fae488b773686ea7" == hashlib.sha256(source).hexdigest()[:16]


def test_a_table_on_two_pages_is_one_table_whose_head_is_read_once(told):
    rows = "".join(f"<tr><th scope=row>{year}</th><td>{year - 2000}</td></tr>" for year in range(2010, 2016))
    text = told(f"<table><caption>Cases</caption>{HEAD}<tbody>{rows}</tbody></table>")
    assert text.startswith("Table(Caption(Cases) THead(TR(TH(Year) TH(Cases))) TBody(TR(TH(2010) TD(10)) TR(")
    assert [1, 1, 6] == [text.count(each) for each in ("Table(", "Year", "TD(")]


LETTERS, CAPTION = "<br>".join("abcdefgh"), '<figure><figcaption>Cases</figcaption><img src="chart:one" alt="A chart">'


@pytest.mark.parametrize(
    ("body", "css", "expected"),
    [
        ("<ul><li>a<li>b<br>c<br>d<br>e<br>f</ul>", "li { margin-left: 20px }",
         "L(LI(Lbl(•) LBody(a)) LI(Lbl(•) LBody(b c d e f)))"),
        (f"<p>{LETTERS}</p>", "p, br { orphans: 1; widows: 1 }", "P(a b c d e f g h)"),
        (f"<div><p>{LETTERS}</p></div>", "p, br { orphans: 1; widows: 1 } div { columns: 2 }",
         "Div(P(a b c d e f g h))"),
        ("<div>one<p>two</p>three</div>", "", "Div(P(one) P(two) P(three))"),
        ("<p>one <strong>two</strong> <sup>three</sup></p>", "", "P(one two  three)"),
        (f"{CAPTION}<p>Source: police</p></figure>", "img { display: block }",
         "Div(Figure(Caption(Cases) ) P(Source: police))"),
        (f"<p>One{NOTE.format(1, '<br>'.join('abcdef'))} two</p>", FOOT,
         "P(One Reference(1) Note(Lbl(1.) a b c d e f) two)"),
    ],
    ids=["list on two pages", "paragraph on two pages", "in two columns", "text around a block", "words set off",
         "caption in its figure", "note on two pages"],
)  # fmt: skip
def test_what_is_one_thing_is_one_tag_in_its_place(told, body, css, expected):
    assert expected == told(body, css)


def test_a_link_on_two_lines_is_one_link_with_two_areas(told):
    text = told("<p>x <a href='https://example.org'>one two three four five six seven eight nine ten eleven</a></p>")
    assert [1, 2] == [text.count("Link("), text.count("@")]


@pytest.mark.parametrize(
    ("attributes", "words"),
    [("", "The data"), ("title='Data of 2020'", "Data of 2020"), ("aria-label='All data'", "All data")],
)
def test_a_link_says_where_it_leads(facts, attributes, words):
    read = facts(f"<p>See <a href='https://example.org' {attributes}>The <b>data</b></a>")
    assert {words} == {kid.words for tag in found(read, "Link") for kid in tag.kids if isinstance(kid, Area)}


def test_the_box_of_a_figure_is_in_points_from_the_bottom_of_the_page(facts):
    (figure,) = found(facts('<p>a</p><img src="chart:one" alt="A chart">', "img { display: block }"), "Figure")
    # 96 by 48 px under a line of 20 px, on a page of 100 px.
    assert ((0.0, 24.0, 72.0, 60.0), "A chart") == (figure.frame, figure.alt)


def test_a_part_in_another_language_says_so(facts):
    read = facts('<p>The <span lang="lt">Seimas</span> of <b>Lithuania</b></p><p lang="fr">Loi</p>')
    assert [("lt", "Seimas"), ("fr", "Loi")] == [(tag.language, words(tag)) for tag in read.tree.walk() if tag.language]


def test_an_item_or_cell_in_another_language_says_so_once(facts):
    body = "<ul><li lang=lt>Seimas</ul><ol style='list-style: none'><li lang=lt>Vilnius</ol>"
    read = facts(f"{body}<table><caption>C</caption><tr><td lang=fr>Loi</table>")
    assert ["lt", "lt", "fr"] == [tag.language for tag in read.tree.walk() if tag.language]


def test_contents_are_a_tree_of_entries(told):
    line = '<p><span class="number">{0}</span><a href="#{0}">Chapter</a><span class="page" data-to="#{0}"></span></p>'
    body = f"<nav><h1>Contents</h1><ol><li>{line.format(1)}<ol><li>{line.format(2)}</ol></ol></nav><h1 id=1>A<h2 id=2>B"
    css = "ol { list-style: none } .page::after { content: target-counter(attr(data-to url), page) }"
    text = told(body, css)
    assert re.fullmatch(
        r"Sect\(H1\(Contents\) TOC\(TOCI\(Lbl\(1\) Reference\(Link\(@ Chapter\) \d\) "
        r"TOC\(TOCI\(Lbl\(2\) Reference\(Link\(@ Chapter\) \d\)\)\)\)\)\) H1\(A\) H2\(B\)",
        text,
    )


def test_a_file_that_travels_inside_is_listed_once():
    pdf = pikepdf.new()
    files = [pdf.make_indirect(Dictionary(Type=Name.Filespec)) for _ in range(2)]
    pdf.Root.AF = Array([files[0], files[1], files[0], files[1]])
    list_files_once(pdf)
    assert [each.objgen for each in files] == [each.objgen for each in pdf.Root.AF]


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
