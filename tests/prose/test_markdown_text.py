"""Text with values as Markdown says the same words as the profile, whoever reads it."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reporter.model import vintage
from reporter.prose.evaluation import Printer
from reporter.prose.markdown_text import markdown_text
from reporter.prose.narrative import NoteBook, compose
from tests import small
from tests.prose.printing import LOCALE, passage

NOTE = re.compile(r'\u00a0?(?:<span class="note".*?</span>|<a class="note-call".*?</a>)', re.S)
CALL = re.compile(r"\[\^\d+\]")
# Stands for a call where its place is compared, and is no sign of a text.
CALLED = "†"


def words(html: str) -> list[str]:
    return unescape(re.sub("<[^>]*>", " ", NOTE.sub("", html))).split()


def read(markdown: str) -> list[str]:
    """The words of the text as CommonMark has them, without title, notes and their calls."""
    return words(CALL.sub("", MarkdownIt("commonmark").render(without_notes(markdown))))


def without_notes(markdown: str) -> str:
    """The Markdown of a text without its title and notes."""
    return re.sub(r"(\n\n\[\^\d+\]: .*)*\n\Z", "", markdown.removeprefix("# T\n"))


def profile(passages, printer) -> list[str]:
    made = compose(passages, printer, NoteBook())
    return [word for title, text in made.parts for word in (*title.split(), *words(text.html))]


def told(known, text: str) -> str:
    made = markdown_text("T", (), (passage(text),), Printer(known, LOCALE, {}))
    assert () == made.findings
    return made.markdown.removeprefix("# T\n").strip()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("{{ investigations.opened }} were\nopened.", "11 were opened."),
        ("{{ investigations.opened }}. One.", "11\\. One."),
        ("a {{ investigations.opened | counted('case', 'cases') }}", "a 11\u00a0cases"),
        ('One{{ note("Two.") }} and{{ note("Three four.") }} one{{ note("Two.") }}.', "One[^1] and[^2] one[^1]."),
        ('{{ note("Two words.") }}: 1', "[^1]\\: 1"),
        ("*a* **b** `c` <d@e.lt> [f](<https://g.eu/?h=1&amp;i=2>)",),
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
    made = markdown_text("T", (), (passage("{{ persons.convicted }}"),), Printer(known, LOCALE, {}))
    assert ["no-value"] == [each.code for each in made.findings]
    made = markdown_text("T", (), (passage("[a](https://x.eu/{{ year }})"),), Printer(known, LOCALE, {}))
    assert ["bad-expression"] == [each.code for each in made.findings]


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
SIGNS = st.sampled_from((*"*_`[]()<>#+-=~!&|\\:.1^\"' ", *BLOCKS, *INLINE, *VALUES))


@settings(max_examples=40)
@given(st.lists(SIGNS, max_size=24).map("".join))
def test_commonmark_reads_the_words_of_the_profile(small_edition, text):
    printer, passages = Printer(small_edition, LOCALE, {}), (passage(text),)
    made = markdown_text("T", (), passages, printer)
    if not made.findings:
        assert "".join(profile(passages, printer)) == "".join(read(made.markdown))


# Calls go behind code, within which Markdown has none; titles have none at all, and no link is within another.
OF_PROSE = st.sampled_from((*"*_[]()+-!&|\\:.1^\"' ", *BLOCKS[:5], *INLINE[:4], *VALUES, " victims", ", ", ". "))


@settings(max_examples=40)
@given(st.lists(OF_PROSE, max_size=24).map("".join))
def test_the_same_words_stand_before_a_call_as_in_the_profile(noted, text):
    printer, passages = Printer(noted, LOCALE, {}), (passage(text),)
    made = markdown_text("T", (), passages, printer)
    if not made.findings and "    " not in text:
        expected = "".join(text.html for _, text in compose(passages, printer, NoteBook()).parts)
        actual = MarkdownIt("commonmark").render(without_notes(made.markdown))
        assert "".join(words(NOTE.sub(CALLED, expected))) == "".join(words(CALL.sub(CALLED, actual)))
