"""Charts: what is drawn, what is printed, that it stays on the sheet, and that it is the same every time."""

import io
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from matplotlib import rcParams

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.plot import (
    Bar,
    Choropleth,
    Columns,
    Dot,
    FlowNode,
    Flows,
    Land,
    Layer,
    MapPanel,
    Matrix,
    Panels,
    Pile,
    Plot,
    Ranges,
    Ranking,
    Slope,
    Slopes,
    Span,
    Spans,
    Spark,
    Stack,
    Stop,
    Units,
)
from reporter.draw import KINDS, draw, flows
from reporter.draw.__main__ import main
from reporter.draw.axis import Scale, scale, tick_texts
from reporter.draw.fills import DOTS, PINLINES, PLAIN, fills
from reporter.draw.land import countries, simplify_borders
from reporter.draw.outlines import Rectangle
from reporter.draw.slopes import RADIUS, RING, UNLIKE
from reporter.draw.text_width import LABEL, POINT, TextStyle, font_face, width, wrap
from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.model.geography import ON_MAP
from reporter.theme.tokens import load_theme
from tests.conftest import LITHUANIA, ROOT
from tests.extents import collisions
from tests.snapshots import dataset_of

ASSETS = ROOT / "assets"
THEME = load_theme(ASSETS)
SVG = "{http://www.w3.org/2000/svg}"
YEARS = tuple(str(year) for year in range(2009, 2021))
LONG = "Asmenys, kuriems pareikšti įtarimai dėl prekybos žmonėmis bylose"


def bars(*values: int | None, latest: int = 2) -> tuple[Bar, ...]:
    """Bars with their figures, the latest emphasised."""
    return tuple(
        Bar(None, ":")
        if value is None
        else Bar(Decimal(value), f"{value:,}".replace(",", "\u00a0"), n >= len(values) - latest)
        for n, value in enumerate(values)
    )


OPENED = Columns("New investigations", YEARS, bars(23, 15, 21, 11, 23, 24, 27, 29, 35, 14, 16, 11), 0)
VICTIMS = Columns("Victims identified", YEARS, bars(None, 22, 45, 14, 47, 47, None, 45, 60, 44, 39, 24), 3)
FORMS = Stack(
    YEARS[-3:],
    (
        Layer("Labour exploitation", bars(3, 1, 3), 1),
        Layer("Forced criminal activities", bars(7, 7, 4), 0),
        Layer("not stated", bars(4, 8, None), 0, remainder=True),
    ),
    bars(14, 16, 7),
)
PEOPLE = Units((Pile("women", 16, "16", 3, "woman"), Pile("men", 7, "7", 0, "man"), Pile("child", 1, "1", 1, "child")))
PLANS = Spans(
    (
        Span("Second action plan", Decimal(2005), Decimal(2008), "2005–2008"),
        Span(
            "Public Security Development Programme",
            Decimal(2015),
            None,
            "since 2015",
            emphasised=True,
            accent=4,
        ),
    ),
    2002,
    2022,
    2020,
)
NAMED = Matrix(
    ("Germany", "United Kingdom"),
    ("2018", "2019", "2020"),
    ("target country", "country of exploitation"),
    (Dot(0, 0, 0, main=True), Dot(1, 0, 0), Dot(0, 2, 1)),
    empty=(1,),
)
MAPS = Choropleth(
    (
        MapPanel("Target countries", "3 lists: 2018, 2019, 2020", (Land("DE", "DE", 2), Land("GB", "UK", 0))),
        MapPanel("Countries of origin", "1 list: 2020", (Land("XK", "XK*", 0), Land("MT", "MT", 0))),
    ),
    ("named in 1 list", "named in 2 lists", "named in 3 lists"),
    "not named",
    "LT",
    "reporting country",
)
FLOWS = Flows(
    (
        FlowNode("DE", "DE", (0, 1), main=True, outward=True),
        FlowNode("LT", "LT", (1,)),
        FlowNode("UA", "UA", (2,), inward=True),
    ),
    (FlowNode("US", "US", (0,), outward=True), FlowNode("VN", "VN", (2,), inward=True)),
    ("target country", "country of exploitation", "country of origin"),
    "LT",
    "reporting country",
    "main country",
)


def stops(*values: int | None, apart: tuple[int, ...] = ()) -> tuple[Stop, ...]:
    """Values from side to side, joined but for those at these places and the missing ones."""
    return tuple(
        Stop(bar.value, bar.text, n > 0 and n not in apart and None not in values[n - 1 : n + 1])
        for n, bar in enumerate(bars(*values))
    )


