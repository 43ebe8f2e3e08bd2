"""Chart of persons assisted. Victims and persons at risk, and the men among them: clients, not cases."""

from reporter.data.i18n import N_
from reporter.data.records import is_given
from reporter.report.charts.breakdown import Division, division_chart, part_columns
from reporter.report.charts.series import ChartWords, bars, columns
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Columns, Rows

ASSISTED, CLIENT, MEN, WOMEN = "assistance.persons", "client", "men", "women"


def assisted(context: Context) -> Figure | None:
    """Persons assisted over the years, and who they are. The victims and the persons at risk among them, and the men,
    in rows on one axis and one scale. Where no women are counted, the others are persons whose sex is not stated. None
    without any total."""
    total, men, women = (context.vintage.series(ASSISTED, code) for code in ("", MEN, WOMEN))
    if not any(map(is_given, total)):
        return None
    counted = any(map(is_given, men))
    unstated = counted and not any(map(is_given, women))
    words = ChartWords(
        context.text("Persons assisted, {span}", span=context.span),
        context.text(
            N_("Persons served in the year, on one scale; men: the sex of the others is not stated; (:) not available")
            if unstated
            else N_("Persons served in the year, on one scale; not the victims identified in it; (:) not available")
        ),
        headline=context.headline(ASSISTED),
    )
    division = Division(ASSISTED, CLIENT, context.text("Not divided"))
    label = context.code_label("person", MEN)
    further = [(label, men)] if counted else []
    rows = [columns(context, ASSISTED), *part_columns(context, division)]
    rows += [Columns(label, context.years, bars(context, series)) for label, series in further]
    return division_chart(context, "assisted", words, division, Rows(tuple(rows)), further)
