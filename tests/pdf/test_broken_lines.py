"""A line is broken once, as WeasyPrint breaks it; the end of every paragraph is on a page."""

import inspect
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.layout import inline, preferred
from weasyprint.text import fonts, line_break

from reporter.formats.pdf.hooks import DECIDES, BrokenLines
from reporter.formats.pdf.pieces.page_problems import lost_text, paragraphs_of

COLUMNS = """<style>
@page {{ size: 200px 150px; margin: 10px }} p {{ margin: 0 0 4px; text-align: {align} }}
body {{ columns: {columns}; hyphens: {hyphens}; font-size: {size}px }}
em {{ letter-spacing: 1px }} del {{ white-space: pre }} b {{ font-weight: 700 }}
</style><body lang=en>{words}"""
WORDS = st.sampled_from(
    ["people", "identified", "<em>organisations</em>", "<b>of</b>", "a\u00adcross", "<del>in  2020</del>", "–", "<p>"]
)


def drawn(html: str, lines: BrokenLines | None) -> bytes:
    if lines is None:
        return bytes(HTML(string=html).write_pdf(pdf_identifier=b"1"))
    with lines.remembered():
        document = HTML(string=html).render()
    return bytes(document.write_pdf(pdf_identifier=b"1"))


@settings(max_examples=5)
@given(
    words=st.lists(WORDS, min_size=1, max_size=40),
    columns=st.sampled_from([1, 2, 3]),
    align=st.sampled_from(["left", "justify"]),
    hyphens=st.sampled_from(["none", "auto"]),
    size=st.sampled_from([9, 12.5]),
)
def test_pages_are_the_same_where_lines_are_remembered(words, columns, align, hyphens, size):
    html = COLUMNS.format(words=" ".join(words), columns=columns, align=align, hyphens=hyphens, size=size)
    lines = BrokenLines()
    assert [drawn(html, None)] * 2 == [drawn(html, lines), drawn(html, lines)]


def test_all_that_weasyprint_reads_of_a_style_tells_lines_apart():
    shapes = (line_break.split_first_line, line_break.Layout, line_break.create_layout, line_break.line_size)
    shapes += (line_break.first_line_metrics, fonts.get_font_description)
    read = {name for each in shapes for name in re.findall(r"style\['(\w+)'\]", inspect.getsource(each))}
    assert set() == read - set(DECIDES)


def test_the_hook_is_gone_afterwards():
    before = inline.split_first_line, preferred.split_first_line
    drawn("<p>One line", BrokenLines())
    assert before == (inline.split_first_line, preferred.split_first_line)


PAGE = "<style>@page {{ size: 60mm 40mm; margin: 5mm }} body {{ font: 10pt/1.2 sans-serif }} {css}</style>{body}"
LONG = "Recognised victims of trafficking in human beings " * 8


def lost(body: str, css: str = "") -> list[str]:
    page = HTML(string=PAGE.format(css=css, body=body))
    paragraphs = tuple(paragraphs_of(page.etree_element.find("body")))
    return list(lost_text(page.render(), paragraphs))


def test_lines_below_the_edge_of_a_block_of_fixed_height_are_lost() -> None:
    body = f"<table><tr><td>seen</table><p class=gone>{LONG}last words</p>"
    assert ["s of trafficking in human beings last words"] == [
        each[-43:] for each in lost(body, ".gone { display: none }")
    ]


def test_what_a_stylesheet_adds_is_no_word_of_the_paragraph() -> None:
    css = "q::before { content: open-quote } q::after { content: close-quote } p::after { content: ' (end)' }"
    assert [] == lost("<p>He said <q>in public</q></p><p>Or <q>a</q>, <q>b</q> &amp; <q>c</q>", css)
    assert ["Gone"] == lost("<p>He <q>said</q></p><p class=gone>Gone</p>", css + ".gone { display: none }")


def test_a_note_counts_apart_from_the_paragraph_that_calls_it() -> None:
    body = "<p>Words<span class=note>and a note</span> and more</p>"
    assert [] == lost(body, ".note { float: footnote }")
    assert ["and a note"] == lost(body, ".note { display: none }")
