"""The grammar of charts: plain values of what is drawn. Nothing here knows how it looks. A mark's `value` is None when
there is nothing to draw; its `text` is what is printed at it (`35`, `:`). Sizes are millimetres."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Shade(StrEnum):
    """Which year a mark belongs to. The value is the name of its colour in the theme. Colour says nothing else:
    indicators, sexes, forms and countries are told apart by place, shape and label."""

    NOW = "now"
    BEFORE = "before"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a series at one place of the axis. `broken`: the series breaks before it. `off_series`: it counts
    something else than the others, or is in doubt; it is hatched."""

    value: Decimal | None
    text: str
    shade: Shade = Shade.EARLIER
    broken: bool = False
    off_series: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """One series of columns over the labels of the axis (years). Missing values are a colon, never a column. `subtitle`
    says under the title of a row what is counted."""

    title: str
    labels: tuple[str, ...]
    bars: tuple[Bar, ...]
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Series side by side, each in a panel of its own. `columns` is the number of panels in a row, 0 for as many as
    fit. `off_series_key` is what the legend says of hatched columns, here and in the other charts of columns. Panels of
    the same number in `scales` have one scale in common; all of them have when it is empty."""

    panels: tuple[Columns, ...]
    columns: int = 0
    off_series_key: str = ""
    scales: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Several series below each other on one axis. They have one scale. The title of each stands at its left."""

    rows: tuple[Columns, ...]
    off_series_key: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A range on an axis with the words at it. From `start` to `end`, None where it is open."""

    label: str
    start: Decimal | None
    end: Decimal | None
    text: str
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Horizontal ranges over the years, one a row, such as plans. `now` is the edition's year."""

    spans: tuple[Span, ...]
    first: int
    last: int
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Ranges:
    """Columns of one series and, below, ranges of another unit. The ranges are vertical, on the same labels, in a panel
    of their own; each has the shade of the column above it."""

    columns: Columns
    title: str
    ranges: tuple[Span, ...]
    off_series_key: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of a matrix in a row and a column. `main`: the country is named as a main one."""

    row: int
    column: int
    main: bool = False


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Neighbouring columns of a matrix under one heading. They are the lists of one kind."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who was named when: rows by columns, with dots. The columns stand in groups of one kind of list each; `shades`
    are those of the columns. `main` is said of a main country on screens."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shades: tuple[Shade, ...]
    groups: tuple[ColumnGroup, ...]
    dots: tuple[Dot, ...]
    main: str = ""


@dataclass(frozen=True, slots=True)
class YearStrip:
    """A low series of columns whose years stand elsewhere. The highest is as high as a strip of this `height` has room
    for. `labels` are its years where it stands alone, as on a phone."""

    bars: tuple[Bar, ...]
    height: float = 16.0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A key figure: its value, how it changed, its years. `calls` are the marks of its notes; `change` is empty where
    there is none to show, and `context` says on what it is, or why there is none. `alt` says the strip in words."""

    label: str
    calls: str
    value: str
    change: str
    context: str
    strip: YearStrip
    alt: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Key figures below each other on one axis of years. It is printed as a table in which each row has a drawing of
    its own."""

    labels: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """Some of the persons of a crowd, this year and before. `symbol` is woman, man, girl, boy, child, or square for
    persons of whom that is not known; `text` and `past` are the counts as printed, `call` is the mark of a note."""

    label: str
    symbol: str
    count: int
    text: str
    before: int = 0
    past: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Persons by group, one symbol each. `labels` are those of the year and, where the two may be compared, of the year
    before, which stands below it."""

    labels: tuple[str, ...]
    groups: tuple[PersonGroup, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country on a map. `code` is its ISO 3166-1 alpha-2 code, `label` the code printed on it; screens give its
    `name`."""

    code: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedLands:
    """A plain map of the countries that one list names. `home` is the ISO 3166-1 alpha-2 code of the reporting country;
    empty when it is not on the map."""

    lands: tuple[Land, ...]
    home: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A scale from zero to `top`, divided into `steps` even steps."""

    top: Decimal
    steps: int


@dataclass(frozen=True, slots=True)
class Ruler:
    """The numbers of a gauge, one a line, zero first."""

    gauge: Gauge
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One figure in two years: a ring, then a dot. Without values only the lines of the gauge are drawn. `words` say on
    screens what ring and dot stand for."""

    gauge: Gauge
    before: Decimal | None = None
    after: Decimal | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SquareRow:
    """So many squares with the words above them. Those of a `remainder`, which is not stated, are hollow."""

    label: str
    count: int
    text: str
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Squares:
    """Rows of squares, each of which stands for one case. Where there are too many to be counted, `bars` of their
    length stand in their place."""

    rows: tuple[SquareRow, ...]
    bars: bool = False


@dataclass(frozen=True, slots=True)
class CountryMark:
    """A country's value on a scale, with its name and code. `text` is the value as printed."""

    code: str
    name: str
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Standings:
    """Countries that count alike on one scale from zero. The lowest comes first. `middle` is their median,
    `middle_text` the words at it."""

    standings: tuple[CountryMark, ...]
    middle: Decimal
    middle_text: str


# What is one drawing, and what a chart shows.
Drawing = (
    Panels | Rows | Crowd | Spans | Ranges | Matrix | YearStrip | Ruler | Dumbbell | Squares | NamedLands | Standings
)
Plot = Drawing | Ledger


class DrawingJob(NamedTuple):
    """A drawing's name, what it shows, and its width in mm. One that is `titled` is for screens: it tells of the marks
    at which somebody points. One with `dots` is a picture of so many pixels to an inch, any other one of lines."""

    name: str
    plot: Drawing
    width: float
    titled: bool = False
    dots: int = 0
