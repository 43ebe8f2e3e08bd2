"""Training by number of participants. Targets are left out, overlapping counts are marked and never added."""

from collections.abc import Sequence

from reporter.charts.frame import Frame, Words, build
from reporter.document import Column, Figure
from reporter.model import Activity, ActivityKind, Observation, is_given
from reporter.plot import Ranking, Span
from reporter.tables import Line

PARTICIPANTS = "activity.participants"


def training(frame: Frame) -> Figure | None:
    """Participants of each training that states them, latest first; bounds and approximations keep their words."""
    held = [(each, seen) for each in _trainings(frame) if (seen := _participants(each))]
    if not held:
        return None
    spans = tuple(
        Span(_name(frame, each), None, seen.value, frame.locale.spoken(seen), _latest(frame, each), 4)
        for each, seen in held
    )
    words = Words(
        frame.text("Participants in training, by event"),
        frame.text("Number of persons; counts may overlap and are not added"),
        frame.text("Bar chart of training events."),
        _headline(frame, held),
    )
    alt = f"{words.drawing} {'; '.join(f'{span.label}: {span.text}' for span in spans)}."
    lines = [Line(span.label, [seen]) for span, (_, seen) in zip(spans, held, strict=True)]
    labelled = [(_name(frame, each), seen) for each, seen in held]
    column = (Column(frame.label(PARTICIPANTS)),)
    return build(frame, "training", words, Ranking(spans), alt, lines, column, labelled, stub=frame.text("Training"))


def _headline(frame: Frame, held: Sequence[tuple[Activity, Observation]]) -> str:
    """How many trainings state their participants since when; which was the largest, bounds often leave open."""
    first = min(each.since[:4] for each, _ in held)
    return frame.locale.count(
        "{n} training with a known number of participants since {year}",
        "{n} trainings with a known number of participants since {year}",
        len(held),
        year=first,
    )


def _trainings(frame: Frame) -> list[Activity]:
    found = [each for each in frame.vintage.data.activities if each.kind is ActivityKind.TRAINING and not each.target]
    return sorted(found, key=lambda each: (each.until, each.since), reverse=True)


def _participants(activity: Activity) -> Observation | None:
    return next((seen for seen in activity.figures if seen.indicator == PARTICIPANTS and is_given(seen)), None)


def _name(frame: Frame, activity: Activity) -> str:
    period = frame.locale.period(activity.since[:4], activity.until[:4])
    return frame.text("{label}, {year}", label=activity.title.text(frame.locale.language), year=period)


def _latest(frame: Frame, activity: Activity) -> bool:
    return activity.year >= frame.vintage.year - 1
