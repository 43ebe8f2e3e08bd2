"""Persons assisted by funded services, victims and persons at risk, and men among them: clients, not cases."""

from decimal import Decimal
from itertools import cycle

from reporter import analysis
from reporter.charts.frame import Frame, Words, bar, bars, build, describe, describe_rest, rest_line
from reporter.document import Figure
from reporter.model import Flag, Observation, Series, is_given
from reporter.plot import Bar, Columns, Layer, Panels, Stack
from reporter.tables import Line, year_columns

ASSISTED, CLIENT = "assistance.persons", "client"
ACCENTS = (2, 1, 4, 5)


def assisted(frame: Frame) -> Figure | None:
    """Persons assisted, divided into victims and persons at risk where that is stated."""
    total = frame.vintage.series(ASSISTED)
    if not any(map(is_given, total)):
        return None
    series = [(frame.code_label(CLIENT, code), frame.vintage.series(ASSISTED, code)) for code in _codes(frame)]
    layers = [
        Layer(label, tuple(_bar(frame, each, total, year) for year in frame.vintage.years), accent)
        for accent, (label, each) in zip(cycle(ACCENTS), series, strict=False)
    ]
    unsaid, rests = frame.text("Not divided"), [_rest(frame, year) for year in frame.vintage.years]
    rest_bars = tuple(_rest_bar(frame, *each) for each in zip(rests, frame.vintage.years, strict=True))
    undivided = Layer(unsaid, rest_bars, 0, remainder=True)
    totals = tuple(
        bar(frame, total.get(year), emphasised=year >= frame.vintage.year - 1) for year in frame.vintage.years
    )
    words = Words(
        frame.text("Persons assisted by funded services, {span}", span=frame.span),
        frame.text("Number of persons served in the year; not the victims identified in that year"),
        frame.text("Stacked column chart by year."),
    )
    lines = [Line(frame.label(ASSISTED), [total.get(year) for year in frame.vintage.years])]
    lines += [Line(label, [each.get(year) for year in frame.vintage.years], level=1) for label, each in series]
    lines.append(rest_line(frame, unsaid, rests))
    told = [describe(frame, label, each) for label, each in [(frame.label(ASSISTED), total), *series]]
    alt = " ".join([words.drawing, *told, describe_rest(frame, unsaid, rests)]).rstrip()
    plot = Stack(frame.years, (*layers, undivided), totals, height=56)
    seen = [*total, *(part for _, each in series for part in each)]
    labelled = [(str(each.year), each) for each in sorted(seen, key=lambda each: each.year)]
    return build(frame, "assisted", words, plot, alt, lines, year_columns(frame.vintage), labelled)


def assisted_men(frame: Frame) -> Figure | None:
    """Men among the persons assisted; the others are not women but persons whose sex is not stated."""
    total, men = frame.vintage.series(ASSISTED), frame.vintage.series(ASSISTED, "men")
    if not any(map(is_given, men)):
        return None
    words = Words(
        frame.text("Men among persons assisted, {span}", span=frame.span),
        frame.text("Number of persons; the sex of the other persons is not stated; (:) not available"),
        frame.text("Column chart by year with the men inside each column."),
    )
    outer = bars(frame, total, ())
    inner = tuple(bar(frame, men.get(year), emphasised=True) for year in frame.vintage.years)
    title = frame.text("Persons assisted; darker: men")
    plot = Panels((Columns(title, frame.years, outer, frame.indicator(ASSISTED).accent, inner),))
    named = [(frame.label(ASSISTED), total), (frame.code_label("person", "men"), men)]
    lines = [
        Line(label, [each.get(year) for year in frame.vintage.years], level=level)
        for level, (label, each) in enumerate(named)
    ]
    alt = " ".join([words.drawing, *(describe(frame, label, each) for label, each in named)])
    labelled = [(str(seen.year), seen) for seen in [*men, *total]]
    return build(frame, "assisted_men", words, plot, alt, lines, year_columns(frame.vintage), labelled)


def _codes(frame: Frame) -> list[str]:
    axis = frame.vintage.catalogue.dimension(CLIENT)
    members = axis.codes if axis else ()
    return [each.code for each in members if any(map(is_given, frame.vintage.series(ASSISTED, each.code)))]


def _bar(frame: Frame, series: Series, total: Series, year: int) -> Bar:
    whole = total.get(year)
    drawn = bar(frame, series.get(year))
    return Bar(drawn.value, drawn.text, False, whole is not None and Flag.BREAK in whole.flags)


def _rest(frame: Frame, year: int) -> Decimal | None:
    """What the two groups leave of the total: all of it in years without a division."""
    total = frame.vintage.observation(ASSISTED, year)
    axis = frame.vintage.catalogue.dimension(CLIENT)
    rest = analysis.remainder(total, frame.vintage.parts(ASSISTED, CLIENT, year), axis) if axis else None
    return rest if rest is not None and rest >= 0 else None


def _rest_bar(frame: Frame, rest: Decimal | None, year: int) -> Bar:
    text = frame.locale.number(rest) if rest else ""
    return Bar(rest or None, text, False, _broken(frame.vintage.observation(ASSISTED, year)))


def _broken(seen: Observation | None) -> bool:
    return seen is not None and Flag.BREAK in seen.flags
