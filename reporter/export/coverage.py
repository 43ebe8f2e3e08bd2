"""What Article 19a asks for and what there is, as CSV. One cell a line. The article is that of Directive 2011/36/EU."""

from collections.abc import Iterator

from reporter.analysis.coverage import coverage_cells
from reporter.export.tidy import csv_for
from reporter.i18n import Locale
from reporter.model import Audience, Vintage

COVERAGE_HEADS = ("item", "item_label", "indicator", "indicator_label", "breakdown", "breakdown_label", "year", "state")
WHOLE = "total"


def coverage_csv(vintage: Vintage, locale: Locale, audience: Audience = Audience.PUBLIC) -> str:
    """Write the state of each cell of Article 19a as CSV. In the edition's year a cell is given, in part, confidential,
    missing or not collected."""
    return csv_for(audience, COVERAGE_HEADS, coverage_lines(vintage, locale))


def coverage_lines(vintage: Vintage, locale: Locale) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head. States are the words of the program, labels those of the language."""
    language = locale.language
    for each in coverage_cells(vintage):
        indicator = (each.indicator.code, each.indicator.label.text(language)) if each.indicator else ("", "")
        split = (each.split.code, each.split.label.text(language)) if each.split else (WHOLE, locale.text("Total"))
        yield each.item.code, each.item.label.text(language), *indicator, *split, str(vintage.year), each.state.value
