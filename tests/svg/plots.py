"""One plot of each kind, plain and extreme, and what is read from their drawings."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from xml.etree import ElementTree

from reporter.data.i18n import PROTOCOL
from reporter.data.theme.tokens import load_theme
from reporter.formats.svg import draw
from reporter.formats.svg.canvas import POINT, TextStyle, width
from reporter.report.document.plot import (
    Bar,
    ColumnGroup,
    Columns,
    CountryMark,
    Crowd,
    Dot,
    Dumbbell,
    Gauge,
    Land,
    Matrix,
    NamedLands,
    Panels,
    PersonGroup,
    Plot,
    Rows,
    Ruler,
    Shade,
    Span,
    Spans,
    SquareRow,
    Squares,
    Standings,
    YearStrip,
)
from tests.fixtures import ROOT

ASSETS = ROOT / "assets"
THEME = load_theme(ASSETS)
SVG = "{http://www.w3.org/2000/svg}"
YEARS = tuple(str(year) for year in range(2009, 2021))
LONG = "Asmenys, kuriems pareikšti įtarimai dėl prekybos žmonėmis bylose"


def bars(*values: int | None, latest: int = 2) -> tuple[Bar, ...]:
    """Bars with their figures, the last of them of the year reported and of the year before."""
    late = dict(zip((len(values) - 1, len(values) - 2), (Shade.NOW, Shade.BEFORE)[:latest], strict=False))
    texts = (":" if value is None else f"{value:,}".replace(",", "\u00a0") for value in values)
    return tuple(
        Bar(None if value is None else Decimal(value), text, late.get(n, Shade.EARLIER))
        for n, (value, text) in enumerate(zip(values, texts, strict=True))
    )


OPENED = Columns("New investigations", YEARS, bars(23, 15, 21, 11, 23, 24, 27, 29, 35, 14, 16, 11))
VICTIMS = Columns("Victims identified", YEARS, bars(None, 22, 45, 14, 47, 47, None, 45, 60, 44, 39, 24))
ALONE = Panels((OPENED,))
POPULATIONS = Rows((replace(VICTIMS, subtitle="by the police"), replace(OPENED, title="Victims recognised")))
PEOPLE = Crowd(
    ("2020", "2019"),
    (
        PersonGroup("women", "woman", 16, "16", 17, "after 17"),
        PersonGroup("men", "man", 7, "7", 18, "after 18"),
        PersonGroup("children", "child", 1, "1", 4, "after 4", "(d)"),
    ),
)
PLANS = Spans(
    (
        Span("Second action plan", Decimal(2005), Decimal(2008), "2005–2008"),
        Span("Public Security Development Programme", Decimal(2015), None, "since 2015", emphasised=True),
    ),
    2002,
    2022,
    2020,
)
NAMED = Matrix(
    ("Germany", "United Kingdom"),
    ("2018", "2019", "2020"),
    (Shade.EARLIER, Shade.BEFORE, Shade.NOW),
    (ColumnGroup("Target countries", 2), ColumnGroup("Countries of exploitation", 1)),
    (Dot(0, 0, main=True), Dot(1, 0), Dot(0, 1), Dot(0, 2)),
    "main country",
)
DUMBBELL = Dumbbell(Gauge(Decimal(50), 5), Decimal(39), Decimal(24))
RULER = Ruler(DUMBBELL.gauge, ("0", "10", "20", "30", "40", "50"))
SQUARES = Squares((SquareRow("Forced begging", 4, "4"), SquareRow("Form not stated", 2, "2", remainder=True)))
LANDS = NamedLands(
    (
        Land("DE", "DE", "Germany"),
        Land("GB", "UK", "United Kingdom"),
        Land("LT", "LT", "Lithuania"),
        Land("MT", "MT", "Malta"),
    ),
    "LT",
)


BIG = (12345, None, 99999, 10234, None, 45678, 50234, 60111, 88888, 70001, 98765, 97654)


def standings(*values: int, middle: str = "median 17") -> Standings:
    named = zip(PROTOCOL, sorted(values), strict=False)
    marks = tuple(CountryMark(code, f"Land {code}", Decimal(value), str(value)) for code, value in named)
    return Standings(marks, Decimal(sorted(values)[len(values) // 2]) if values else Decimal(), middle)


STANDINGS = standings(0, 1, 1, 2, 3, 5, 8, 13, 13, 21, 34)
EXTREME: dict[str, Plot] = {
    "standings all alike": standings(*[2] * 27),
    "columns long labels": Panels((Columns("", tuple(f"{LONG} {n}" for n in range(12)), bars(*BIG)),)),
    "panels nothing": Panels(()),
    "rows nothing": Rows(()),
    "crowd one year": Crowd(("2020",), (PersonGroup("women", "woman", 0, "0"), PersonGroup("other", "square", 9, "9"))),
    "spans": Spans(
        (
            Span(LONG, None, None, LONG, emphasised=True),
            Span(LONG, Decimal(1990), Decimal(1995), LONG),
            Span(LONG, Decimal(2030), None, ""),
        ),
        2009,
        2020,
        2009,
    ),
    "matrix": Matrix(
        tuple(f"{LONG} {n}" for n in range(30)),
        YEARS,
        tuple(bar.shade for bar in OPENED.bars),
        tuple(ColumnGroup(f"{LONG} {n}", 2) for n in range(6)),
        tuple(Dot(n % 30, n % 12, n % 2 == 0) for n in range(40)),
    ),
    "strip nothing": YearStrip(()),
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

    def meets(self, other: "Printed") -> bool:
        beside = self.right - 0.1 <= other.left or other.right - 0.1 <= self.left
        return not beside and self.top < other.baseline - 0.1 and other.top < self.baseline - 0.1


@dataclass(frozen=True)
class Sheet:
    root: ElementTree.Element

    @property
    def size(self) -> tuple[float, float]:
        _, _, across, down = map(float, self.root.attrib["viewBox"].split())
        return across, down

    @property
    def words(self) -> list[str]:
        return [element.text or "" for element in self.root.iter(f"{SVG}text")]

    @property
    def printed(self) -> list[Printed]:
        return [_printed(element) for element in self.root.iter(f"{SVG}text")]

    @property
    def told(self) -> dict[str, list[tuple[float, float]]]:
        areas = ((rect, [float(rect.attrib[each]) for each in ("x", "y", "width", "height")]) for rect in self.rects)
        return {rect[0].text or "": [(x, y), (x + across, y + down)] for rect, (x, y, across, down) in areas}

    @property
    def rects(self) -> list[ElementTree.Element]:
        return list(self.root.iter(f"{SVG}rect"))

    @property
    def faults(self) -> list[str]:
        """What nobody could read or hit: words or marks outside, words upon each other, words too small."""
        (right, bottom), printed = self.size, self.printed
        outside = [
            f"{item.words!r} is outside"
            for item in printed
            if item.left < -0.05
            or item.right > right + 0.05
            or item.top < 0
            or item.baseline + 0.2 * item.size > bottom
        ]
        crossing = [
            f"{one.words!r} meets {other.words!r}"
            for n, one in enumerate(printed)
            for other in printed[:n]
            if one.meets(other)
        ]
        small = [f"{item.words!r} is small" for item in printed if item.size < 7.5]
        points = [point for outline in self.outlines(lambda _: True) for point in outline]
        beyond = [(x, y) for x, y in points if not (-0.1 <= x <= right + 0.1 and -0.1 <= y <= bottom + 0.1)]
        return [*outside, *crossing, *small, *(f"{each} is outside" for each in beyond[:3])]

    def filled(self, colour: str) -> list[list[tuple[float, float]]]:
        return self.outlines(lambda style: f"fill: {colour.lower()}" in style)

    def dashed(self) -> list[list[tuple[float, float]]]:
        return self.outlines(lambda style: "stroke-dasharray" in style)

    def stroked(self, colour: str) -> list[list[tuple[float, float]]]:
        return self.outlines(lambda style: f"stroke: {colour.lower()}" in style)

    def outlines(self, wanted: Callable[[str], bool]) -> list[list[tuple[float, float]]]:
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


@cache
def svg(plot: Plot, across: float = 84) -> bytes:
    return draw(plot, THEME, across)


def on_phone(plot: Plot) -> Sheet:
    return Sheet(ElementTree.fromstring(draw(plot, THEME, 68, titled=True)))


def on_desk(plot: Plot) -> Sheet:
    return Sheet(ElementTree.fromstring(draw(plot, THEME, 174, titled=True)))


def drawn(plot: Plot, across: float = 84) -> Sheet:
    return Sheet(ElementTree.fromstring(svg(plot, across)))


def height(outline: list[tuple[float, float]]) -> float:
    return max(y for _, y in outline) - min(y for _, y in outline)
