"""A picture that a page offers has nothing that runs or loads."""

from urllib.parse import quote

import pytest

from reporter.roundtrip.picture_content import picture_flaws

START = "data:image/svg+xml;charset=utf-8,"
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def flaws(inner: str) -> list[str]:
    return list(picture_flaws(START + quote(f"{OPEN}{inner}</svg>")))


def test_a_drawing_with_words_is_calm():
    drawn = '<g><path d="M0,0" style="fill:#fff"/><text x="1">a</text></g>'
    assert [] == flaws(f"<title>A &amp; B</title><desc>C</desc>{drawn}")
    assert [] == list(picture_flaws("data:text/csv,<script>"))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>1</script>",
        '<g onload="x()"/>',
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        '<a href="https://example.org"><text>a</text></a>',
        '<path style="fill:url(https://example.org/a)"/>',
        '<path fill="url(https://example.org/a)"/>',
        "<foreignObject><p>a</p></foreignObject>",
        '<animate attributeName="x"/>',
        "<!DOCTYPE svg [<!ENTITY a 'b'>]>",
        "<?xml-stylesheet href='https://example.org/a.css'?>",
        "<text>&a;</text>",
        '<g xmlns="http://www.w3.org/1999/xhtml"/>',
        "<style>*{fill:red}</style>",
    ],
)
def test_what_would_act_is_found(inner):
    assert flaws(inner)
