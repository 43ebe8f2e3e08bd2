"""Countries side by side per 100 000 inhabitants."""

from reporter.comparison import Manner, inhabitants, rates
from reporter.context import Context
from reporter.document.document import Table
from reporter.i18n import N_
from reporter.model import is_given
from reporter.tables.compared import caption, side_columns
from reporter.tables.tabulate import Content, Derived, Elsewhere, Heads, Line, tabulate

DECIMALS = 2


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
