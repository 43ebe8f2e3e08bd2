import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporter.edit.amendment import text_at, write_text
from reporter.edit.splice import EditError
from reporter.load.text import heading_lines, read_passages
from tests.fixtures import ROOT

FILE = "data/XX/text/en/2020.md"
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
TEXTS = [TEXT, *(path.read_bytes().decode() for path in sorted((ROOT / "tests/data/ruritania").rglob("*.md")))]
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
    return write_text(text, FILE, tuple(path.split("/")), words, order).apply(text)


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
    with pytest.raises(EditError, match=r"without changing more|cannot be written so|nothing to be removed") as refused:
        written(TEXT, path, words)
    assert FILE == refused.value.mark.path


@settings(max_examples=60)
@given(some.sampled_from(TEXTS), some.integers(0, 1 << 32))
def test_whatever_is_written_into_a_text_leaves_all_others_as_they_were(text: str, seed: int) -> None:
    chance = random.Random(seed)
    text = text if chance.random() < 0.7 else text.replace("\n", "\r\n").rstrip()
    headings = [(each.section, each.part) for each in heading_lines(text)]
    path = chance.choice([(chance.choice(headings)[0],), chance.choice(headings), ("new",)])
    title = f"# {path[0]}" if not path[1:] or not path[1] else f"## Title {{#{path[1]}}}"
    words = chance.choice(("", f"{title}\n\n{chance.choice(WORDS)}"))
    try:
        splice = write_text(text, FILE, path, words, [code for code, _ in headings][:: chance.randint(1, 4)])
    except EditError:
        return
    after = splice.apply(text)
    assert passages(text, path) == passages(after, path)
    assert words.replace("\n", "\r\n" if "\r\n" in text else "\n") == text_at(after, path)
    assert text == splice.inverse.apply(after)


def passages(text: str, path: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """The words of all passages elsewhere."""
    found = read_passages(text, FILE, "en", 2020)[0]
    return [
        (each.section, each.part, each.markdown.strip())
        for each in found
        if (each.section, each.part)[: len(path)] != path and each.markdown.strip()
    ]
