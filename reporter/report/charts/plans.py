"""Timeline of action plans and framework programmes. Plans may overlap, and a year may have none."""

from decimal import Decimal

from reporter.data.i18n import N_, NN_
from reporter.data.records import Plan
from reporter.report.charts.series import ChartWords, figure
from reporter.report.context import Context
from reporter.report.document.document import Column, Figure
from reporter.report.document.plot import Span, Spans
from reporter.report.tables.tabulate import Line


def action_plans(context: Context) -> Figure | None:
    """The plans known when the edition was made, by their years."""
    plans = context.vintage.country.plans
    if not plans:
        return None
    spans = tuple(
        Span(
            label=plan.name.text(context.locale.language),
            start=Decimal(plan.first),
            end=Decimal(plan.last),
            text=context.locale.period(str(plan.first), str(plan.last)),
            emphasised=plan.first <= context.vintage.year <= plan.last,
        )
        for plan in plans
    )
    first, last = min(plan.first for plan in plans), max(plan.last for plan in plans)
    words = ChartWords(
        context.text("Action plans and programmes, {span}", span=f"{first}–{last}"),
        context.text("Years covered; the line marks the year of this edition"),
        context.text("Timeline of plans."),
        _headline(context, sum(span.emphasised for span in spans)),
        context.text("Years covered"),
    )
    heads = (N_("Years"), N_("Adopted"), N_("Evaluated"), N_("Focus"))
    span_texts = (context.locale.put("{}: {}", span.label, span.text) for span in spans)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", span_texts))
    notes = tuple(
        (span.text, plan.note.text(context.locale.language))
        for span, plan in zip(spans, plans, strict=True)
        if plan.note
    )
    return figure(
        context,
        "action_plans",
        words,
        Spans(spans, first, last, context.vintage.year),
        alt,
        [_line(context, plan) for plan in plans],
        tuple(Column(context.text(head), text=True) for head in heads),
        context.text("Plan"),
        sources=(context.vintage.country.source,),
        notes=notes,
    )


def _headline(context: Context, count: int) -> str:
    year, numeral = context.vintage.year, context.locale.numeral(count, subject=True)
    if not count:
        return context.text("No plan is known for {year}", year=year)
    one, many = NN_("{n} plan was in force in {year}", "{n} plans were in force in {year}")
    return context.locale.opened(context.locale.count(one, many, count, n=numeral, year=year))


def _line(context: Context, plan: Plan) -> Line:
    return Line(
        plan.name.text(context.locale.language),
        [
            context.locale.period(str(plan.first), str(plan.last)),
            context.locale.date(plan.adopted) or ":",
            context.locale.date(plan.evaluated) or ":",
            plan.focus.text(context.locale.language) or ":",
        ],
    )
