"""Countries side by side per 100 000 inhabitants."""

from decimal import ROUND_HALF_UP, Decimal

from reporter.charts import Frame
from reporter.charts.beside import caption, side_columns
from reporter.comparison import Manner, Rates, inhabitants, rates
from reporter.document import Table
from reporter.i18n import N_
from reporter.sections.material import Material
from reporter.tables import Content, Elsewhere, Heads, Line, Worked, tabulate

HUNDREDTH = Decimal("0.01")


def per_inhabitants(material: Material) -> Table | None:
    """The figures of countries per 100 000 inhabitants, below the number of these; none without it."""
    frame, sides = material.frame, material.frame.sides
    if sides is None or sides.manner is not Manner.COUNTRIES:
        return None
    found = rates(frame.rows, sides)
    if not found:
        return None
    people = [Elsewhere(seen, side.figures) for seen, side in zip(inhabitants(sides), sides.sides, strict=True)]
    lines = [Line(frame.text("Inhabitants"), people), *(_line(frame, each) for each in found)]
    heads = Heads(
        "per_inhabitants",
        caption(frame, sides, frame.text("Figures per 100 000 inhabitants")),
        frame.text(N_("Rates of small numbers move much with a single case; nothing is ranked")),
        frame.text("Number of"),
        side_columns(frame, sides),
    )
    used = {seen.source for each in found for seen in each.row.values if seen}
    return tabulate(heads, lines, frame.vintage, frame.locale, used)


def _line(frame: Frame, each: Rates) -> Line:
    label = each.row.indicator.label.text(frame.locale.language)
    return Line(label, [_cell(frame, value) for value in each.values], level=1)


def _cell(frame: Frame, value: Decimal | None) -> Content:
    if value is None:
        return ":"
    return Worked(value, frame.locale.number(value.quantize(HUNDREDTH, ROUND_HALF_UP)))
