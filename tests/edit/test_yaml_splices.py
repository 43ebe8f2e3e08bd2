import random
import re
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.edit.splice import EditError, Splice
from reporter.edit.yaml_splices import insert_entry, neighbours, put_back, remove_entry, replace_value, slice_at
from tests.edit.models import FILE, LONG, hold_to_data
from tests.edit.styles import STYLES
from tests.fixtures import ROOT

FILES = (*sorted((ROOT / "tests/data/ruritania").rglob("*.yaml")), ROOT / "tests/data/lithuania/data/LT/2020.yaml")
TEXTS = (*STYLES.values(), *(path.read_bytes().decode() for path in FILES))
LINES = STYLES["lines"]


def changed(text: str, splice: Splice) -> tuple[str, str]:
    """The lines that a splice takes out, and those that stand there then."""
    before, after = text.split("\n"), splice.apply(text).split("\n")
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    before, after = before[same:], after[same:]
    while before and after and before[-1] == after[-1]:
        del before[-1], after[-1]
    return "\n".join(before), "\n".join(after)


def replaced(text: str, path: str, value) -> tuple[str, str]:
    return changed(text, replace_value(text, FILE, tuple(path.split("/")), value))


def inserted(text: str, path: str, value, *order: str) -> tuple[str, str]:
    return changed(text, insert_entry(text, FILE, tuple(path.split("/")), value, order))


def removed(text: str, path: str) -> tuple[str, str]:
    return changed(text, remove_entry(text, FILE, tuple(path.split("/"))))


# a value replaced


def test_a_number_is_replaced_and_the_comment_behind_it_stays() -> None:
    assert ("    total: 24  # of all ages", "    total: 25  # of all ages") == replaced(
        LINES, "figures/victims.identified/total", "25"
    )


def test_a_number_keeps_its_column_and_its_quotes() -> None:
    text = STYLES["three blanks"]
    assert ("         women:  16", "         women:  9") == replaced(
        text, "figures/victims.identified/by person/women", "9"
    )
    assert ("   persons.convicted: '17'", "   persons.convicted: '18'") == replaced(
        text, "figures/persons.convicted", "18"
    )


def test_a_country_needs_no_quotes_and_what_would_be_something_else_has_them() -> None:
    assert ("a: 1", "a: NO") == replaced("a: 1\n", "a", "NO")
    assert ("a: 1", 'a: "x: y"') == replaced("a: 1\n", "a", "x: y")
    assert ("a: 1", 'a: "x #y"') == replaced("a: 1\n", "a", "x #y")
    assert ("a: {b: 1}", 'a: {b: "x, y"}') == replaced("a: {b: 1}\n", "a/b", "x, y")
    assert ("a: 1", "a: '\"x\" said'") == replaced("a: 1\n", "a", '"x" said')


def test_a_long_text_is_folded_and_stays_so() -> None:
    assert ("        Counted by the police,\n        not by the courts.", "        Counted by the courts.") == replaced(
        LINES, "figures/victims.identified/note/en", "Counted by the courts."
    )
    folded = f"  en: >-\n    {LONG[:114]}\n    {LONG[115:]}"
    assert ('  en: "x"', folded) == replaced('a:\n  en: "x"\n', "a/en", LONG)


def test_a_text_of_several_lines_keeps_them() -> None:
    assert ("a: 1", "a: |-\n  x\n\n  y") == replaced("a: 1\n", "a", "x\n\ny")
    assert ("", "  y") == replaced("a: |\n  x\nb: 1\n", "a", "x\ny\n")


def test_a_number_that_gets_a_note_goes_on_below_its_comment() -> None:
    value = {"value": "25", "flags": ["b"], "note": {"en": LONG}}
    before, after = replaced(LINES, "figures/victims.identified/total", value)
    assert before == "    total: 24  # of all ages"
    assert [
        "    total:  # of all ages",
        "      value: 25",
        "      flags: [b]",
        "      note:",
        "        en: >-",
    ] == after.split("\n")[:5]


def test_braces_become_lines_when_they_would_grow_too_wide() -> None:
    value = {"value": "1", "note": {"en": LONG}}
    before, after = replaced(LINES, "figures/victims.identified/by person/children", value)
    assert "    by person: {women: 16, men: 7, children: 1}" == before
    assert [
        "    by person:",
        "      women: 16",
        "      men: 7",
        "      children:",
        "        value: 1",
        "        note:",
        "          en: >-",
    ] == after.split("\n")[:7]


# a key put in


def test_a_key_stands_behind_the_nearest_before_it_in_the_order() -> None:
    text, order = "a: 1\nb: {c: 2}\nf: 3\n", ("a", "b", "d", "e", "f")
    assert "a: 1\nb: {c: 2}\ne: x\nf: 3\n" == insert_entry(text, FILE, ("e",), "x", order).apply(text)


def test_a_key_stands_before_the_nearest_after_it_when_none_is_before() -> None:
    text, order = "b: 1\nc: 2\nz: 3\n", ("a", "c", "b")
    assert "b: 1\na: x\nc: 2\nz: 3\n" == insert_entry(text, FILE, ("a",), "x", order).apply(text)
    assert "b: 1\nc: 2\nz: 3\na: x\n" == insert_entry(text, FILE, ("a",), "x").apply(text)


