import random
import re
from itertools import takewhile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.data.read.text import heading_lines, read_passages
from reporter.data.write.amendment import text_at, write_text
from reporter.data.write.yaml_format import EditError, Splice
from reporter.data.write.yaml_splices import insert_entry, neighbours, put_back, remove_entry, replace_value, slice_at
from tests.fixtures import ROOT
from tests.write.models import FILE, LONG, hold_to_data
from tests.write.styles import STYLES

FILES = (*sorted((ROOT / "tests/data/ruritania").rglob("*.yaml")), ROOT / "tests/data/lithuania/data/LT/2020.yaml")
TEXTS = (*STYLES.values(), *(path.read_bytes().decode() for path in FILES))
LINES, BLANKS = STYLES["lines"], STYLES["three blanks"]


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


ORDER = ("a", "b", "c", "d", "e", "f")
WINDOWS, OPEN_END = STYLES["windows"], STYLES["no last line break"]


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        # The comment behind a number, its column and its quotes stay.
        (LINES, "figures/victims.identified/total", "25",
         ("    total: 24  # of all ages", "    total: 25  # of all ages")),
        (BLANKS, "figures/persons.convicted", "18", ("   persons.convicted: '17'", "   persons.convicted: '18'")),
        # A country needs no quotes, and what would be something else has them.
        ("a: 1\n", "a", "NO", ("a: 1", "a: NO")),
        ("a: 1\n", "a", "x: y", ("a: 1", 'a: "x: y"')),
        ("a: 1\n", "a", "x #y", ("a: 1", 'a: "x #y"')),
        ("a: 1\n", "a", '"x" said', ("a: 1", "a: '\"x\" said'")),
        # A long text is folded, and stays so; one of several lines keeps them.
        ('a:\n  en: "x"\n', "a/en", LONG, ('  en: "x"', f"  en: >-\n    {LONG[:114]}\n    {LONG[115:]}")),
        (LINES, "figures/victims.identified/note/en", "By the courts.",
         ("        Counted by the police,\n        not by the courts.", "        By the courts.")),
        ("a: 1\n", "a", "x\n\ny", ("a: 1", "a: |-\n  x\n\n  y")),
        ("a: |\n  x\nb: 1\n", "a", "x\ny\n", ("", "  y")),
    ],
)  # fmt: skip
def test_a_value_is_replaced_as_it_was_written(text: str, path: str, value: str, expected: tuple[str, str]) -> None:
    assert expected == replaced(text, path, value)


def test_a_number_that_gets_a_note_goes_on_below_its_comment() -> None:
    value = {"value": "25", "flags": ["b"], "note": {"en": LONG}}
    before, after = replaced(LINES, "figures/victims.identified/total", value)
    assert before == "    total: 24  # of all ages"
    lines = ["    total:  # of all ages", "      value: 25", "      flags: [b]", "      note:", "        en: >-"]
    assert lines == after.split("\n")[:5]


def test_braces_become_lines_when_they_would_grow_too_wide() -> None:
    value = {"value": "1", "note": {"en": LONG}}
    before, after = replaced(LINES, "figures/victims.identified/by person/children", value)
    assert "    by person: {women: 16, men: 7, children: 1}" == before
    lines = ["by person:", "  women: 16", "  men: 7", "  children:", "    value: 1", "    note:", "      en: >-"]
    assert [f"    {each}" for each in lines] == after.split("\n")[:7]


