"""Where figures differ from another publication, and why."""

from collections.abc import Iterator

from reporter.context import Context
from reporter.document.document import Column, Table
from reporter.model import Difference, is_given
from reporter.sections.material import SectionMaterial
from reporter.tables.tabulate import Heads, Line, tabulate


def differences(material: SectionMaterial) -> Table | None:
    """The table of explained differences, by year.

    Where another publication states a figure differently, and why. Up to the edition's year; None when there are none.
    """
    context = material.context
    found = sorted(_differing(context), key=lambda each: each.year)
    if not found:
        return None
    own = (seen.source for each in found if (seen := context.vintage.observation(each.figure, each.year)))
    sources = (*own, *(each.publication for each in found))
    heads = Heads(
        code="differences",
        caption=context.text("Figures that other publications state differently"),
        unit_line=context.text("No figure was changed; the number of the other publication stands as it is published"),
        stub=context.text("Figure"),
        columns=(
            Column(context.text("Year")),
            Column(context.text("Here")),
            Column(context.text("There")),
            Column(context.text("What is known of the difference"), text=True),
        ),
    )
    return tabulate(heads, [_line(context, each) for each in found], context.vintage, context.locale, sources)


def _differing(context: Context) -> Iterator[Difference]:
    """The explanations of differences that the edition prints.

    A later revision may have settled one of them.
    """
    for each in context.vintage.data.differences:
        seen = context.vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def _line(context: Context, each: Difference) -> Line:
    seen = context.vintage.observation(each.figure, each.year)
    label = context.locale.label_of(seen, context.vintage.catalogue) if seen else each.figure
    shown = context.locale.value(seen)
    return Line(label, [str(each.year), shown, each.published, each.reason.text(context.locale.language)])