def test_a_key_comes_before_the_comment_of_that_after_it() -> None:
    assert "figures:\n  cases.solved: 3\n  # as published\n  victims.identified:" in insert_entry(
        LINES, FILE, ("figures", "cases.solved"), "3", ("cases.solved", "victims.identified")
    ).apply(LINES)


def test_what_a_file_begins_with_stays_before_its_first_key() -> None:
    text = insert_entry(LINES, FILE, ("country",), "NO", ("country", "year")).apply(LINES)
    assert text.startswith("# what the file is\ncountry: NO\nyear: 2020   # the year\n")
    assert remove_entry(LINES, FILE, ("year",)).apply(LINES).startswith("# what the file is\nfigures:\n")


def test_a_note_is_written_in_its_languages() -> None:
    assert ("", '    note: {en: "Few.", lt: "Mažai."}') == inserted(
        "f:\n  a:\n    total: 1\n", "f/a/note", {"en": "Few.", "lt": "Mažai."}
    )


def test_a_text_in_another_language_has_the_quotes_of_that_beside_it() -> None:
    assert ("n: {en: Few women}", "n: {en: Few women, lt: Mažai moterų}") == inserted(
        "n: {en: Few women}\n", "n/lt", "Mažai moterų"
    )
    assert ("", "  lt: Mažai") == inserted("n:\n  en: Few women\n", "n/lt", "Mažai")
    assert ("", '  lt: "Mažai"') == inserted("n:\n  en: >-\n    Few\n", "n/lt", "Mažai")
    assert ('n: {a: "Few"}', 'n: {a: "Few", b: 3}') == inserted('n: {a: "Few"}\n', "n/b", "3")


def test_a_key_within_braces_is_parted_as_its_neighbours_are() -> None:
    assert ("a: {b: 1, d: 2}", "a: {b: 1, c: x, d: 2}") == inserted("a: {b: 1, d: 2}\n", "a/c", "x", "b", "c", "d")
    assert ("a: { b: 1 }", "a: { b: 1, c: x }") == inserted("a: { b: 1 }\n", "a/c", "x")
    assert ("", "    c: x,") == inserted("a: {b: 1,\n    d: 2}\n", "a/c", "x", "b", "c", "d")


def test_a_comment_within_braces_stays_with_its_neighbour() -> None:
    text = "m: {\n  a: 1,  # one\n  # about two\n  b: 2 # two\n}\n"
    assert "m: {\n  a: 1,  # one\n  x: 3,\n  # about two\n  b: 2 # two\n}\n" == insert_entry(
        text, FILE, ("m", "x"), "3", ("a", "x")
    ).apply(text)
    assert "m: {\n  a: 1,  # one\n  # about two\n  b: 2, # two\n  x: 3\n}\n" == insert_entry(
        text, FILE, ("m", "x"), "3"
    ).apply(text)
    assert "m: {\n  # about two\n  b: 2 # two\n}\n" == remove_entry(text, FILE, ("m", "a")).apply(text)
    assert "m: {\n  a: 1  # one\n}\n" == remove_entry(text, FILE, ("m", "b")).apply(text)


def test_a_key_with_nothing_gets_its_first_entry_below_it() -> None:
    assert ("", "  b: 1") == inserted("a:  # none yet\nc: 2\n", "a/b", "1")
    assert ("", "  - x") == inserted("a:\nc: 2\n", "a/0", "x")
    assert ("a: {}", "a: {b: 1}") == inserted("a: {}\n", "a/b", "1")
    assert ("a: []  # none", "a: [x]  # none") == inserted("a: []  # none\n", "a/0", "x")


def test_an_item_is_written_as_the_others_are() -> None:
    value = {"kind": "transit", "named": ["EE"]}
    assert LINES + "\n  - kind: transit\n    named: [EE]\n" == insert_entry(
        LINES, FILE, ("countries", "2"), value
    ).apply(LINES)
    assert ("    named: [LT, DE]", "    named: [LT, NO, DE]") == inserted(LINES, "countries/0/named/1", "NO")


def test_a_list_of_many_words_goes_on_on_the_next_line() -> None:
    words = [f"word_{number}" for number in range(20, 40)]
    before, after = inserted("a:\n  - b: 1\n", "a/0/texts", words)
    assert ("", f"    texts: [{', '.join(words[:12])},\n      {', '.join(words[12:])}]") == (before, after)
    text = f"a:\n  - b: 1\n{after}\n"
    assert f"{text[:-2]}, word_40]\n" == insert_entry(text, FILE, ("a", "0", "texts", "20"), "word_40").apply(text)
    long = "word_" + "x" * 60
    assert f"{text[:-2]},\n      {long}]\n" == insert_entry(text, FILE, ("a", "0", "texts", "20"), long).apply(text)


