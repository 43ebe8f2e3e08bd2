"""Charts of the forms of exploitation in the investigations opened.

Of the year as squares or bars, over the years in panels.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.charts.division import MOST_PANELS, Division, division_chart, largest_places, others_label, part_columns
from reporter.charts.series import MOST_BARS, MOST_PILES, MOST_SYMBOLS, ChartWords, build
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Panels, Pile, Ranking, Span, Units
from reporter.model import Observation, is_given
from reporter.prose.headlines import leading_part
from reporter.tables.tabulate import Line

OPENED, FORM = "investigations.opened", "form"


def forms_year(context: Context) -> Figure | None:
    """The investigations opened in the edition's year, by form.

    One square a case; bars when there are many. None unless the total and a form are known.
    """
    parts = sorted(context.vintage.parts(OPENED, FORM), key=lambda seen: -(seen.value or 0))
    total = context.vintage.observation(OPENED)
    rest = _division(context).remainder(context, context.vintage.year)
    top = _division(context).top_parts(context, context.vintage.year)
    piles = (*_piles(context, (seen for seen in parts if seen in top)), *_rest_pile(context, rest))
    if not piles or total is None or not is_given(total):
        return None
    many = sum(pile.count for pile in piles) > MOST_SYMBOLS or len(piles) > MOST_PILES
    words, plot = (_as_bars if many else _as_units)(context, total, piles)
    named = [(context.code_label(FORM, seen.code), seen) for seen in parts]
    if first := leading_part(top, rest):
        label = context.code_label(FORM, first.code)
        words = replace(words, headline=context.text("{label} came first", label=label))
    told = (context.locale.put("{}: {}", pile.label, pile.text) for pile in piles)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", told))
    lines = [Line(context.label(OPENED), [total])]
    lines += [Line(label, [seen], level=1) for label, seen in named]
    lines += [Line(context.text("Form not stated"), [rest], level=1)] if rest else []
    column = (Column(str(context.vintage.year), current=True),)
    labelled = [(str(context.vintage.year), total), *((label, seen) for label, seen in named if seen.notes)]
    return build(context, "forms_year", words, plot, alt, lines, column, labelled)


def forms_over_years(context: Context) -> Figure | None:
    """The investigations opened by form over the years.

    None without any form.
    """
    division = _division(context)
    if not division.parts(context):
        return None
    words = ChartWords(
        context.text("Investigations opened by form of exploitation, {span}", span=context.span),
        context.text(
            "Number of investigations, on one scale; combined forms are categories of their own; (:) not available"
        ),
    )
    plot = Panels(part_columns(context, division), columns=MOST_PANELS)
    return division_chart(context, "forms_over_years", words, division, plot)


def _division(context: Context) -> Division:
    return Division(OPENED, FORM, context.text("Form not stated"))


def _caption(context: Context) -> str:
    return context.text("Forms of exploitation, {year}", year=context.vintage.year)


def _as_units(context: Context, total: Observation, piles: tuple[Pile, ...]) -> tuple[ChartWords, Units]:
    unit = context.text("One square, one investigation opened ({n})", n=context.locale.value(total))
    drawing = context.text("Unit chart with one square for each investigation.")
    return ChartWords(_caption(context), unit, drawing), Units(piles)


def _as_bars(context: Context, total: Observation, piles: tuple[Pile, ...]) -> tuple[ChartWords, Ranking]:
    unit = context.text("Number of investigations opened ({n})", n=context.locale.value(total))
    ranked = tuple(_gathered(context, piles))
    spans = [
        Span(
            label=pile.label,
            start=None,
            end=Decimal(pile.count),
            text=pile.text,
            emphasised=True,
            remainder=pile.remainder,
        )
        for pile in ranked
    ]
    return ChartWords(_caption(context), unit, context.text("Bar chart with one bar for each form.")), Ranking(
        tuple(spans)
    )


def _piles(context: Context, parts: Iterable[Observation]) -> Iterator[Pile]:
    for seen in parts:
        if seen.value is not None and is_given(seen):
            yield Pile(context.code_label(FORM, seen.code), int(seen.value), context.locale.value(seen))


def _gathered(context: Context, piles: Sequence[Pile]) -> Iterator[Pile]:
    """The piles; of too many, the smallest are merged at the end.

    The data table has them all.
    """
    # A value with a sign before it (≥, ≈) is not exact, so it is never merged with others.
    sizes = [Decimal(pile.count) if pile.text[:1].isdigit() else Decimal("Infinity") for pile in piles]
    shown = largest_places(sizes, MOST_BARS)
    yield from (pile for n, pile in enumerate(piles) if n in shown)
    small = [pile for n, pile in enumerate(piles) if n not in shown]
    if small:
        total = sum(pile.count for pile in small)
        yield Pile(others_label(context, len(small)), total, context.locale.number(total))


def _rest_pile(context: Context, rest: Decimal | None) -> list[Pile]:
    if not rest or not context.vintage.parts(OPENED, FORM):
        return []
    return [
        Pile(
            label=context.text("Form not stated"),
            count=int(rest),
            text=context.locale.number(rest),
            remainder=True,
        )
    ]
