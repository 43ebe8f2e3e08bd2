"""The ledger of key figures, the first figure of a profile: a series that it draws is drawn nowhere else."""

from collections.abc import Iterable, Mapping

from reporter.data.outline import CHAPTERS, block_names, with_charts
from reporter.data.records import Indicator, Status, Vintage, is_given

LEDGER = "key_figures"
MOST_ROWS = 6
ASSISTED, CONVICTED = "assistance.persons", "persons.convicted"
INVESTIGATIONS = ("investigations.opened", "investigations.conducted")
CHAIN = ("persons.prosecuted", "persons.charged", CONVICTED)
POPULATIONS = ("victims.presumed", "victims.recognised", "victims.identified")
# Where a source counts identified and presumed victims together.
REGISTERED = "victims.registered"
# The chart of a breakdown over the years, and that of one year where there are too few.
BY_PERSON, OF_YEAR = "victims_by_person", "victims_year"
# Charts of series, and those of their series that the ledger may draw instead.
SERIES: Mapping[str, tuple[str, ...]] = {
    "assisted": (ASSISTED,),
    "convictions_sentences": (),
    "criminal_justice": CHAIN,
    "forms_over_years": (),
    "investigations": INVESTIGATIONS,
    BY_PERSON: (),
    "victims_over_years": (*POPULATIONS, REGISTERED),
}


def key_indicators(vintage: Vintage) -> tuple[Indicator, ...]:
    """The key indicators with a value this year or, in a draft, still to be answered; at most six, in their order."""
    keys = sorted((indicator for indicator in vintage.catalogue.indicators if indicator.key), key=lambda item: item.key)
    stated = ((indicator, vintage.observation(indicator.code)) for indicator in keys)
    waits = (
        indicator for indicator, value in stated if is_given(value) or (value and value.status is Status.UNANSWERED)
    )
    return tuple(waits)[:MOST_ROWS]


def is_chosen(chart: str, vintage: Vintage) -> bool:
    """Whether profiles show a chart, if it has content: the workspace may leave it out or show another instead."""
    return chart in block_names(with_charts(CHAPTERS, vintage.settings.charts))


def in_ledger(vintage: Vintage, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of some indicators that the ledger draws; none if the workspace chose to print no ledger."""
    if not is_chosen(LEDGER, vintage):
        return ()
    drawn = {indicator.code for indicator in key_indicators(vintage)}
    return tuple(code for code in codes if code in drawn)
