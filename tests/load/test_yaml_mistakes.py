"""Broken YAML: the place of the fault, its cause and what to write, or what the parser says in plain words."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.load.amount import NOTHING
from reporter.load.yaml_mistakes import CHECK, WORDS, mistake
from tests.snapshots import ROOT

HEAD = "year: 2021\nfigures:\n"
NOTE = HEAD + "  a.b:\n    note:\n"
LISTS = "countries:\n"
LITHUANIA = (ROOT / "tests/data/lithuania/data/LT/2020.yaml").read_text()
GO_ON = WORDS["did not find expected key"][1]
COLON = "a text with a colon needs quotes"


def told(text: str) -> str:
    """What is wrong with a text: line, column, message and remedy. Empty when nothing is."""
    try:
        yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as problem:
        found = mistake(text, "2021.yaml", problem)
        return f"{found.mark.line}:{found.mark.column} {found.message} | {found.hint}"
    return ""


TYPED = [
    # a colon in a text
    (NOTE + "      en: Source: police\n", f'5:11 {COLON} | write en: "Source: police"'),
    (NOTE + "      en: Source:\n", f'5:11 {COLON} | write en: "Source:"'),
    (NOTE + '      en: The "Source": police\n', f"5:11 {COLON} | write en: 'The \"Source\": police'"),
    (NOTE + "      en: “Source: police”\n", f'5:11 {COLON} | write en: "Source: police"'),
    (NOTE + "      en: It's so: 'x'\n", f"5:11 {COLON} | write en: \"It's so: 'x'\""),
    (HEAD + "  a.b: at: least  # 2020: 4\n", f'3:8 {COLON} | write a.b: "at: least"  # 2020: 4'),
    (HEAD + "  a.b: {en: Source: police, lt: X}\n", f'3:13 {COLON} | write a.b: {{en: "Source: police", lt: X}}'),
    (LISTS + "  - kind: x: y\n", f'2:11 {COLON} | write - kind: "x: y"'),
    # no space after a colon
    (HEAD + "  a.b:\n    total:3\n    by form: {x: 1}\n", "4:10 a space is missing after the colon | write total: 3"),
    (HEAD + "  a.b: 3\n  c.d:5\n  e.f: 4\n", "4:6 a space is missing after the colon | write c.d: 5"),
    (LISTS + "  - kind:x\n    named: [LT]\n", "2:9 a space is missing after the colon | write kind: x"),
    ("year: 2021\nstatus:final\n", "2:7 a space is missing after the colon | write status: final"),
]
DEPTH = "which fits no line above it | begin it with"
OTHERS = [
    # a text of several lines
    (NOTE + "      en: The source says the following\n        words: none\n",
     f'5:11 {COLON} | put quotes round the whole text: en: "The source says the following, '
     "and one more where it ends"),
    # indentation
    (HEAD + "  a.b:\n    total: 3\n   by form: {x: 1}\n  c.d:\n    total: 5\n",
     f"5:4 this line begins with 3 spaces, {DEPTH} 4 spaces like 'total' on line 4, "
     "or with 2 spaces like 'a.b' on line 3"),
    (HEAD + "  a.b: 3\n c.d: 5\n", f"4:2 this line begins with 1 space, {DEPTH} 2 spaces like 'a.b' on line 3, "
     "or with no spaces like 'figures' on line 2"),
    (LISTS + "  - kind: x\n - kind: y\n", f"3:2 this line begins with 1 space, {DEPTH} 2 spaces like 'kind' on line 2"),
    # tabs, and what Word sets
    (HEAD + "  a.b:\n\ttotal: 3\n", "4:1 a tab indents this line | begin it with 4 spaces as part of 'a.b' on line 3"),
    ("\tyear: 2021\n", "1:1 a tab indents this line | begin it with spaces"),
    (HEAD + "  a.b:\n\u00a0\u00a0\u00a0\u00a0total: 3\n    c: 1\n",
     "4:1 no-break spaces indent this line | begin it with 4 spaces as part of 'a.b' on line 3"),
    # what the parser says
    (HEAD + "  a.b: {women: 16, men: 7\n  c.d: 5\n",
     "3:8 a comma or } is missing: a.b: {women: 16, men: 7 | close the brace, or put commas between entries"),
    (HEAD + "  a.b: {x: 1 y: 2}\n",
     "3:8 a comma or } is missing: a.b: {x: 1 y: 2} | close the brace, or put commas between entries"),
    (LISTS + "  - named: [LT, DE\n    main: [LT]\n",
     "2:12 a comma or ] is missing: - named: [LT, DE | close the bracket, or put commas between items"),
    ("answers: [\n",
     "1:11 a bracket or brace is not closed, or a value is missing: answers: [ | close it, or write the value"),
    (NOTE + "      en: 'Text\n", "5:11 a quote is not closed: en: 'Text | close it at the end of its text"),
    (NOTE + '      en: "Text\n      lt: "X"\n', f'6:12 this line does not go on like that: lt: "X" | {GO_ON}'),
    (HEAD + "  a.b: {x: 1}}\n", f"3:14 this line does not go on like that: a.b: {{x: 1}}}} | {GO_ON}"),
    (HEAD + "  a.b: x: 1, y: 2}\n", f"3:9 a colon stands where none can: a.b: x: 1, y: 2}} | {CHECK}"),
    (HEAD + "  a.b 3\n  c.d: 5\n", f"4:6 a colon stands where none can: c.d: 5 | {CHECK}"),
    (LISTS + "  - kind: x\n  • kind: y\n", "3:3 this line does not go with the list above it: • kind: y | "
     "begin each item of a list with a hyphen and a space"),
    ("year: 2021\nfigures\n  a.b: 3\n", "2:1 a colon is missing: figures | write key: value; "
     "the lines of a text after > or | begin deeper than its key"),
    (HEAD + "  a.b: -\n", f"3:8 a hyphen is not a value: a.b: - | {NOTHING}"),
    (HEAD + "  a.b: *\n", f"3:9 this sign is not a value: a.b: * | {NOTHING}"),
    (NOTE + "      en: @x\n", "5:11 this sign cannot begin a value: en: @x | put a text that begins with it in quotes"),
    ("a: 1\n---\nb: 2\n",
     "2:1 a second document begins here | one file is one document: remove the line of three dashes"),
    ("a: \x85\x80\n",
     f"1:1 not valid YAML, unacceptable character #x0080: control characters are not allowed | {CHECK}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TYPED + OTHERS)
def test_a_mistake_is_named_with_its_place_and_what_to_write(text: str, expected: str):
    assert expected == told(text)
    assert expected == told(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(("text", "expected"), TYPED)
def test_a_file_can_be_read_with_the_line_to_write(text: str, expected: str):
    place, _, line = expected.partition(" | write ")
    lines = text.split("\n")
    number = int(place.partition(":")[0]) - 1
    begin = re.match(r" *(?:- )?" if not line.startswith("- ") else " *", lines[number])[0]
    lines[number] = begin + line
    assert "" == told("\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(LITHUANIA) - 1), st.sampled_from(["", *"{}[]\"':-#, \t|>%@&*!“”\u00a0x3"]), st.booleans())
def test_one_sign_too_many_or_few_is_a_finding_with_a_hint(place: int, sign: str, instead: bool):
    found = told(LITHUANIA[:place] + sign + LITHUANIA[place + instead :])
    assert not found or re.match(r"\d+:\d+ .+ \| .+", found, re.DOTALL)
