"""The grammar of charts: what is to be drawn, as plain values, without knowing how it looks.

A mark's `value` is None when there is nothing to draw; its `text` is what is printed at it (`35`, `:`).
Colours are numbers into the theme's categorical palette. Sizes are millimetres.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a series at one place of the axis; `broken` says the series breaks before it.

    One that stands `apart` counts something else than the others, or is in doubt: it is hatched.
    """

    value: Decimal | None
    text: str
    emphasised: bool = False
    broken: bool = False
    off_series: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """One series of columns over the labels of the axis (years); missing values are a colon, never a column.

    `apart` is what the legend says of hatched columns, here and in other charts of columns.
    """

    title: str
    labels: tuple[str, ...]
    bars: tuple[Bar, ...]
    accent: int
    inner: tuple[Bar, ...] = ()
    off_series_key: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Several series side by side, each in a panel of its own; `inner` bars lie within.

    `scales` tells which panels have one scale in common: those of the same number; all of them when there are none.
    """

    panels: tuple[Columns, ...]
    height: int = 48
    columns: int = 0
    off_series_key: str = ""
    scales: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of a stack: a code of a breakdown and its value for each label of the axis."""

    label: str
    bars: tuple[Bar, ...]
    accent: int
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Stack:
    """Columns divided into layers; `totals` stand above them, `remainder` layers are hatched."""

    labels: tuple[str, ...]
    layers: tuple[Layer, ...]
    totals: tuple[Bar, ...]
    height: int = 70
    off_series_key: str = ""


@dataclass(frozen=True, slots=True)
class Pile:
    """A row of a unit chart: so many symbols of one colour; `symbol` is square, woman, man, girl, boy or child.

    A `remainder`, what is not stated, is hatched.
    """

    label: str
    count: int
    text: str
    accent: int
    symbol: str = "square"
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """A unit chart: one symbol, one case. For counts below the base for percentages."""

    piles: tuple[Pile, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A range on an axis, from `start` to `end` (None: open), with the words at it; a `remainder` is hatched."""

    label: str
    start: Decimal | None
    end: Decimal | None
    text: str
    emphasised: bool = False
    accent: int = 0
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Horizontal ranges, one a row: plans over the years; `now` is the edition's year."""

    spans: tuple[Span, ...]
    first: int
    last: int
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Ranges:
    """Columns of one series and, below on the same labels, vertical ranges of another unit in a panel of its own."""

    columns: Columns
    title: str
    ranges: tuple[Span, ...]
    accent: int
    off_series_key: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Horizontal bars, one a row, with the value's words at the end (`over 100`)."""

    bars: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled place of a matrix: row, column, which kind (number into `Matrix.kinds`), whether named as main."""

    row: int
    column: int
    kind: int
    main: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who was named when: rows by columns, a dot for each kind of list; columns without a list are marked."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    dots: tuple[Dot, ...]
    empty: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Spark:
    """A small series without an axis: columns, the last one emphasised; the first and last label below."""

    labels: tuple[str, ...]
    bars: tuple[Bar, ...]
    accent: int


@dataclass(frozen=True, slots=True)
class Land:
    """A country on a map: its ISO code, the code printed on it, and its level (number into `Choropleth.levels`)."""

    code: str
    label: str
    level: int


@dataclass(frozen=True, slots=True)
class MapPanel:
    """One map of several, with two lines of words above it."""

    title: str
    subtitle: str
    lands: tuple[Land, ...]


@dataclass(frozen=True, slots=True)
class Choropleth:
    """Maps of Europe on one scale; `home` is the ISO code of the country that is outlined."""

    maps: tuple[MapPanel, ...]
    levels: tuple[str, ...]
    unnamed: str
    home: str
    home_words: str


@dataclass(frozen=True, slots=True)
class FlowNode:
    """A country of a flow map with its kinds (numbers into `Flows.kinds`); arrows lead to it, from it, or neither."""

    code: str
    label: str
    kinds: tuple[int, ...]
    main: bool = False
    outward: bool = False
    inward: bool = False


@dataclass(frozen=True, slots=True)
class Flows:
    """Countries on a map of Europe, and `outside` it at the edge, with arrows of one width from and to `home`."""

    nodes: tuple[FlowNode, ...]
    outside: tuple[FlowNode, ...]
    kinds: tuple[str, ...]
    home: str
    home_words: str
    main_words: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One value of a slope at one side; `joined` says that a line leads to it from the stop before."""

    value: Decimal | None
    text: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Slope:
    """One figure from side to side; `change` is printed under its title: how much, or why that is not said."""

    title: str
    stops: tuple[Stop, ...]
    accent: int
    change: str = ""


@dataclass(frozen=True, slots=True)
class Slopes:
    """Figures of different populations, each in a panel and on a scale of its own; `labels` are those of the sides."""

    labels: tuple[str, ...]
    slopes: tuple[Slope, ...]
    columns: int = 3


Plot = Columns | Panels | Stack | Units | Spans | Ranges | Ranking | Matrix | Spark | Choropleth | Flows | Slopes
