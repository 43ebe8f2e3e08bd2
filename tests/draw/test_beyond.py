"""Countries beyond a map enter it at the side where they lie."""

from itertools import pairwise

import pytest

from reporter.document.plot import FlowNode
from reporter.draw.beyond import MapSide, entries, entry, places, spread, way_to
from reporter.draw.framing import closest
from reporter.draw.outlines import Rectangle
from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP, on_map_of
from reporter.theme.atlas import countries
from tests.draw.plots import ASSETS

EUROPE, WORLD = countries(ASSETS, "europe"), countries(ASSETS, "world")
HOMES = sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE & WORLD.keys())
BOX = Rectangle(9, 0, 90, 38)


def node(code: str) -> FlowNode:
    return FlowNode(code, code, (0,), inward=True)


def sides(home: str, codes: str) -> dict[str, str]:
    start = closest(EUROPE, home, (), BOX).project(EUROPE[home].centre)
    return {each.node.code: each.side.value for each in entries(map(node, codes.split()), WORLD, home, start, BOX)}


@pytest.mark.parametrize(
    ("home", "left", "bottom", "right"),
    [
        ("LT", "US CA", "MA NG BR", "VN CN AM"),
        ("FI", "US", "MA NG CM SO", "CN VN"),
        ("PT", "US CO", "MA NG AO", "IN CN"),
        ("CY", "US CA", "NG CM ET", "CN IR VN"),
        ("MT", "US MX", "LY NG GH", "CN JP"),
        ("IE", "US CA MX", "MA NG", "CN"),
        ("NO", "US MX", "NG ER", "CN PH"),
        ("ES", "US CA", "MA SN NG", "CN IN"),
    ],
)
def test_a_country_enters_where_a_reader_of_maps_looks_for_it(home: str, left: str, bottom: str, right: str) -> None:
    expected = {"left": left, "bottom": bottom, "right": right}
    found = sides(home, " ".join(expected.values()))
    assert expected == {
        side: " ".join(code for code in codes.split() if found[code] == side) for side, codes in expected.items()
    }


@pytest.mark.parametrize("home", HOMES)
def test_every_country_of_the_world_enters_on_its_own_side_of_every_other(home: str) -> None:
    start = closest(EUROPE, home, (), BOX).project(EUROPE[home].centre)
    wrong = []
    for code in WORLD.keys() - on_map_of(home):
        (dx, dy), (side, at) = way_to(WORLD, home, code), entry(way_to(WORLD, home, code), start, BOX)
        lies = {MapSide.LEFT: dx < 0, MapSide.RIGHT: dx > 0, MapSide.BOTTOM: dy > abs(dx)}
        low, high = (BOX.x, BOX.right) if side is MapSide.BOTTOM else (BOX.y, BOX.bottom)
        # On the bottom they stand west or east of the reporting country as they lie.
        aside = side is not MapSide.BOTTOM or (at - start[0]) * dx >= 0
        wrong += [] if lies[side] and aside and low <= at <= high else [code]
    assert [] == wrong


def test_a_code_on_no_map_enters_from_the_east() -> None:
    assert MapSide.RIGHT is entry(way_to(WORLD, "LT", "??"), (50, 20), BOX)[0]


def test_they_stand_outside_the_map_in_the_order_in_which_they_lie() -> None:
    codes = "US CA MX MA NG SO CN VN IN"
    found = entries(map(node, codes.split()), WORLD, "LT", (60.0, 15.0), BOX)
    stand = {each.code: at for each, at in places(found, BOX, 1.15)}
    assert set(codes.split()) == stand.keys()
    assert all(x < BOX.x or x > BOX.right or y > BOX.bottom for x, y in stand.values())
    assert stand["MA"][0] < stand["NG"][0] < stand["SO"][0]
    assert stand["CA"][1] < stand["US"][1]


def test_only_those_that_have_no_room_at_all_are_left_out() -> None:
    found = entries((FlowNode(f"?{n}", "", (0,)) for n in range(40)), WORLD, "LT", (60.0, 15.0), BOX)
    at = [y for _, (_, y) in places(found, BOX, 1.15)]
    beside, below = [y for y in at if y <= BOX.bottom], [y for y in at if y > BOX.bottom]
    assert (8, 11) == (len(beside), len(below))
    assert min(b - a for a, b in pairwise(beside)) > 4


@pytest.mark.parametrize("wanted", [[], [5.0], [5.0, 5.0, 5.0], [0.0, 1.0, 30.0], [28.0, 29.0, 30.0], [1.0] * 20])
def test_places_are_apart_and_between_their_limits(wanted: list[float]) -> None:
    found = spread(wanted, 2, 29, 3)
    assert len(wanted) == len(found)
    assert all(2 <= at <= 29 for at in found)
    assert all(b - a > 1.4 for a, b in pairwise(found))


def test_a_place_that_is_free_is_kept() -> None:
    assert [4.0, 10.0, 20.0] == spread([4.0, 10.0, 20.0], 0, 30, 5)
