"""Countries side by side per 100 000 inhabitants."""

from decimal import Decimal

from reporter.charts import Frame
from reporter.charts.beside import caption, side_columns
from reporter.comparison import Manner, Rates, Side, Sides, inhabitants, rates
from reporter.document import Table
from reporter.i18n import N_
from reporter.model import Observation, is_given
from reporter.sections.material import Material
from reporter.tables import Content, Derived, Elsewhere, Heads, Line, tabulate

DECIMALS = 2


def per_inhabitants(material: Material) -> Table | None:
    """The figures of countries per 100 000 inhabitants, below the number of these; none without it."""
    frame, sides = material.frame, material.frame.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    found = rates(frame.rows, sides)
    if not found:
        return None
    people = [Elsewhere(seen, side.figures) for seen, side in zip(inhabitants(sides), sides.sides, strict=True)]
    lines = [Line(frame.text("Inhabitants"), people), *(_line(frame, each, sides) for each in found)]
    heads = Heads(
        "per_inhabitants",
        caption(frame, sides, frame.text("Figures per 100 000 inhabitants")),
        frame.text(N_("Rates of small numbers move much with a single case; nothing is ranked")),
        frame.text("Number of"),
        side_columns(frame, sides),
    )
    used = {seen.source for each in found for seen in each.row.values if seen}
    return tabulate(heads, lines, frame.vintage, frame.locale, used)


def _line(frame: Frame, each: Rates, sides: Sides) -> Line:
    label = each.row.indicator.label.text(frame.locale.language)
    cells = zip(each.values, each.row.values, sides.sides, strict=True)
    return Line(label, [_cell(frame, rate, seen, side) for rate, seen, side in cells], level=1)


def _cell(frame: Frame, rate: Decimal | None, seen: Observation | None, side: Side) -> Content:
    """A rate with the flags and notes of its figure; the sign for why there is none when the figure has one."""
    if rate is None or seen is None:
        return ":" if is_given(seen) else Elsewhere(seen, side.figures)
    return Derived(rate, frame.locale.fixed(rate, DECIMALS), seen, side.figures)
