"""Charts of victims.

Of the year by person as symbols, and the populations of victims in rows on one axis.
"""

from dataclasses import replace
from decimal import Decimal

from reporter.analysis import arithmetic
from reporter.charts.series import MOST_SYMBOLS, ChartWords, build, column_charts, columns, one_series, over_years
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Pile, Rows, Units
from reporter.model import Observation, is_given
from reporter.prose.headlines import part_headline
from reporter.tables.tabulate import Line

POPULATIONS = ("victims.presumed", "victims.recognised", "victims.identified")
# Where a source counts identified and presumed victims together.
REGISTERED = "victims.registered"
SYMBOLS = {"women": "woman", "men": "man", "children": "child", "girls": "girl", "boys": "boy"}


def victims_year(context: Context) -> Figure | None:
    """The victims of the edition's year by person, one symbol each.

    Of the first population that is fully divided by exact numbers. None when there is none, or for too many symbols.
    """
    return next(
        (figure for code in (*POPULATIONS[:0:-1], REGISTERED) if (figure := _victims_year(context, code))), None
    )


def victims_over_years(context: Context) -> Figure | None:
    """Presumed, recognised and identified victims over the years.

    Three populations in rows on one axis, no sum. Where none of them is known, the registered victims.
    """
    counted = [code for code in context.in_catalogue(POPULATIONS) if any(map(is_given, context.vintage.series(code)))]
    if len(counted) < 2:
        return one_series(context, "victims_over_years", *(counted or [REGISTERED]))
    given = (code for code in POPULATIONS[::-1] if code in counted and is_given(context.vintage.observation(code)))
    words = ChartWords(
        context.text("Victims by population, {span}", span=context.span),
        context.text("Number of persons, on one scale; different populations, never added; (:) not available"),
        column_charts(context, len(counted)),
        next(filter(None, map(context.headline, given)), ""),
    )
    plot = Rows(tuple(replace(columns(context, code), subtitle=context.short(code)) for code in counted))
    series = [(context.label(code), context.vintage.series(code)) for code in counted]
    return over_years(context, "victims_over_years", words, plot, series)


def _victims_year(context: Context, indicator: str) -> Figure | None:
    total = context.vintage.observation(indicator)
    persons = _finest(context, indicator)
    if total is None or not persons or not all(map(arithmetic.is_exact, (total, *persons))):
        return None
    if arithmetic.total_of(persons) != total.value or sum(int(seen.value or 0) for seen in persons) > MOST_SYMBOLS:
        return None
    piles = tuple(_pile(context, seen) for seen in persons)
    label, year = context.label(indicator), context.vintage.year
    named = [(pile.label, seen) for pile, seen in zip(piles, persons, strict=True)]
    words = ChartWords(
        context.text("{label}, {year}", label=label, year=year),
        context.text("One symbol, one person ({n})", n=context.locale.value(total)),
        context.text("Pictogram with one symbol for each person."),
        part_headline(named, total, Decimal(0), context.vintage, context.locale),
    )
    told = (context.locale.put("{}: {}", pile.label, pile.text) for pile in piles)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", told))
    lines = [Line(label, [total]), *(Line(name, [seen], level=1) for name, seen in named)]
    column, labelled = (Column(str(year), current=True),), [(label, total), *named]
    return build(context, "victims_year", words, Units(piles), alt, lines, column, labelled)


def _finest(context: Context, indicator: str) -> list[Observation]:
    """The parts that no other part divides further.

    Girls and boys rather than children.
    """
    axis = context.vintage.catalogue.dimension("person")
    parts = context.vintage.parts(indicator, "person")
    divided = {member.within for seen in parts if axis and (member := axis.get(seen.code))}
    return [seen for seen in parts if seen.code not in divided and is_given(seen)]


def _pile(context: Context, seen: Observation) -> Pile:
    return Pile(
        label=context.code_label("person", seen.code),
        count=int(seen.value or 0),
        text=context.locale.value(seen),
        symbol=SYMBOLS.get(seen.code, "square"),
    )