SLOPES = Slopes(
    ("2019", "2020"),
    (
        Slope("Identified victims", stops(39, 24), 3, "\u221215"),
        Slope("New investigations", stops(16, 11), 0, "\u22125"),
        Slope("Persons assisted", stops(224, 208, apart=(1,)), 2, "not compared: definition changed"),
        Slope("Persons prosecuted", stops(11, 16), 4, "+5"),
        Slope("Persons convicted", stops(14, 17), 2, "+3"),
        Slope("Investigations conducted", stops(46, None), 0, "not available"),
    ),
)
TURNS = (
    (10, 50, 90),
    (90, 50, 10),
    (40, 2, 38),
    (2, 40, 3),
    (24, 24, 24),
    (0, 0, 0),
    (99999, 99998, 99997),
    (0, 1, 90),
)

BIG = (12345, None, 99999, 10234, None, 45678, 50234, 60111, 88888, 70001, 98765, 97654)
EXTREME: dict[str, Plot] = {
    "columns": Columns(LONG, YEARS, bars(*BIG), 1),
    "columns one year": Columns(LONG, ("2020",), bars(24), 0),
    "columns all missing": Columns("", YEARS, bars(*[None] * 12), 0),
    "columns nothing": Columns("", (), (), 0),
    "columns zero": Columns(LONG, YEARS, bars(*[0] * 12), 0),
    "columns long labels": Columns("", tuple(f"{LONG} {n}" for n in range(12)), bars(*BIG), 1),
    "columns words": Columns(
        "",
        YEARS,
        (*bars(*range(10)), Bar(Decimal(9), "about 250 persons", True), Bar(Decimal(90), "over 6 000", True)),
        4,
    ),
    "panels": Panels(tuple(replace(OPENED, title=LONG, bars=bars(*BIG[n:], *BIG[:n])) for n in range(7))),
    "panels inner": Panels((Columns(LONG, YEARS, bars(*BIG), 2, bars(*[9000] * 12)),), columns=9),
    "panels nothing": Panels(()),
    "stack": Stack(
        YEARS, tuple(Layer(f"{LONG} {n}", bars(*range(n, n + 12)), n) for n in range(40)), bars(*[1000] * 12)
    ),
    "stack all missing": Stack(YEARS, (), bars(*[None] * 12)),
    "stack remainder": Stack(YEARS, (Layer(LONG, bars(*BIG), 0, remainder=True),), bars(*[None] * 12)),
    "units": Units((Pile(LONG, 120, "120", 0), Pile(LONG, 33, "33", 1), Pile("none", 0, "0", 2))),
    "units people": Units((Pile(LONG, 120, "120", 3, "woman"), Pile(LONG, 30, "30", 0, "man"))),
    "units nothing": Units(()),
    "spans": Spans(
        (
            Span(LONG, None, None, LONG, emphasised=True, accent=1),
            Span(LONG, Decimal(1990), Decimal(1995), LONG),
            Span(LONG, Decimal(2030), None, ""),
        ),
        2009,
        2020,
        2009,
    ),
    "spans nothing": Spans((), 2020, 2019),
    "ranges": Ranges(
        Columns(LONG, YEARS, bars(*BIG), 2),
        LONG,
        tuple(Span(year, Decimal(1), Decimal(15), "nuo 1 iki 15 metų", emphasised=True) for year in YEARS),
        3,
    ),
    "ranges nothing": Ranges(Columns("", YEARS, bars(*[None] * 12), 2), LONG, (), 3),
    "ranking": Ranking(
        (
            Span(LONG, None, Decimal(12345), "daugiau nei 6\u00a0000 bendruomenės pareigūnų"),
            Span(LONG, None, None, ":"),
            Span("", None, Decimal(0), "0"),
        )
    ),
    "ranking nothing": Ranking(()),
    "matrix": Matrix(
        tuple(f"{LONG} {n}" for n in range(30)),
        YEARS,
        tuple(f"{LONG} {n}" for n in range(6)),
        tuple(Dot(n, n % 14, n % 6, n % 2 == 0) for n in range(40)),
        (1, 99),
    ),
    "matrix nothing": Matrix((), (), (), ()),
    "choropleth": Choropleth(
        tuple(
            MapPanel(f"{LONG} {n}", LONG, tuple(Land(code, code, n % 4) for code in sorted(ON_MAP)[n::2]))
            for n in range(5)
        ),
        tuple(f"{LONG} {n}" for n in range(4)),
        LONG,
        "MT",
        LONG,
    ),
    "choropleth nothing": Choropleth((), (), "", "", ""),
    "flows": Flows(
        tuple(FlowNode(code, f"{code}*", tuple(range(6)), True, True, True) for code in sorted(ON_MAP)),
        tuple(
            FlowNode(code, code, (0,), outward=True) for code in ("US", "BR", "VN", "NG", "AE", "ZZ", "CN", "IN", "TH")
        ),
        tuple(f"{LONG} {n}" for n in range(6)),
        "LT",
        LONG,
        LONG,
    ),
    "flows elsewhere": Flows((FlowNode("IS", "IS", (0,)),), (FlowNode("ZZ", "ZZ", (0,)),), ("target",), "XX", "", ""),
    "flows nothing": Flows((), (), (), "", ""),
    "slopes": Slopes(
        (LONG, LONG, "2020"),
        (
            Slope(f"{LONG} {LONG}", stops(99999, 12345, 50000, apart=(1, 2)), 0, f"{LONG} {LONG}"),
            Slope(
                LONG,
                (
                    Stop(Decimal(250), "about 250 persons"),
                    Stop(Decimal(260), "about 260 persons", joined=True),
                    Stop(Decimal(6000), "over 6\u00a0000", joined=True),
                ),
                1,
            ),
            *(Slope(LONG, stops(*values), n) for n, values in enumerate(TURNS)),
            Slope("", stops(*BIG), 9),
        ),
    ),
    "slopes apart": Slopes(YEARS[-3:], tuple(Slope("", stops(*turn, apart=(1, 2)), 1) for turn in TURNS), columns=9),
    "slopes missing": Slopes(YEARS[-3:], tuple(Slope(LONG, stops(*[None] * n), n) for n in range(4)), columns=0),
    "slopes one side": Slopes(("2020",), (Slope(LONG, stops(*BIG[:1]), 0, LONG),)),
    "slopes no side": Slopes((), (Slope(LONG, stops(*BIG), 0, LONG),)),
    "slopes nothing": Slopes((), ()),
    "spark": Spark(YEARS, bars(*BIG, latest=0), 0),
    "spark one year": Spark(("2020",), bars(None), 0),
    "spark nothing": Spark((), (), 0),
}


