"""The grammar of charts: plain values of what is drawn, not how it looks. `value` of a mark is None when there is
nothing to draw; `text` is printed at it (`35`, `:`). Sizes are in millimetres."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Shade(StrEnum):
    """Which year a mark belongs to; the value is the name of its colour in the theme. Colour says nothing else:
    indicators, sexes, forms and countries differ by place, shape and label."""

    NOW = "now"
    BEFORE = "before"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a series. `broken`: the series breaks before it. `off_series`: not comparable, so hatched."""

    value: Decimal | None
    text: str
    shade: Shade = Shade.EARLIER
    broken: bool = False
    off_series: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A series of columns over the axis labels (years). Missing values are a colon, never a column. `subtitle` is under
    the title of a row and says what is counted."""

    title: str
    labels: tuple[str, ...]
    bars: tuple[Bar, ...]
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Panels:
    """Series side by side, a panel for each. `columns` is the number of panels in a row, 0 for as many as fit.
    `off_series_key` is the legend of hatched columns, here and in other column charts. Panels with the same number in
    `scales` share a scale; if it is empty, all do."""

    panels: tuple[Columns, ...]
    columns: int = 0
    off_series_key: str = ""
    scales: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """Series below each other on one axis and scale, each with its title on the left. `totals` are printed above them,
    not drawn; `asides`, a line in bold and one in grey for each row, at its right if there is room."""

    rows: tuple[Columns, ...]
    off_series_key: str = ""
    totals: Columns | None = None
    asides: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A range on an axis with its words, from `start` to `end`; None is open."""

    label: str
    start: Decimal | None
    end: Decimal | None
    text: str
    emphasised: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """Horizontal ranges over the years, one in each row, such as plans. `now` is the edition's year."""

    spans: tuple[Span, ...]
    first: int
    last: int
    now: int | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A dot of a matrix. `main`: the country is named as a main one."""

    row: int
    column: int
    main: bool = False


@dataclass(frozen=True, slots=True)
class ColumnGroup:
    """Neighbouring columns of a matrix under one heading: the lists of one kind."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who was named when: rows by columns, with dots. Columns are grouped by kind of list; `shades` are theirs. `main`
    is the text for a main country on screens."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    shades: tuple[Shade, ...]
    groups: tuple[ColumnGroup, ...]
    dots: tuple[Dot, ...]
    main: str = ""


@dataclass(frozen=True, slots=True)
class YearStrip:
    """A low series of columns; its years are printed elsewhere. The highest column fills `height`. `labels` are the
    years where the strip is by itself, as on a phone."""

    bars: tuple[Bar, ...]
    height: float = 16.0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A key figure: its value, its change, its years. `calls` are the marks of its notes; `change` may be empty;
    `context` says from what it changed, or why no change is given; `more` are lines on its parts and on its place among
    the years. `alt` describes the strip."""

    label: str
    calls: str
    value: str
    change: str
    context: str
    strip: YearStrip
    alt: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Key figures below each other on one axis of years, printed as a table with a drawing in each row."""

    labels: tuple[str, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class PersonGroup:
    """One group of persons, this year and the year before. `symbol` is woman, man, girl, boy, child, or square if not
    known; `text` and `past` are the printed counts, `call` is the mark of a note."""

    label: str
    symbol: str
    count: int
    text: str
    before: int = 0
    past: str = ""
    call: str = ""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Persons by group, one symbol each. `labels` are the year and, if comparable, the year before, shown below it."""

    labels: tuple[str, ...]
    groups: tuple[PersonGroup, ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country on a map. `code` is its ISO 3166-1 alpha-2 code, `label` the code printed, `name` is for screens."""

    code: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedLands:
    """A plain map of the countries on one list. `home` is the ISO 3166-1 alpha-2 code of the country, or empty."""

    lands: tuple[Land, ...]
    home: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A scale from zero to `top`, divided into `steps` even steps."""

    top: Decimal
    steps: int


@dataclass(frozen=True, slots=True)
class Ruler:
    """The numbers of a gauge, one on each line, zero first."""

    gauge: Gauge
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """One figure in two years: a ring, then a dot; without values only the gauge lines. `words` are for screens."""

    gauge: Gauge
    before: Decimal | None = None
    after: Decimal | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SquareRow:
    """A row of squares with words above. Those of a `remainder`, which is not stated, are hollow."""

    label: str
    count: int
    text: str
    remainder: bool = False


@dataclass(frozen=True, slots=True)
class Squares:
    """Rows of squares, one for each case, or bars of their length (`bars`) if there are too many to count."""

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
    """Countries with one definition on a scale from zero, the lowest first. `middle` is the median."""

    standings: tuple[CountryMark, ...]
    middle: Decimal
    middle_text: str


# One drawing, and the contents of a chart.
Drawing = Panels | Rows | Crowd | Spans | Matrix | YearStrip | Ruler | Dumbbell | Squares | NamedLands | Standings
Plot = Drawing | Ledger


class DrawingJob(NamedTuple):
    """A drawing's name, content, width in mm and language. A `titled` one is for screens and has texts for the marks
    under the pointer. One with `dots` is a bitmap with that many pixels per inch, any other a vector drawing."""

    name: str
    plot: Drawing
    width: float
    titled: bool = False
    dots: int = 0
    language: str = ""
