"""Charts of persons assisted.

Victims and persons at risk, and the men among them: clients, not cases.
"""

from reporter.charts import off_series
from reporter.charts.division import Division, division_chart
from reporter.charts.series import ChartWords, bar, bars, describe, few_notes, figure
from reporter.context import Context
from reporter.document.document import Figure
from reporter.document.plot import Columns, Panels
from reporter.i18n import N_
from reporter.model import is_given
from reporter.tables.tabulate import Line, year_columns

ASSISTED, CLIENT = "assistance.persons", "client"
ACCENTS = (2, 1, 4, 5)


def assisted(context: Context) -> Figure | None:
    """Persons assisted, divided into victims and persons at risk.

    The part that is not divided stands on top. None without any total.
    """
    total = context.vintage.series(ASSISTED)
    if not any(map(is_given, total)):
        return None
    words = ChartWords(
        context.text("Persons assisted, {span}", span=context.span),
        context.text("Number of persons served in the year; not the victims identified in that year"),
        headline=context.headline(ASSISTED),
    )
    division = Division(ASSISTED, CLIENT, context.text("Not divided"), ACCENTS)
    return division_chart(context, "assisted", words, division, 56)


def assisted_men(context: Context) -> Figure | None:
    """Men among the persons assisted.

    Where no women are counted, the others are persons whose sex is not stated. None when no number of men is known.
    """
    total, men, women = (context.vintage.series(ASSISTED, code) for code in ("", "men", "women"))
    if not any(map(is_given, men)):
        return None
    words = ChartWords(
        context.text("Men among persons assisted, {span}", span=context.span),
        context.text(
            N_("Number of persons; (:) not available")
            if any(map(is_given, women))
            else N_("Number of persons; the sex of the other persons is not stated; (:) not available")
        ),
        context.text("Column chart by year with the men inside each column."),
    )
    outer = bars(context, total, ())
    pairs = zip(context.vintage.years, outer, strict=True)
    inner = tuple(bar(context, men.get(year), emphasised=True, hatched=its.off_series) for year, its in pairs)
    title = context.text("Persons assisted; darker: men")
    columns = Columns(
        title=title, labels=context.years, bars=outer, accent=context.indicator(ASSISTED).accent, inner=inner
    )
    plot = Panels((columns,), off_series_key=off_series.legend(context.locale, (total, men)))
    named = [(context.label(ASSISTED), total), (context.code_label("person", "men"), men)]
    lines = [
        Line(label, [each.get(year) for year in context.vintage.years], level=level)
        for level, (label, each) in enumerate(named)
    ]
    alt = context.locale.joined(" ", [words.drawing, *(describe(context, label, each) for label, each in named)])
    noted = [(label, seen) for label, each in named for seen in each]
    columns_of_years, notes = year_columns(context.vintage), few_notes(context, noted)
    return figure(context, "assisted_men", words, plot, alt, lines, columns_of_years, notes=notes)
