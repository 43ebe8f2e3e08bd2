"""Arrows on a map, clear of codes and signs."""

from dataclasses import replace

import pytest

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.plot import FlowNode, Flows
from reporter.draw import flows
from reporter.draw.choropleth import HOME_DOT
from reporter.draw.outlines import Rectangle
from reporter.draw.text_width import POINT
from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.model.geography import iso_of, on_map_of
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


# A reporting country, whence victims come, where they go: at each edge of Europe, very small, and beside it.
LISTS = {
    "FI": ("NG VN SO MA IQ TH NP PH", ""),
    "CY": ("NG CM IN NP RO BG", "EL UK"),
    "PT": ("BR MD IN RO MA", "ES NL"),
    "MT": ("PH CN NG UA", ""),
    "IE": ("BR NG RO", "UK"),
    "EL": ("BG RO NG PK AL", "CY"),
    "NO": ("LT NG RO PH", "SE"),
    "HR": ("BA RS FR", "DE AT"),
    "LU": ("PT RO NG", "LU"),
    "IS": ("RO LT UA VE", ""),
    "TR": ("KG UZ SY MD MA", "NL"),
    "GE": ("", "TR AE EL"),
}


def flows_of(home: str) -> Flows:
    """What the map of a country's year shows."""
    origin, destination = (codes.split() for codes in LISTS[home])
    shown = on_map_of(home)
    nodes = [
        FlowNode(
            iso_of(code),
            code,
            tuple(n for n, codes in enumerate((origin, destination)) if code in codes),
            inward=code in origin,
            outward=code in destination and code != home,
        )
        for code in dict.fromkeys((home, *origin, *destination))
    ]
    inside = tuple(node for node in nodes if node.code in shown)
    outside = tuple(node for node in nodes if node not in inside)
    return replace(FLOWS, nodes=inside, outside=outside, kinds=("from", "to"), home=iso_of(home))


@pytest.mark.parametrize("home", LISTS)
@pytest.mark.parametrize("across", [84.0, 114.0])
def test_every_country_has_its_code_wherever_the_reporting_country_lies(home: str, across: float) -> None:
    plot = flows_of(home)
    assert [] == collisions(plot, THEME, across)
    codes = [node.label for node in (*plot.nodes, *plot.outside)]
    assert sorted(codes) == sorted(drawn(plot, across).words[: len(codes)])


def test_countries_stand_at_the_side_where_they_lie() -> None:
    sheet = drawn(flows_of("FI"), 114)
    at = {item.words: item for item in sheet.printed}
    land = [point for outline in sheet.filled(THEME.colours["land"]) for point in outline]
    # Morocco and Nigeria below the map, Vietnam and the Philippines to its right.
    assert max(y for _, y in land) < min(at[code].top for code in ("MA", "NG", "SO", "IQ"))
    assert max(x for x, _ in land) < min(at[code].left for code in ("VN", "PH"))


def test_a_very_small_reporting_country_is_a_ring_with_its_code_beside_it() -> None:
    sheet = drawn(flows_of("MT"), 114)
    ring = sheet.stroked(THEME.colours["ink"])[0]
    (code,) = [item for item in sheet.printed if item.words == "MT"]
    assert 2 * HOME_DOT / POINT == pytest.approx(width_of(ring), abs=0.1)
    assert code.right < min(x for x, _ in ring)


def width_of(outline: list[tuple[float, float]]) -> float:
    """The width of an outline in points."""
    return max(x for x, _ in outline) - min(x for x, _ in outline)


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
    land, named = sheet.filled(THEME.colours["land"]), sheet.filled(THEME.classes[flows.NAMED])
    assert (True, 3) == (len(land) > 20, len(named))
