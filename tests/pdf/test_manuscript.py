"""The page of a document, cut into the runs of chapters that share pages."""

from reporter.pdf.fetch import Fetcher
from reporter.pdf.manuscript import Manuscript
from reporter.theme.tokens import load_theme
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES


def runs(inside: str) -> list[tuple[str, ...]]:
    html = f"<html><head></head><body>{inside}</body></html>"
    return list(Manuscript(html, Fetcher({}, load_theme(ROOT / "assets"), TEMPLATES)).chapter_runs())


def test_a_page_without_chapters_has_no_runs() -> None:
    assert [] == runs("<p>Words")
    assert [] == runs("<main><p>Words</main>")


def test_annexes_that_follow_one_another_share_pages_and_a_chapter_begins_its_own() -> None:
    parts = "".join(
        f'<section class="chapter{" annex" * annex}" id="{name}"></section>'
        for name, annex in (("a", False), ("b", True), ("c", True), ("d", False), ("e", True))
    )
    assert [("a",), ("b", "c"), ("d",), ("e",)] == runs(f"<main>{parts}</main>")
