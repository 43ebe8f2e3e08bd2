"""What the charts of a profile show, without drawing them.

A new chart is a function and a line in CHARTS.
"""

from collections.abc import Callable, Mapping

from reporter.charts import (
    activities,
    assistance,
    compared,
    countries,
    forms,
    justice,
    main_breakdown,
    maps,
    named,
    plans,
    victims,
)
from reporter.context import Context
from reporter.document.document import Figure

CHARTS: Mapping[str, Callable[[Context], Figure | None]] = {
    "countries_year": maps.countries_year,
    "countries_named": countries.countries_named,
    "countries_by_kind": maps.countries_by_kind,
    "action_plans": plans.action_plans,
    "training": activities.training,
    "assisted": assistance.assisted,
    "assisted_men": assistance.assisted_men,
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
}
