"""What readers were promised of the profile: its length, full pages, letters large enough, no heading left alone."""

from pathlib import Path

import pytest

from reporter.pdf import to_pdf
from tests import boxes, small
from tests.fixtures import LITHUANIA, RURITANIA
from tests.pdf.layouts import laid_out, make
from tests.pdf.sizes import letters_by_size

# Points: nothing is smaller than the first, and few letters are smaller than the second.
SMALLEST, SMALL, MOST_SMALL = 7.0, 7.5, 0.08


@pytest.mark.parametrize(
    ("country", "year", "language", "most"),
    [
        ("LT", 2020, "en", 30),
        ("LT", 2020, "lt", 32),
        ("LT", 2014, "en", 30),
        ("XX", 2022, "en", 30),
        ("YY", 2021, "en", 12),
    ],
)
def test_a_profile_keeps_its_measures(country: str, year: int, language: str, most: int, tmp_path: Path) -> None:
    root = LITHUANIA if country == "LT" else RURITANIA if country == "XX" else small.workspace(tmp_path)
    made = make(root, country, year, language)
    pages = laid_out(made, tmp_path / "charts")
    assert [] == boxes.scant(pages)
    assert [] == boxes.low_headings(pages)
    assert len(pages.pages) <= most
    sizes = letters_by_size(to_pdf(made.html(), made.images(tmp_path / "charts"), made.theme, made.templates).content)
    assert SMALLEST <= min(sizes)
    assert MOST_SMALL >= sum(count for size, count in sizes.items() if size < SMALL) / sizes.total()
