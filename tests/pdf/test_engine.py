"""Stylesheets are read once, and apply together as they do one after another."""

import pytest
from weasyprint import CSS, HTML

from reporter.pdf import engine
from reporter.pdf.engine import begin, united_sheets
from reporter.pdf.pieces.manuscript import Manuscript
from reporter.pdf.problems import collecting
from reporter.theme.tokens import load_theme
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES

SHEETS = (
    "p { color: red } #a { color: blue } p.b::before { content: 'x' } @page { size: 90mm } [lang] { margin: 1mm }",
    "p { color: green; margin: 0 } .b { color: navy !important } @page { size: 80mm; margin: 2mm }",
    ".b { color: teal } p#a { font-size: 9px } p::before { content: 'y' } :lang(lt) { width: 9mm } * { width: 8mm }",
)
PAGE = "<p id=a class=b>One<p class=b>Two<p lang=lt>Three<p>Four"


def drawn(sheets: list[CSS]) -> bytes:
    return bytes(HTML(string=PAGE).write_pdf(stylesheets=sheets, pdf_identifier=b"1"))


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1,), ()])
def test_united_stylesheets_apply_in_their_order(order: tuple[int, ...]) -> None:
    apart, together = ([CSS(string=SHEETS[n]) for n in order] for _ in range(2))
    united = united_sheets(together)
    assert min(1, len(order)) == len(united)
    assert drawn(apart) == drawn(united)


def test_stylesheets_with_layers_stay_apart() -> None:
    sheets = [CSS(string="@layer one { p { color: red } }"), CSS(string=SHEETS[0])]
    assert sheets == united_sheets(sheets)


def test_only_what_was_read_of_this_style_without_problems_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_LAST_STYLES", engine._LastStyles())
    theme = load_theme(ROOT / "assets")

    def fonts_of(style: str, css: str) -> object:
        page = Manuscript(f"<style>{css}</style><p>A")
        with collecting() as problems:
            made = begin(page, {}, theme, TEMPLATES, (), style, problems)
            problems.found.clear()
        return made.fonts

    first = fonts_of("one", "p { color: red }")
    assert first is fonts_of("one", "p { color: red }")
    assert first is not fonts_of("two", "p { color: blue }")
    assert fonts_of("", "p { color: red }") is not fonts_of("", "p { color: red }")
    assert fonts_of("wrong", "p { colour: red }") is not fonts_of("wrong", "p { colour: red }")
    for number in range(9):
        fonts_of(str(number), "p { color: red }")
    assert first is not fonts_of("one", "p { color: red }")
