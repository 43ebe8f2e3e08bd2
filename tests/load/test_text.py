"""Narrative is cut at its headings and loses no line."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.load.text import heading_lines, read_passages
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
    assert 1 == len(passages("# victims" + " " * 9_900 + "x"))


# parts and what is carried


def parts(text: str) -> list[tuple[str, str, int, bool]]:
    """Part, text, first line of each passage, and whether it carries the rest."""
    found = read_passages(text, TEXT, "en", 2020)[0]
    return [(each.part, each.markdown, each.mark.line, each.carries) for each in found]


def told(text: str) -> list[str]:
    """What is wrong: line, code and remedy."""
    return [f"{each.mark.line} {each.code}: {each.hint}" for each in read_passages(text, TEXT, "en", 2020)[1]]


def test_a_sub_heading_with_a_code_begins_a_part():
    text = "# victims: Head\nLead.\n## Other\nText.\n## Schools {#schools} ##\nMore.\n## Within\nEnd."
    beginning, schools = read_passages(text, TEXT, "en", 2020)[0]
    assert ("Lead.\n## Other\nText.", 2, "Head") == (
        beginning.markdown,
        beginning.mark.line,
        beginning.headline.markdown,
    )
    assert ("victims.schools", "## Schools\nMore.\n## Within\nEnd.", 5, None) == (
        schools.name,
        schools.markdown,
        schools.mark.line,
        schools.headline,
    )


def test_a_code_in_fenced_code_is_text():
    assert [("", "~~~\n## A {#a}\n~~~", 2, False)] == parts("# victims\n~~~\n## A {#a}\n~~~")


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("## School lessons {#School lessons}", "## School lessons {#school_lessons}"),
        ("## School lessons {#school-lessons}", "## School lessons {#school_lessons}"),
        ("## School lessons {# schools }", "## School lessons {#schools}"),
        ("## School lessons { #schools}", "## School lessons {#schools}"),
        ("## School lessons {schools}", "## School lessons {#schools}"),
        ("## School lessons {#schools", "## School lessons {#schools}"),
        ("## School lessons #schools}", "## School lessons {#schools}"),
        ("## School lessons [#schools]", "## School lessons {#schools}"),
        ("## School lessons{#schools}", "## School lessons {#schools}"),
        ("## School lessons {#}", "## School lessons {#school_lessons}"),
        ("## School lessons {#2021}", "## School lessons {#school_lessons}"),
        ("## {#schools} School lessons", "## School lessons {#schools}"),
        ("## School {#schools} lessons", "## School lessons {#schools}"),
        ("  ## School lessons {#schools}", "## School lessons {#schools}"),
        ("## Žinių pamokos {#žinių_pamokos}", "## Žinių pamokos {#ziniu_pamokos}"),
    ],
)
def test_a_code_in_a_wrong_form_is_told_with_the_line_to_write(heading, line):
    assert [f"3 part-code: write {line}"] == told(f"# victims\n\n{heading}\n\nText.\n")
    assert [] == told(f"# victims\n\n{line}\n\nText.\n")


@pytest.mark.parametrize("heading", ["## Priority #1", "## The case (no. 5)", "## A {{ year }} {#a", "## {{ year }}"])
def test_a_title_that_has_no_code_stays_a_title(heading):
    assert [("", f"\n{heading}\n", 2, False)] == parts(f"# victims\n\n{heading}\n")


def test_a_code_that_stands_twice_in_a_section_is_told():
    text = "# victims\n## A {#a}\nOne.\n## B {#a}\nTwo.\n# forms\n## A {#a}\nThree.\n"
    assert ["4 duplicate-key: join the two, or give one of them another code"] == told(text)


@pytest.mark.parametrize(
    "text", ["carry: rest\nText.", "\n\ncarry: rest  \n\nText.", "<!-- why -->\ncarry: rest\nText."]
)
def test_the_first_line_says_that_the_rest_is_carried_and_is_no_text(text):
    ((_, markdown, _, carries),) = parts(f"# victims\n{text}")
    assert ("Text.", True, []) == (markdown.strip(), carries, told(f"# victims\n{text}"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("carry rest\nText.", 2),
        ("Carry: Rest\nText.", 2),
        ("carry: all\nText.", 2),
        ("carry:rest\nText.", 2),
        ("carry : rest\nText.", 2),
        ("cary: rest\nText.", 2),
        ("carry over the rest\nText.", 2),
        ("**carry: rest**\nText.", 2),
        ("- carry: rest\n\nText.", 2),
        ("carry: rest Text.", 2),
        ("carry: prevention\nText.", 2),
        ("rest: carry\nText.", 2),
        ("Text.\n\ncarry: rest", 4),
        ("Text.\n\n## A {#a}\ncarry: rest\nText.", 5),
        ("<!-- carry: rest -->\nText.", 2),
    ],
)
def test_a_line_that_means_it_is_told_and_read_as_it_is_meant(text, line):
    hint = "write carry: rest alone on the first line below the heading, or leave the line out"
    assert [f"{line} carry-line: {hint}"] == told(f"# victims\n{text}\n")
    found = read_passages(f"# victims\n{text}\n", TEXT, "en", 2020)[0]
    assert (True, False) == (found[0].carries, any("carry" in each.markdown for each in found))


def test_a_headline_that_means_it_is_told_too():
    assert ["1 carry-line"] == [each.partition(":")[0] for each in told("# victims: carry: rest\nText.\n")]


@pytest.mark.parametrize(
    "text", ["Carry out checks.", "The police carry all of it.", "Text.\n\ncarry rest", "They\ncarry\nrest"]
)
def test_a_sentence_about_carrying_is_text(text):
    assert [("", text, 2, False)] == parts(f"# victims\n{text}")


def test_a_part_with_nothing_but_a_comment_is_still_to_be_written():
    text = "# victims\ncarry: rest\n## A {#a}\n<!-- to be written -->\n## B {#b}\n"
    assert ["", "b"] == [part for part, *_ in parts(text)]
    assert [] == parts("# victims\n## A {#a}\n<!-- to be written -->\n")


def test_what_was_published_is_read_as_it_was_meant():
    text = "# victims\nCarry: all\n## Title {A}\n"
    found, findings = read_passages(text, TEXT, "en", 2020, frozen=True)
    assert (["Carry: all\n## Title {A}\n"], []) == ([each.markdown for each in found], findings)


@given(st.text(alphabet=string.printable, max_size=200))
def test_passages_lose_no_line(text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for section, markdown, first in passages(text):
        assert lines[first - 1 : first - 1 + markdown.count("\n") + 1] == markdown.split("\n") or not markdown
        assert section in lines[first - 2]


def test_every_heading_is_known_by_its_line_even_of_what_is_empty():
    text = "Before.\n\n# forms: One\n<!-- later -->\n## Law {#law}\n```\n# no heading\n```\n<!--\n# none\n-->\n# end\n"
    assert [(3, "forms", ""), (5, "forms", "law"), (12, "end", "")] == [
        (each.line, each.section, each.part) for each in heading_lines(text)
    ]
