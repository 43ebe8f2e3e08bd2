"""YAML as text with places: nothing is misread, executed or read twice."""

import os
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import DataError
from reporter.data.read.amount import NOTHING
from reporter.data.read.yaml_mistakes import CHECK, WORDS, mistake
from reporter.data.read.yaml_tree import ReadError, YamlNode, yaml_nodes
from tests import small
from tests.read.reading import FIGURES
from tests.small import HEAD, TEXT, YEAR, load, wrong
from tests.snapshots import ROOT, dataset_of


def test_windows_line_ends_move_nothing(tmp_path):
    changed = {YEAR: small.FILES[YEAR].replace("\n", "\r\n"), TEXT: small.FILES[TEXT].replace("\n", "\r\n")}
    assert load(tmp_path / "a") == load(tmp_path / "b", changed)


def test_a_refused_value_says_where_it_stands(tmp_path):
    assert [
        "4:23 wrong-type: victims.identified: '010' has a leading zero | write 10",
        "5:55 wrong-type: labour: '1_000' has a thousands separator | write 1000",
    ] == wrong(
        tmp_path, FIGURES + "  victims.identified: 010\n  investigations.opened: {total: 4, by form: {labour: 1_000}}\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("!!python/object/apply:os.system [touch reached]", "1:1 yaml-tag: YAML tags are not allowed"),
        (HEAD + "status: !!str final", "3:9 yaml-tag: YAML tags are not allowed"),
        (HEAD + "figures: &f {victims.identified: 3}", "3:10 yaml-alias: anchors and aliases are not allowed"),
        (HEAD + "countries: &c [*c]", "3:12 yaml-alias: anchors and aliases are not allowed"),
        (HEAD + "<<: {status: final}", "3:1 unknown-key: unknown key '<<'"),
        (HEAD + "? [a]\n: b", "3:3 broken-yaml: a key must be a word"),
        (HEAD + "---\na: 1", "3:1 broken-yaml: a second document starts here"),
        (HEAD + "status: 'final", "3:9 broken-yaml: a quote is not closed: status: 'final"),
        (HEAD + "\tstatus: final", "3:1 broken-yaml: a tab indents this line"),
        (HEAD + "status: a: b", "3:9 broken-yaml: a text with a colon needs quotes"),
    ],
)
def test_tags_anchors_and_broken_yaml_are_refused_where_they_stand(tmp_path, content, expected):
    assert any(each.startswith(f"{expected} | ") for each in wrong(tmp_path, content)), wrong(tmp_path, content)


def test_a_tag_executes_nothing(tmp_path):
    wrong(tmp_path, f"!!python/object/apply:os.system ['touch {tmp_path}/reached']")
    assert not (tmp_path / "reached").exists()


def test_a_billion_laughs_are_one_finding_a_line(tmp_path):
    laughs = "a: &a [x, x]\n" + "".join(
        f"{one}: &{one} [{f'*{before}, ' * 9}]\n" for before, one in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert 9 == sum("yaml-alias" in each for each in wrong(tmp_path, HEAD + laughs))


@pytest.mark.parametrize(
    "content", ["[" * 100_000, "{" * 900, "{a: " * 900 + "}" * 900, "[" * 900 + "]" * 900, "- " * 100_000]
)
def test_deep_nesting_is_a_finding(tmp_path, content):
    assert 1 == len(wrong(tmp_path, HEAD + "figures: " + content))


def test_a_duplicate_key_names_the_first_one(tmp_path):
    assert ["3:1 duplicate-key: 'source' appears twice, first on line 2 | keep one of the two"] == wrong(
        tmp_path, HEAD + "source: office\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1 empty-file: file is empty | start with lines such as year: 2021; source: police"),
        (b"# nothing yet\n", "1:1 empty-file: file is empty | start with lines such as year: 2021; source: police"),
        (b"\x7fELF\0\0",
         "1:1 not-text: this is a file of another program, not plain text in UTF-8 | save it as plain text, UTF-8"),
        (HEAD.encode("utf-16"),
         "1:1 not-text: this is a UTF-16 text file, not plain text in UTF-8 | save it as plain text, UTF-8"),
        ("year: 2020\n# é\nsource: polić".encode("cp1250"), "2:3 not-utf-8: text is not UTF-8 | save the file with"),
        (b"year: 2020\n# \xc5\xbe \xe9", "2:5 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfyear: \xe9", "1:7 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfsource: police\nyear: 2020\nyear: 2020",
         "3:1 duplicate-key: 'year' appears twice, first on line 2 | keep one"),
        (b"year: 2020\nsource: \x07", "2:9 control-character: control character '\\x07' | delete this character"),
        (b'year: 2020\nsource: "\\a"', "2:9 control-character: control character in '\\x07' | delete this character"),
        (b"#" * 400_001, "1:1 too-large: file is larger than 400 kB | keep only figures and text in it"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_data_is_refused_with_its_place(tmp_path, content, expected):
    told = wrong(tmp_path, content)
    assert expected == told[0][: len(expected)]


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (Path.mkdir, "replace it with a text file"),
        (os.mkfifo, "replace it with a text file"),
        (lambda path: path.symlink_to("2020.yaml"), "correct the links"),
    ],
)
def test_what_is_no_file_is_refused_at_once(tmp_path, make, hint):
    make(small.write(tmp_path, {YEAR: None}) / YEAR)
    with pytest.raises(DataError) as refused:
        dataset_of(tmp_path, ("XX",))
    assert [(YEAR, "unreadable", hint)] == [(each.mark.path, each.code, each.hint) for each in refused.value.findings]


