"""Charts of sides beside each other: slopes, and lists of countries."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Stop:
    """One value of a slope at one side. `joined`: a line leads to it from the value before, with which it may be
    compared."""

    value: Decimal | None
    text: str
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Slope:
    """One figure from side to side. Its label stands at the last one."""

    label: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Slopes:
    """Figures from side to side, on one scale from zero. `at` are the places of the sides on the axis: years at their
    distance. Figures too large for the scale are `larger`, in a panel of their own at a `ratio`th of it. `height` is
    that of the scale."""

    labels: tuple[str, ...]
    at: tuple[int, ...]
    slopes: tuple[Slope, ...]
    larger: tuple[Slope, ...] = ()
    ratio: int = 1
    height: int = 86


@dataclass(frozen=True, slots=True)
class Listed:
    """A country of a list on a map. `sign` says how it stands to the list before: `+` for new, `\u2212` for no longer
    named, empty for both or neither. `name` is told of it on screens."""

    code: str
    label: str
    sign: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class ListMap:
    """A list of countries as a small map, with words below it. `current` is one of the last side. Where it is `unlike`
    the one before it, the sign of what is not compared stands between; what is `added` besides the sides is parted from
    them."""

    title: str
    lands: tuple[Listed, ...]
    words: str
    current: bool = False
    unlike: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class ListMaps:
    """Lists of countries side by side. Each is a small map of one part of Europe. `home` is the ISO 3166-1 alpha-2 code
    of the reporting country."""

    maps: tuple[ListMap, ...]
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
