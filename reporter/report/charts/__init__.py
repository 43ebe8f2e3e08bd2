"""What the charts show, without drawing them. A new chart is a function, a line in CHARTS and its name in the outline.
Each indicator and breakdown also has a chart by its code: `persons.prosecuted`, `victims.identified-by-person`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from reporter.data.outline import BY
from reporter.figures.analysis.ledger import SERIES, in_ledger
from reporter.report.charts import comparison, countries, justice, key_figures, plans, victims
from reporter.report.charts.breakdown import breakdown
from reporter.report.charts.series import IN_LEDGER, LEAST, one_series
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Columns, Panels, Plot, Rows

Chart = Callable[[Context], Figure | None]


CHARTS: Mapping[str, Chart] = {
    "key_figures": key_figures.key_figures,
    "countries_year": countries.countries_year,
    "countries_named": countries.countries_named,
    "action_plans": plans.action_plans,
    "assisted": victims.assisted,
    "investigations": justice.investigations,
    "forms_year": justice.forms_year,
    "forms_over_years": justice.forms_over_years,
    "victims_year": victims.victims_year,
    "victims_over_years": victims.victims_over_years,
    "victims_by_person": victims.victims_by_person,
    "criminal_justice": justice.criminal_justice,
    "convictions_sentences": justice.convictions_sentences,
    "compared_columns": comparison.compared_columns,
}


def make_chart(name: str, context: Context) -> Figure | None:
    """Make a chart by its name; its unit line says which of its series the ledger draws. None without content or with
    too few values."""
    indicator, _, axis = name.partition(BY)
    if make := CHARTS.get(name):
        figure = make(context)
    else:
        figure = breakdown(context, name, indicator, axis) if axis else one_series(context, name, indicator)
    if figure is None or not _has_enough(figure.plot):
        return None
    codes = in_ledger(context.vintage, SERIES.get(name, ()))
    left_out = context.locale.listed(context.locale.inside(context.label(code)) for code in codes)
    where = context.locale.put("{}: {}", left_out, context.text(IN_LEDGER)) if left_out else ""
    return replace(figure, unit_line=context.locale.joined("; ", filter(None, (figure.unit_line, where))))


def _has_enough(plot: Plot) -> bool:
    """Whether a chart of values has LEAST values; fewer are a sentence. Maps, plans and unit charts always do."""
    match plot:
        case Panels():
            return _values(plot.panels) >= LEAST
        case Rows():
            return _values(plot.rows) >= LEAST
        case _:
            return True


def _values(series: Iterable[Columns]) -> int:
    return sum(bar.value is not None for columns in series for bar in columns.bars)