@pytest.mark.parametrize(
    ("text", "path", "value", "order", "after"),
    [
        # Behind the nearest before it in the order, else before the nearest after it, else at the end.
        ("a: 1\nb: {c: 2}\nf: 3\n", "e", "x", ORDER, "a: 1\nb: {c: 2}\ne: x\nf: 3\n"),
        ("b: 1\nc: 2\nz: 3\n", "a", "x", ("a", "c", "b"), "b: 1\na: x\nc: 2\nz: 3\n"),
        ("b: 1\nc: 2\n", "a", "x", (), "b: 1\nc: 2\na: x\n"),
        # Before the comment of the key after it, behind what the file begins with.
        ("a:\n  # of c\n  c: 1\n", "a/b", "3", ORDER, "a:\n  b: 3\n  # of c\n  c: 1\n"),
        ("# the file\nb: 1   # one\n", "a", "NO", ORDER, "# the file\na: NO\nb: 1   # one\n"),
        # A text in another language has the quotes of that beside it.
        ("f:\n  t: 1\n", "f/n", {"en": "Few.", "lt": "Mažai."}, (), 'f:\n  t: 1\n  n: {en: "Few.", lt: "Mažai."}\n'),
        ("n: {en: Few women}\n", "n/lt", "Mažai moterų", (), "n: {en: Few women, lt: Mažai moterų}\n"),
        ("n:\n  en: Few women\n", "n/lt", "Mažai", (), "n:\n  en: Few women\n  lt: Mažai\n"),
        ("n:\n  en: >-\n    Few\n", "n/lt", "Mažai", (), 'n:\n  en: >-\n    Few\n  lt: "Mažai"\n'),
        ('n: {a: "Few"}\n', "n/b", "3", (), 'n: {a: "Few", b: 3}\n'),
        # Within braces it is written on the line of its neighbour.
        ("a: {b: 1, d: 2}\n", "a/c", "x", ORDER, "a: {b: 1, c: x, d: 2}\n"),
        ("a: { b: 1 }\n", "a/c", "x", (), "a: { b: 1, c: x }\n"),
        ("a: {b: 1,\n    d: 2}\n", "a/c", "x", ORDER, "a: {b: 1,\n    c: x, d: 2}\n"),
        # What has nothing gets its first entry; an item is written as the others are.
        ("a:  # none yet\nc: 2\n", "a/b", "1", (), "a:  # none yet\n  b: 1\nc: 2\n"),
        ("a:\nc: 2\n", "a/0", "x", (), "a:\n  - x\nc: 2\n"),
        ("a: {}\n", "a/b", "1", (), "a: {b: 1}\n"),
        ("a: []  # none\n", "a/0", "x", (), "a: [x]  # none\n"),
        ("a: [x, y]\n", "a/1", "NO", (), "a: [x, NO, y]\n"),
        (LINES, "countries/2", {"kind": "transit", "named": ["EE"]}, (),
         f"{LINES}\n  - kind: transit\n    named: [EE]\n"),
        ("a:\n  - rule: x\n    values:\n      b: 1\n", "a/0/reason", {"en": LONG}, (),
         "a:\n  - rule: x\n    values:\n      b: 1\n"
         f"    reason:\n      en: >-\n        {LONG[:109]}\n        {LONG[110:]}\n"),
        # A file keeps its line breaks and its end.
        (WINDOWS, "b/x", "y", (), WINDOWS.replace("more\r\n", "more\r\n\r\n  x: y\r\n")),
        (OPEN_END, "b/x", "y", (), f"{OPEN_END}\n  x: y"),
    ],
)  # fmt: skip
def test_an_entry_is_put_in_where_and_as_a_careful_hand_would(text, path, value, order, after):
    assert after == insert_entry(text, FILE, tuple(path.split("/")), value, order).apply(text)


def test_a_comment_within_braces_stays_or_is_taken_out_by_hand() -> None:
    text = "m: {\n  a: 1,  # one\n  # about two\n  b: 2 # two\n}\n"
    first, last = text.replace("  b: 2", "  x: 3, b: 2"), text.replace("b: 2", "b: 2, x: 3")
    assert first == insert_entry(text, FILE, ("m", "x"), "3", ("a", "x")).apply(text)
    assert last == insert_entry(text, FILE, ("m", "x"), "3").apply(text)
    for each in ("a", "b"):
        with pytest.raises(EditError, match="its comments would be lost"):
            remove_entry(text, FILE, ("m", each))


