"""A page is read as tinyhtml5 reads it, by patterns that are made once."""

import re
from xml.etree.ElementTree import tostring

import pytest
import tinyhtml5
from tinyhtml5 import inputstream

from reporter.pdf.manuscript import Manuscript

PAGE = """<!DOCTYPE html><html lang=lt><head><title>T &amp; t</title><style>p > a { color: red }</style></head><body>
<!-- c --><p class="a b" id='x' data-y=z title="&quot;x&ndash;">Ž <b>b</b><p>two<table><tr><td>1<td>&lt;2</table>
<svg viewBox="0 0 1 1"><path d="M 1 1"/></svg><pre>\n  a\tb</pre></body></html>"""


def test_patterns_are_made_once_and_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputstream, "characters_until_regex", {})
    expected = tostring(tinyhtml5.parse(PAGE, namespace_html_elements=False))
    first = Manuscript(PAGE)
    first.head.extend(first.styles)
    assert expected == tostring(first.tree)
    made: list[str] = []
    monkeypatch.setattr(re, "compile", lambda pattern, *_: made.append(pattern))
    Manuscript(PAGE)
    assert [] == made
