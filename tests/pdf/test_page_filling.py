"""Chapters share pages where they fit, and only changed ones are looked at again."""

import json
import re
from pathlib import Path

import pytest

from reporter.pdf.fetch import Fetcher
from reporter.pdf.layout import lay_out
from reporter.pdf.manuscript import Manuscript
from reporter.pdf.memory import Memory
from reporter.pdf.page_filling import PageFiller, is_loose
from reporter.pdf.page_fullness import ChapterPage
from reporter.theme.tokens import load_theme
from tests import boxes
from tests.fixtures import ROOT
from tests.pdf.layouts import LINES
from tests.snapshots import TEMPLATES


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (ChapterPage(1, "a", 0.5, opens=True, ends=False), True),
        (ChapterPage(1, "a", 0.7, opens=True, ends=False), False),
        (ChapterPage(1, "a", 0.5, opens=False, ends=True), False),
        (ChapterPage(1, "a", 0.9, opens=False, ends=False, tail=0.05), True),
        (ChapterPage(1, "a", 0.9, opens=False, ends=False, tail=0.5), False),
    ],
)
def test_a_page_far_from_full_or_with_notes_left_over_is_worth_a_try(sheet: ChapterPage, expected: bool) -> None:
    assert expected == is_loose(sheet)


RUNS = """<body><main>
<section class="chapter numbered" id="a"><h1>A</h1><p>one</section>
<section class="chapter annex" id="b"><h1>B</h1><p>two</section>
<section class="chapter annex" id="c"><h1>C</h1>{}</section>
<section class="chapter plain" id="d"><h1>D</h1><p><img src="chart:one" alt="three"></section>
</main></body>"""


SQUARE = (
    "@page { size: 100mm 100mm; margin: 10mm } .chapter { break-before: page } .annex + .annex { break-before: auto }"
)


DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h10v10z"/></svg>'


def looked_at(folder: Path, text: str = "<p>words", image: bytes = DRAWN, design: str = "one") -> int:
    """How many runs of chapters are looked at when a page is laid out."""
    images = {"one": image}
    html = f"<html><head><style>{SQUARE}</style></head>{RUNS.format(text)}</html>"
    manuscript = Manuscript(html, Fetcher(images, load_theme(ROOT / "assets"), TEMPLATES))
    before = len(list(folder.glob("*")))
    filler = PageFiller(manuscript, Memory(folder, design, images))
    assert {} == filler.found
    return len(list(folder.glob("*"))) - before


def test_chapters_that_share_pages_are_looked_at_together() -> None:
    html = f"<html><head></head>{RUNS.format('')}</html>"
    manuscript = Manuscript(html, Fetcher({}, load_theme(ROOT / "assets"), TEMPLATES))
    assert [("a",), ("b", "c"), ("d",)] == list(manuscript.chapter_runs())
    assert {"b", "c"} == set(re.findall('id="(.)"', manuscript.extract(("b", "c"))))


def test_only_chapters_that_changed_are_looked_at_again(tmp_path: Path) -> None:
    assert 3 == looked_at(tmp_path)
    assert 0 == looked_at(tmp_path)
    assert 1 == looked_at(tmp_path, text="<p>other words")
    assert 1 == looked_at(tmp_path, image=DRAWN.replace(b"10", b"20"))
    assert 3 == looked_at(tmp_path, design="another")


def test_pages_are_the_same_whether_or_not_their_chapters_are_remembered(tmp_path: Path) -> None:
    style = f"{SQUARE} body {{ font: 10pt/1.2 sans-serif }} p {{ margin: 0 }} .whole {{ break-inside: avoid }}"
    scant = f"<p>one<div class='whole'>{LINES * 2}</p></div><p>few words"
    html = f"<html><head><title>T</title><style>{style}</style></head>{RUNS.format('').replace('<p>one', scant)}</html>"
    fetcher = Fetcher({"one": DRAWN}, load_theme(ROOT / "assets"), TEMPLATES)
    kept = Memory(tmp_path, "", {"one": DRAWN})
    first, *others = [list(boxes.lines(lay_out(html, fetcher, memory))) for memory in (None, kept, kept)]
    assert [first, first] == others
    assert [{"a"}] == [set(found) for path in tmp_path.iterdir() if (found := json.loads(path.read_text())["rules"])]


LONG = "".join(f"<p>{n}" for n in range(12))


NOTED = "<p>one<span class='note' id='note-1'>" + "note<br>" * 9 + "</span>"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("<p>one", "<p>two", [["a", "b"]]),
        (LONG, "<p>two", [["a"], ["b"]]),
        (NOTED, "<p>two<br>three<br>four", [["a"], ["b"]]),
        (f"<p>one<p style='break-before: page'>{LINES}", "<p>two", [["a"], ["a", "b"]]),
    ],
)
def test_a_short_chapter_goes_on_below_the_one_before_it_where_it_fits(first, second, expected) -> None:
    style = f"{SQUARE} body {{ font: 10pt/1.2 sans-serif }} p {{ margin: 0 }} .note {{ float: footnote }}"
    kinds = "#a { page: tab-1 } #b { page: tab-2 }"
    chapters = "".join(
        f"<section class='chapter numbered' id='{name}'><h1>{name}</h1>{text}</section>"
        for name, text in (("a", first), ("b", second))
    )
    html = f"<html><head><style>{style} {kinds}</style></head><body><main>{chapters}</main></body></html>"
    found = lay_out(html, Fetcher({}, load_theme(ROOT / "assets"), TEMPLATES))
    assert expected == [
        [name for name in ("a", "b") if boxes.is_on(found, name, page)] for page in range(1, len(found.pages) + 1)
    ]
