"""Broken YAML: the place of the fault, what it is, and a line with which the file can be read."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.load.amount import NOTHING
from reporter.load.dataset import load_dataset
from reporter.load.yaml_mistakes import HINT, mistakes
from tests import small
from tests.small import YEAR
from tests.snapshots import ROOT, snapshot

HEAD = "year: 2021\nfigures:\n"
NOTE = HEAD + "  a.b:\n    note:\n"
LISTS = "countries:\n"
LITHUANIA = (ROOT / "tests/data/lithuania/data/LT/2020.yaml").read_text()


def told(text: str) -> list[str]:
    """What is wrong with a text: line, column, message and remedy of each mistake."""
    try:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as problem:
        found, _ = mistakes(text, "2021.yaml", problem)
        return [f"{each.mark.line}:{each.mark.column} {each.message} | {each.hint}" for each in found]
    return []


MISTAKES = [
    # braces, brackets and commas
    (HEAD + "  a.b: {women: 16, men: 7\n  c.d: 5\n", "3:8 } is missing | write a.b: {women: 16, men: 7}"),
    (HEAD + "  a.b: {total: 3, by form: {x: 1}\n", "3:8 } is missing | write a.b: {total: 3, by form: {x: 1}}"),
    (HEAD + "  a.b: {x: 1  # of 2020\n  c.d: 5\n", "3:8 } is missing | write a.b: {x: 1}  # of 2020"),
    (HEAD + "  a.b: {x: 1,\n    y: 2\n  c.d: 5\n", "3:8 } is missing | end line 4 with it: y: 2}"),
    (LISTS + "  - named: [LT, DE\n    main: [LT]\n", "2:12 ] is missing | write - named: [LT, DE]"),
    (HEAD + "  a.b: {x: 1]\n", "3:13 ] stands in place of } | write a.b: {x: 1}"),
    (HEAD + "  a.b: {x: 1)\n  c.d: 5\n", "3:13 ) stands in place of } | write a.b: {x: 1}"),
    (HEAD + "  a.b: {x: 1}}\n", "3:14 } is too many | write a.b: {x: 1}"),
    (HEAD + "  a.b: x: 1, y: 2}\n", "3:8 { is missing | write a.b: {x: 1, y: 2}"),
    (HEAD + "  a.b: {x: 1 y: 2}\n", "3:13 a comma is missing | write a.b: {x: 1, y: 2}"),
    (HEAD + "  a.b: {x: 1; y: 2}\n", "3:13 a comma is missing | write a.b: {x: 1, y: 2}"),
    (HEAD + "  a.b: {x: 1},\n  c.d: 5\n", "3:14 , ends no line here | write a.b: {x: 1}"),
    # quotes
    (NOTE + '      en: "Text\n      lt: "Kita"\n', '5:11 the quote " is not closed | write en: "Text"'),
    (NOTE + "      en: 'Text\n      lt: Kita\n", '5:11 the quote \' is not closed | write en: "Text"'),
    (HEAD + '  a.b: {en: "One, lt: "Du"}\n', '3:13 the quote " is not closed | write a.b: {en: "One", lt: "Du"}'),
    (NOTE + "      en: 'It's one'\n", '5:11 the quotes do not pair | write en: "It\'s one"'),
    (NOTE + '      en: "Caritas" is one\n', "5:11 the quotes do not pair | write en: '\"Caritas\" is one'"),
    (NOTE + '      en: "Text""\n', '5:11 the quotes do not pair | write en: "Text"'),
    (
        NOTE + '      en: "One\n        two\n      lt: "Du"\n',
        '5:11 the quote " is not closed | put quotes round the whole text: en: "One, and at the end of line 6',
    ),
    # the quotes of Word, in several languages
    *(
        (NOTE + f"      en: {one}Source: the police{other}\n", f"5:11 {word} | write en: {told}")
        for one, other in ("“”", "„“", "„”", "«»", "»«", "‘’", "’’", "‚‘")
        for word, told in [("the quotes are those of Word", '"Source: the police"')]
    ),
    (
        HEAD + "  a.b: {en: “One: 1”, lt: „Du: 2“}\n",
        '3:13 the quotes are those of Word | write a.b: {en: "One: 1", lt: "Du: 2"}',
    ),
    # texts that need quotes
    (NOTE + "      en: Source: police\n", "5:11 a text with ': ' needs quotes | write en: \"Source: police\""),
    (
        HEAD + "  a.b: {en: Source: police, lt: X}\n",
        "3:13 a text with ': ' needs quotes | write a.b: {en: \"Source: police\", lt: X}",
    ),
    (HEAD + "  a.b: {en: Case #5}\n  c.d: 5\n", "3:13 a text with ' #' needs quotes | write a.b: {en: \"Case #5\"}"),
    (
        HEAD + "  a.b: at: least  # 2020: 4\n",
        "3:8 a text with ': ' needs quotes | write a.b: \"at: least\"  # 2020: 4",
    ),
    (NOTE + "      en: @office\n", '5:11 a text that begins with @ needs quotes | write en: "@office"'),
    (
        NOTE + "      en: The source says the following\n        words: none\n",
        "5:11 a text with ': ' needs quotes | put quotes round the whole text: "
        'en: "The source says the following, and at the end of line 6',
    ),
    # signs in place of a value
    (HEAD + "  a.b: -\n  c.d: 5\n", f"3:8 '-' is not a value | {NOTHING}"),
    (HEAD + "  a.b: -  # 2020: 4\n  c.d: 5\n", f"3:8 '-' is not a value | {NOTHING}"),
    (HEAD + "  a.b: *\n", f"3:8 '*' is not a value | {NOTHING}"),
    (HEAD + "  a.b: :\n", f"3:8 ':' is not a value | {NOTHING}"),
    (HEAD + "  a.b: {x: %, y: 2}\n", f"3:12 '%' is not a value | {NOTHING}"),
    (HEAD + "  a.b: *12\n", "3:8 '*12' is not a value | write a.b: 12"),
    # colons
    (HEAD + "  a.b:\n    total:3\n    by form: {x: 1}\n", "4:10 a blank is missing after the colon | write total: 3"),
    (HEAD + "  a.b 3\n  c.d: 5\n", "3:6 a colon is missing | write a.b: 3"),
    (HEAD + "  a.b = 3\n  c.d: 5\n", "3:6 a colon is missing | write a.b: 3"),
    ("year: 2021\nfigures\n  a.b: 3\n", "2:8 a colon is missing | write figures:"),
    (HEAD + "  a.b:\n    by form\n      x: 1\n", "4:12 a colon is missing | write by form:"),
    (HEAD + "  a.b: {x: 1}  c.d: 5\n", "3:16 two entries stand on one line | begin a new line with c.d: 5"),
    # depth
    (
        HEAD + "  a.b:\n   total: 3\n    by form: {x: 1}\n  c.d:\n    total: 5\n",
        "4:4 line 4 is one blank short | add one blank before 'total', to begin below 'by form' of line 5",
    ),
    (
        HEAD + "  a.b:\n    total: 3\n   by form: {x: 1}\n  c.d:\n    total: 5\n",
        "5:4 line 5 is one blank short | add one blank before 'by form', to begin below 'total' of line 4",
    ),
    (
        HEAD + "  a.b:\n    total: 3\n     by form:\n       x: 1\n  c.d:\n    total: 5\n",
        "5:6 line 5 is one blank too deep | take away one blank before 'by form', to begin below 'total' of line 4",
    ),
    (
        HEAD + "  a.b: 3\n c.d: 5\n  e.f: 4\n",
        "4:2 line 4 is one blank short | add one blank before 'c.d', to begin below 'a.b' of line 3",
    ),
    (
        LISTS + "  - kind: destination\n   named: [LT]\n",
        "3:4 line 3 is one blank short | add one blank before 'named', to begin below 'kind' of line 2",
    ),
    (
        NOTE + "      en: >-\n        One\n      two\n     three\n      lt: X\n",
        "7:7 line 7 is two blanks short | add two blanks before 'two', to begin below 'One' of line 6",
    ),
    # what Word and editors put in place of blanks and hyphens
    (HEAD + "  a.b:\n\ttotal: 3\n", "4:1 a tab indents this line | indent with blanks, never with tabs, as the lines"),
    (
        HEAD + "  a.b:\n  \ttotal: 3\n",
        "4:3 a tab indents this line | indent with blanks, never with tabs, as the lines",
    ),
    (
        HEAD + "  a.b:\n\u00a0\u00a0\u00a0\u00a0total: 3\n    c: 1\n",
        "4:1 no-break spaces indent this line | indent with",
    ),
    (LISTS + "  – kind: x\n    named: [LT]\n", "2:3 a list begins its lines with a hyphen | write - kind: x"),
    (LISTS + "  - kind: x\n  • kind: y\n", "3:3 a list begins its lines with a hyphen | write - kind: y"),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES)
def test_a_mistake_is_told_where_it_is_with_the_line_to_write(text: str, expected: str):
    (found,) = told(text)
    assert expected == found[: len(expected)]


@pytest.mark.parametrize("text", [text for text, expected in MISTAKES if "| write " in expected])
def test_a_file_can_be_read_with_the_line_that_is_proposed(text: str):
    (found,) = told(text)
    place, _, line = found.partition(" | write ")
    lines = text.split("\n")
    old = lines[int(place.partition(":")[0]) - 1]
    if line in NOTHING:
        line = re.sub(r"(?<=: )[-*:%](?=[\s,]|$)", "missing", old.strip())
    lines[lines.index(old)] = old[: len(old) - len(old.lstrip())] + line
    assert [] == told("\n".join(lines))


def test_several_mistakes_of_a_file_are_told_at_once():
    text = HEAD + "  a.b: {x: 1\n  c.d: 4\n  e.f: -\n  g.h:\n    note:\n      en: Source: police\n"
    assert ["3:8 } is missing", "5:8 '-' is not a value", "8:11 a text with ': ' needs quotes"] == [
        each.partition(" | ")[0] for each in told(text)
    ]


def test_what_is_broken_is_read_as_it_was_meant(tmp_path):
    broken = {YEAR: small.FILES[YEAR].replace("labour: 6}}", "labour: 7}").replace("women: 60", "women: -")}
    dataset, findings = load_dataset(snapshot(small.write(tmp_path, broken)), ("XX",))
    assert ["} is missing", "women: '-' is not a number"] == [each.message for each in findings]
    known = {seen.address: seen.value for seen in dataset.countries[0].observations if seen.year == 2020}
    assert {"investigations.opened.labour": 7, "victims.identified": 80} == {
        each: known[each] for each in ("investigations.opened.labour", "victims.identified")
    }


def test_windows_line_ends_move_nothing():
    text = HEAD + "  a.b:\n   total: 3\n    by form: {x: 1}\n  c.d:\n    total: 5\n"
    assert told(text) == told(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dear all,\nhere are: the figures\nBest: x: y\n", f"2:9 a colon stands where none can | {HINT}"),
        ("a: 1\n---\nb: 2\n", "2:1 a second document begins here | one file is one document: remove the line of"),
    ],
)
def test_what_nobody_can_guess_is_told_in_plain_words(text: str, expected: str):
    assert [expected] == [each[: len(expected)] for each in told(text)]


@settings(max_examples=60)
@given(st.integers(0, len(LITHUANIA) - 1), st.sampled_from(["", *"{}[]\"':-#, \t|>%@&*!“”\u00a0x3"]), st.booleans())
def test_whatever_one_sign_breaks_is_told_near_it(place: int, sign: str, instead: bool):
    broken = LITHUANIA[:place] + sign + LITHUANIA[place + instead :]
    for each in told(broken):
        line = int(each.partition(":")[0])
        assert abs(line - LITHUANIA.count("\n", 0, place) - 1) <= 40 or HINT in each
