"""The layout holds for data driven to every extreme, and for Lithuania's profiles."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.pdf import to_pdf
from reporter.pdf.fetch import Fetcher
from reporter.render import chart_widths
from tests import boxes, extremes
from tests.extents import collisions, height_of
from tests.fixtures import LITHUANIA
from tests.pdf.layouts import Made, as_one, faults, laid_out, make
from tests.type_sizes import NEAR, share_below, smallest, type_sizes

# The area of a page is 252 mm high; a chart leaves room for its caption, source and notes.
HIGHEST_CHART = 215.0
# Points: nothing is smaller than the first; few characters are smaller than 7.5.
SMALLEST, MOST_SMALL = 7.0, 0.08
MOST_PAGES = 32


# Every extreme, and nothing twice that takes as long as a whole profile.
CASES: Mapping[str, tuple[extremes.Extreme, ...]] = {
    "sixteen years, in the other theme": (extremes.every_year, extremes.other_theme),
    "one year, all missing, long labels": (extremes.one_year, extremes.all_missing, extremes.long_labels),
    "forty forms, five digits, long labels": (extremes.forty_forms, extremes.five_digits, extremes.long_labels),
}


def badly_drawn(made: Made) -> list[str]:
    """Everything wrong with the words of charts."""
    found, widths = [], chart_widths(made.document)
    for name, plot in made.document.plots().items():
        found += [f"{name}: {each}" for each in collisions(plot, made.theme, widths[name])]
        height = height_of(plot, made.theme, widths[name])
        found += [f"{name} is {height:.0f} mm high"] if height > HIGHEST_CHART else []
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_layout_survives(case: str, tmp_path: Path) -> None:
    made = make(extremes.make(tmp_path / "w", *CASES[case]), "XX", extremes.YEAR)
    assert [] == badly_drawn(made)
    assert [] == faults(laid_out(made, tmp_path / "charts"), glance=2)


def test_the_shortest_profile_is_laid_out_well(tmp_path: Path) -> None:
    made = make(LITHUANIA, "LT", 2009)
    assert [] == badly_drawn(made)
    assert [] == faults(laid_out(made, tmp_path / "charts"))


def test_the_latest_profile_in_the_longer_language_is_laid_out_well_and_keeps_its_measures(tmp_path: Path) -> None:
    made = make(LITHUANIA, "LT", 2020, "lt", produced=True)
    images = made.images(tmp_path / "charts")
    pdf = to_pdf(made.html(), images, made.theme, made.templates)
    pages = as_one(pdf.html, Fetcher(images, made.theme, made.templates))
    assert [] == badly_drawn(made)
    assert [] == faults(pages)
    assert [] == boxes.scant(pages)
    assert len(pages.pages) <= MOST_PAGES
    sizes = type_sizes(pdf.content)
    assert SMALLEST - NEAR <= smallest(sizes)
    assert MOST_SMALL >= share_below(sizes)
