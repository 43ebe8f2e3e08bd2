"""Charts of criminal justice: investigations, persons prosecuted to convicted, and sentences."""

from reporter.data.i18n import N_
from reporter.data.records import Observation, is_given
from reporter.report.charts.series import ChartWords, columns, over_years, side_by_side
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Ranges, Span

INVESTIGATIONS = ("investigations.opened", "investigations.conducted")
OF_INVESTIGATIONS = N_("Number of investigations; same scale; (:) not available")
OF_OTHERS = N_("Number per year; same scale; (:) not available")
CHAIN = ("persons.prosecuted", "persons.charged", "persons.convicted")
CONVICTED, SHORTEST, LONGEST = "persons.convicted", "sentences.shortest", "sentences.longest"


def investigations(context: Context) -> Figure | None:
    """Investigations opened and conducted, in two panels. Both count cases and share a scale."""
    opened = context.vintage.series(INVESTIGATIONS[0])
    words = ChartWords(
        _caption(context, N_("Investigations opened and conducted, {span}"), INVESTIGATIONS),
        context.text(OF_OTHERS if any(each.definition for each in opened) else OF_INVESTIGATIONS),
        headline=context.headline(INVESTIGATIONS[0]),
    )
    return side_by_side(context, "investigations", words, INVESTIGATIONS)


def criminal_justice(context: Context) -> Figure | None:
    """Persons prosecuted, charged and convicted side by side. No funnel, since the persons of each stage differ within
    a year."""
    words = ChartWords(
        _caption(context, N_("Persons prosecuted, charged and convicted, {span}"), CHAIN),
        context.text("Number of persons, same scale; the stages of a year concern different cases; (:) not available"),
        headline=context.headline(CONVICTED),
    )
    return side_by_side(context, "criminal_justice", words, CHAIN)


def _caption(context: Context, of_all: str, codes: tuple[str, ...]) -> str:
    """What a chart is called: by all its figures, or by those of them that any year has."""
    known = [code for code in codes if any(map(is_given, context.vintage.series(code)))]
    if len(known) in (0, len(codes)):
        return context.text(of_all, span=context.span)
    labels = context.locale.listed(context.locale.inside(context.label(code)) for code in known)
    return context.text("{label}, {span}", label=context.locale.opened(labels), span=context.span)


def convictions_sentences(context: Context) -> Figure | None:
    """Persons convicted each year and, below, the range of sentences. Custodial sentences, in years, where they are
    stated. None without any sentence."""
    ranges = []
    for year in context.vintage.years:
        shortest, longest = (context.vintage.observation(code, year) for code in (SHORTEST, LONGEST))
        low, high = (seen.value if seen and is_given(seen) else None for seen in (shortest, longest))
        ranges.append(Span(str(year), low, high, _range_text(context, shortest, longest)))
    if all(span.start is span.end is None for span in ranges) or not context.in_catalogue((CONVICTED,)):
        return None
    words = ChartWords(
        context.text("Convictions and sentences, {span}", span=context.span),
        context.text("Persons convicted; below, custodial sentences in years, where stated; (:) not available"),
        context.text("Column chart by year above a chart of ranges by year."),
    )
    plot = Ranges(columns(context, CONVICTED), context.text("Sentences, years of imprisonment"), tuple(ranges))
    series = [
        (context.label(code), context.vintage.series(code))
        for code in context.in_catalogue((CONVICTED, SHORTEST, LONGEST))
    ]
    return over_years(context, "convictions_sentences", words, plot, series)


def _range_text(context: Context, shortest: Observation | None, longest: Observation | None) -> str:
    low, high = context.locale.value(shortest), context.locale.value(longest)
    if is_given(shortest) and is_given(longest):
        return context.locale.put("{}–{}", low, high)
    if is_given(longest):
        return context.text("up to {n}", n=high)
    return context.text("from {n}", n=low) if is_given(shortest) else context.locale.value(longest or shortest)