def test_what_stands_in_an_item_is_indented_as_the_rest_of_the_file() -> None:
    text = "a:\n  - rule: x\n    values:\n      b: 1\n"
    assert ("", f"    reason:\n      en: >-\n        {LONG[:109]}\n        {LONG[110:]}") == inserted(
        text, "a/0/reason", {"en": LONG}
    )


def test_a_file_keeps_its_line_breaks_and_its_end() -> None:
    windows, open_end = STYLES["windows"], STYLES["no last line break"]
    assert windows.replace("more\r\n", "more\r\n\r\n  x: y\r\n") == insert_entry(windows, FILE, ("b", "x"), "y").apply(
        windows
    )
    assert open_end + "\n  x: y" == insert_entry(open_end, FILE, ("b", "x"), "y").apply(open_end)
    assert open_end[: open_end.index("\n  d")] == remove_entry(open_end, FILE, ("b", "d")).apply(open_end)


# a key taken out


def test_a_key_goes_with_its_own_comments_and_no_others() -> None:
    ends = STYLES["comments at ends"]
    assert ("  # as published", "") == (removed(LINES, "figures/victims.identified")[0].split("\n")[0], "")
    assert ("c: 2   # long remark\n       # that goes on", "") == removed(ends, "c")
    assert ("a:\n  b: 1\n  # still of a", "") == removed(ends, "a")
    assert (
        ends.replace("# about d too\n", "").split("d:")[0]
        == remove_entry(ends, FILE, ("d",)).apply(ends)[: ends.index("# about d too\n")]
    )


def test_the_only_key_leaves_an_empty_mapping() -> None:
    assert ("b: {f: 1}", "b: {}") == removed("b: {f: 1}\n", "b/f")
    assert ("b:  # why\n  f: 1", "b: {}  # why") == removed("b:  # why\n  f: 1\n", "b/f")
    assert ("b:\n- f", "b: []") == removed("b:\n- f\n", "b/0")


def test_the_first_key_of_an_item_leaves_its_hyphen() -> None:
    assert ("  - kind: destination\n    named: [LT, DE]", "  - named: [LT, DE]") == removed(LINES, "countries/0/kind")


def test_no_gap_of_two_blank_lines_is_left() -> None:
    assert "a: 1\n\nc: 3\n" == remove_entry("a: 1\n\nb: 2\n\nc: 3\n", FILE, ("b",)).apply("a: 1\n\nb: 2\n\nc: 3\n")
    assert "a: 1\n" == remove_entry("a: 1\n\nb: 2\n", FILE, ("b",)).apply("a: 1\n\nb: 2\n")


# what is refused


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("a: &x 1\nb: *x\n", ("a",), "a cannot be written so: "),
        ("a: {b: 1, # one\n  c: 2}\n", ("a",), "a: its comments would be lost"),
        ("a: 1\na: 2\n", ("a",), "a: a is written twice, or is no number of an item"),
        ("a: [1\n", ("a",), f"{FILE} cannot be read: ] is missing"),
        ("a: 1\n", ("b",), "b: there is nothing to be replaced"),
        ("a: 1\n", ("a", "b"), "a / b: a is not there, or holds no entries"),
        ("a:\n  b: 1\n    # deep\nc: 1\n", ("a", "b"), "a / b cannot be changed without changing more"),
    ],
)
def test_what_cannot_be_proven_is_refused_with_its_place(text: str, path: tuple[str, ...], why: str) -> None:
    with pytest.raises(EditError, match=re.escape(why)) as refused:
        replace_value(text, FILE, path, LONG)
    assert FILE == refused.value.mark.path
    assert refused.value.hint


def test_a_text_that_no_file_may_hold_is_refused() -> None:
    with pytest.raises(EditError, match="control character"):
        replace_value("a: 1\n", FILE, ("a",), "x\x07")


# what stands at a place


def test_a_slice_is_what_is_written_at_a_path() -> None:
    assert "women: 16" == slice_at(LINES, FILE, ("figures", "victims.identified", "by person", "women"))
    assert "total: 24  # of all ages" == slice_at(LINES, FILE, ("figures", "victims.identified", "total"))
    assert "# the last one\n  - kind: origin\n    named: []" == slice_at(LINES, FILE, ("countries", "1"))
    assert "" == slice_at(LINES, FILE, ("figures", "victims.identified", "source"))
    assert "" == slice_at(LINES, FILE, ("nowhere", "at", "all"))


def test_what_was_taken_out_is_put_back_as_it_was() -> None:
    for path in (("year",), ("countries", "0", "note"), ("figures", "victims.identified", "by person", "men")):
        piece, order = slice_at(LINES, FILE, path), neighbours(LINES, FILE, path)
        without = remove_entry(LINES, FILE, path).apply(LINES)
        assert LINES == put_back(without, FILE, path, piece, order, is_new=True).apply(without)


# any edit of any file


@settings(max_examples=150)
@given(some.sampled_from(TEXTS), some.integers(0, 1 << 32))
def test_an_edit_of_a_text_is_that_edit_of_its_data(text: str, seed: int) -> None:
    hold_to_data(text, random.Random(seed))