def pieces(text: str) -> list[tuple[str, str]]:
    """What is written behind each key, and its style."""

    def walk(node: YamlNode):
        for each in node.entries:
            yield text[each.value.start : each.value.end], each.value.style
            yield from walk(each.value)

    return list(walk(yaml_nodes(text, "a.yaml")))


def test_a_text_on_lines_ends_with_its_last_one_unless_it_keeps_blank_ones() -> None:
    assert [("'x'", "'"), (">- # c\n  one\n\n  two", ">"), ("|+\n  x\n", "|"), ("1", "")] == pieces(
        "_: 'x'\t\n\n# d\na: >- # c\n  one\n\n  two\n\n# d\nb: |+\n  x\n\nc: 1\n"
    )


def test_what_is_empty_stands_behind_its_sign() -> None:
    root = yaml_nodes("a:   # none\nb: {c: , d}\ne:\n  -\n  - 1\n", "a.yaml")
    inside = root.entries[1].value.entries
    items = root.entries[2].value.entries
    assert [2, 18, 22, 30, 36] == [
        each.value.end for each in (root.entries[0], inside[0], inside[1], items[0], items[1])
    ]


def test_an_alias_stands_where_it_is_written() -> None:
    assert [("&x {b: 1}", "{"), ("1", ""), ("*x", "*"), ("!t 5", "")] == pieces("a: &x {b: 1}\nc: *x\nd: !t 5\n")


def test_lines_of_windows_and_signs_of_every_size_count_as_they_are() -> None:
    assert [("🙂 š", ""), ("|\r\n  k", "|"), ("2", "")] == pieces("a: 🙂 š\r\nb: |\r\n  k\r\nc: 2\r\n")


def test_nothing_is_no_node_and_what_is_no_yaml_has_a_place() -> None:
    assert None is yaml_nodes("# only a comment\n", "a.yaml")
    with pytest.raises(ReadError) as refused:
        yaml_nodes("a: 1\nb: [1\n", "a.yaml")
    assert 2 == refused.value.finding.mark.line


