"""Countries side by side: what keeps their figures apart, and figures per 100 000 inhabitants."""

from collections.abc import Iterator

from reporter.comparison import Manner, Side, inhabitants, rates
from reporter.context import Context
from reporter.document.document import Entries, Entry, Table
from reporter.i18n import N_
from reporter.model import Esms, Flag, is_given, is_hidden
from reporter.tables.compared import caption, side_columns
from reporter.tables.tabulate import Content, Derived, Elsewhere, Heads, Line, edition_source_note, tabulate

DECIMALS = 2


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


def per_inhabitants(context: Context) -> Table | None:
    """The table of figures per 100 000 inhabitants. The number of inhabitants stands above them. None without it, and
    when no countries are compared."""
    sides = context.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    found = rates(context.rows, sides)
    if not found:
        return None
    people = [Elsewhere(seen, side.figures) for seen, side in zip(inhabitants(sides), sides.sides, strict=True)]
    lines = [Line(context.text("Inhabitants"), people)]
    for each in found:
        cells: list[Content] = []
        for rate, seen, side in zip(each.values, each.row.values, sides.sides, strict=True):
            if rate is None or seen is None:
                # The sign that the figure has, or a colon.
                cells.append(":" if is_given(seen) else Elsewhere(seen, side.figures))
            else:
                cells.append(Derived(rate, context.locale.fixed(rate, DECIMALS), seen, side.figures))
        lines.append(Line(context.label(each.row.indicator.code), cells, level=1))
    heads = Heads(
        code="per_inhabitants",
        caption=caption(context, sides, context.text("Figures per 100 000 inhabitants")),
        unit_line=context.text(N_("With small numbers a single case changes a rate considerably; nothing is ranked")),
        stub=context.text("Number of"),
        columns=side_columns(context, sides),
    )
    used = {seen.source for each in found for seen in each.row.values if seen}
    return tabulate(heads, lines, context.vintage, context.locale, used)