@dataclass(frozen=True)
class Printed:
    """Words of a chart and the box in points that their capitals fill."""

    words: str
    left: float
    top: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True)
class Sheet:
    """An SVG read back."""

    root: ElementTree.Element

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        _, _, across, down = map(float, self.root.attrib["viewBox"].split())
        return across, down

    @property
    def words(self) -> list[str]:
        """All words, in the order they are drawn."""
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]

    @property
    def printed(self) -> list[Printed]:
        """All words with their boxes."""
        return [_printed(element) for element in self.root.iter(f"{SVG}text")]

    def filled(self, colour: str) -> list[list[tuple[float, float]]]:
        """The outlines that are filled with this colour."""
        return self.outlines(lambda style: f"fill: {colour.lower()}" in style)

    def dashed(self) -> list[list[tuple[float, float]]]:
        """The lines that are dashed."""
        return self.outlines(lambda style: "stroke-dasharray" in style)

    def stroked(self, colour: str) -> list[list[tuple[float, float]]]:
        """The lines of this colour."""
        return self.outlines(lambda style: f"stroke: {colour.lower()}" in style)

    def outlines(self, wanted: Callable[[str], bool]) -> list[list[tuple[float, float]]]:
        """The outlines in the paths whose style is wanted."""
        paths = [element for element in self.root.iter(f"{SVG}path") if wanted(element.attrib["style"])]
        parts = [part for path in paths for part in path.attrib["d"].split("M")[1:]]
        numbers = [[float(found) for found in re.findall(r"-?[\d.]+", part)] for part in parts]
        return [list(zip(found[::2], found[1::2], strict=True)) for found in numbers]


def _printed(element: ElementTree.Element) -> Printed:
    style = dict(entry.split(": ", 1) for entry in element.attrib["style"].split("; "))
    kind = TextStyle(float(style["font-size"].removesuffix("px")), int(style.get("font-weight", "400")))
    words, x, baseline = element.text or "", float(element.attrib["x"]), float(element.attrib["y"])
    long = width(words, kind, THEME) / POINT
    left = x - {"start": 0, "middle": long / 2, "end": long}[style["text-anchor"]]
    return Printed(words, left, baseline - kind.capital / POINT, left + long, baseline, kind.size)


def drawn(plot: Plot, across: float = 84) -> Sheet:
    """The plot, drawn and read back."""
    return Sheet(ElementTree.fromstring(draw(plot, THEME, across)))


def height(outline: list[tuple[float, float]]) -> float:
    """The height of an outline in points."""
    return max(y for _, y in outline) - min(y for _, y in outline)


def overlaps(first: Printed, second: Printed) -> bool:
    """Whether two words run into each other."""
    beside = first.right - 0.1 <= second.left or second.right - 0.1 <= first.left
    return not beside and first.top < second.baseline - 0.1 and second.top < first.baseline - 0.1


# Columns


def test_words_of_a_chart_are_text() -> None:
    words = drawn(OPENED, 174).words
    assert [text for text in ("New investigations", *YEARS, "35", "11") if text not in words] == []


def test_chart_is_as_wide_as_asked() -> None:
    assert drawn(OPENED, 114).size[0] == pytest.approx(114 / POINT, abs=0.01)


