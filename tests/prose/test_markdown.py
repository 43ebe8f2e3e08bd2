"""The HTML of narrative is safe, and characters are printed as typed."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.model import vintage
from reporter.prose.expression import parse
from reporter.prose.markdown import problems, to_html
from tests import small
from tests.prose.printing import LOCALE, MARK, narrative, passage
from tests.small import HEAD, YEAR


def test_hostile_words_are_printed_as_they_are(tmp_path, english):
    hostile = """<script>alert("1")</script> & 'x'"""
    lists = f"countries: [{{kind: origin, named: [], groups: [{{en: '{hostile.replace(chr(39), chr(39) * 2)}'}}]}}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    html = narrative(known, english, "{{ countries.origin }}{{ note(\"<b onclick='x'>\") }}").parts[0][1].html
    assert "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;x&#x27;" in html
    assert ">&lt;b onclick=&#x27;x&#x27;&gt;</span></p>" in html


@pytest.mark.parametrize(
    "text", ["\ue0000\ue001 {{ year }}", "\ufdd01\ufdd1 {{ year }}", "&#xFDD0;1&#xFDD1; {{ year }}"]
)
def test_characters_that_mark_values_inside_do_not_confuse(known, english, text):
    made = narrative(known, english, text)
    assert ((), 1) == (made.findings, made.parts[0][1].html.count("2020"))


def told(text: str) -> list[tuple[int, str]]:
    return [(each.mark.line, each.message) for each in problems(text, MARK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n<script>alert(1)</script>", [(4, "raw HTML is not allowed in text")]),
        ("a <b>b</b>", [(2, "raw HTML is not allowed in text")] * 2),
        ("![x](https://example.org/x.png)", [(2, "images are not allowed in text (https://example.org/x.png)")]),
        ("[x](&#106;avascript:x)", [(2, "a link may not lead to javascript:x")]),
        ("[x](ftp://example.org)", [(2, "a link may not lead to ftp://example.org")]),
        ("[x](/etc/passwd)", [(2, "a link may not lead to /etc/passwd")]),
        ("### Three", [(2, "only headings of level 2 (##) stand within a section")]),
        ("## *Two*", [(2, "a heading is plain text without values and emphasis")]),
        ("## {{ year }}", [(2, "a heading is plain text without values and emphasis")]),
        ("[x](https://e.org/{{ year }})", [(2, "an expression may not stand in the address or title of a link")]),
        ("a\n\n- b\n- [x](ftp://e)\n", [(5, "a link may not lead to ftp://e")]),
    ],
)
def test_what_text_may_not_contain_is_named_with_its_line(text, expected):
    assert expected == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "**a** *b* `c` > d\n\n- e\n1. f\n",
        "[x](https://example.org) <mailto:a@b.org> <a@b.org> [y](#figure-z) [z](HTTPS://example.org)",
        "`<script>`",
        '{{ note("<b>") }}',
        "## Two",
    ],
)
def test_plain_markdown_is_fine(text):
    assert [] == told(text)


@pytest.mark.parametrize(
    "address", ["JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_an_address_that_could_act_is_no_link(address):
    assert "<a" not in to_html(f"[x]({address})")


def test_what_is_refused_is_printed_as_typed():
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" == to_html("<script>alert(1)</script>")


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))


ALLOWED = {
    ("a", ("href",)), ("a", ("href", "title")), ("a", ("class", "href")),
    ("a", ("class", "href", "title")), ("span", ("class", "id", "data-number")),
    ("code", ("class",)), ("ol", ("start",)),
    *((tag, ()) for tag in ["p", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "hr", "br"]),
}  # fmt: skip


SIGNS = r"""{{ year }}~{{ note("<i>\"") }}~{{ figure('forms_year') }}~{{~}}~<script>~<img src=x onload=y>~![a](b)~[a](b)
~[a](https://e.org '~<https://e.org/~javascript:~')~](~[~]~)~"~'~`~``~```~*~**~_~- ~> ~1. ~    ~<~>~&~&lt;~&#34;~\~|
~#~##~0~1~a~ """
PIECES = st.sampled_from([*SIGNS.replace("\n", "").split("~"), "~~~", "\n", "\n\n", "\ufdd0", "\ufdd1", "\ue000"])


@settings(max_examples=40)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_no_text_yields_a_tag_or_attribute_of_its_own(lithuania, text):
    made = narrative(vintage(lithuania, "LT", 2020), LOCALE, text)
    tags = Tags()
    tags.feed("".join(block.html for _, block in made.parts))
    assert set() == set(tags.found) - ALLOWED
    assert all("\ufdd0" not in block.html and "\ufdd1" not in block.html for _, block in made.parts)


@settings(max_examples=40)
@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_pieces_make_the_text_again_unless_something_is_refused(text):
    pieces, findings = parse(passage(text))
    assert findings or text == "".join(piece.text for piece in pieces)
