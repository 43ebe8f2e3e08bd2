"""Charts of criminal justice: investigations and forms of exploitation, persons prosecuted to convicted, sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from reporter.data.i18n import N_
from reporter.data.records import Observation, is_given
from reporter.figures.analysis.ledger import CHAIN, INVESTIGATIONS
from reporter.report.charts.breakdown import MOST_PANELS, Division, division_chart, largest_places, part_columns
from reporter.report.charts.series import LEAST, ChartWords, figure, more_notes, side_by_side, unit_line
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import Panels, SquareRow, Squares
from reporter.report.tables.tabulate import Line
from reporter.text.change_sentences import leading_part

SENTENCES = ("sentences.shortest", "sentences.longest")


def investigations(context: Context) -> Figure | None:
    """Investigations opened and conducted, in two panels on one scale, because both count cases."""
    words = ChartWords(
        _caption(context, N_("Investigations opened and conducted, {span}"), INVESTIGATIONS),
        context.text("Number per year; same scale"),
        headline=context.headline(INVESTIGATIONS[0]),
    )
    return side_by_side(context, "investigations", words, INVESTIGATIONS)


def criminal_justice(context: Context) -> Figure | None:
    """Persons prosecuted, charged and convicted, side by side; not a funnel, since each stage counts different
    persons."""
    words = ChartWords(
        _caption(context, N_("Persons prosecuted, charged and convicted, {span}"), CHAIN),
        context.text("Number of persons, same scale; the stages of a year concern different cases"),
        headline=next(map(context.headline, context.undrawn(CHAIN[::-1])), ""),
    )
    return side_by_side(context, "criminal_justice", words, CHAIN)


def _caption(context: Context, of_all: str, codes: tuple[str, ...]) -> str:
    """The caption of a chart, naming all its figures or only those with a value in some year."""
    stated_codes = [code for code in context.undrawn(codes) if any(map(is_given, context.vintage.series(code)))]
    if len(stated_codes) in (0, len(codes)):
        return context.text(of_all, span=context.span)
    labels = context.locale.listed(context.locale.inside(context.label(code)) for code in stated_codes)
    return context.text("{label}, {span}", label=context.locale.opened(labels), span=context.span)


def convictions_sentences(context: Context) -> Figure | None:
    """The shortest and the longest custodial sentence of each year, side by side. None without three years of them."""
    sentences = (value for code in SENTENCES for value in context.vintage.series(code))
    if len({value.year for value in sentences if is_given(value)}) < LEAST:
        return None
    label = context.text("Sentences, years of imprisonment")
    unit = next((unit_line(context, code) for code in context.in_catalogue(SENTENCES)), "")
    words = ChartWords(context.text("{label}, {span}", label=label, span=context.span), unit)
    return side_by_side(context, "convictions_sentences", words, SENTENCES)


OPENED, FORM = "investigations.opened", "form"
# More squares or rows than this are higher than the column they are printed in.
MOST_SQUARES, MOST_ROWS = 60, 6


def forms_year(context: Context) -> Figure | None:
    """The investigations opened in the edition's year by form, one square for each case, or bars if there are many. A
    form without cases is not drawn. None unless the total and a form are known."""
    parts = sorted(context.vintage.parts(OPENED, FORM), key=lambda observation: -(observation.value or 0))
    total = context.vintage.observation(OPENED)
    rest = _division(context).remainder(context, context.vintage.year)
    top = _division(context).top_parts(context, context.vintage.year)
    squares = tuple(
        SquareRow(context.code_label(FORM, observation.code), int(observation.value), context.locale.value(observation))
        for observation in parts
        if observation in top and observation.value and is_given(observation)
    )
    rows = [*_gathered(context, squares)]
    if rest and parts:
        rows.append(SquareRow(context.text("Form not stated"), int(rest), context.locale.number(rest), remainder=True))
    if not rows or total is None or not is_given(total):
        return None
    many = sum(row.count for row in rows) > MOST_SQUARES
    named = [(context.code_label(FORM, observation.code), observation) for observation in parts]
    words = _words(context, total, many=many)
    if first := leading_part(top, rest):
        label = context.code_label(FORM, first.code)
        words = replace(words, headline=context.text("{label} – the most common form", label=label))
    row_texts = (context.locale.put("{}: {}", row.label, row.text) for row in rows)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", row_texts))
    lines = [Line(context.locale.label_of(total, context.vintage.catalogue), [total])]
    lines += [Line(label, [observation], level=1) for label, observation in named]
    lines += [Line(context.text("Form not stated"), [rest], level=1)] if rest else []
    column = (Column(str(context.vintage.year), current=True),)
    notes = more_notes(context, sum(bool(context.vintage.notes(observation)) for observation in (total, *parts)))
    return figure(context, "forms_year", words, Squares(tuple(rows), bars=many), alt, lines, column, notes=notes)


def forms_over_years(context: Context) -> Figure | None:
    """The investigations opened by form over the years. None without a form."""
    division = _division(context)
    if not division.parts(context):
        return None
    caption = N_("Investigations opened by form of exploitation, {span}")
    # By another definition these are offences, or other cases.
    if any(observation.definition for observation in context.vintage.series(OPENED)):
        caption = N_("Forms of exploitation, {span}")
    unit = context.text("Number per year, on one scale; combined forms are separate categories")
    words = ChartWords(context.text(caption, span=context.span), unit)
    plot = Panels(part_columns(context, division), columns=MOST_PANELS)
    return division_chart(context, "forms_over_years", words, division, plot)


def _division(context: Context) -> Division:
    return Division(OPENED, FORM, context.text("Form not stated"))


def _words(context: Context, total: Observation, *, many: bool) -> ChartWords:
    caption = context.text("{label}, {year}", label=context.text("Forms of exploitation"), year=context.vintage.year)
    n = context.locale.value(total)
    if many:
        unit = context.locale.put("{} ({})", context.locale.label_of(total, context.vintage.catalogue), n)
        return ChartWords(caption, unit, context.text("Bar chart with one bar for each form."))
    unit = N_("One square, one case ({n})") if total.definition else N_("One square, one investigation opened ({n})")
    return ChartWords(caption, context.text(unit, n=n), context.text("Unit chart with one square for each case."))


def _gathered(context: Context, rows: Sequence[SquareRow]) -> Iterator[SquareRow]:
    """The rows; if there are too many, the smallest are merged at the end. The data table has them all."""
    # A value with a sign before it (≥, ≈) is not exact, so it is never merged with others.
    sizes = [Decimal(row.count) if row.text[:1].isdigit() else Decimal("Infinity") for row in rows]
    places = largest_places(sizes, MOST_ROWS)
    yield from (row for n, row in enumerate(rows) if n in places)
    small = [row for n, row in enumerate(rows) if n not in places]
    if small:
        total = sum(row.count for row in small)
        label = context.locale.count("{n} other category", "{n} other categories", len(small))
        yield SquareRow(label, total, context.locale.number(total))
