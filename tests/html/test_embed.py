"""Everything that a page needs is put inside it, nothing else changes, and nothing else is loaded."""

import re

import pytest

from reporter.data.errors import ReporterError
from reporter.formats.html.embed import embed
from tests.making.forms import addresses


def test_everything_a_page_may_load_is_put_inside_it():
    page = embed(
        '<link rel="icon" href="asset:flags/lt.svg"><img src="asset:flags/lt.svg" alt="Flag"><style>\n'
        "p { background: url(asset:flags/eu.svg) }</style><p style='background: url(asset:flags/lt.svg)'>a</p>",
        addresses(),
    )
    assert 4 == page.count("data:image/svg+xml;charset=utf-8,")
    assert not re.search("asset:", page)


def test_everything_else_stays_as_it_was_written():
    page = (
        "<!DOCTYPE html>\n<p class='a' hidden>a &lt; b &#8211; <a href=\"https://example.org/?a=1&amp;b=2\">c</a><br>\n"
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><use href="#a"/></svg></p>'
    )
    assert page == embed(page, addresses())


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<img src="https://example.org/a.png" alt="">', "https://example.org/a.png: refused"),
        ('<img src="chart:none" alt="">', "chart:none: no chart of this name was drawn"),
        ('<img src="asset:../../secret.svg" alt="">', "lies outside its folder"),
        ("<style>p { background: url(//example.org/a.png) }</style>", "//example.org/a.png: refused"),
        ('<style>@import "a.css";</style>', "neither @import nor </"),
        ("<script>alert(1)</script>", "<script> has no place"),
        ('<svg><image href="a.png"/></svg>', "a.png: refused"),
    ],
)
def test_a_page_that_would_load_something_is_refused(html, named):
    with pytest.raises(ReporterError, match=re.escape(named)):
        embed(html, addresses())
