"""How others read a figure: Eurostat's tables, and UNODC's rows."""

from collections.abc import Iterator

from reporter.export.sdmx import measured_values, rows_of
from reporter.model import Dataflow, Difference, Observation, is_hidden
from reporter.reconcile.mapping import LAYOUT, pairs
from reporter.web.frame import YearPage

# A cell of a table of Eurostat that a figure goes into: the table, the codes of the cell, its value, empty for what is
# not sent, its flags, and the figures that it is made of.
EurostatCell = tuple[Dataflow, str, str, str, tuple[str, ...]]


def eurostat_cells(page: YearPage, seen: Observation) -> Iterator[EurostatCell]:
    known = page.vintage
    for table in known.catalogue.eurostat.dataflows:
        for row in rows_of(known, table):
            used = tuple(each.address for each in row.filled.used)
            if row.year == seen.year and seen.address in used:
                value, flags, _ = measured_values(known, row)
                yield table, ".".join(row.key), value, flags, used


def unodc_rows(page: YearPage, seen: Observation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The rows of UNODC's table that a figure answers to, with the figures that it is added up with there."""
    known = page.vintage
    for pair in pairs(known.catalogue, known.country):
        if seen.address in pair.addresses and not seen.owner:
            stated = (each for each in pair.addresses if known.observation(each, seen.year) and each != seen.address)
            yield " / ".join(dict.fromkeys(map(str, pair.cells))), tuple(stated)


def unodc_publication(page: YearPage) -> str:
    source = next((each for each in page.vintage.catalogue.sources if each.layout == LAYOUT), None)
    return source.title.text(page.locale.language) if source else LAYOUT


def other_publications(page: YearPage, seen: Observation) -> tuple[Difference, ...]:
    found = (each for each in page.vintage.data.differences if (each.figure, each.year) == (seen.address, seen.year))
    return () if is_hidden(seen) else tuple(found)
