"""Narrative is cut at its headings and loses no line."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from reporter.data.read.record_shapes import Address, Day, Host, Secure, Sha256, Web
from reporter.data.read.text import beyond_limits, heading_lines, read_passages, replace_comments, without_comments
from tests.small import HEAD, TEXT, YEAR, load, wrong


def passages(text: str) -> list[tuple[str, str, int]]:
    """Code, text and first line of each passage."""
    return [(each.section, each.markdown, each.mark.line) for each in read_passages(text, TEXT, "en", 2020)[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# victims\n\nOne.\n\n# forms ##\nTwo.", [("victims", "\nOne.\n", 2), ("forms", "Two.", 6)]),
        (
            "# victims\n~~~~\n# a\n```\n~~~\n# b\n~~~~\n# forms\n",
            [("victims", "~~~~\n# a\n```\n~~~\n# b\n~~~~", 2), ("forms", "", 9)],
        ),
        ("# victims\n```a` b\n# forms\n", [("victims", "```a` b", 2), ("forms", "", 4)]),
        ("# victims\na\u2028# forms\x85b", [("victims", "a\u2028# forms\x85b", 2)]),
    ],
)
def test_a_text_is_cut_at_its_headings(text, expected):
    assert expected == passages(text)


def test_text_before_the_first_heading_is_refused(tmp_path):
    hint = "start the file with a heading such as # general_situation"
    assert [f"1:1 text-before-heading: text before the first heading | {hint}"] == wrong(tmp_path, "Hello\n", TEXT)


def test_a_section_written_twice_is_refused(tmp_path):
    assert ["3:1 duplicate-key: section 'victims' appears twice, first on line 1 | join the two passages"] == wrong(
        tmp_path, "# victims\na\n# victims\nb\n", TEXT
    )


def parts(text: str) -> list[tuple[str, str, int, bool]]:
    """Part, text, first line of each passage, and whether it carries the rest."""
    found = read_passages(text, TEXT, "en", 2020)[0]
    return [(each.part, each.markdown, each.mark.line, each.carries) for each in found]


def told(text: str) -> list[str]:
    """What is wrong: line, code and remedy."""
    return [f"{each.mark.line} {each.code}: {each.hint}" for each in read_passages(text, TEXT, "en", 2020)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# victims: Head\nLead.\n## Other\nText.\n## Schools {#schools} ##\nMore.\n## Within\nEnd.",
         [("", "Lead.\n## Other\nText.", 2, False), ("schools", "## Schools\nMore.\n## Within\nEnd.", 5, False)]),
        ("# victims\n~~~\n## A {#a}\n~~~", [("", "~~~\n## A {#a}\n~~~", 2, False)]),
        *(
            (f"# victims\n\n{title}\n", [("", f"\n{title}\n", 2, False)])
            for title in ("## Priority #1", "## The case (no. 5)", "## A {{ year }} {#a", "## {{ year }}")
        ),
        *(
            (f"# victims\n{words}", [("", words, 2, False)])
            for words in ("Carry out checks.", "They carry all.", "Text.\n\ncarry rest", "They\ncarry\nrest")
        ),
        ("# victims\ncarry: rest\n## A {#a}\n<!-- to be written -->\n## B {#b}\n",
         [("", "", 2, True), ("b", "## B\n", 5, False)]),
        ("# victims\n## A {#a}\n<!-- to be written -->\n", []),
    ],
)  # fmt: skip
def test_a_sub_heading_with_a_code_begins_a_part_and_no_other_line_does(text, expected):
    assert (expected, []) == (parts(text), told(text))


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        *(
            (each, "## School lessons {#school_lessons}")
            for each in (f"## School lessons {{#{code}}}" for code in ("School lessons", "school-lessons", "", "2021"))
        ),
        *(
            (f"## School lessons{each}", "## School lessons {#schools}")
            for each in (" { #schools }", " {schools}", " {#schools", " #schools}", " [#schools]", "{#schools}")
        ),
        *(
            (each, "## School lessons {#schools}")
            for each in ("## {#schools} School lessons", "  ## School lessons {#schools}")
        ),
        ("## Žinių pamokos {#žinių_pamokos}", "## Žinių pamokos {#ziniu_pamokos}"),
    ],
)
def test_a_code_in_a_wrong_form_is_told_with_the_line_to_write(heading, line):
    assert [f"3 part-code: write {line}"] == told(f"# victims\n\n{heading}\n\nText.\n")
    assert [] == told(f"# victims\n\n{line}\n\nText.\n")


def test_a_code_that_stands_twice_in_a_section_is_told():
    text = "# victims\n## A {#a}\nOne.\n## B {#a}\nTwo.\n# forms\n## A {#a}\nThree.\n"
    assert ["4 duplicate-key: join the two, or give one of them another code"] == told(text)


@pytest.mark.parametrize(
    "text", ["carry: rest\nText.", "\n\ncarry: rest  \n\nText.", "<!-- why -->\ncarry: rest\nText."]
)
def test_the_first_line_says_that_the_rest_is_carried_and_is_no_text(text):
    ((_, markdown, _, carries),) = parts(f"# victims\n{text}")
    assert ("Text.", True, []) == (markdown.strip(), carries, told(f"# victims\n{text}"))


MEANT = (
    "carry rest;Carry: Rest;carry: all;carry:rest;carry : rest;cary: rest;carry over the rest;**carry: rest**;"
    "- carry: rest\n;carry: rest Text.;carry: prevention;rest: carry;<!-- carry: rest -->"
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        *((f"{each}\nText.", 2) for each in MEANT.split(";")),
        ("Text.\n\ncarry: rest", 4),
        ("Text.\n\n## A {#a}\ncarry: rest\nText.", 5),
    ],
)
def test_a_line_that_means_it_is_told_and_read_as_it_is_meant(text, line):
    hint = "write only carry: rest on the first line below the heading, or delete the line"
    assert [f"{line} carry-line: {hint}"] == told(f"# victims\n{text}\n")
    found = read_passages(f"# victims\n{text}\n", TEXT, "en", 2020)[0]
    assert (True, False) == (found[0].carries, any("carry" in each.markdown for each in found))


def test_a_headline_that_means_it_is_told_too():
    assert ["1 carry-line"] == [each.partition(":")[0] for each in told("# victims: carry: rest\nText.\n")]


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


VICTIMS = "# victims\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (VICTIMS + "a\n" * 10_001, "10001 the text has more than 10,000 lines"),
        (VICTIMS + "first\n\n" + "word " * 2_001, "5 a paragraph has more than 10,000 characters"),
        (VICTIMS + ("line\n" * 2_001), "3 a paragraph has more than 10,000 characters"),
        (VICTIMS + "a\n\n" + "[a " * 2_001, "5 the text has more than 2,000 of the characters [, < and `"),
        (
            VICTIMS + ("*" * 5_000 + "\n\n") * 5,
            "11 the text has more than 20,000 of the characters *, _, &, braces and backslashes",
        ),
    ],
)
def test_the_first_line_of_too_much_is_told(text: str, expected: str) -> None:
    found = beyond_limits(text, "a.md")
    assert found is not None
    assert expected == f"{found.mark.line} {found.message}"
    assert ((), [found]) == read_passages(text, "a.md", "en", 2020)


FILE = f"""{HEAD}figures:
  investigations.opened:
    total: 11
    by form: {{sexual: 4, labour: {{value: 6, note: {{en: "Of a part."}}}}}}
    note: {{en: "Of a figure."}}
