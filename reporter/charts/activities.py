"""Chart of training by number of participants.

Targets are left out; overlapping counts are never added.
"""

from reporter.charts.series import ChartWords, build
from reporter.context import Context
from reporter.document.document import Column, Figure
from reporter.document.plot import Ranking, Span
from reporter.model import Activity, ActivityKind, Observation, is_given
from reporter.tables.tabulate import Line

PARTICIPANTS = "activity.participants"


def training(context: Context) -> Figure | None:
    """Participants of each training that states them, latest first.

    Bounds and approximations keep their words. None without such a training.
    """
    events = [
        each for each in context.vintage.data.activities if each.kind is ActivityKind.TRAINING and not each.target
    ]
    events.sort(key=lambda each: (each.until, each.since), reverse=True)
    held = [(each, seen) for each in events if (seen := _participants(each))]
    if not held:
        return None
    spans = tuple(
        Span(
            label=_name(context, each),
            start=None,
            end=seen.value,
            text=context.locale.spoken(seen),
            emphasised=each.year >= context.vintage.year - 1,
            accent=4,
        )
        for each, seen in held
    )
    words = ChartWords(
        context.text("Participants in training, by event"),
        context.text("Number of persons; counts may overlap and are not added"),
        context.text("Bar chart of training events."),
    )
    told = (context.locale.put("{}: {}", span.label, span.text) for span in spans)
    alt = context.locale.put("{} {}.", words.drawing, context.locale.joined("; ", told))
    lines = [Line(span.label, [seen]) for span, (_, seen) in zip(spans, held, strict=True)]
    labelled = [(_name(context, each), seen) for each, seen in held]
    column = (Column(context.label(PARTICIPANTS)),)
    return build(
        context, "training", words, Ranking(spans), alt, lines, column, labelled, stub=context.text("Training")
    )


def _participants(activity: Activity) -> Observation | None:
    return next((seen for seen in activity.figures if seen.indicator == PARTICIPANTS and is_given(seen)), None)


def _name(context: Context, activity: Activity) -> str:
    period = context.locale.period(activity.since[:4], activity.until[:4])
    return context.text("{label}, {year}", label=activity.title.text(context.locale.language), year=period)
