"""Whatever stands in a window, what is done with it is decided by its first pages."""

import random

import pytest

from reporter.pdf import layout
from tests.pdf.test_page_problems import STYLE, Never, composed


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
