"""Criminal justice: prosecuted, charged and convicted as parallel series, and convictions with their sentences."""

from collections.abc import Sequence

from reporter.charts.frame import Frame, Words, columns, over_years, side_by_side
from reporter.document import Figure
from reporter.model import Observation, is_given
from reporter.plot import Ranges, Span

CHAIN = ("persons.prosecuted", "persons.charged", "persons.convicted")
CONVICTED, SHORTEST, LONGEST = "persons.convicted", "sentences.shortest", "sentences.longest"


def criminal_justice(frame: Frame) -> Figure | None:
    """Persons prosecuted, charged and convicted side by side; no funnel, since each year's persons differ."""
    words = Words(
        frame.text("Persons prosecuted, charged and convicted, {span}", span=frame.span),
        frame.text("Number of persons, same scale; the stages of a year concern different cases; (:) not available"),
        headline=frame.headline(CONVICTED),
    )
    return side_by_side(frame, "criminal_justice", words, CHAIN)


def convictions_sentences(frame: Frame) -> Figure | None:
    """Persons convicted each year and, below, the range of custodial sentences where it is stated."""
    ranges = tuple(_range(frame, year) for year in frame.vintage.years)
    nothing = all(span.start is None and span.end is None for span in ranges)
    if nothing or not frame.known((CONVICTED,)):
        return None
    words = Words(
        frame.text("Convictions and sentences, {span}", span=frame.span),
        frame.text("Persons convicted; below, custodial sentences in years, where stated; (:) not available"),
        frame.text("Column chart by year above a chart of ranges by year."),
        _sentences_headline(frame, ranges),
    )
    plot = Ranges(columns(frame, CONVICTED), frame.text("Sentences, years of imprisonment"), ranges, 4)
    series = [(frame.label(code), frame.vintage.series(code)) for code in frame.known((CONVICTED, SHORTEST, LONGEST))]
    return over_years(frame, "convictions_sentences", words, plot, series)


def _sentences_headline(frame: Frame, ranges: Sequence[Span]) -> str:
    """The sentences of the last year for which any is stated."""
    last = next(span for span in reversed(ranges) if span.start is not None or span.end is not None)
    return frame.text("Sentences in {year}, years of imprisonment: {range}", year=last.label, range=last.text)


def _range(frame: Frame, year: int) -> Span:
    shortest, longest = (frame.vintage.observation(code, year) for code in (SHORTEST, LONGEST))
    low, high = (seen.value if seen and is_given(seen) else None for seen in (shortest, longest))
    return Span(str(year), low, high, _range_text(frame, shortest, longest))


def _range_text(frame: Frame, shortest: Observation | None, longest: Observation | None) -> str:
    low, high = frame.locale.value(shortest), frame.locale.value(longest)
    if is_given(shortest) and is_given(longest):
        return f"{low}–{high}"
    if is_given(longest):
        return frame.text("up to {n}", n=high)
    return frame.text("from {n}", n=low) if is_given(shortest) else frame.locale.value(longest or shortest)