def test_missing_value_prints_a_colon_and_draws_no_column() -> None:
    sheet = drawn(VICTIMS)
    assert sheet.words.count(":") == 2
    assert len(sheet.filled(THEME.muted(3))) == 8
    assert len(sheet.filled(THEME.accent(3))) == 2


def test_zero_is_a_sliver_with_its_figure() -> None:
    sheet = drawn(Columns("", YEARS[:2], bars(0, 20, latest=0), 0))
    assert sorted(round(height(column), 1) for column in sheet.filled(THEME.muted(0)))[0] == 1.0
    assert "0" in sheet.words


def test_break_is_a_dashed_line_before_its_column() -> None:
    broken = tuple(replace(bar, broken=n == 3) for n, bar in enumerate(OPENED.bars))
    sheet = drawn(replace(OPENED, bars=broken))
    (line,) = sheet.dashed()
    lefts = sorted(min(x for x, _ in column) for column in sheet.filled(THEME.muted(0)))
    assert lefts[2] < line[0][0] < lefts[3]


def test_narrow_columns_print_only_the_highest_and_the_latest_figures() -> None:
    figures = {bar.text for bar in OPENED.bars}
    assert sorted(text for text in drawn(OPENED, 40).words if text in figures) == ["11", "16", "35"]


def test_inner_value_without_an_outer_one_stands_alone_under_a_colon() -> None:
    sheet = drawn(Columns("", YEARS[:1], bars(None), 0, bars(113)))
    (column,) = sheet.filled(THEME.accent(0))
    colon = next(item for item in sheet.printed if item.words == ":")
    assert colon.baseline < min(y for _, y in column)


def test_panels_share_one_scale() -> None:
    low, high = (Columns("", ("2020",), bars(value), accent) for value, accent in ((10, 0), (40, 3)))
    sheet = drawn(Panels((low, high)))
    (first,), (second,) = sheet.filled(THEME.accent(0)), sheet.filled(THEME.accent(3))
    assert height(second) / height(first) == pytest.approx(4, rel=0.01)


def test_panels_of_other_numbers_have_a_scale_of_their_own() -> None:
    panels = tuple(Columns("", ("2020",), bars(value), n) for n, value in enumerate((10, 40, 200)))
    sheet = drawn(Panels(panels, scales=(0, 0, 2)), 174)
    low, high, other = (height(*sheet.filled(THEME.accent(n))) for n in range(3))
    assert (pytest.approx(4, rel=0.01), pytest.approx(1, rel=0.01)) == (high / low, other / high)
    assert {"40", "200"} <= set(sheet.words)


def test_inner_columns_stand_in_the_full_colour_within_muted_ones() -> None:
    sheet = drawn(Columns("", YEARS[:2], bars(208, 224), 0, bars(113, 116)))
    assert len(sheet.filled(THEME.muted(0))) == 2
    assert len(sheet.filled(THEME.accent(0))) == 2


def test_spark_is_12_mm_high_and_names_its_ends() -> None:
    sheet = drawn(Spark(YEARS, OPENED.bars, 0), 49)
    assert sheet.size[1] == pytest.approx(12 / POINT, abs=0.01)
    assert sheet.words == ["2009", "2020"]


# Stacks and units


def test_layers_stand_on_each_other_and_are_named() -> None:
    sheet = drawn(FORMS)
    labour, crime = sheet.filled(THEME.accent(1))[1:], sheet.filled(THEME.accent(0))[1:]
    assert [text for text in ("Labour exploitation", "not stated", "16") if text not in sheet.words] == []
    assert height(crime[0]) / height(labour[0]) == pytest.approx(7 / 3, rel=0.05)
    assert max(y for _, y in crime[0]) == pytest.approx(min(y for _, y in labour[0]), abs=1)


def test_layers_that_look_alike_in_grey_get_different_textures() -> None:
    assert [fill.texture for fill in fills(THEME, [0, 3, 1, 2]).values()] == [
        PLAIN,
        PINLINES,
        PLAIN,
        PINLINES,
    ]
    assert [fill.texture for fill in fills(THEME, [4, 6, 7]).values()] == [PLAIN, PINLINES, DOTS]


def test_more_layers_than_can_be_told_apart_are_counted_in_the_legend() -> None:
    layers = tuple(Layer(f"layer {n}", bars(1), n) for n in range(40))
    words = drawn(Stack(("2020",), layers, bars(40))).words
    assert sum(text.startswith("layer") for text in words) == 16
    assert "+ 24" in words


def test_a_stack_prints_every_total_that_is_known_and_every_one_above_a_column() -> None:
    """Nobody at all is a total too."""
    years, forms = ("2018", "2019", "2020"), (Layer("Labour", bars(0, 7, 3), 1),)
    totals = (Bar(Decimal(0), "nil"), Bar(Decimal(7), "VII"), Bar(None, "≥ 3"))
    words = drawn(Stack(years, forms, totals)).words
    assert [True, True, True] == [bar.text in words for bar in totals]


