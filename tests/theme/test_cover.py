"""The cover: its map shows the country whole, and no land lies below words."""

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import pytest

from reporter.document.document import Document, Edition
from reporter.i18n import PROTOCOL, load_locale
from reporter.model import EditionStatus
from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP, iso_of
from reporter.pdf.fetch import Fetcher
from reporter.render import to_html
from reporter.theme.atlas import Extent, countries, extent_of, joined
from reporter.theme.cover import FREE, HEIGHT, WIDTH, cover_map, europe_view, world_view
from reporter.theme.tokens import load_theme
from tests import boxes
from tests.fixtures import ROOT
from tests.pdf.layouts import as_one
from tests.snapshots import TEMPLATES

THEME = load_theme(ROOT / "assets")
EUROPE, WORLD = (countries(ROOT / "assets", name) for name in ("europe", "world"))
HOMES = sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE)
MEMBERS = [iso_of(code) for code in PROTOCOL]
PIXEL = 25.4 / 96


def on_paper(extent: Extent, view: Extent) -> tuple[float, float, float, float]:
    """The left, top, right and bottom of something in mm of the cover's map."""
    scale = view.width / WIDTH
    left, right = (extent.left - view.left) / scale, (extent.right - view.left) / scale
    return left, (view.top - extent.top) / scale, right, (view.top - extent.bottom) / scale


def is_free(extent: Extent, view: Extent) -> bool:
    """Whether it is whole on the map, clear of its edges and of the longest title."""
    left, top, right, bottom = on_paper(extent, view)
    return left >= 13 and top >= HEIGHT - FREE - 0.01 and right <= WIDTH - 13 and bottom <= HEIGHT - 12


@pytest.mark.parametrize("home", HOMES)
def test_the_country_of_the_edition_is_whole_whoever_is_named(home: str) -> None:
    others = sorted(ON_MAP - {home})
    for named in ([], ["IS", "CY"], ["PT"], others):
        view = europe_view(EUROPE, [home], [code for code in named if code != home])
        assert is_free(EUROPE[home].extent, view)
        ends = [extent_of([EUROPE[code].centre]) for code in named]
        assert [] == [
            end for end in ends if not end.within(view.padded(-13 * view.width / WIDTH, -12 * view.width / WIDTH))
        ]


def test_any_countries_of_a_comparison_are_whole_together() -> None:
    extents = {code: EUROPE[code].extent for code in (*MEMBERS, "IS", "TR", "NO")}
    for pair in combinations(extents, 2):
        assert is_free(joined(extents[code] for code in pair), europe_view(EUROPE, pair, ()))
    assert is_free(joined(extents.values()), europe_view(EUROPE, list(extents), ()))


def test_the_map_of_a_country_far_away_is_that_of_the_world() -> None:
    view = world_view(WORLD)
    assert is_free(joined(extent_of(ring) for land in WORLD.values() for ring in land.rings), view)
    world = f'viewBox="{view.left:g} {-view.top:g} {view.width:g} {view.height:g}"'.encode()
    assert [] == [code for code in ("US", "MA", "RU", "SG", "LT-US") if world not in cover_map(THEME, code)]


def test_the_country_of_the_edition_is_marked_by_its_iso_code() -> None:
    gold = THEME.colours["gold"].encode()
    assert b'<path d="M' in cover_map(THEME, "EL").partition(b"stroke-linejoin")[2].partition(gold)[0]
    assert b'<path d="" fill' in cover_map(THEME, "XX")


@pytest.mark.parametrize(("code", "rings"), [("MT", 1), ("LU", 1), ("AD", 1), ("SG", 1), ("FI", 0), ("MT-LU-FI", 2)])
def test_a_country_that_can_hardly_be_seen_has_a_ring(code: str, rings: int) -> None:
    assert rings == cover_map(THEME, code).count(b"<circle")


def test_a_line_leads_to_each_country_named_that_the_map_shows() -> None:
    assert 0 == cover_map(THEME, "LT").count(b"Q")
    assert 2 == cover_map(THEME, "LT", ("DE", "UK", "US", "LT")).count(b"Q")
    assert 0 == cover_map(THEME, "XX", ("DE",)).count(b"Q")
    assert Fetcher({}, THEME, TEMPLATES).fetch("map:LT?named=DE,UK").read() == cover_map(THEME, "LT", ("DE", "UK"))


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
    "twelve countries": in_words("de", TWELVE, beside=TWELVE, **LONG),
}


@pytest.mark.parametrize("name", COVERS)
def test_no_land_lies_below_words_and_the_country_is_whole_beside_them(name: str) -> None:
    edition = COVERS[name]
    marked = [iso_of(code) for code in edition.beside or (edition.country,)]
    cover, view = laid_out(edition), europe_view(EUROPE, marked, [iso_of(code) for code in edition.named])
    assert pytest.approx(HEIGHT) == cover.map_bottom - cover.map_top
    assert [(0, pytest.approx(WIDTH), THEME.colours["ground"].lower())] * 2 == cover.grounds
    # All words stand above the map, or on the ground of the head or the foot.
    free = [line for line in cover.lines if line.bottom * PIXEL > max(cover.map_top, cover.head_bottom)]
    assert [] == [str(line) for line in free if line.top * PIXEL < cover.base_top]
    _, top, _, bottom = on_paper(joined(EUROPE[code].extent for code in marked), view)
    assert cover.head_bottom < cover.map_top + top
    assert cover.map_top + bottom < cover.base_top
