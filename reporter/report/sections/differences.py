"""Where figures differ from another publication, and why."""

import re
from collections.abc import Callable, Iterator

from reporter.data.records import Difference, Source, Vintage, is_given
from reporter.data.records.label import united
from reporter.report.context import Context
from reporter.report.document.document import Column, Table
from reporter.report.tables.tabulate import Heads, Line, tabulate

NUMBER = re.compile(r"<?\d+")


def differences(context: Context) -> Table | None:
    """The table of explained differences, by year. Where another publication states a figure differently, and why. Up
    to the edition's year; None when there are none."""
    found = sorted(differing(context.vintage), key=lambda each: each.year)
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


def differing(vintage: Vintage) -> Iterator[Difference]:
    """The explanations of differences that the edition prints. A later revision may have settled one of them."""
    for each in vintage.data.differences:
        seen = vintage.observation(each.figure, each.year)
        if seen and is_given(seen) and str(seen.value) != each.published:
            yield each


def told_of(difference: Difference, vintage: Vintage, language: str) -> tuple[str, ...]:
    """What is known of a difference, in sentences. It is the reason, and the notes of the figure that say no more than
    the number of the other publication."""
    seen = vintage.observation(difference.figure, difference.year)
    notes = (note.text(language) for note in (seen.notes if seen else ()))
    names = _names(vintage.catalogue.source(difference.publication))
    numbers = {str(difference.year), difference.published}
    repeated = (
        text for text in notes if set(NUMBER.findall(text)) <= numbers and difference.published in text and names(text)
    )
    return tuple(dict.fromkeys((difference.reason.text(language), *repeated)))


def _names(publication: Source | None) -> Callable[[str], bool]:
    names = [text for _, text in publication.publisher.texts] if publication else []
    initials = ("".join(filter(str.isupper, name)) for name in names)
    known = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in (*names, *initials) if len(each) > 1) or "(?!)")
    return lambda text: bool(known.search(text))


def _line(context: Context, each: Difference, publisher: tuple[str, ...]) -> Line:
    seen = context.vintage.observation(each.figure, each.year)
    label = context.locale.label_of(seen, context.vintage.catalogue) if seen else each.figure
    shown = context.locale.value(seen)
    told = told_of(each, context.vintage, context.locale.language)
    return Line(label, [str(each.year), shown, each.published, *publisher, united(" ", told)])