def test_unit_chart_has_one_square_for_each_case() -> None:
    sheet = drawn(Units((Pile("Forced marriage", 4, "4", 0), Pile("Begging", 37, "37", 1))))
    assert (len(sheet.filled(THEME.accent(0))), len(sheet.filled(THEME.accent(1)))) == (4, 37)


def test_people_have_a_symbol_each_and_a_legend() -> None:
    sheet = drawn(PEOPLE, 60)
    assert sheet.words == ["women 16", "men 7", "child 1"]
    # A head and a body each, in the legend too.
    assert [len(sheet.filled(THEME.accent(n))) for n in (3, 0, 1)] == [34, 16, 4]


def test_girls_and_boys_differ_from_women_and_men_in_the_legend_too() -> None:
    symbols = {"women": 3, "girls": 11, "men": 0, "boys": 8}
    kinds = {"women": "woman", "girls": "girl", "men": "man", "boys": "boy"}
    sheet = drawn(Units(tuple(Pile(name, 1, "1", accent, kinds[name]) for name, accent in symbols.items())))
    colours = {name: THEME.hue(accent) for name, accent in symbols.items()}
    assert len(set(colours.values())) == 4
    for name, colour in colours.items():
        crowd, key = sorted(map(height, sheet.filled(colour)), reverse=True)[:2]
        assert crowd > key, name
    bodies = {name: max(sheet.filled(colour), key=height) for name, colour in colours.items()}
    girls, boys = (max(x for x, _ in bodies[name]) - min(x for x, _ in bodies[name]) for name in ("girls", "boys"))
    assert girls > boys + 0.5


def test_women_men_and_children_differ_in_black_and_white() -> None:
    sheet = drawn(PEOPLE, 60)
    corners = {len(sheet.filled(THEME.accent(n))[1]) for n in (3, 0)}
    assert len(corners) == 2
    assert height(sheet.filled(THEME.accent(1))[1]) < height(sheet.filled(THEME.accent(0))[1])


# Spans, ranges, rankings, matrices


def test_timeline_marks_the_year_of_the_edition() -> None:
    sheet = drawn(PLANS, 174)
    assert len(sheet.stroked(THEME.colours["ink"])) == 1
    assert "2020" in sheet.words


def test_open_end_of_a_span_is_an_arrow() -> None:
    sheet = drawn(PLANS, 174)
    (closed,), (opened,) = sheet.filled(THEME.muted(0)), sheet.filled(THEME.accent(4))
    assert len(opened) > len(closed)
    assert max(x for x, _ in opened) == pytest.approx(sheet.size[0], abs=3)


def test_range_without_a_lower_end_is_dashed_to_the_baseline() -> None:
    spans = (
        Span("2019", None, Decimal(12), "up to 12"),
        Span("2020", Decimal(7), Decimal(11), "7–11", emphasised=True),
    )
    sheet = drawn(Ranges(Columns("", YEARS[-2:], bars(14, 17), 2), "Sentences", spans, 3))
    assert len(sheet.dashed()) == 1
    assert [text for text in ("up to 12", "7–11", "Sentences") if text not in sheet.words] == []


def test_place_without_a_range_prints_a_colon() -> None:
    sheet = drawn(Ranges(Columns("", YEARS[-2:], bars(14, 17), 2), "", (Span("2019", None, None, ":"),), 3))
    assert sheet.words.count(":") == 2


def test_ranking_prints_the_words_of_the_value_after_its_bar() -> None:
    plot = Ranking((Span("Practitioners", None, Decimal(100), "over 100"), Span("Judges", None, None, ":")))
    sheet = drawn(plot)
    (bar,) = sheet.filled(THEME.accent(0))
    over = next(item for item in sheet.printed if item.words == "over 100")
    assert max(x for x, _ in bar) < over.left
    assert ":" in sheet.words


def test_kinds_of_a_matrix_differ_by_shape_and_main_ones_have_a_ring() -> None:
    sheet = drawn(NAMED)
    # The swatch of the legend comes first.
    circle, square = sheet.filled(THEME.accent(0)), sheet.filled(THEME.accent(1))
    assert (len(circle), len(square)) == (3, 2)
    assert len(circle[0]) != len(square[0])
    assert len(sheet.stroked(THEME.colours["ink"])) == 1


def test_column_of_a_matrix_without_a_list_is_grey_with_colons() -> None:
    sheet = drawn(NAMED)
    assert len(sheet.filled(THEME.colours["tile"])) == 1
    assert sheet.words.count(":") == 2


# Slopes


def discs(sheet: Sheet, colour: str) -> list[tuple[float, float]]:
    """The middles of the dots of this colour, in points."""
    found = [outline for outline in sheet.filled(colour) if len(outline) > 5]
    return [(sum(x for x, _ in (dot[0], dot[6])) / 2, (dot[0][1] + dot[6][1]) / 2) for dot in found]