def test_a_list_of_many_words_goes_on_on_the_next_line() -> None:
    words = [f"word_{number}" for number in range(20, 40)]
    before, after = inserted("a:\n  - b: 1\n", "a/0/texts", words)
    assert ("", f"    texts: [{', '.join(words[:12])},\n      {', '.join(words[12:])}]") == (before, after)
    text = f"a:\n  - b: 1\n{after}\n"
    assert f"{text[:-2]}, word_40]\n" == insert_entry(text, FILE, ("a", "0", "texts", "20"), "word_40").apply(text)
    long = "word_" + "x" * 60
    assert f"{text[:-2]},\n      {long}]\n" == insert_entry(text, FILE, ("a", "0", "texts", "20"), long).apply(text)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        # A key goes with its own comments and no others.
        (STYLES["comments at ends"], "c", ("c: 2   # long remark\n       # that goes on", "")),
        (STYLES["comments at ends"], "a", ("a:\n  b: 1\n  # still of a", "")),
        ("# the file\na: 1\nb: 2\n", "a", ("a: 1", "")),
        ("# c\n\n# of d\nd:\n  e: 5\nf: 1\n", "d", ("# of d\nd:\n  e: 5", "")),
        # The only one leaves an empty holder, the first one of an item its hyphen.
        ("b: {f: 1}\n", "b/f", ("b: {f: 1}", "b: {}")),
        ("b:  # why\n  f: 1\n", "b/f", ("b:  # why\n  f: 1", "b: {}  # why")),
        ("b:\n- f\n", "b/0", ("b:\n- f", "b: []")),
        (LINES, "countries/0/kind", ("  - kind: destination\n    named: [LT, DE]", "  - named: [LT, DE]")),
        # No gap of two blank lines is left, and no line break where the file had none.
        ("a: 1\n\nb: 2\n\nc: 3\n", "b", ("b: 2\n", "")),
        ("a: 1\n\nb: 2\n", "b", ("b: 2\n", "")),
        (OPEN_END, "b/d", ("  d: >-\n    text", "")),
    ],
)
def test_an_entry_is_taken_out_with_all_that_is_its_own(text: str, path: str, expected: tuple[str, str]) -> None:
    assert expected == changed(text, remove_entry(text, FILE, tuple(path.split("/"))))


