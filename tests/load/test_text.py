"""Narrative is cut at its headings and loses no line."""

import string

from hypothesis import given
from hypothesis import strategies as st

from reporter.load.text import read_passages
from tests.small import TEXT, wrong


def passages(text: str) -> list[tuple[str, str, int]]:
    """Code, text and first line of each passage."""
    return [(each.section, each.markdown, each.mark.line) for each in read_passages(text, TEXT, "en", 2020)[0]]


def test_a_passage_begins_below_its_heading():
    assert [("victims", "\nOne.\n", 2), ("forms", "Two.", 6)] == passages("# victims\n\nOne.\n\n# forms ##\nTwo.")


def test_a_heading_in_fenced_code_is_text():
    text = "# victims\n~~~~\n# a\n```\n~~~\n# b\n~~~~\n# forms\n"
    assert [("victims", "~~~~\n# a\n```\n~~~\n# b\n~~~~", 2), ("forms", "", 9)] == passages(text)


def test_inline_code_opens_no_fence():
    assert ["victims", "forms"] == [code for code, *_ in passages("# victims\n```a` b\n# forms\n")]


def test_only_line_ends_are_line_ends():
    assert [("victims", "a\u2028# forms\x85b", 2)] == passages("# victims\na\u2028# forms\x85b")


def test_text_before_the_first_heading_is_refused(tmp_path):
    hint = "begin the file with a heading such as # general_situation"
    assert [f"1:1 text-before-heading: text before the first heading | {hint}"] == wrong(tmp_path, "Hello\n", TEXT)


def test_a_section_written_twice_is_refused(tmp_path):
    assert ["3:1 duplicate-key: section 'victims' is written twice, first on line 1 | join the two passages"] == wrong(
        tmp_path, "# victims\na\n# victims\nb\n", TEXT
    )


def test_a_long_line_of_spaces_is_read_at_once():
    assert 1 == len(passages("# victims" + " " * 1_000_000 + "x"))


@given(st.text(alphabet=string.printable, max_size=200))
def test_passages_lose_no_line(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for section, markdown, first in passages(text):
        assert lines[first - 1 : first - 1 + markdown.count("\n") + 1] == markdown.split("\n") or not markdown
        assert section in lines[first - 2]
