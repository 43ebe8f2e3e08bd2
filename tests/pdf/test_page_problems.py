"""A window is laid out as far as decides what is done with it, and the decision is the same."""

import pytest

from reporter.pdf import layout
from tests.pdf.windows import STYLE, Never, composed


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