@pytest.mark.parametrize(
    ("text", "path", "why"),
    [
        ("a: &x 1\nb: *x\n", ("a",), "a cannot be written like this: "),
        ("a: {b: 1, # one\n  c: 2}\n", ("a",), "a: its comments would be lost"),
        ("a: 1\na: 2\n", ("a",), "a: a appears twice, or is not the number of an item"),
        ("a: [1\n", ("a",), f"{FILE} cannot be read: a comma or ] is missing"),
        ("a: 1\n", ("b",), "b: there is nothing to replace"),
        ("a: 1\n", ("a", "b"), "a / b: a is missing, or has no entries"),
        ("a:\n  b: 1\n    # deep\nc: 1\n", ("a", "b"), "a / b cannot be changed without changing other content"),
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


@settings(max_examples=150)
@given(some.sampled_from(TEXTS), some.integers(0, 1 << 32))
def test_an_edit_of_a_text_is_that_edit_of_its_data(text: str, seed: int) -> None:
    hold_to_data(text, random.Random(seed))


NARRATIVE = "data/XX/text/en/2020.md"
TEXT = """\
<!-- what the file is -->

# at_a_glance: Fewer victims

In 2020.

# framework

Three branches.

## Law {#law}

Criminal law.

## Plans {#plans}

Two plans.
<!-- what comes next -->
# children

# contacts

Write to us.
"""
NARRATIVES = [TEXT, *(path.read_bytes().decode() for path in sorted((ROOT / "tests/data/ruritania").rglob("*.md")))]
WORDS = (
    "Some words.",
    "```\ncode",
    "```\n# no heading\n```",
    "<!-- not closed",
    "<!-- closed -->",
    "# other",
    "carry: rest",
)


def written(text: str, path: str, words: str, *order: str) -> str:
    return write_text(text, NARRATIVE, tuple(path.split("/")), words, order).apply(text)


def test_a_section_is_what_stands_from_its_heading_to_its_last_word() -> None:
    assert "# at_a_glance: Fewer victims\n\nIn 2020." == text_at(TEXT, ("at_a_glance",))
    assert "# framework\n\nThree branches." == text_at(TEXT, ("framework", ""))
    assert "## Plans {#plans}\n\nTwo plans." == text_at(TEXT, ("framework", "plans"))
    assert text_at(TEXT, ("framework",)).endswith("Two plans.")
    assert "# children" == text_at(TEXT, ("children",))
    assert "" == text_at(TEXT, ("aliens",))


def test_a_section_is_put_in_where_the_outline_has_it() -> None:
    order = ("at_a_glance", "aliens", "framework", "children", "contacts")
    new = "# aliens\n\nWords."
    assert TEXT.replace("# framework", f"{new}\n\n# framework") == written(TEXT, "aliens", new, *order)
    assert TEXT.replace("<!-- what comes next", f"{new}\n\n<!-- what comes next") == written(
        TEXT, "aliens", new, "aliens", "children"
    )
    assert f"{TEXT}\n{new}\n" == written(TEXT, "aliens", new)
    assert f"{new}\n" == written("", "aliens", new)


def test_a_part_is_put_in_where_the_order_has_it() -> None:
    new = "## Aliens {#aliens}\n\nWords."
    assert TEXT.replace("## Plans", f"{new}\n\n## Plans") == written(TEXT, "framework/aliens", new, "law", "aliens")
    assert TEXT.replace("Two plans.", f"Two plans.\n\n{new}") == written(TEXT, "framework/aliens", new)
    assert TEXT.replace("# children", f"# children\n\n{new}") == written(TEXT, "children/aliens", new)


def test_a_section_is_taken_out_with_one_gap() -> None:
    assert TEXT.replace("# children\n\n", "") == written(TEXT, "children", "")
    assert TEXT.replace("\n# contacts\n\nWrite to us.\n", "") == written(TEXT, "contacts", "")


def test_a_text_keeps_its_line_breaks_and_its_end() -> None:
    windows = TEXT.replace("\n", "\r\n").rstrip()
    assert windows.replace("us.", "me.") == written(windows, "contacts", "# contacts\n\nWrite to me.\n")
    assert f"{windows}\r\n\r\n# aliens\r\n\r\nWords." == written(windows, "aliens", "# aliens\n\nWords.")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("at_a_glance", "In 2021."),
        ("at_a_glance", "# framework"),
        ("at_a_glance", "# at_a_glance\n\n# aliens\n\nWords."),
        ("at_a_glance", "# at_a_glance\n\n<!-- not closed"),
        ("at_a_glance", "# at_a_glance\n\n```\nnot closed"),
        ("framework/plans", "## Plans {#law}\n\nTwo."),
        ("framework/", ""),
        ("aliens", ""),
        ("aliens/law", "## Law {#law}\n\nWords."),
        ("contacts", "# contacts\n\n## Law {#Law}\n\nWords."),
    ],
)
def test_what_would_change_another_section_is_refused(path: str, words: str) -> None:
    with pytest.raises(
        EditError, match=r"without changing other content|cannot be written like this|nothing to remove"
    ) as refused:
        written(TEXT, path, words)
    assert NARRATIVE == refused.value.mark.path


@settings(max_examples=60)
@given(some.sampled_from(NARRATIVES), some.integers(0, 1 << 32))
def test_whatever_is_written_into_a_text_leaves_all_others_as_they_were(text: str, seed: int) -> None:
    chance = random.Random(seed)
    text = text if chance.random() < 0.7 else text.replace("\n", "\r\n").rstrip()
    headings = [(each.section, each.part) for each in heading_lines(text)]
    path = chance.choice([(chance.choice(headings)[0],), chance.choice(headings), ("new",)])
    title = f"# {path[0]}" if not path[1:] or not path[1] else f"## Title {{#{path[1]}}}"
    words = chance.choice(("", f"{title}\n\n{chance.choice(WORDS)}"))
    try:
        splice = write_text(text, NARRATIVE, path, words, [code for code, _ in headings][:: chance.randint(1, 4)])
    except EditError:
        return
    after = splice.apply(text)
    assert passages(text, path) == passages(after, path)
    assert words.replace("\n", "\r\n" if "\r\n" in text else "\n") == text_at(after, path)
    assert text == splice.inverse.apply(after)


def passages(text: str, path: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """The words of all passages elsewhere."""
    found = read_passages(text, NARRATIVE, "en", 2020)[0]
    return [
        (each.section, each.part, each.markdown.strip())
        for each in found
        if (each.section, each.part)[: len(path)] != path and each.markdown.strip()
    ]
