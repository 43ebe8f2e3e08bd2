"""The layout holds for data driven to every extreme, and for Lithuania's profiles."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from weasyprint import Document as Pages  # type: ignore[import-untyped]

from exhaustive.pdf import boxes
from reporter.pdf import to_pdf
from reporter.pdf.fetch import Fetcher
from reporter.render import chart_widths
from tests import extremes, small
from tests.extents import collisions, height_of
from tests.fixtures import LITHUANIA, RURITANIA
from tests.pdf.layouts import Made, as_one, make
from tests.type_sizes import NEAR, share_below, smallest, type_sizes

# What stands on one page of its own, however much there is to say.
FIXED, GLANCE = ("cover", "imprint", "contents", "back"), "section-at_a_glance"
# The area of a page is 252 mm high; a chart leaves room for its caption, source and notes.
HIGHEST_CHART = 215.0
# Points: nothing is smaller than the first; few characters are smaller than 7.5.
SMALLEST, MOST_SMALL = 7.0, 0.08


# Every extreme, alone where the others would hide it.
CASES: Mapping[str, tuple[extremes.Extreme, ...]] = {
    "all missing": (extremes.all_missing,),
    "sixteen years": (extremes.every_year,),
    "one year, all missing, long labels": (extremes.one_year, extremes.all_missing, extremes.long_labels),
    "one year, forty forms, five digits, long labels": (
        extremes.one_year,
        extremes.forty_forms,
        extremes.five_digits,
        extremes.long_labels,
    ),
    "forty forms, five digits, long labels, long text": (
        extremes.forty_forms,
        extremes.five_digits,
        extremes.long_labels,
        extremes.long_text,
    ),
}


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


# The shortest, the one with the longest notes at a glance, the latest; and Lithuanian is longer than English.
@pytest.mark.parametrize(("year", "language"), [(2009, "en"), (2018, "lt"), (2020, "lt")])
def test_the_lithuanian_profiles_are_laid_out_well(year: int, language: str, tmp_path: Path) -> None:
    made = make(LITHUANIA, "LT", year, language)
    assert [] == badly_drawn(made)
    assert [] == faults(laid_out(made, tmp_path / "charts"))


def test_the_layout_survives_in_the_other_theme(tmp_path: Path) -> None:
    root = extremes.make(tmp_path / "w", extremes.long_labels)
    with (root / "reporter.yaml").open("a") as file:
        file.write("theme: eu-blue\n")
    made = make(root, "XX", extremes.YEAR)
    assert "eu-blue" == made.theme.name
    assert [] == faults(laid_out(made, tmp_path / "charts"), glance=2)


def test_a_country_without_contacts_has_a_back_cover_all_the_same(plain: Made, tmp_path: Path) -> None:
    assert plain.document.contact is None
    assert [] == faults(laid_out(plain, tmp_path))


@pytest.mark.parametrize(
    ("country", "year", "language", "most"),
    [
        ("LT", 2020, "en", 30),
        ("LT", 2020, "lt", 32),
        ("LT", 2014, "en", 30),
        ("XX", 2022, "en", 30),
        ("YY", 2020, "en", 12),
    ],
)
def test_a_profile_keeps_its_measures(country: str, year: int, language: str, most: int, tmp_path: Path) -> None:
    root = LITHUANIA if country == "LT" else RURITANIA if country == "XX" else small.write(tmp_path / "w")
    made = make(root, "XX" if country == "YY" else country, year, language, produced=True)
    pages = laid_out(made, tmp_path / "charts")
    assert [] == boxes.scant(pages)
    assert [] == boxes.low_headings(pages)
    assert len(pages.pages) <= most
    sizes = type_sizes(to_pdf(made.html(), made.images(tmp_path / "charts"), made.theme, made.templates).content)
    assert SMALLEST - NEAR <= smallest(sizes)
    assert MOST_SMALL >= share_below(sizes)
