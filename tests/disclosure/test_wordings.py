"""What a narrative says to one audience only."""

import pytest

from reporter.disclosure.wordings import for_public, for_restricted
from reporter.load.yaml_tree import ReadError

PATH = "data/XX/text/en/2022.md"
TEXT = """\
# victims
Before.

::: restricted
In 2022, one was a child.

She was found.
:::
::: public
Some were children.
:::
After.
"""


def refused(text: str) -> str:
    with pytest.raises(ReadError) as found:
        for_public(text, PATH)
    return str(found.value.finding)


def test_the_public_reads_its_wording_on_the_same_lines() -> None:
    lines = for_public(TEXT, PATH).split("\n")
    assert ["# victims", "Before.", "", "", "", "", "", "", "", "Some were children.", "", "After.", ""] == lines


def test_a_restricted_edition_has_the_other_wording() -> None:
    lines = for_restricted(TEXT, PATH).split("\n")
    told = ["# victims", "Before.", "", "", "In 2022, one was a child.", "", "She was found.", "", "", "", "", "After."]
    assert [*told, ""] == lines


def test_lines_end_as_they_did() -> None:
    assert "a\r\n\r\n\r\n\r\nb\r" == for_public("a\r\n::: restricted\r\nx\r\n:::\r\nb\r", PATH)


def test_comments_say_nothing_and_keep_their_lines() -> None:
    assert "a <!--\n --> b\n<!-- -->\n" == for_public("a <!-- 1\n2 --> b\n<!-- 3 -->\n", PATH)
    assert "a <!--\n\n" == for_public("a <!-- 1\n2\n", PATH)


def test_a_mark_within_a_comment_is_none() -> None:
    assert "a\n<!--\n\n -->\nb\n" == for_public("a\n<!--\n::: restricted\n-->\nb\n", PATH)
    assert "<!-- ::: -->" == for_restricted("<!-- ::: -->", PATH)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a\n::: restricted\nb\n", 2, "::: restricted is not closed before the next mark, section or part"),
        ("::: restricted\n# next\n:::\n", 1, "::: restricted is not closed before the next mark, section or part"),
        ("::: public\n::: restricted\n:::\n", 1, "::: public is not closed before the next mark, section or part"),
        ("a\n\n:::\n", 3, "::: closes nothing"),
        ("::: secret\na\n:::\n", 1, "::: is no mark that says to whom something is told"),
    ],
)
def test_a_mark_that_makes_no_block_is_told_and_nothing_else(text: str, line: int, message: str) -> None:
    assert refused(text).startswith(f"{PATH}:{line}:1: error: {message} [wording-block]")
    assert text.split("\n")[line - 1] == for_restricted(text, PATH).split("\n")[line - 1]
