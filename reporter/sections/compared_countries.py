"""What keeps the figures of countries side by side apart."""

from collections.abc import Iterator

from reporter.comparison import Manner, Side
from reporter.context import Context
from reporter.document.document import Entries, Entry
from reporter.i18n import N_
from reporter.model import Esms, Flag, is_hidden
from reporter.tables.tabulate import edition_source_note


def comparability(context: Context) -> Entries | None:
    """List what makes the figures of each country hard to compare. Sources, definitions, what is masked or in doubt,
    and what the country says itself."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    return Entries("", tuple(_country(context, side) for side in sides.sides))


def _country(context: Context, side: Side) -> Entry:
    country = side.figures.country
    own = dict(country.methodology).get(Esms.COHERENCE)
    lines = (*_facts(context, side), own.text(context.locale.language) if own else "")
    return Entry(context.locale.name_of(country), tuple(line for line in lines if line))


def _facts(context: Context, side: Side) -> Iterator[str]:
    """Say what limits comparison of a country's totals of the year."""
    yield context.text("Source data: {sources}", sources=edition_source_note(side.figures, context.locale))
    seen = [value for row in context.rows if (value := side.seen(row.indicator.code))]
    kinds = (
        (
            N_("Other definition than usual: {figures}"),
            [each for each in seen if each.definition or Flag.DEFINITION_DIFFERS in each.flags],
        ),
        (N_("Not shown: {figures}"), [each for each in seen if is_hidden(each)]),
        (N_("In a contradiction that the source leaves open: {figures}"), [each for each in seen if each.doubtful]),
    )
    for words, found in kinds:
        if found:
            yield context.text(
                words, figures=context.locale.joined("; ", (context.label(each.indicator) for each in found))
            )