TOP = "year: 2021\nfigures:\n"
NOTE = TOP + "  a.b:\n    note:\n"
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
    (TOP + "  a.b: at: least  # 2020: 4\n", f'3:8 {COLON} | write a.b: "at: least"  # 2020: 4'),
    (TOP + "  a.b: {en: Source: police, lt: X}\n", f'3:13 {COLON} | write a.b: {{en: "Source: police", lt: X}}'),
    (LISTS + "  - kind: x: y\n", f'2:11 {COLON} | write - kind: "x: y"'),
    # no space after a colon
    (TOP + "  a.b:\n    total:3\n    by form: {x: 1}\n", "4:10 a space is missing after the colon | write total: 3"),
    (TOP + "  a.b: 3\n  c.d:5\n  e.f: 4\n", "4:6 a space is missing after the colon | write c.d: 5"),
    (LISTS + "  - kind:x\n    named: [LT]\n", "2:9 a space is missing after the colon | write kind: x"),
    ("year: 2021\nstatus:final\n", "2:7 a space is missing after the colon | write status: final"),
]
DEPTH = "which matches no line above it | indent it with"
OTHERS = [
    # a text of several lines
    (NOTE + "      en: The source says the following\n        words: none\n",
     f'5:11 {COLON} | put quotes around the whole text: en: "The source says the following, and one more at its end'),
    # indentation
    (TOP + "  a.b:\n    total: 3\n   by form: {x: 1}\n  c.d:\n    total: 5\n",
     f"5:4 this line starts with 3 spaces, {DEPTH} 4 spaces like 'total' on line 4, "
     "or with 2 spaces like 'a.b' on line 3"),
    (TOP + "  a.b: 3\n c.d: 5\n", f"4:2 this line starts with 1 space, {DEPTH} 2 spaces like 'a.b' on line 3, "
     "or with no spaces like 'figures' on line 2"),
    (LISTS + "  - kind: x\n - kind: y\n", f"3:2 this line starts with 1 space, {DEPTH} 2 spaces like 'kind' on line 2"),
    # tabs, and what Word sets
    (TOP + "  a.b:\n\ttotal: 3\n", "4:1 a tab indents this line | indent it with 4 spaces as part of 'a.b' on line 3"),
    ("\tyear: 2021\n", "1:1 a tab indents this line | indent it with spaces"),
    (TOP + "  a.b:\n\u00a0\u00a0\u00a0\u00a0total: 3\n    c: 1\n",
     "4:1 no-break spaces indent this line | indent it with 4 spaces as part of 'a.b' on line 3"),
    # what the parser says
    (TOP + "  a.b: {women: 16, men: 7\n  c.d: 5\n",
     "3:8 a comma or } is missing: a.b: {women: 16, men: 7 | close the brace, or put commas between entries"),
    (TOP + "  a.b: {x: 1 y: 2}\n",
     "3:8 a comma or } is missing: a.b: {x: 1 y: 2} | close the brace, or put commas between entries"),
    (LISTS + "  - named: [LT, DE\n    main: [LT]\n",
     "2:12 a comma or ] is missing: - named: [LT, DE | close the bracket, or put commas between items"),
    ("answers: [\n",
     "1:11 a bracket or brace is not closed, or a value is missing: answers: [ | close it, or write the value"),
    (NOTE + "      en: 'Text\n", "5:11 a quote is not closed: en: 'Text | close it at the end of its text"),
    (NOTE + '      en: "Text\n      lt: "X"\n',
     '5:11 the quote that opens here is closed only on line 6: en: "Text | close it at the end of its text'),
    (TOP + "  a.b: {note: {en: 'Text}, total: 1}\n  c.d: 5\n  e.f: {note: {en: 'More'}}\n",
     "3:20 the quote that opens here is closed only on line 5: a.b: {note: {en: 'Text}, total: 1} | "
     "close it at the end of its text"),
    (TOP + "  a.b: {x: 1}}\n", f"3:14 this line cannot continue like that: a.b: {{x: 1}}}} | {GO_ON}"),
    (TOP + "  a.b: x: 1, y: 2}\n", f"3:9 a colon is not allowed here: a.b: x: 1, y: 2}} | {CHECK}"),
    (TOP + "  a.b 3\n  c.d: 5\n", f"4:6 a colon is not allowed here: c.d: 5 | {CHECK}"),
    (LISTS + "  - kind: x\n  • kind: y\n", (
        "3:3 this line does not belong to the list above it: • kind: y | start each item of a list with a hyphen and "
        "a space"
    )),
    ("year: 2021\nfigures\n  a.b: 3\n", (
        "2:1 a colon is missing: figures | write key: value; indent the lines of a longer text deeper than its key"
    )),
    (TOP + "  a.b: -\n", f"3:8 a hyphen is not a value: a.b: - | {NOTHING}"),
    (TOP + "  a.b: *\n", f"3:9 this character is not a value: a.b: * | {NOTHING}"),
    (NOTE + "      en: @x\n", (
        "5:11 this character cannot start a value: en: @x | put a text that starts with it in quotes"
    )),
    ("a: 1\n---\nb: 2\n",
     "2:1 a second document starts here | one file is one document: remove the line of three dashes"),
    ("a: \x85\x80\n",
     f"1:1 not valid YAML | {CHECK}"),
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
