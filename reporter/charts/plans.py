"""Action plans and framework programmes as a timeline; a plan may overlap another, and a year may have none."""

from collections.abc import Sequence
from decimal import Decimal

from reporter.charts.frame import Frame, Words, figure
from reporter.document import Column, Figure
from reporter.i18n import N_
from reporter.model import Plan
from reporter.model.calendar import year_of
from reporter.plot import Span, Spans
from reporter.prose.headlines import names_headline
from reporter.tables import Heads, Line, tabulate


def action_plans(frame: Frame) -> Figure | None:
    """The plans known when the edition was made, by their years."""
    plans = frame.vintage.country.plans
    if not plans:
        return None
    spans = tuple(_span(frame, plan) for plan in plans)
    first, last = min(plan.first for plan in plans), max(plan.last for plan in plans)
    words = Words(
        frame.text("Action plans and programmes, {span}", span=f"{first}–{last}"),
        frame.text("Years covered; the line marks the year of this edition"),
        frame.text("Timeline of plans."),
        _headline(frame, [span.label for span in spans if span.emphasised]),
    )
    heads = Heads("data-action_plans", words.caption, words.unit_line, frame.text("Plan"), _columns(frame))
    lines = [_line(frame, plan) for plan in plans]
    table = tabulate(heads, lines, frame.vintage, frame.locale, (frame.vintage.country.source,))
    alt = f"{words.drawing} {'; '.join(f'{span.label}: {span.text}' for span in spans)}."
    notes = tuple(
        (span.text, plan.note.text(frame.locale.language)) for span, plan in zip(spans, plans, strict=True) if plan.note
    )
    plot = Spans(spans, first, last, frame.vintage.year)
    return figure("action_plans", words, plot, alt, table, notes)


def _headline(frame: Frame, current: Sequence[str]) -> str:
    """The plans of the edition's year, or that none is known."""
    year = frame.vintage.year
    if not current:
        return frame.text("No plan is known for {year}", year=year)
    return names_headline(frame.text("In force in {year}", year=year), current, frame.locale)


def _span(frame: Frame, plan: Plan) -> Span:
    years = frame.locale.period(str(plan.first), str(plan.last))
    current = plan.first <= frame.vintage.year <= plan.last
    name = plan.name.text(frame.locale.language)
    return Span(name, Decimal(plan.first), Decimal(plan.last), years, current, 4 if plan.framework else 0)


def _columns(frame: Frame) -> tuple[Column, ...]:
    names = (N_("Years"), N_("Adopted"), N_("Evaluated"), N_("Focus"))
    return tuple(Column(frame.text(name), text=True) for name in names)


def _line(frame: Frame, plan: Plan) -> Line:
    known = (year_of(plan.evaluated) or 9999) <= frame.vintage.year
    return Line(
        plan.name.text(frame.locale.language),
        [
            frame.locale.period(str(plan.first), str(plan.last)),
            frame.locale.date(plan.adopted) or ":",
            (frame.locale.date(plan.evaluated) if known else "") or ":",
            plan.focus.text(frame.locale.language) or ":",
        ],
    )