def trend(*values: int | None, apart: tuple[int, ...] = (), across: float = 54) -> Sheet:
    """One slope in the first colour, drawn alone."""
    return drawn(Slopes(YEARS[-len(values) :], (Slope("Cases", stops(*values, apart=apart), 0, "words"),)), across)


def test_slope_leads_from_the_past_value_to_the_latest_in_the_full_colour() -> None:
    sheet = trend(16, 11)
    (line,), (past,), (latest,) = (
        sheet.stroked(THEME.accent(0)),
        discs(sheet, THEME.muted(0)),
        discs(sheet, THEME.accent(0)),
    )
    assert line == [pytest.approx(past, abs=0.1), pytest.approx(latest, abs=0.1)]
    assert [text for text in ("Cases", "words", "16", "11", "2019", "2020") if text not in sheet.words] == []


def test_no_line_leads_across_an_obstacle_but_a_sign_stands_there() -> None:
    sheet = trend(224, 208, apart=(1,))
    assert sheet.stroked(THEME.accent(0)) == []
    (line,) = sheet.dashed()
    (past,), (latest,) = discs(sheet, THEME.muted(0)), discs(sheet, THEME.accent(0))
    assert past[0] < line[0][0] < latest[0]
    assert sheet.words.count(UNLIKE) == 1


def test_slope_of_three_sides_breaks_only_where_it_must() -> None:
    sheet = trend(50, 40, 30, apart=(2,))
    assert len(sheet.stroked(THEME.muted(0))) == 1
    assert sheet.stroked(THEME.accent(0)) == []
    assert (len(sheet.dashed()), sheet.words.count(UNLIKE)) == (1, 1)


def test_missing_value_of_a_slope_is_a_colon_at_the_baseline_without_dot_line_or_sign() -> None:
    wrongly_joined = (*stops(46, None), Stop(Decimal(40), "40", joined=True))
    sheet = drawn(Slopes(YEARS[-3:], (Slope("", wrongly_joined, 0),)), 54)
    assert (len(discs(sheet, THEME.muted(0))), len(discs(sheet, THEME.accent(0)))) == (1, 1)
    assert (sheet.stroked(THEME.accent(0)), sheet.stroked(THEME.muted(0)), sheet.dashed()) == ([], [], [])
    colon = next(item for item in sheet.printed if item.words == ":")
    (baseline,) = sheet.stroked(THEME.colours["rule"])
    assert 0 < baseline[0][1] - colon.baseline < 3
    assert UNLIKE not in sheet.words


def test_zero_of_a_slope_lies_on_the_baseline() -> None:
    sheet = trend(0, 24)
    (baseline,), (zero,) = sheet.stroked(THEME.colours["rule"]), discs(sheet, THEME.muted(0))
    assert zero == pytest.approx(baseline[0], abs=0.1)


def test_slope_is_drawn_on_a_scale_from_zero_of_its_own() -> None:
    sheet = drawn(Slopes(YEARS[-2:], (Slope("", stops(20, 40), 0), Slope("", stops(1000, 4000), 3))), 174)
    bases = {line[0][1] for line in sheet.stroked(THEME.colours["rule"])}
    (base,) = bases
    rises = [base - y for n in (0, 3) for colour in (THEME.muted(n), THEME.accent(n)) for _, y in discs(sheet, colour)]
    assert rises[0] / rises[1] == pytest.approx(0.5, rel=0.01)
    assert rises[2] / rises[3] == pytest.approx(0.25, rel=0.01)
    assert rises[1] == pytest.approx(rises[3], abs=0.1)


def test_panels_of_slopes_in_a_row_stand_on_one_baseline_whatever_their_titles() -> None:
    sheet = drawn(replace(SLOPES, slopes=(replace(SLOPES.slopes[0], title=f"{LONG} {LONG}"), *SLOPES.slopes[1:])), 174)
    heights = [round(line[0][1], 1) for line in sheet.stroked(THEME.colours["rule"])]
    assert [heights.count(height) for height in dict.fromkeys(heights)] == [3, 3]


@pytest.mark.parametrize(
    ("count", "across", "rows"), [(6, 174, 2), (5, 174, 2), (4, 174, 2), (3, 174, 1), (6, 108, 3), (6, 84, 3)]
)
def test_rows_of_slopes_are_even(count: int, across: float, rows: int) -> None:
    sheet = drawn(replace(SLOPES, slopes=SLOPES.slopes[:count]), across)
    assert len({round(line[0][1], 1) for line in sheet.stroked(THEME.colours["rule"])}) == rows


