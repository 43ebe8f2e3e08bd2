"""What charts of a breakdown share: its codes over the years as a stack, and the rest that no code is stated for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter import analysis
from reporter.charts import apart
from reporter.charts.frame import MOST_LAYERS, Frame, Words, bar, bars, build, describe, year_lines
from reporter.document import Figure
from reporter.model import Series, is_given
from reporter.plot import Bar, Layer, Stack
from reporter.tables import Line, year_columns


@dataclass(frozen=True, slots=True)
class Part:
    """One code of a breakdown over the years, with its colour."""

    label: str
    series: Series
    accent: int

    @property
    def size(self) -> Decimal:
        """How much of the picture it takes; a part with a bound or an approximation is never put among others."""
        exact = all(analysis.is_exact(seen) for seen in self.series if is_given(seen))
        return sum((seen.value or Decimal() for seen in self.series), Decimal()) if exact else Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Division:
    """An indicator by a dimension; `rest` is what the part of the total is called that no code is stated for.

    `accents` are the colours of the codes, over and over again; without them each has the one of its place.
    """

    indicator: str
    dimension: str
    rest: str
    accents: tuple[int, ...] = ()

    def parts(self, frame: Frame) -> list[Part]:
        """Each code that has a value."""
        axis = frame.vintage.catalogue.dimension(self.dimension)
        codes = [each.code for each in axis.codes] if axis else []
        series = [(code, frame.vintage.series(self.indicator, code)) for code in codes]
        return [
            Part(frame.code_label(self.dimension, code), each, self._accent(frame, code))
            for code, each in series
            if any(map(is_given, each))
        ]

    def _accent(self, frame: Frame, code: str) -> int:
        place = frame.code_accent(self.dimension, code)
        return self.accents[place % len(self.accents)] if self.accents else place

    def remainder(self, frame: Frame, year: int) -> Decimal | None:
        """What the codes leave of the total in a year, all of it without any code; None when it cannot be said."""
        axis = frame.vintage.catalogue.dimension(self.dimension)
        total = frame.vintage.observation(self.indicator, year)
        parts = frame.vintage.parts(self.indicator, self.dimension, year)
        rest = analysis.rest(total, parts, axis) if axis else None
        return rest if rest is not None and rest >= 0 else None


def stacked(frame: Frame, code: str, words: Words, division: Division, totals: tuple[Bar, ...], height: int) -> Figure:
    """A division over the years as a stack with its rest on top; `totals` stand above the columns."""
    total, parts = frame.vintage.series(division.indicator), division.parts(frame)
    rests = [division.remainder(frame, year) for year in frame.vintage.years]
    layers = _layers(frame, parts, total)
    layers.append(Layer(division.rest, _rest_bars(frame, rests, total), len(layers), remainder=True))
    named = [(frame.label(division.indicator), total), *((part.label, part.series) for part in parts)]
    whole, *lines = year_lines(frame, named)
    lines = [whole, *(replace(line, level=1) for line in lines), _rest_line(division.rest, rests)]
    told = [words.drawing, *(describe(frame, *each) for each in named), _describe_rest(frame, division.rest, rests)]
    seen = sorted(((label, each) for label, series in named for each in series), key=lambda pair: pair[1].year)
    labelled = [(f"{each.year}, {label}" if each.code else str(each.year), each) for label, each in seen]
    plot = Stack(frame.years, tuple(layers), totals, height, apart.key_of(frame.locale, (total,)))
    return build(frame, code, words, plot, " ".join(filter(None, told)), lines, year_columns(frame.vintage), labelled)


def largest(sizes: Sequence[Decimal], most: int) -> frozenset[int]:
    """The places of what is shown by itself: all when there are no more than so many, else all but the smallest."""
    if len(sizes) <= most:
        return frozenset(range(len(sizes)))
    return frozenset(sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))[: most - 1])


def others(frame: Frame, count: int) -> str:
    """What the smallest parts of a breakdown are called together."""
    return frame.locale.count("{n} other category", "{n} other categories", count)


def _layers(frame: Frame, parts: Sequence[Part], total: Series) -> list[Layer]:
    """A layer for each part; of very many the smallest share one, and the table behind the chart has them all."""
    shown = largest([part.size for part in parts], MOST_LAYERS)
    layers = [
        Layer(part.label, _bars(frame, part.series, total), part.accent) for n, part in enumerate(parts) if n in shown
    ]
    small = [part for n, part in enumerate(parts) if n not in shown]
    if small:
        sums = [_sum(small, year) for year in frame.vintage.years]
        accent = max(part.accent for part in parts) + 1
        layers.append(Layer(others(frame, len(small)), _rest_bars(frame, sums, total), accent))
    return layers


def _sum(parts: Iterable[Part], year: int) -> Decimal | None:
    """What some parts make together in a year; None when no value is given."""
    values = [seen.value for part in parts if (seen := part.series.get(year)) and is_given(seen)]
    return sum((value or Decimal() for value in values), Decimal()) if values else None


def _bars(frame: Frame, part: Series, total: Series) -> tuple[Bar, ...]:
    """Values of a part, each with the break that the total has in that year, and hatched where the total is."""
    whole = bars(frame, total, ())
    mine = (bar(frame, part.get(year)) for year in frame.vintage.years)
    return tuple(replace(each, broken=its.broken, apart=its.apart) for each, its in zip(mine, whole, strict=True))


def _rest_bars(frame: Frame, rests: Iterable[Decimal | None], total: Series) -> tuple[Bar, ...]:
    pairs = zip(rests, bars(frame, total, ()), strict=True)
    return tuple(
        replace(its, value=rest or None, text=frame.locale.number(rest) if rest else "") for rest, its in pairs
    )


def _rest_line(label: str, rests: Iterable[Decimal | None]) -> Line:
    return Line(label, [":" if rest is None else rest for rest in rests], level=1)


def _describe_rest(frame: Frame, label: str, rests: Iterable[Decimal | None]) -> str:
    """What the parts leave of the total, in a sentence; empty when they leave nothing."""
    left = [f"{year}: {frame.locale.number(rest)}" for year, rest in zip(frame.years, rests, strict=True) if rest]
    return frame.text("{label} – {values}.", label=label, values=", ".join(left)) if left else ""
