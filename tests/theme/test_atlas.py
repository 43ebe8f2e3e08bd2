"""How far countries reach: whole, but without what lies overseas."""

import pytest

from reporter.model.geography import NEIGHBOURS, NEVER_WHOLE, ON_MAP
from reporter.theme.atlas import Extent, countries, extent_of, joined
from tests.fixtures import ROOT

EUROPE = countries(ROOT / "assets", "europe")
DRAWN = joined(extent_of(ring) for land in EUROPE.values() for ring in land.rings)


@pytest.mark.parametrize("code", sorted((ON_MAP | NEIGHBOURS) - NEVER_WHOLE))
def test_a_country_that_maps_show_whole_is_whole_in_the_file(code: str) -> None:
    inner = DRAWN.padded(-1, -1)
    assert all(extent_of(ring).within(inner) for ring in EUROPE[code].home_rings)


@pytest.mark.parametrize(
    ("code", "left", "bottom", "right", "top"),
    [
        ("ES", 2767, 1584, 3833, 2463),  # with the Balearic Islands, without the Canaries
        ("PT", 2636, 1734, 2974, 2296),  # without Madeira and the Azores
        ("FR", 3234, 2032, 4284, 3136),  # with Corsica, without Guiana and Réunion
        ("GB", 3158, 3103, 3762, 4235),  # with Shetland and Northern Ireland
        ("GR", 5150, 1451, 5955, 2216),  # with Crete and Rhodes
        ("TR", 5653, 1683, 7315, 2642),  # with Thrace and the east
    ],
)
def test_islands_near_by_count_and_those_overseas_do_not(
    code: str, left: int, bottom: int, right: int, top: int
) -> None:
    assert Extent(left, bottom, right, top) == EUROPE[code].extent


def test_what_lies_overseas_is_on_the_map_all_the_same() -> None:
    overseas = {code for code, land in EUROPE.items() if set(land.rings) - set(land.home_rings)}
    assert {"ES", "PT", "NO"} <= overseas
    assert EUROPE["NO"].extent.top < 5500 < max(y for ring in EUROPE["NO"].rings for _, y in ring)


def test_the_area_of_a_country_is_known_where_the_file_does_not_state_it() -> None:
    world = countries(ROOT / "assets", "world")
    assert pytest.approx(EUROPE["FR"].area, rel=0.2) == world["FR"].area
