"""Every observation of an edition as CSV."""

from collections.abc import Iterator

from reporter.analysis.cells import off_series, part_value
from reporter.analysis.coverage import coverage_cells
from reporter.export.tidy import (
    COMPARABLE,
    comparable_of,
    confidentiality_of,
    csv_for,
    flags_of,
    qualifier_of,
    status_of,
    value_of,
)
from reporter.i18n import Locale
from reporter.model import Audience, Observation, Vintage

HEADS = (
    "indicator",
    "dimension",
    "code",
    "year",
    "value",
    "flags",
    "confidentiality",
    "status",
    "qualifier",
    "unit",
    "source",
    "vintage",
    "definition",
    "note",
    "period",
    "target",
    COMPARABLE,
)
BETWEEN = " | "


def observations_csv(vintage: Vintage, language: str, audience: Audience = Audience.PUBLIC) -> str:
    """Write every observation of an edition as CSV, one a line. As last revised, of all years, of activities and of
    law; then the zeros of parts that follow from the other parts.

    Figures have the addresses that prose and `reporter explain` use. `year` is empty for law, which is in force
    whatever the year; `vintage` is the year of the file that states the value; `target` marks an aim."""
    return csv_for(audience, HEADS, observation_lines(vintage, language))


def observation_lines(vintage: Vintage, language: str) -> Iterator[tuple[str, ...]]:
    """The lines of the CSV below its head. Every value is text; the order is that of the catalogue."""
    return (_line(vintage, seen, language) for seen in (*_ordered(vintage), *_implied(vintage)))


def _implied(vintage: Vintage) -> Iterator[Observation]:
    """The zeros of parts of which nothing is stated in a year, but in another one."""
    for indicator in vintage.catalogue.indicators:
        for name in indicator.dimensions:
            axis = vintage.catalogue.dimension(name)
            for code in (each.code for each in axis.codes) if axis else ():
                if vintage.series(indicator.code, code):
                    found = (part_value(vintage, indicator.code, name, code, year) for year in vintage.years)
                    yield from (seen for seen in found if seen and seen.implied)


def _ordered(vintage: Vintage) -> list[Observation]:
    catalogue = vintage.catalogue
    indicators = {each.code: number for number, each in enumerate(catalogue.indicators)}
    codes = {
        (axis.code, each.code): number
        for number, (axis, each) in enumerate((axis, each) for axis in catalogue.dimensions for each in axis.codes)
    }

    def rank(seen: Observation) -> tuple[int, str, int, int]:
        return indicators[seen.indicator], seen.figure, codes.get((seen.dimension, seen.code), -1), seen.year

    return sorted(vintage.index.values(), key=rank)


def _line(vintage: Vintage, seen: Observation, language: str) -> tuple[str, ...]:
    indicator = vintage.catalogue.indicator(seen.indicator)
    notes = dict.fromkeys(note.text(language) for note in vintage.notes(seen))
    return (
        seen.figure,
        seen.dimension,
        seen.code,
        str(seen.year or ""),
        value_of(seen),
        flags_of(seen),
        confidentiality_of(seen),
        status_of(seen),
        qualifier_of(seen),
        indicator.unit.value if indicator else "",
        seen.source,
        str(seen.vintage or ""),
        seen.definition,
        BETWEEN.join(notes),
        "/".join(dict.fromkeys(day for day in (seen.since, seen.until) if day)),
        "true" if seen.target else "false",
        comparable_of(seen, is_apart=bool(off_series(vintage, seen))),
    )


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
