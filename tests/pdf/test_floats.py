"""Figures float: text that follows fills the page, and nothing leaves its chapter or stands under no heading."""

import re
from xml.etree.ElementTree import tostring

import pytest
from weasyprint import HTML  # type: ignore[import-untyped]

from reporter.pdf.page_problems import first_move, move, read_layout

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


def test_columns_that_a_figure_parts_go_on_below_it_with_no_id_twice() -> None:
    inner = f"<section id=s><p id=t>title</p>{words(46, 'one')}{words(40, 'two')}</section>"
    assert ["before", "s", "t", "one", "figure", "two"] == moved(BEFORE + FIGURE + flow(inner))