@pytest.mark.parametrize("values", TURNS)
def test_no_line_of_a_slope_runs_through_its_figures(values: tuple[int, ...]) -> None:
    sheet = trend(*values)
    figures = [item for item in sheet.printed if item.words in {bar.text for bar in bars(*values)}]
    lines = [line for colour in (THEME.muted(0), THEME.accent(0)) for line in sheet.stroked(colour)]
    points = [
        (x + (right - x) * n / 200, y + (end - y) * n / 200) for (x, y), (right, end) in lines for n in range(201)
    ]
    inside = [
        item.words for item in figures for x, y in points if item.left < x < item.right and item.top < y < item.baseline
    ]
    assert inside == []


@pytest.mark.parametrize("across", [30, 60, 84, 108, 174])
@pytest.mark.parametrize("name", [name for name in EXTREME if name.startswith("slopes")])
def test_ink_of_the_words_of_slopes_neither_meets_nor_leaves_the_sheet(name: str, across: float) -> None:
    assert collisions(EXTREME[name], THEME, across) == []


@pytest.mark.parametrize("across", [84, 108, 174])
def test_no_word_or_figure_of_a_slope_is_broken_or_left_out(across: float) -> None:
    words = " ".join(drawn(SLOPES, across).words).split()
    told = " ".join(
        text for slope in SLOPES.slopes for text in (slope.title, slope.change, *(s.text for s in slope.stops))
    )
    assert sorted(words) == sorted([*told.split(), UNLIKE, *SLOPES.labels * 6])


def test_dots_of_a_slope_have_a_ring_of_paper() -> None:
    rings = [outline for outline in trend(16, 11).filled(THEME.colours["paper"]) if len(outline) > 5]
    assert [height(ring) for ring in rings] == [pytest.approx(2 * (RADIUS + RING) / POINT, abs=0.1)] * 2


# Maps


def test_every_country_of_the_map_is_in_the_file_it_is_drawn_from() -> None:
    assert set() == ON_MAP - set(countries(ASSETS, "europe"))


def test_a_country_has_the_colour_of_its_level_and_its_code() -> None:
    sheet = drawn(MAPS, 174)
    light, _, dark = ("#B4CDE9", "#6F9FD3", "#0B2F63")
    assert [len(sheet.filled(colour)) > 1 for colour in (light, dark)] == [True, True]
    assert [
        text for text in ("DE", "UK", "XK*", "MT", "not named", "named in 3 lists") if text not in sheet.words
    ] == []


def test_a_map_too_small_for_a_country_shows_a_dot_of_its_colour() -> None:
    alone = replace(MAPS, maps=(MapPanel("", "", (Land("MT", "MT", 0),)),), levels=("one",), home="")
    outlines = drawn(alone, 84).filled("#6F9FD3")
    assert max(height(outline) for outline in outlines[1:]) == pytest.approx(1.8 / POINT, abs=0.1)


def test_four_maps_stand_two_by_two_and_fill_the_width() -> None:
    four = replace(MAPS, maps=MAPS.maps * 2)
    shapes = [outline for colour in ("#B4CDE9", "#0B2F63") for outline in drawn(four, 174).filled(colour)]
    assert max(x for outline in shapes for x, _ in outline) > 100 / POINT
    assert max(y for outline in shapes for _, y in outline) > 90 / POINT


def test_a_border_is_thinned_once_so_that_no_gap_opens() -> None:
    border = ((0.0, 0.0), (1.0, 0.2), (2.0, -0.2), (3.0, 0.1), (4.0, 0.0))
    north, south = (*border, (4.0, 9.0), (0.0, 9.0)), (*border[::-1], (0.0, -9.0), (4.0, -9.0))
    made = simplify_borders([north, south], 0.25)
    shared = [set(border) & set(made[ring]) for ring in (north, south)]
    assert shared[0] == shared[1] != set(border)


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


