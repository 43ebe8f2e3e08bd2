"""A drawing becomes a part of a page, and takes its colours from there; the flag follows from the code of a country."""

import re

import pytest

from reporter.data.i18n import PROTOCOL
from reporter.data.i18n.territories import iso_of
from reporter.data.theme.tokens import Theme
from reporter.formats.html.embed import day_names, inline_svg, look_of
from reporter.formats.svg import draw
from tests.fixtures import ROOT
from tests.svg.plots import ALONE, THEME

SVG = b"""<?xml version="1.0"?><svg width="9pt" height="9pt" viewBox="0 0 9 9">
<defs><style>*{stroke-linejoin: round}</style>
<clipPath id="cut"/></defs><use href="#cut"/><g id="all" clip-path="url(#cut)"><text>A &amp; B</text></g></svg>"""


def test_names_and_style_of_a_drawing_are_its_own():
    drawn = inline_svg(SVG, "chart-one", {"alt": 'Says "A & B"'})
    assert drawn.startswith('<svg id="chart-one" viewBox="0 0 9 9" role="img" aria-label="Says &quot;A &amp; B&quot;" ')
    assert {"chart-one", "chart-one-cut", "chart-one-all"} == set(re.findall(r'\bid="([^"]+)"', drawn))
    assert ["#chart-one-cut"] == re.findall(r'href="([^"]+)"', drawn)
    assert "url(#chart-one-cut)" in drawn
    assert "#chart-one *{stroke-linejoin: round}" in drawn


def test_a_drawing_within_a_page_is_lean_and_has_its_marks_and_words():
    content = draw(ALONE, THEME, 84, titled=True)
    drawn = inline_svg(content, "chart-one", {"alt": "Text", "class": "wide"})
    assert drawn.startswith('<svg id="chart-one" class="wide" ')
    assert len(drawn) < 0.7 * len(content)
    assert re.findall(rb">([^<>]*)</text>", content) == [
        each.encode() for each in re.findall(r">([^<>]*)</text>", drawn)
    ]
    assert "<title>New investigations, 2020: 11</title>" in drawn
    assert content.count(b"<path") == drawn.count("<path")


def test_colours_of_the_theme_are_variables_which_differ_at_night():
    drawn = inline_svg(draw(ALONE, THEME, 84), "chart-one", {"alt": "Text"}, day_names(THEME))
    look = look_of(THEME)
    assert [] == re.findall("#[0-9a-f]{6}", drawn)
    assert {"ink", "now", "before", "earlier", "tint", "secondary", "text"} == set(
        re.findall(r"var\(--([\w-]+)\)", drawn)
    )
    assert set(day_names(THEME).values()) <= {name for name, _ in look.night}


def test_every_country_of_the_union_and_around_it_has_its_flag_and_no_other_place_has_one(theme: Theme) -> None:
    for code in (*PROTOCOL, "UK", "NO", "IS", "CH", "UA", "TR", "XK"):
        assert f"asset:flags/{iso_of(code).lower()}.svg" == look_of(theme, code).flag
    assert ["", ""] == [look_of(theme, each).flag for each in ("US", "")]


@pytest.mark.parametrize("folder", ["css", "web"])
def test_every_colour_that_a_stylesheet_names_is_one_of_the_theme_or_its_own(theme: Theme, folder: str) -> None:
    sheets = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates" / folder).glob("*.css")}
    sheets |= {"theme.css": (ROOT / "templates" / "css" / "theme.css").read_text(encoding="utf-8")}
    known = {name for name, _ in look_of(theme).colours} | {"sans", "serif", "display"}
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]
    known |= set(re.findall(r"--([a-z-]+):", " ".join((*sheets.values(), *pages))))
    used = {(name, sheet) for sheet, text in sheets.items() for name in re.findall(r"var\(--([a-z-]+)", text)}
    assert [] == sorted((name, sheet) for name, sheet in used if name not in known)
