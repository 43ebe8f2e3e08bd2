"""What the charts of a profile show, without drawing them.

A new chart is a function and a line in CHARTS.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from reporter.charts import (
    assistance,
    compared,
    countries,
    forms,
    justice,
    key_figures,
    main_breakdown,
    maps,
    named,
    plans,
    victims,
)
from reporter.charts.enough import has_enough
from reporter.context import Context
from reporter.document.document import Figure

Chart = Callable[[Context], Figure | None]


def _with_enough(chart: Chart) -> Chart:
    """A chart that is not made of one or two values.

    A sentence or the table of all figures says them better.
    """

    @wraps(chart)
    def made(context: Context) -> Figure | None:
        figure = chart(context)
        return figure if figure and has_enough(figure.plot) else None

    return made


CHARTS: Mapping[str, Chart] = {
    name: _with_enough(chart)
    for name, chart in {
        "key_figures": key_figures.key_figures,
        "countries_year": maps.countries_year,
        "countries_named": countries.countries_named,
        "countries_by_kind": maps.countries_by_kind,
        "action_plans": plans.action_plans,
        "assisted": assistance.assisted,
        "investigations": justice.investigations,
        "forms_year": forms.forms_year,
        "forms_over_years": forms.forms_over_years,
        "victims_year": victims.victims_year,
        "victims_over_years": victims.victims_over_years,
        "criminal_justice": justice.criminal_justice,
        "convictions_sentences": justice.convictions_sentences,
        "slopes": compared.slopes,
        "twins": main_breakdown.twins,
        "countries_compared": named.countries_compared,
    }.items()
}
