"""Charts of the forms of exploitation in the investigations opened. Of the year as squares or bars, over the years in
panels."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.i18n import N_
from reporter.data.records import Observation, is_given
from reporter.report.charts.breakdown import (
    MOST_PANELS,
    Division,
    division_chart,
    largest_places,
    others_label,
    part_columns,
)
from reporter.report.charts.series import ChartWords, figure, more_notes
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import Panels, SquareRow, Squares
from reporter.report.tables.tabulate import Line
from reporter.text.change_sentences import leading_part

OPENED, FORM = "investigations.opened", "form"
# More squares, or more rows, than this are higher than the column that they stand in.
MOST_SQUARES, MOST_ROWS = 60, 6


def forms_year(context: Context) -> Figure | None:
    """The investigations opened in the edition's year, by form. One square a case; bars when there are many. A form
    with none is not drawn. None unless the total and a form are known."""
    parts = sorted(context.vintage.parts(OPENED, FORM), key=lambda seen: -(seen.value or 0))
    total = context.vintage.observation(OPENED)
    rest = _division(context).remainder(context, context.vintage.year)
    top = _division(context).top_parts(context, context.vintage.year)
    squares = tuple(
        SquareRow(context.code_label(FORM, seen.code), int(seen.value), context.locale.value(seen))
        for seen in parts
        if seen in top and seen.value and is_given(seen)
    )
    rows = (
        *_gathered(context, squares),
        *(
            []
            if not rest or not context.vintage.parts(OPENED, FORM)
            else [SquareRow(context.text("Form not stated"), int(rest), context.locale.number(rest), remainder=True)]
        ),
    )
    if not rows or total is None or not is_given(total):
        return None
    many = sum(row.count for row in rows) > MOST_SQUARES
    named = [(context.code_label(FORM, seen.code), seen) for seen in parts]
    words = _words(context, total, many=many)
    if first := leading_part(top, rest):
        label = context.code_label(FORM, first.code)
        words = replace(words, headline=context.text("{label} came first", label=label))
    told = (context.locale.put("{}: {}", row.label, row.text) for row in rows)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", told))
    lines = [Line(context.locale.label_of(total, context.vintage.catalogue), [total])]
    lines += [Line(label, [seen], level=1) for label, seen in named]
    lines += [Line(context.text("Form not stated"), [rest], level=1)] if rest else []
    column = (Column(str(context.vintage.year), current=True),)
    notes = more_notes(context, sum(bool(context.vintage.notes(seen)) for seen in (total, *parts)))
    return figure(context, "forms_year", words, Squares(rows, bars=many), alt, lines, column, notes=notes)


def forms_over_years(context: Context) -> Figure | None:
    """The investigations opened by form over the years. None without any form."""
    division = _division(context)
    if not division.parts(context):
        return None
    caption, unit = (
        N_("Investigations opened by form of exploitation, {span}"),
        N_("Number of investigations, on one scale; combined forms are categories of their own; (:) not available"),
    )
    # By another definition these are offences, or other cases.
    if any(each.definition for each in context.vintage.series(OPENED)):
        caption, unit = (
            N_("Forms of exploitation, {span}"),
            N_("Number per year, on one scale; combined forms are categories of their own; (:) not available"),
        )
    words = ChartWords(context.text(caption, span=context.span), context.text(unit))
    plot = Panels(part_columns(context, division), columns=MOST_PANELS)
    return division_chart(context, "forms_over_years", words, division, plot)


def _division(context: Context) -> Division:
    return Division(OPENED, FORM, context.text("Form not stated"))


def _words(context: Context, total: Observation, *, many: bool) -> ChartWords:
    caption, n = context.text("Forms of exploitation, {year}", year=context.vintage.year), context.locale.value(total)
    if many:
        unit = context.text("Number of investigations opened ({n})", n=n)
        if total.definition:
            unit = context.locale.put("{} ({})", context.locale.label_of(total, context.vintage.catalogue), n)
        return ChartWords(caption, unit, context.text("Bar chart with one bar for each form."))
    if total.definition:
        unit = context.text("One square, one case ({n})", n=n)
        return ChartWords(caption, unit, context.text("Unit chart with one square for each case."))
    unit = context.text("One square, one investigation opened ({n})", n=n)
    return ChartWords(caption, unit, context.text("Unit chart with one square for each investigation."))


def _gathered(context: Context, rows: Sequence[SquareRow]) -> Iterator[SquareRow]:
    """The rows; of too many, the smallest are merged at the end. The data table has them all."""
    # A value with a sign before it (≥, ≈) is not exact, so it is never merged with others.
    sizes = [Decimal(row.count) if row.text[:1].isdigit() else Decimal("Infinity") for row in rows]
    shown = largest_places(sizes, MOST_ROWS)
    yield from (row for n, row in enumerate(rows) if n in shown)
    small = [row for n, row in enumerate(rows) if n not in shown]
    if small:
        total = sum(row.count for row in small)
        yield SquareRow(others_label(context, len(small)), total, context.locale.number(total))
