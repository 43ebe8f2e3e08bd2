"""Everything that a page needs is put inside it, and nothing else changes."""

import re

from reporter.render.embed import embed
from tests.produce.forms import addresses


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
