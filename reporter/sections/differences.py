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
    publications = dict.fromkeys(each.publication for each in found)
    names = [_publisher(context, each) for each in publications]
    one = len(names) == 1
    heads = Heads(
        code="differences",
        caption=context.text("Figures that other publications state differently"),
        unit_line=context.text("No figure was changed; the number of the other publication stands as it is published"),
        stub=context.text("Figure"),
        columns=(
            Column(context.text("Year")),
            Column(context.text("This edition")),
            Column(names[0] if one else context.text("Other publication")),
            *(() if one else (Column(context.text("Published by"), text=True),)),
            Column(context.text("What is known of the difference"), text=True),
        ),
    )
    lines = [_line(context, each, () if one else (_publisher(context, each.publication),)) for each in found]
    return tabulate(heads, lines, context.vintage, context.locale, (*own, *publications))


def _publisher(context: Context, code: str) -> str:
    """Who publishes the other number; a source unknown goes by its code."""
    source = context.vintage.catalogue.source(code)
    return source.publisher.text(context.locale.language) if source else code


def _differing(context: Context) -> Iterator[Difference]:
    """The explanations of differences that the edition prints.

    A later revision may have settled one of them.
    """
    for each in context.vintage.data.differences:
        seen = context.vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def _line(context: Context, each: Difference, publisher: tuple[str, ...]) -> Line:
    seen = context.vintage.observation(each.figure, each.year)
    label = context.locale.label_of(seen, context.vintage.catalogue) if seen else each.figure
    shown = context.locale.value(seen)
    return Line(label, [str(each.year), shown, each.published, *publisher, each.reason.text(context.locale.language)])
