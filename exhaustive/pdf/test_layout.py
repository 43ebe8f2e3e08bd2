"""The layout holds for data driven to every extreme, and for Lithuania's profiles."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from matplotlib import rc_context
from weasyprint import Document as Pages  # type: ignore[import-untyped]

from exhaustive.pdf import boxes, extremes
from reporter.data.theme.tokens import Theme
from reporter.formats.html import chart_widths
from reporter.formats.pdf import to_pdf
from reporter.formats.pdf.pieces.engine import Fetcher
from reporter.formats.svg import KINDS
from reporter.formats.svg.canvas import SETTINGS, Canvas
from reporter.report.document.plot import Plot
from tests.extents import collisions
from tests.fixtures import LITHUANIA
from tests.pdf.layouts import Made, as_one, make
from tests.type_sizes import NEAR, share_below, smallest, type_sizes

# What stands on one page of its own, however much there is to say.
FIXED, GLANCE = ("cover", "imprint", "contents", "back"), "section-at_a_glance"
# The area of a page is 252 mm high; a chart leaves room for its caption, source and notes.
HIGHEST_CHART = 215.0
# Points: nothing is smaller than the first; few characters are smaller than 7.5.
SMALLEST, MOST_SMALL = 7.0, 0.08
MOST_PAGES = 32
# A line of running text has so many characters; of such lines, so few end in a hyphen in Lithuanian.
LINE, MOST_HYPHENS = 35, 0.12


# Every extreme, and nothing twice that takes as long as a whole profile.
CASES: Mapping[str, tuple[extremes.Extreme, ...]] = {
    "sixteen years, in the other theme": (extremes.every_year, extremes.other_theme),
    "one year, all missing, long labels": (extremes.one_year, extremes.all_missing, extremes.long_labels),
    "forty forms, five digits, long labels": (extremes.forty_forms, extremes.five_digits, extremes.long_labels),
}


def height_of(plot: Plot, theme: Theme, width: float) -> float:
    """How high a chart is in mm."""
    with rc_context(dict(SETTINGS)):
        return KINDS[type(plot)](Canvas(theme, width), plot)


def laid_out(made: Made, cache: Path) -> Pages:
    """Its pages, laid out as a whole from the HTML in the order of its pieces. Fails when the layout has anything to
    complain about, or when the pieces have other pages."""
    images = made.images(cache)
    pdf = to_pdf(made.html(), images, made.theme, made.templates)
    whole = as_one(pdf.html, Fetcher(images, made.theme, made.templates))
    assert pdf.pages == len(whole.pages)
    return whole


def faults(pages: Pages, glance: int = 1) -> list[str]:
    """Everything wrong with pages; with extreme labels and figures, the map at a glance may go on to a second one."""
    fixed = [
        f"{part} stands on {boxes.pages_of(pages, part)} pages" for part in FIXED if boxes.pages_of(pages, part) != 1
    ]
    shown = boxes.pages_of(pages, GLANCE)
    fixed += [f"at a glance stands on {shown} pages"] if shown > glance else []
    last = [] if boxes.is_on(pages, "back", len(pages.pages)) else ["the back cover is not the last page"]
    return [
        *boxes.overflows(pages),
        *boxes.overlaps(pages),
        *boxes.orphans(pages),
        *boxes.nearly_empty(pages),
        *boxes.low_headings(pages),
        *boxes.unreadable(pages),
        *fixed,
        *last,
    ]


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
    reader = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf.content, capture_output=True, check=True)
    lines = [line for line in reader.stdout.decode().splitlines() if len(line) >= LINE]
    assert MOST_HYPHENS >= sum(line.endswith("-") for line in lines) / len(lines)
