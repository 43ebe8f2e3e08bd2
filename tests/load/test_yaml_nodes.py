"""A node begins and ends exactly where it is written."""

import pytest

from reporter.load.yaml_nodes import YamlNode, yaml_nodes
from reporter.load.yaml_tree import ReadError


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
