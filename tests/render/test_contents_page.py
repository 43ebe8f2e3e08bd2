"""The contents fit a page, however long the document is."""

import pytest

from reporter.document.document import Section
from reporter.render.contents_page import contents_setting, halves


def test_contents_stand_in_two_columns_of_about_one_length() -> None:
    chapters = tuple(Section(str(n), str(n), "", 1, 0) for n in range(5))
    assert [2, 3] == sorted(map(len, halves(chapters)))
    assert ((), ()) == halves(())


@pytest.mark.parametrize(
    ("chapters", "sections", "setting"),
    [(0, 0, "roomy"), (10, 1, "roomy"), (10, 4, "usual"), (12, 6, "tight"), (14, 20, "chapters")],
)
def test_the_longer_the_contents_the_tighter_they_are_set(chapters: int, sections: int, setting: str) -> None:
    below = tuple(Section(f"s{n}", f"1.{n}", "Cases", 2) for n in range(sections))
    assert setting == contents_setting(tuple(Section(f"c{n}", f"{n}", "Cases", 1, (), below) for n in range(chapters)))
