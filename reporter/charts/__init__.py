"""What the charts of a profile show, without drawing them.

A new chart is a function and a line in CHARTS.
"""

from collections.abc import Callable, Mapping

from reporter.charts.activities import training
from reporter.charts.assistance import assisted, assisted_men
from reporter.charts.compared import slopes
from reporter.charts.countries import countries_named
from reporter.charts.forms import forms_over_years, forms_year
from reporter.charts.justice import convictions_sentences, criminal_justice, investigations
from reporter.charts.maps import countries_by_kind, countries_year
from reporter.charts.named import countries_compared
from reporter.charts.plans import action_plans
from reporter.charts.victims import victims_over_years, victims_year
from reporter.context import Context
from reporter.document.document import Figure

CHARTS: Mapping[str, Callable[[Context], Figure | None]] = {
    "countries_year": countries_year,
    "countries_named": countries_named,
    "countries_by_kind": countries_by_kind,
    "action_plans": action_plans,
    "training": training,
    "assisted": assisted,
    "assisted_men": assisted_men,
    "investigations": investigations,
    "forms_year": forms_year,
    "forms_over_years": forms_over_years,
    "victims_year": victims_year,
    "victims_over_years": victims_over_years,
    "criminal_justice": criminal_justice,
    "convictions_sentences": convictions_sentences,
    "slopes": slopes,
    "countries_compared": countries_compared,
}
