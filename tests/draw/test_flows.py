"""Arrows on a map, clear of codes and signs."""

from dataclasses import replace

import pytest

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.plot import (
    FlowNode,
)
from reporter.draw import flows
from reporter.draw.outlines import Rectangle
from reporter.i18n import load_locale
from reporter.model import vintage
from tests.draw.plots import FLOWS, SVG, THEME, drawn
from tests.extents import collisions
from tests.fixtures import LITHUANIA
from tests.snapshots import dataset_of


def test_arrows_of_one_width_lead_from_and_to_the_reporting_country() -> None:
    sheet = drawn(FLOWS, 108)
    lines = (path.attrib for path in sheet.root.iter(f"{SVG}path") if "stroke: #071f42" in path.attrib["style"])
    assert [text for text in ("US", "VN", "DE", "LT", "UA", "main country") if text not in sheet.words] == []
    assert 4 in [path["d"].count("M") for path in lines]


@pytest.mark.parametrize("year", [2011, 2012, 2013, 2014, 2016, 2017, 2018, 2019, 2020])
@pytest.mark.parametrize("across", [84.0, 114.0])
def test_codes_on_a_map_are_clear_of_arrows_and_signs(year: int, across: float) -> None:
    known = vintage(dataset_of(LITHUANIA, ("LT",)), "LT", year)
    figure = CHARTS["countries_year"](Context(known, load_locale("en")))
    assert figure
    assert [] == collisions(figure.plot, THEME, across)


@pytest.mark.parametrize(("rise", "mark"), [(1.0, "a tip or sign"), (3.5, "an arrow")])
def test_words_on_an_arrow_or_a_sign_are_found(rise: float, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = replace(FLOWS, nodes=(FlowNode("DE", "GERMANY", (0,), outward=True), FLOWS.nodes[1]), outside=())
    assert [] == collisions(plot, THEME, 60)
    monkeypatch.setattr(
        flows, "_sides_of", lambda spot, width: [Rectangle(spot.at[0] - 1, spot.at[1] - rise, width, 1.7)]
    )
    assert f"'GERMANY' lies on {mark}" in collisions(plot, THEME, 60)


def test_countries_that_are_named_nowhere_are_land_all_the_same() -> None:
    sheet = drawn(FLOWS, 108)
    land, named = sheet.filled(THEME.colours["not-named"]), sheet.filled(THEME.classes[flows.NAMED])
    assert (True, 3) == (len(land) > 20, len(named))
