"""Text with values as Markdown says the same words as the profile, whoever reads it."""

import re
from html import unescape

import pytest
from hypothesis import given
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


def words(html: str) -> list[str]:
    return unescape(re.sub("<[^>]*>", " ", NOTE.sub("", html))).split()


def read(markdown: str) -> list[str]:
    """The words of the text as CommonMark has them, without title, notes and their calls."""
    text = re.sub(r"(\n\n\[\^\d+\]: .*)*\n\Z", "", markdown.removeprefix("# T\n"))
    return words(CALL.sub("", MarkdownIt("commonmark").render(text)))


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
        ('{{ note("Two words.") }}: one', "[^1]\\: one"),
        (
            "*a* **b** `c` <d@e.lt> [f](https://g.eu/?h=1&i=2)",
            "*a* **b** `c` <d@e.lt> [f](<https://g.eu/?h=1&amp;i=2>)",
        ),
        ("- a\n- b\n\n  c\n\n1. d\n2. e", "- a\n\n- b\n\n  c\n\n1. d\n2. e"),
        ("> a\n\n## b_c\n\nd", "> a\n\n## b\\_c\n\nd"),
        ("1\\) a \\*b\\* &lt;i> &amp;lt; \\[c\\]", "1\\) a \\*b\\* \\<i> \\&lt; \\[c\\]"),
        ("a\\\nb", "a\\\nb"),
        ("a\\\n\\- b", "a\\\n\\- b"),
    ],
)
def test_values_stand_in_the_text_and_signs_mean_themselves(known, text, markdown):
    assert markdown == told(known, text).split("\n\n[^")[0]


def test_notes_of_values_and_of_the_text_are_defined_at_the_end(tmp_path):
    figures = "investigations.opened: {total: 11, note: {en: Estimated}}"
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures:\n  {figures}\n"}), "XX", 2020)
    text = 'a {{ investigations.opened }}, b{{ note("Two *words*") }}, {{ investigations.opened }}'
    assert "a 11[^1], b[^2], 11\n\n[^1]: Estimated &#32;\n\n[^2]: Two \\*words\\*" == told(known, text)


def test_what_cannot_be_printed_is_found(known):
    made = markdown_text("T", (), (passage("{{ persons.convicted }}"),), Printer(known, LOCALE, {}))
    assert ["no-value"] == [each.code for each in made.findings]
    made = markdown_text("T", (), (passage("[a](https://x.eu/{{ year }})"),), Printer(known, LOCALE, {}))
    assert ["bad-expression"] == [each.code for each in made.findings]


@pytest.fixture(scope="module")
def small_edition(tmp_path_factory):
    return vintage(small.load(tmp_path_factory.mktemp("small")), "XX", 2020)


BLOCKS = ("\n", "\n\n", "\n- ", "\n1. ", "\n> ", "    ", "```")
INLINE = ("**", "&amp;", "&#35;", "](https://x.eu)", "<a@b.lt>", "a", "b c", "ž")
VALUES = ("{{ investigations.opened }}", "{{ investigations.opened | rose('*more*') }}", '{{ note("n") }}')
SIGNS = st.sampled_from((*"*_`[]()<>#+-=~!&|\\:.1^\"' ", *BLOCKS, *INLINE, *VALUES))


@given(st.lists(SIGNS, max_size=24).map("".join))
def test_commonmark_reads_the_words_of_the_profile(small_edition, text):
    printer, passages = Printer(small_edition, LOCALE, {}), (passage(text),)
    made = markdown_text("T", (), passages, printer)
    if not made.findings:
        assert "".join(profile(passages, printer)) == "".join(read(made.markdown))
