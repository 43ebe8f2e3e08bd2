"""YAML as text with places: nothing is misread, executed or read twice."""

import os
from pathlib import Path

import pytest

from reporter.errors import DataError
from reporter.load.yaml_nodes import YamlNode, yaml_nodes
from reporter.load.yaml_tree import ReadError
from tests import small
from tests.load.reading import FIGURES
from tests.small import HEAD, TEXT, YEAR, load, wrong
from tests.snapshots import dataset_of


def test_windows_line_ends_move_nothing(tmp_path):
    changed = {YEAR: small.FILES[YEAR].replace("\n", "\r\n"), TEXT: small.FILES[TEXT].replace("\n", "\r\n")}
    assert load(tmp_path / "a") == load(tmp_path / "b", changed)


def test_a_refused_value_says_where_it_stands(tmp_path):
    assert [
        "4:23 wrong-type: victims.identified: '010' has a leading zero | write 10",
        "5:55 wrong-type: labour: '1_000' has a separator between the thousands | write 1000",
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
        (HEAD + "---\na: 1", "3:1 broken-yaml: a second document begins here"),
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
    assert ["3:1 duplicate-key: 'source' is written twice, first on line 2 | keep one of the two"] == wrong(
        tmp_path, HEAD + "source: office\n"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1 empty-file: file is empty | begin with lines such as year: 2021; source: police"),
        (b"# nothing yet\n", "1:1 empty-file: file is empty | begin with lines such as year: 2021; source: police"),
        (b"\x7fELF\0\0",
         "1:1 not-text: this is a file of another program, not plain text in UTF-8 | save it as plain text, UTF-8"),
        (HEAD.encode("utf-16"),
         "1:1 not-text: this is a text in UTF-16, not plain text in UTF-8 | save it as plain text, UTF-8"),
        ("year: 2020\n# é\nsource: polić".encode("cp1250"), "2:3 not-utf-8: text is not UTF-8 | save the file with"),
        (b"year: 2020\n# \xc5\xbe \xe9", "2:5 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfyear: \xe9", "1:7 not-utf-8: text is not UTF-8 | save the file with the encoding UTF-8"),
        (b"\xef\xbb\xbfsource: police\nyear: 2020\nyear: 2020",
         "3:1 duplicate-key: 'year' is written twice, first on line 2 | keep one"),
        (b"year: 2020\nsource: \x07", "2:9 control-character: control character '\\x07' | delete it"),
        (b'year: 2020\nsource: "\\a"', "2:9 control-character: control character in '\\x07' | delete it"),
        (b"#" * 400_001, "1:1 too-large: file is larger than 400 kB | keep figures and text only in it"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_data_is_refused_with_its_place(tmp_path, content, expected):
    told = wrong(tmp_path, content)
    assert expected == told[0][: len(expected)]


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (Path.mkdir, "put a text file in its place"),
        (os.mkfifo, "put a text file in its place"),
        (lambda path: path.symlink_to("2020.yaml"), "mend them"),
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
