"""What is done with windows of pages is decided by their first pages, whatever stands in them."""

import random

import pytest

from reporter.pdf.engine import Engine, Fetcher
from reporter.pdf.pieces import layout
from reporter.pdf.pieces.layout import Compositor, Step
from reporter.pdf.pieces.manuscript import Manuscript
from reporter.pdf.pieces.page_problems import EarlyEnd
from reporter.theme.tokens import load_theme
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES

STYLE = """<style>@page { size: 100mm 100mm; margin: 10mm } body { margin: 0; font: 10pt/12pt sans-serif }
p, h1, h2 { margin: 0; font-size: 10pt } .wide { break-inside: avoid } .flow { columns: 2; column-gap: 4mm }
.late { padding-top: 20mm } .note { float: footnote }</style>"""
FETCHER = Fetcher({}, load_theme(ROOT / "assets"), TEMPLATES)


class Never(EarlyEnd):
    """Lays out all pages of every window."""

    def __call__(self, _sheets: object) -> bool:
        return False


def composed(html: str) -> tuple[list[Step], int]:
    """What was done with each window, and how many pages were laid out for it."""
    steps, pages = [], 0
    manuscript = Manuscript(html)

    class Counted(Engine):
        def lay_out(self, *given: object) -> object:
            nonlocal pages
            document = super().lay_out(*given)
            pages += len(document.pages)
            return document

    def keep(_told: str, take: object) -> Step:
        steps.append(take())
        return steps[-1]

    compositor = Compositor(manuscript, lambda: Counted(manuscript, FETCHER), keep)
    for number in range(len(compositor.parts)):
        compositor.filled(number)
    return steps, pages


def test_pages_behind_one_that_something_leaves_empty_are_not_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "<p>" + "word " * 60
    figure = "<div class=wide><figure style='height: 55mm'></figure></div>"
    flow = f"<div class=flow>{words}</div>"
    html = f"{STYLE}<main><section class='chapter opens'><h1>A</h1>{flow}{figure}{flow * 3}</section></main>"
    soon, few = composed(html)
    monkeypatch.setattr(layout, "EarlyEnd", Never)
    late, all_of_them = composed(html)
    assert late == soon
    assert any(each.move for each in soon)
    assert few < all_of_them


def page_of(seed: int) -> str:
    """Chapters with text in columns, figures of all heights, tables, footnotes and headings anywhere."""
    dice = random.Random(seed)

    def part(number: int) -> str:
        words, height = "word " * dice.randint(5, 120), dice.randint(10, 60)
        return dice.choice(
            (
                f"<div class=flow><p>{words}<p>{words}</div>",
                f"<div class=flow><p>{words}<span class=note>note {words[:40]}</span></div>",
                f"<div class=wide><figure style='height: {height}mm'></figure></div>",
                f"<div class=wide><div class=long><p style='height: {height}mm'>rows</p></div></div>",
                f"<section id=s{number}><h2>Head</h2><div class=flow><p>{words}</div></section>",
            )
        )

    chapters = ("".join(part(100 * n + k) for k in range(dice.randint(3, 12))) for n in range(2))
    body = "".join(f"<section class='chapter opens' id=c{n}><h1>One</h1>{x}</section>" for n, x in enumerate(chapters))
    return f"{STYLE}<main>{body}</main>"


@pytest.mark.parametrize("seed", range(6))
def test_what_is_done_with_a_window_is_decided_by_its_first_pages(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    soon, few = composed(page_of(seed))
    monkeypatch.setattr(layout, "EarlyEnd", Never)
    late, all_of_them = composed(page_of(seed))
    assert late == soon
    assert few <= all_of_them
