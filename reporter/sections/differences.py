"""Where the figures of an edition differ from what another publication says, and why."""

from collections.abc import Iterator

from reporter.charts import Frame
from reporter.document import Column, Table
from reporter.model import Difference, is_given
from reporter.sections.material import Material
from reporter.tables import Heads, Line, tabulate


def differences(material: Material) -> Table | None:
    """The differences explained up to the edition's year, by year; None when there are none."""
    frame = material.frame
    found = sorted(_differing(frame), key=lambda each: each.year)
    if not found:
        return None
    own = (seen.source for each in found if (seen := frame.vintage.observation(each.figure, each.year)))
    sources = (*own, *(each.publication for each in found))
    heads = Heads(
        "differences",
        frame.text("Figures that other publications state differently"),
        frame.text("No figure was changed; the number of the other publication stands as it is published"),
        frame.text("Figure"),
        (
            Column(frame.text("Year")),
            Column(frame.text("Here")),
            Column(frame.text("There")),
            Column(frame.text("What is known of the difference"), text=True),
        ),
    )
    return tabulate(heads, [_line(frame, each) for each in found], frame.vintage, frame.locale, sources)


def _differing(frame: Frame) -> Iterator[Difference]:
    """The explanations whose figure the edition prints with another number; a later revision may have settled it."""
    for each in frame.vintage.data.differences:
        seen = frame.vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def _line(frame: Frame, each: Difference) -> Line:
    seen = frame.vintage.observation(each.figure, each.year)
    label = frame.locale.label_of(seen, frame.vintage.catalogue) if seen else each.figure
    shown = frame.locale.value(seen)
    return Line(label, [str(each.year), shown, each.published, each.reason.text(frame.locale.language)])
