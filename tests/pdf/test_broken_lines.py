"""A line is broken once, and as WeasyPrint breaks it."""

import inspect
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML
from weasyprint.layout import inline, preferred
from weasyprint.text import fonts, line_break

from reporter.pdf.broken_lines import DECIDES, BrokenLines

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


def test_a_line_of_a_column_is_broken_once_for_all_heights(monkeypatch):
    asked = []
    split = line_break.split_first_line

    def counted(text, style, context, *rest, **more):
        asked.append((text, *rest, *more.items()))
        return split(text, style, context, *rest, **more)

    monkeypatch.setattr(inline, "split_first_line", counted)
    monkeypatch.setattr(preferred, "split_first_line", counted)
    html = COLUMNS.format(words="people were identified " * 40, columns=2, align="left", hyphens="none", size=9)
    drawn(html, None)
    anew = list(asked)
    asked.clear()
    drawn(html, BrokenLines())
    assert set(anew) == set(asked) != set()
    assert len(asked) == len(set(asked)) < len(anew)


def test_all_that_weasyprint_reads_of_a_style_tells_lines_apart():
    shapes = (line_break.split_first_line, line_break.Layout, line_break.create_layout, line_break.line_size)
    shapes += (line_break.first_line_metrics, fonts.get_font_description)
    read = {name for each in shapes for name in re.findall(r"style\['(\w+)'\]", inspect.getsource(each))}
    assert set() == read - set(DECIDES)


def test_the_hook_is_gone_afterwards():
    before = inline.split_first_line, preferred.split_first_line
    drawn("<p>One line", BrokenLines())
    assert before == (inline.split_first_line, preferred.split_first_line)
