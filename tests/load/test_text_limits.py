"""How much a narrative may hold, and what is told where it is more."""

import pytest

from reporter.load.text import read_passages
from reporter.load.text_limits import beyond_limits

HEAD = "# victims\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "a\n" * 10_001, "10001 the text has more than 10,000 lines"),
        (HEAD + "first\n\n" + "word " * 2_001, "5 a paragraph has more than 10,000 characters"),
        (HEAD + ("line\n" * 2_001), "3 a paragraph has more than 10,000 characters"),
        (HEAD + "a\n\n" + "[a " * 2_001, "5 the text has more than 2,000 of the signs [, < and `"),
        (
            HEAD + ("*" * 5_000 + "\n\n") * 5,
            "11 the text has more than 20,000 of the signs *, _, &, braces and backslashes",
        ),
    ],
)
def test_the_first_line_of_too_much_is_told(text: str, expected: str) -> None:
    found = beyond_limits(text, "a.md")
    assert found is not None
    assert expected == f"{found.mark.line} {found.message}"
    assert ((), [found]) == read_passages(text, "a.md", "en", 2020)


def test_a_long_text_in_paragraphs_is_read() -> None:
    text = HEAD + ("word " * 1_000 + "\n\n") * 90
    assert beyond_limits(text, "a.md") is None
    assert [len(text) - len("# victims\n")] == [
        len(each.markdown) for each in read_passages(text, "a.md", "en", 2020)[0]
    ]
