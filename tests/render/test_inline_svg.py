"""A drawing becomes a part of a page, and takes its colours from there."""

import re

from reporter.draw import draw
from reporter.render.inline_svg import PlaceOnPage, inline_svg
from reporter.render.style_values import day_names, look_of
from tests.draw.plots import OPENED, THEME

SVG = b"""<?xml version="1.0"?><svg width="9pt" height="9pt" viewBox="0 0 9 9">
<defs><style>*{stroke-linejoin: round}</style>
<clipPath id="cut"/></defs><use href="#cut"/><g id="all" clip-path="url(#cut)"><text>A &amp; B</text></g></svg>"""


def test_names_and_style_of_a_drawing_are_its_own():
    drawn = inline_svg(SVG, PlaceOnPage("chart-one", 'Says "A & B"'))
    assert drawn.startswith('<svg id="chart-one" viewBox="0 0 9 9" role="img" aria-label="Says &quot;A &amp; B&quot;" ')
    assert {"chart-one", "chart-one-cut", "chart-one-all"} == set(re.findall(r'\bid="([^"]+)"', drawn))
    assert ["#chart-one-cut"] == re.findall(r'href="([^"]+)"', drawn)
    assert "url(#chart-one-cut)" in drawn
    assert "#chart-one *{stroke-linejoin: round}" in drawn


def test_a_drawing_within_a_page_is_lean_and_has_its_marks_and_words():
    content = draw(OPENED, THEME, 84, titled=True)
    drawn = inline_svg(content, PlaceOnPage("chart-one", "Text", kind="wide"))
    assert drawn.startswith('<svg id="chart-one" class="wide" ')
    assert len(drawn) < 0.7 * len(content)
    assert re.findall(rb">([^<>]*)</text>", content) == [
        each.encode() for each in re.findall(r">([^<>]*)</text>", drawn)
    ]
    assert "<title>New investigations, 2020: 11</title>" in drawn
    assert content.count(b"<path") == drawn.count("<path")


def test_colours_of_the_theme_are_variables_which_differ_at_night():
    drawn = inline_svg(draw(OPENED, THEME, 84), PlaceOnPage("chart-one", "Text"), day_names(THEME))
    look = look_of(THEME)
    assert [] == re.findall("#[0-9a-f]{6}", drawn)
    assert {"ink", "now", "before", "earlier", "tint", "secondary", "text"} == set(
        re.findall(r"var\(--([\w-]+)\)", drawn)
    )
    assert set(day_names(THEME).values()) <= {name for name, _ in (*look.night, *look.night_maps)}
