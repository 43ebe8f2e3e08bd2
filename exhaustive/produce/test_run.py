# ruff: noqa: F401 - tests and fixtures are found by their names
"""What tests/produce/test_run.py reads in Ruritania's report, read in Lithuania's; and the same bytes elsewhere."""

import pytest

from tests.fixtures import LITHUANIA, RURITANIA, Profile, build, copy_workspace, elsewhere
from tests.produce.test_run import (
    test_chart_words_are_text_on_the_page,
    test_every_chart_has_alt_text,
    test_every_value_that_may_be_printed_is_on_a_page,
    test_nothing_but_the_report_its_record_and_its_checksum_is_left_in_the_folder,
    test_the_bookmarks_are_the_sections_with_their_numbers,
    test_the_pdf_says_its_title_author_language_and_is_tagged,
    test_the_record_beside_the_report_tells_its_checksum,
    test_the_words_of_the_profile_are_the_golden_ones,
    test_the_year_is_two_pages_before_the_first_chapter,
)


@pytest.fixture(scope="session")
def profile(lithuanian: Profile) -> Profile:
    return lithuanian


def test_the_same_input_gives_the_same_bytes_elsewhere(lithuanian, tmp_path):
    other = tmp_path / "another folder"
    copy_workspace(LITHUANIA, other)
    build(other, "LT", 2020, "--lang", "en", **elsewhere(tmp_path / "temporary files"))
    made, again = (sorted((root / "build/LT/2020").glob("*.pdf")) for root in (lithuanian.workspace, other))
    assert ["LT-2020-data-and-methods-en.pdf", "LT-2020-en.pdf"] == [path.name for path in made]
    assert {path.name: path.read_bytes() for path in made} == {path.name: path.read_bytes() for path in again}
