"""The text for the Commission's page tells the figures of the package, and has nothing but text."""

import pytest

from reporter.roundtrip import active_content
from tests.roundtrip.forging import both, forged, replaced, without

HTML, MARKDOWN = "XX-2020-en-page.html", "XX-2020-en-page.md"


def test_a_number_altered_in_both_is_found(packaged, tmp_path):
    change = both(replaced(HTML, "80 (", "81 ("), replaced(MARKDOWN, "80 (", "81 ("))
    expected = [f"data/{name}: does not tell victims.identified 2020: 80" for name in (HTML, MARKDOWN)]
    assert expected == forged(packaged, tmp_path / "a.zip", change)


def test_a_number_altered_in_one_is_found(packaged, tmp_path):
    """It stands elsewhere too, in another sense."""
    (found,) = forged(packaged, tmp_path / "a.zip", replaced(HTML, "Women: 60", "Women: 20"))
    assert found.startswith(f"data/{HTML}: line ")
    assert found.endswith(": is not what the Markdown beside it says")


def test_it_is_read_without_the_markdown_beside_it(packaged, tmp_path):
    assert [] == forged(packaged, tmp_path / "a.zip", without(MARKDOWN))


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("<p>a</p>\n<script>b</script>\n", "line 2: has a script: <script>"),
        ('<p class="a">b</p>', "line 1: has an attribute that no page of ours has: class of <p>"),
        ('<p onclick="a">b</p>', "line 1: has a handler: onclick of <p>"),
        ('<p><a href="#a">b</a></p>', "line 1: has an address that no text to be pasted has: href of <a> is '#a'"),
        ('<p><img src="a" /></p>', "line 1: has <img>, which no text to be pasted has"),
        ("<!DOCTYPE html>\n<p>a</p>", "line 1: has '<!DOCTYPE html> <p>a</p>', which is written as in no page of ours"),
        ("<h1>a</h1>", "line 1: has <h1>, which no text to be pasted has"),
    ],
)
def test_it_has_nothing_but_text_and_links(text, flaw):
    assert flaw == active_content(text.encode(), fragment=True)[0]


@pytest.mark.parametrize(
    "text", ["", "a", '<h2>a</h2>\n<p>b<br />\n<a href="tel:1">c</a></p>\n<ol start="2">\n<li>d</li>\n</ol>\n']
)
def test_text_and_links_are_what_it_may_have(text):
    assert () == active_content(text.encode(), fragment=True)
