"""The cover: its map shows the country whole, and no land lies below words."""

import pytest

from reporter.data.i18n.territories import NEIGHBOURS, NEVER_WHOLE, ON_MAP
from reporter.data.theme.cover import (
    FREE,
    HEIGHT,
    WIDTH,
    Extent,
    countries,
    cover_map,
    europe_view,
    extent_of,
    joined,
    world_view,
)
from reporter.data.theme.tokens import load_theme
from reporter.formats.pdf.pieces.engine import Fetcher
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES

THEME = load_theme(ROOT / "assets")
EUROPE, WORLD = (countries(ROOT / "assets", name) for name in ("europe", "world"))
HOMES = sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE)
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
