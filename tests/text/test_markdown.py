"""The HTML of narrative is safe, and Markdown says the same words as the profile, whoever reads it."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reporter.data.records import vintage
from reporter.text.evaluation import Printer
from reporter.text.markdown import problems
from reporter.text.markdown_writer import markdown_text
from reporter.text.narrative import NoteBook, compose
from tests import small
from tests.small import HEAD, YEAR
from tests.text.printing import LOCALE, MARK, narrative, passage
from tests.texts import html, text


def test_hostile_words_are_printed_as_they_are(tmp_path, english):
    hostile = """<script>alert("1")</script> & 'x'"""
    lists = f"countries: [{{kind: origin, named: [], groups: [{{en: '{hostile.replace(chr(39), chr(39) * 2)}'}}]}}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    made = html(narrative(known, english, "{{ countries.origin }}{{ note(\"<b onclick='x'>\") }}").parts[0][1])
    assert "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'x'" in made
    assert ">&lt;b onclick='x'&gt;</span></p>" in made


def told_problems(text: str) -> list[tuple[int, str]]:
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
        ("### Three", [(2, "only headings of level 2 (##) are allowed within a section")]),
        ("## *Two*", [(2, "a heading must be plain text without values or emphasis")]),
        ("## {{ year }}", [(2, "a heading must be plain text without values or emphasis")]),
        ("[x](https://e.org/{{ year }})", [(2, "an expression is not allowed in the address or title of a link")]),
        ("a\n\n- b\n- [x](ftp://e)\n", [(5, "a link may not lead to ftp://e")]),
    ],
)
def test_what_text_may_not_contain_is_named_with_its_line(text, expected):
    assert expected == told_problems(text)


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
    assert [] == told_problems(text)


def test_an_address_that_could_act_is_no_link():
    for address in ("JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x"):
        assert "<a" not in html(text(f"[x]({address})"))


class Tags(HTMLParser):
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
    tags.feed("".join(html(block) for _, block in made.parts))
    assert set() == set(tags.found) - ALLOWED
    assert all("\ufdd0" not in html(block) and "\ufdd1" not in html(block) for _, block in made.parts)


NOTE = re.compile(r'\u00a0?(?:<span class="note".*?</span>|<a class="note-call".*?</a>)', re.S)
CALL = re.compile(r"\[\^\d+\]")


def words(html: str) -> list[str]:
    return unescape(re.sub("<[^>]*>", " ", NOTE.sub("", html))).split()


def read(markdown: str) -> list[str]:
    """The words of the text as CommonMark has them, without title, notes and their calls."""
    return words(CALL.sub("", MarkdownIt("commonmark").render(without_notes(markdown))))


def without_notes(markdown: str) -> str:
    return re.sub(r"(\n\n\[\^\d+\]: .*)*\n\Z", "", markdown.removeprefix("# T\n"))


def profile(passages, printer) -> list[str]:
    made = compose(passages, printer, NoteBook())
    return [word for title, text in made.parts for word in (*title.split(), *words(html(text)))]


def told(known, text: str) -> str:
    made, findings = markdown_text("T", (), (passage(text),), Printer(known, LOCALE, {}))
    assert () == findings
    return made.removeprefix("# T\n").strip()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("{{ investigations.opened }} were\nopened.", "11 were opened."),
        ("{{ investigations.opened }}. One.", "11\\. One."),
        ("a {{ investigations.opened | counted('case', 'cases') }}", "a 11\u00a0cases"),
        ('One{{ note("Two.") }} and{{ note("Three four.") }} one{{ note("Two.") }}.', "One[^1] and[^2] one[^1]."),
        ('{{ note("Two words.") }}: 1', "[^1]\\: 1"),
        ("- a\n- b\n\n  c\n\n1. d\n2. e", "- a\n\n- b\n\n  c\n\n1. d\n2. e"),
        ("1\\) a \\*b\\* &lt;i> &amp;lt; \\[c\\]", "1\\) a \\*b\\* \\<i> \\&lt; \\[c\\]"),
        ("a\\\n\\- b", "a\\\n\\- b"),
        ("--\n-\n- ", "\\-- - -"),
    ],
)
def test_values_stand_in_the_text_and_signs_mean_themselves(known, text, markdown):
    assert markdown == told(known, text).split("\n\n[^")[0]


def test_notes_of_values_and_of_the_text_are_defined_at_the_end(tmp_path):
    figures = "investigations.opened: {total: 11, note: {en: Estimated}}"
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n  {figures}\n"}), "XX", 2020)
    text = 'a {{ investigations.opened }} then, b{{ note("Two *words*") }}, {{ investigations.opened }}'
    assert "a 11 then[^1], b[^2], 11\n\n[^1]: Estimated &#32;\n\n[^2]: Two \\*words\\*" == told(known, text)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("*{{ v }} investigations* began.", "*11 investigations[^1]* began."),
        ("It fell to {{ v }}. More.", "It fell to 11.[^1] More."),
        ("[the {{ v }} files](https://f.eu/?a) (all), so", "[the 11 files](<https://f.eu/?a>) (all[^1]), so"),
        ("They left!{{ note('n') }} ({{ v }} did)", "They left\\![^1] (11 did[^2])"),
        ("They met in 2015{{ note('n') }}, then left.", "They met in 2015, then left[^1]."),
        ("Of `{{ v }}` files \\[all\\], so", "Of `11` files \\[all\\], so[^1]"),
        ("    {{ v }}", "```\n11\n```\n\n[^1]"),
    ],
)
def test_calls_stand_behind_words_as_in_the_profile(noted, text, markdown):
    assert markdown == told(noted, text.replace("{{ v }}", "{{ investigations.opened }}")).split("\n\n[^1]:")[0]


def test_what_cannot_be_printed_is_found(known):
    _, findings = markdown_text("T", (), (passage("{{ persons.convicted }}"),), Printer(known, LOCALE, {}))
    assert ["no-value"] == [each.code for each in findings]
    _, findings = markdown_text("T", (), (passage("[a](https://x.eu/{{ year }})"),), Printer(known, LOCALE, {}))
    assert ["bad-expression"] == [each.code for each in findings]


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    figures = "investigations.opened: {total: 11, note: {en: Estimated}}"
    files = {small.YEAR: f"{small.HEAD}figures:\n  {figures}\n"}
    return vintage(small.load(tmp_path_factory.mktemp("noted"), files), "XX", 2020)


@pytest.fixture(scope="module")
def small_edition(tmp_path_factory):
    return vintage(small.load(tmp_path_factory.mktemp("small")), "XX", 2020)


BLOCKS = ("\n", "\n\n", "\n- ", "\n1. ", "\n> ", "    ", "```")
INLINE = ("**", "&amp;", "&#35;", "](https://x.eu)", "<a@b.lt>", "a", "b c", "ž")
VALUES = ("{{ investigations.opened }}", "{{ investigations.opened | rose('*more*') }}", '{{ note("n") }}')
ANY_SIGNS = st.sampled_from((*"*_`[]()<>#+-=~!&|\\:.1^\"' ", *BLOCKS, *INLINE, *VALUES))


@settings(max_examples=40)
@given(st.lists(ANY_SIGNS, max_size=24).map("".join))
def test_commonmark_reads_the_words_of_the_profile(small_edition, text):
    printer, passages = Printer(small_edition, LOCALE, {}), (passage(text),)
    made, findings = markdown_text("T", (), passages, printer)
    if not findings:
        assert "".join(profile(passages, printer)) == "".join(read(made))


REF, VALUE = '{{ figure("forms_year") }}', "{{ investigations.opened }}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"One. {REF} shows it.", "One."),
        (f"{REF} shows it.", ""),
        (f"**One. {REF} shows it.** Two.", "**One.** Two."),
        (f"One [link](https://x.eu). {REF} shows [it](https://y.eu).", "One [link](<https://x.eu>)."),
        (f"There were {VALUE} (see {REF}).", "There were 11."),
        (f"There were some (of {VALUE}, see {REF}).", "There were some (of 11)."),
        (f"There were {VALUE}, as {REF} shows. Two.", "There were 11. Two."),
        (f"As {REF} shows, {VALUE} were opened.", "11 were opened."),
        (f"They are not added; {REF} keeps them apart.", "They are not added."),
        (f"One (Art. 5). {REF} shows it. Two.", "One (Art. 5). Two."),
        (f"- One.\n- {REF} shows it.\n- Three; {REF} too.", "- One.\n- Three."),
        (f"Iki 2016 m. Paveiksle tai parodyta (žr. {REF}).", "Iki 2016 m."),
        (f"Tai kita grupė; ji parodyta lentelėje (žr. {REF}).", "Tai kita grupė."),
        (f"## Title\n\n{REF} shows it.", ""),
        (same := "As shown, one; two (see the table). Paveiksle nieko nėra.", same),
        (f"## Title\n\nOne. {REF} shows it.", "## Title\n\nOne."),
    ],
)
def test_what_points_is_left_out(known, text, kept):
    assert kept == told(known, text)