@pytest.mark.parametrize(("rise", "mark"), [(1.0, "a tip or sign"), (5.0, "an arrow")])
def test_words_on_an_arrow_or_a_sign_are_found(rise: float, mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = replace(FLOWS, nodes=(FlowNode("DE", "GERMANY", (0,), outward=True), FLOWS.nodes[1]), outside=())
    assert [] == collisions(plot, THEME, 60)
    monkeypatch.setattr(
        flows, "_sides_of", lambda spot, width: [Rectangle(spot.at[0] - 1, spot.at[1] - rise, width, 1.7)]
    )
    assert f"'GERMANY' lies on {mark}" in collisions(plot, THEME, 60)


def test_words_over_a_map_have_a_halo_and_are_text() -> None:
    sheet = drawn(replace(FLOWS, nodes=FLOWS.nodes[1:2], outside=(), kinds=FLOWS.kinds), 108)
    assert "LT" in sheet.words
    assert sheet.outlines(lambda style: "stroke: #b4cde9" in style)


# Scales and words


def test_scale_of_counts_has_whole_steps() -> None:
    assert scale([Decimal(35)]) == Scale(35.0, (10.0, 20.0, 30.0))
    assert scale([Decimal(1)]).ticks == (1.0,)
    assert scale([None, Decimal(0)]) == Scale(1.0, ())


def test_ticks_are_grouped_as_the_printed_figures_are() -> None:
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12\u00a0345"]) == ("20\u00a0000",)
    assert tick_texts(Scale(60000.0, (20000.0,)), ["12,345"]) == ("20,000",)
    assert tick_texts(Scale(0.8, (0.5,)), ["0,3"]) == ("0,5",)


def test_measured_width_is_the_sum_of_the_advances_in_the_font() -> None:
    with TTFont(font_face(THEME, 400).path) as font:
        letters = [font.getBestCmap()[ord(letter)] for letter in LONG]
        expected = sum(font["hmtx"][letter][0] for letter in letters) / font["head"].unitsPerEm
    assert width(LONG, LABEL, THEME) == pytest.approx(expected * LABEL.size * POINT, rel=1e-4)


def test_lines_break_at_plain_spaces_and_lose_no_word() -> None:
    lines = wrap(f"{LONG} 12\u00a0345", LABEL, THEME, 30)
    assert " ".join(lines) == f"{LONG} 12\u00a0345"
    assert max(width(line, LABEL, THEME) for line in lines) <= 30
    assert "12\u00a0345" in lines[-1]


def test_word_wider_than_its_line_is_broken_with_a_hyphen() -> None:
    lines = wrap("Internacionalizacijos", LABEL, THEME, 12)
    assert "".join(line.removesuffix("-") for line in lines) == "Internacionalizacijos"
    assert max(width(line, LABEL, THEME) for line in lines) <= 12


# All kinds


def test_every_kind_of_plot_is_tried() -> None:
    assert {type(plot) for plot in EXTREME.values()} == set(KINDS)


@pytest.mark.parametrize("across", [30, 84, 174])
@pytest.mark.parametrize("name", EXTREME)
def test_words_stay_on_the_sheet_and_apart(name: str, across: float) -> None:
    sheet = drawn(EXTREME[name], across)
    right, bottom = sheet.size
    printed = sheet.printed
    outside = [
        item.words
        for item in printed
        if item.left < -0.05 or item.right > right + 0.05 or item.top < 0 or item.baseline + 0.2 * item.size > bottom
    ]
    crossing = [
        (one.words, other.words) for n, one in enumerate(printed) for other in printed[:n] if overlaps(one, other)
    ]
    assert (outside, crossing) == ([], [])


@pytest.mark.parametrize("name", EXTREME)
def test_marks_stay_on_the_sheet(name: str) -> None:
    sheet = drawn(EXTREME[name])
    right, bottom = sheet.size
    points = [point for outline in sheet.outlines(lambda _: True) for point in outline]
    assert [(x, y) for x, y in points if not (-0.1 <= x <= right + 0.1 and -0.1 <= y <= bottom + 0.1)] == []


def test_drawing_leaves_the_settings_of_matplotlib_alone() -> None:
    before = dict(rcParams)
    draw(OPENED, THEME, 84)
    assert dict(rcParams) == before


# The worker


def test_worker_answers_with_a_drawing_for_each_name() -> None:
    jobs = (("opened", OPENED, 84.0), ("people", PEOPLE, 60.0))
    answer = io.BytesIO()
    assert main(io.BytesIO(pickle.dumps((THEME, jobs))), answer) == 0
    assert pickle.loads(answer.getvalue()) == {
        "opened": draw(OPENED, THEME, 84),
        "people": draw(PEOPLE, THEME, 60),
    }


def test_worker_tells_a_fault_on_stderr_and_leaves_with_3() -> None:
    done = subprocess.run([sys.executable, "-m", "reporter.draw"], input=b"no pickle", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"Traceback" in done.stderr


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_and_hash_seed_draw_the_same_bytes(seed: str) -> None:
    jobs = tuple((name, plot, 84.0) for name, plot in EXTREME.items())
    done = subprocess.run(
        [sys.executable, "-m", "reporter.draw"],
        input=pickle.dumps((THEME, jobs)),
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert pickle.loads(done.stdout) == {name: draw(plot, THEME, 84) for name, plot in EXTREME.items()}


def test_import_does_not_load_pyplot() -> None:
    code = "import sys, reporter.draw; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


# What it looks like


@pytest.mark.parametrize(
    ("name", "plot", "across"),
    [
        ("panels", Panels((OPENED, VICTIMS)), 84),
        ("stack", FORMS, 60),
        ("people", PEOPLE, 60),
        ("plans", PLANS, 114),
        ("named", NAMED, 84),
        ("maps", MAPS, 174),
        ("flows", FLOWS, 108),
        ("slopes", SLOPES, 174),
    ],
)
def test_drawing_is_the_golden_one(name: str, plot: Plot, across: float, golden: Callable[[str, bytes], None]) -> None:
    golden(f"draw/{name}.svg", draw(plot, THEME, across))
