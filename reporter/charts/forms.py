"""Forms of exploitation of the investigations opened: of the year as units, over the years as a stack."""

from collections.abc import Iterator
from decimal import Decimal

from reporter import analysis
from reporter.charts.frame import Frame, Words, bar, build, describe, describe_rest, rest_line
from reporter.document import Column, Figure
from reporter.model import Code, Observation, Series, Vintage, is_given
from reporter.plot import Bar, Layer, Pile, Stack, Units
from reporter.tables import Line, year_columns

OPENED, FORM = "investigations.opened", "form"


def forms_year(frame: Frame) -> Figure | None:
    """The investigations opened in the edition's year by form, one square a case."""
    parts = frame.vintage.parts(OPENED, FORM)
    total = frame.vintage.observation(OPENED)
    rest = _rest(frame.vintage, frame.vintage.year)
    piles = [*_piles(frame, parts), *_rest_pile(frame, rest)]
    if not piles or total is None or not is_given(total):
        return None
    caption = frame.text("Forms of exploitation, investigations opened in {year}", year=frame.vintage.year)
    unit = frame.text("One square, one investigation ({n})", n=frame.locale.value(total))
    listed = "; ".join(f"{pile.label}: {pile.text}" for pile in piles)
    words = Words(caption, unit, frame.text("Unit chart with one square for each investigation."))
    lines = [Line(frame.label(OPENED), [total])]
    lines += [Line(frame.code_label(FORM, seen.code), [seen], level=1) for seen in parts]
    lines += [Line(frame.text("Form not stated"), [frame.locale.number(rest)], level=1)] if rest else []
    column = (Column(str(frame.vintage.year), current=True),)
    labelled = [(frame.code_label(FORM, seen.code), seen) for seen in parts]
    labelled = [(str(frame.vintage.year), total), *((name, seen) for name, seen in labelled if seen.notes)]
    return build(frame, "forms_year", words, Units(tuple(piles)), f"{words.drawing} {listed}.", lines, column, labelled)


def forms_over_years(frame: Frame) -> Figure | None:
    """The investigations opened by form, stacked for each year; what no form is stated for is its own layer."""
    codes = [code for code in _codes(frame.vintage) if any(map(is_given, frame.vintage.series(OPENED, code.code)))]
    if not codes:
        return None
    total = frame.vintage.series(OPENED)
    rests = [_rest(frame.vintage, year) for year in frame.vintage.years]
    series = [(frame.code_label(FORM, code.code), frame.vintage.series(OPENED, code.code)) for code in codes]
    layers = [
        Layer(label, tuple(bar(frame, each.get(year)) for year in frame.vintage.years), number)
        for number, (label, each) in enumerate(series)
    ]
    unstated = frame.text("Form not stated")
    layers.append(Layer(unstated, tuple(_rest_bar(frame, rest) for rest in rests), len(layers), remainder=True))
    words = Words(
        frame.text("Investigations opened by form of exploitation, {span}", span=frame.span),
        frame.text("Number of investigations; combined forms are categories of their own"),
        frame.text("Stacked column chart by year."),
    )
    totals = tuple(bar(frame, total.get(year)) for year in frame.vintage.years)
    lines = [Line(frame.label(OPENED), [total.get(year) for year in frame.vintage.years])]
    lines += [Line(label, [each.get(year) for year in frame.vintage.years], level=1) for label, each in series]
    lines.append(rest_line(frame, unstated, rests))
    told = [describe(frame, label, each) for label, each in [(frame.label(OPENED), total), *series]]
    alt = " ".join([words.drawing, *told, describe_rest(frame, unstated, rests)]).rstrip()
    labelled = [(str(seen.year), seen) for seen in _noted(total, [each for _, each in series])]
    plot = Stack(frame.years, tuple(layers), totals)
    return build(frame, "forms_over_years", words, plot, alt, lines, year_columns(frame.vintage), labelled)


def _codes(vintage: Vintage) -> tuple[Code, ...]:
    axis = vintage.catalogue.dimension(FORM)
    return axis.codes if axis else ()


def _noted(total: Series, parts: list[Series]) -> list[Observation]:
    seen = [*total, *(each for series in parts for each in series)]
    return sorted(seen, key=lambda each: each.year)


def _rest(vintage: Vintage, year: int) -> Decimal | None:
    """Investigations opened in a year for which no form is stated; None when the total is not exact."""
    axis = vintage.catalogue.dimension(FORM)
    total = vintage.observation(OPENED, year)
    rest = analysis.remainder(total, vintage.parts(OPENED, FORM, year), axis) if axis else None
    return rest if rest is not None and rest >= 0 else None


def _rest_bar(frame: Frame, rest: Decimal | None) -> Bar:
    return Bar(rest or None, frame.locale.number(rest) if rest is not None else ":")


def _piles(frame: Frame, parts: tuple[Observation, ...]) -> Iterator[Pile]:
    for number, seen in enumerate(parts):
        if seen.value is not None and is_given(seen):
            yield Pile(frame.code_label(FORM, seen.code), int(seen.value), frame.locale.value(seen), number)


def _rest_pile(frame: Frame, rest: Decimal | None) -> list[Pile]:
    if not rest or not frame.vintage.parts(OPENED, FORM):
        return []
    return [Pile(frame.text("Form not stated"), int(rest), frame.locale.number(rest), 7)]
