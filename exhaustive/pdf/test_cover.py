"""The cover as it is laid out: no land lies below words."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from exhaustive.pdf import boxes
from reporter.data.i18n import load_locale
from reporter.data.i18n.territories import iso_of
from reporter.data.records import EditionStatus
from reporter.data.theme.cover import HEIGHT, WIDTH, europe_view, joined
from reporter.formats.html import to_html
from reporter.formats.pdf.pieces.engine import Fetcher
from reporter.report.document.document import Document, Edition
from tests.pdf.layouts import as_one
from tests.snapshots import TEMPLATES
from tests.theme.test_cover import EUROPE, THEME, on_paper

PIXEL = 25.4 / 96


@dataclass(frozen=True)
class Cover:
    """What was laid out of a cover, in mm from its left top corner."""

    map_top: float
    map_bottom: float
    head_bottom: float
    base_top: float
    # Left edge, width and colour of what head and foot stand on.
    grounds: list[tuple[float, float, str]]
    lines: list[boxes.Line]


def laid_out(edition: Edition) -> Cover:
    """The cover of an edition, on its page."""
    html = to_html(Document(edition, (), (), ()), THEME, load_locale(edition.language).text, TEMPLATES)
    pages = as_one(html, Fetcher({}, THEME, TEMPLATES))
    found: dict[str, Any] = {}
    for box in walk(pages.pages[0]._page_box):
        if box.element is not None:
            found.setdefault(box.element.get("class"), box)
    (layer,) = [each for each in found["cover"].background.layers if each.image]
    head, base = found["head"], found["base"]
    return Cover(
        map_top=layer.position[1] * PIXEL,
        map_bottom=(layer.position[1] + layer.size[1]) * PIXEL,
        head_bottom=(head.border_box_y() + head.border_height()) * PIXEL,
        base_top=base.border_box_y() * PIXEL,
        grounds=[
            (box.border_box_x(), box.border_width() * PIXEL, boxes.hex_of(box.style["background_color"], boxes.PAPER))
            for box in (head, base)
        ],
        lines=[line for line in boxes.lines(pages) if line.page == 1],
    )


def walk(box: Any) -> Any:
    """A box and all boxes in it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from walk(child)


PROFILE = Edition(
    "FI", "Finland", 2021, 2019, "en", EditionStatus.FINAL, "Trafficking in human beings", "Country profile 2021",
    "Trends, victims and responses, 2019–2021", "2021", "FI-2021", "National Rapporteur", "Ministry", "", "1 July 2022",
)  # fmt: skip


def in_words(language: str, codes: tuple[str, ...], **changes: object) -> Edition:
    """A cover with the names of countries, and the longest of its other words, in a language."""
    locale = load_locale(language)
    names = ", ".join(map(locale.country, codes))
    return replace(PROFILE, language=language, country=codes[0], country_name=names, **changes)  # type: ignore[arg-type]


LONG = {
    "tagline": "Quel est le sens de leurs chiffres pour l'année 2021, et qu'est-ce qui empêche de les comparer",
    "status": EditionStatus.DRAFT,
    "corrigendum": "Corrigendum 12, 31 September 2022",
    "legal_basis": "Directive 2011/36/EU of the European Parliament and of the Council, Articles 19 and 20",
}
TWELVE = ("UK", "BG", "CZ", "DK", "DE", "EE", "FI", "NO", "FR", "HR", "LI", "BA")
COVERS = {
    "Finland": PROFILE,
    "Cyprus, with lines": replace(PROFILE, country="CY", country_name="Cyprus", named=("EL", "UK", "IS")),
    "Norway, a corrected draft": in_words("en", ("NO",), **LONG),
    "twelve countries": in_words("de", TWELVE, sides=TWELVE, **LONG),
}


@pytest.mark.parametrize("name", COVERS)
def test_no_land_lies_below_words_and_the_country_is_whole_beside_them(name: str) -> None:
    edition = COVERS[name]
    marked = [iso_of(code) for code in edition.sides or (edition.country,)]
    cover, view = laid_out(edition), europe_view(EUROPE, marked, [iso_of(code) for code in edition.named])
    assert pytest.approx(HEIGHT) == cover.map_bottom - cover.map_top
    assert [(0, pytest.approx(WIDTH), THEME.colours["ground"].lower())] * 2 == cover.grounds
    # All words stand above the map, or on the ground of the head or the foot.
    free = [line for line in cover.lines if line.bottom * PIXEL > max(cover.map_top, cover.head_bottom)]
    assert [] == [str(line) for line in free if line.top * PIXEL < cover.base_top]
    _, top, _, bottom = on_paper(joined(EUROPE[code].extent for code in marked), view)
    assert cover.head_bottom < cover.map_top + top
    assert cover.map_top + bottom < cover.base_top