countries:
  - {{kind: origin, named: [VN], groups: [{{en: "Gulf states"}}], note: {{en: "Of a list."}}}}
activities:
  walk:
    kind: campaign
    title: {{en: "A title"}}
    period: 2020
    figures: {{posters: {{value: 5, note: {{en: "Of a count."}}}}}}
    note: {{en: "Of an activity."}}
revisions:
  - {{figure: investigations.opened, year: 2019, was: 9, now: 8, reason: {{en: "Of one."}}, note: {{en: "Too."}}}}
accepted:
  - {{rule: parts-make-total, figure: investigations.opened, reason: {{en: "Of a finding."}}}}
  - {{rule: jump, figure: victims.identified, year: 2019, reason: {{en: "Of an earlier one."}}}}
differences:
  - {{publication: office, figure: persons.convicted, published: 3, reason: {{en: "Of a difference."}}}}
"""
NAMES = {
    "figures.investigations.opened.labour.note": "Of a part.",
    "figures.investigations.opened.note": "Of a figure.",
    "countries.origin.groups.1": "Gulf states",
    "countries.origin.note": "Of a list.",
    "activities.walk.title": "A title",
    "activities.walk.figures.posters.note": "Of a count.",
    "activities.walk.note": "Of an activity.",
    "revisions.investigations.opened.2019": "Of one.",
    "revisions.investigations.opened.2019.note": "Too.",
    "accepted.parts-make-total.investigations.opened": "Of a finding.",
    "accepted.jump.victims.identified.2019": "Of an earlier one.",
    "differences.office.persons.convicted": "Of a difference.",
}


def test_each_text_is_named_by_what_leads_to_it(tmp_path: Path):
    texts = [each for each in load(tmp_path, {YEAR: FILE}).wordings if each.year == 2020]
    assert NAMES == {each.name: each.label.text("en") for each in texts}
    assert ["countries.origin.groups.1", "activities.walk.title"] == [each.name for each in texts if each.is_title]


def test_comments_leave_their_lines_and_what_is_opened_behind_the_last_one_stays() -> None:
    assert "a\n\n\nb" == without_comments("a\n<!-- x\ny -->\nb")
    assert "a b <!-- c <!-- d" == replace_comments("a <!-- x -->b <!-- c <!-- d", lambda _: "")
    assert "--> <!--" == replace_comments("--> <!--", lambda _: "")


def test_what_nothing_closes_and_a_long_line_of_spaces_are_read_at_once() -> None:
    text = "<!--" * 100_000
    assert text == without_comments(text)
    assert 1 == len(passages("# victims" + " " * 9_900 + "x"))


RIGHT = {
    Address: ["office@ministry.example", "o'neil+eu@a-b.example"],
    Web: ["http://www.a.example", "https://a.example:8443/a/b?c=d&e=f#g", "https://švietimas.example/ąžuolas"],
    Secure: ["https://law.example/eli/dir/2011/36/oj"],
    Host: ["smtp.ministry.example", "localhost"],
    Day: ["12-31", "02-28"],
    Sha256: ["0123456789abcdef" * 4],
}
WRONG = [
    (Address, "is not a mail address", ["office", "office@localhost", "a@b.example\nBcc: c@d.example", "ž@b.example"]),
    (Address, "is not a mail address", [f"{'a' * 65}@b.example"]),
    (Web, "web | write https://www.police.example, if that opens it", ["www.police.example"]),
    (Web, "is not a web address | write one such as https://ministry.example", ["javascript:alert(1)"]),
    (Web, "is not a web address", ["mailto:a@b.example", "https://user:password@bank.example", ""]),
    (Web, "is not a web address", [f"https://ministry{each}" for each in ("", ".example/a b", ".example.")]),
    (Secure, "begins with https:// | write https://law.example/code, if that opens it", ["http://law.example/code"]),
    (Host, "is not the name of a server", ["smtp ministry", "smtp.example:25"]),
    (Day, "is not a day that exists every year", ["02-29", "13-01", "1-1", "12-31x"]),
    (Sha256, "is not a SHA-256 checksum", ["0123456789ABCDEF" * 4, "0" * 63, "0" * 65]),
]


def test_what_has_its_form_is_taken_as_it_is() -> None:
    for form, written in RIGHT.items():
        assert written == [TypeAdapter(form).validate_python(each) for each in written]


@pytest.mark.parametrize(("form", "said", "written"), WRONG)
def test_what_has_not_its_form_is_refused(form: object, said: str, written: list[str]) -> None:
    for each in written:
        with pytest.raises(ValidationError, match=said):
            TypeAdapter(form).validate_python(each)
