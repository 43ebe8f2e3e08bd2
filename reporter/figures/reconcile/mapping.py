"""Match national figures with the cells of another publication, by the mappings of the catalogue: for importing them
and for comparing with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporter.data.records import (
    Catalogue,
    Code,
    Country,
    Dimension,
    ExternalCell,
    ExternalValue,
    Indicator,
    Publication,
)

LAYOUT = "glotip"
# What the other publication calls a code: its words differ by breakdown, may be several (;) or name the country.
CATEGORY, SEX, AGE = "glotip_category", "glotip_sex", "glotip_age"
COUNTRY = "{country}"
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Pair:
    """Addresses of one indicator that answer to one figure there. Together they are that figure; most often there is
    one. `cells` are different ways to write it."""

    indicator: str
    addresses: tuple[str, ...]
    cells: tuple[ExternalCell, ...]


class MatchedPublication:
    """A publication with the figures here that its cells answer to. `figures` has their addresses by cell, several
    where codes share their words there; of several indicators that answer to one the first counts. `index` has the
    rows by cell and year; of a cell that is stated twice the first row counts."""

    def __init__(self, publication: Publication, catalogue: Catalogue, country: Country) -> None:
        self.publication, self.persons = publication, persons(catalogue)
        self.pairs = tuple(pairs(catalogue, country))
        self.figures: dict[ExternalCell, tuple[str, ...]] = {}
        owners: dict[str, str] = {}
        for pair in self.pairs:
            for cell in pair.cells:
                first = owners.setdefault(cell.indicator, pair.indicator) == pair.indicator
                if first and (len(pair.addresses) == 1 or cell not in self.figures):
                    self.figures[cell] = pair.addresses
        self.index: dict[tuple[ExternalCell, int], ExternalValue] = {}
        for row in publication.rows:
            self.index.setdefault((row.cell, row.year), row)
        self.indicators = {row.cell.indicator for row in publication.rows}
        self.unknown = sorted(self.indicators - {cell.indicator for cell in self.figures})


def pairs(catalogue: Catalogue, country: Country) -> Iterator[Pair]:
    """Every figure that the other publication may have too. Totals come before their parts."""
    for indicator in catalogue.indicators:
        words = dict(indicator.mappings).get(LAYOUT)
        if words:
            yield Pair(indicator.code, (indicator.code,), (ExternalCell(words),))
            for axis in catalogue.axes(indicator):
                yield from _parts(indicator, ExternalCell(words), axis, country)


def persons(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Sex and age as the other publication writes them. By the code of the person in the catalogue."""
    axis = catalogue.dimension(PERSON)
    known = ((each.code, dict(each.mappings)) for each in (axis.codes if axis else ()))
    return {code: (words[SEX], words[AGE]) for code, words in known if SEX in words and AGE in words}


def _parts(indicator: Indicator, whole: ExternalCell, axis: Dimension, country: Country) -> Iterator[Pair]:
    """The pairs of one breakdown. Codes that share their words there are one figure."""
    groups: dict[tuple[ExternalCell, ...], list[str]] = {}
    for code in axis.codes:
        cells = tuple(_cells(whole, axis, code, country))
        if cells:
            groups.setdefault(cells, []).append(f"{indicator.code}.{code.code}")
    for cells, addresses in groups.items():
        yield Pair(indicator.code, tuple(addresses), cells)


def _cells(whole: ExternalCell, axis: Dimension, code: Code, country: Country) -> Iterator[ExternalCell]:
    words, dimension = dict(code.mappings), dict(axis.mappings).get(LAYOUT)
    if SEX in words and AGE in words:
        yield replace(whole, sex=words[SEX], age=words[AGE])
    elif dimension:
        named = words.get(CATEGORY) or words.get(LAYOUT, "")
        listed = named.replace(COUNTRY, dict(country.mappings).get(LAYOUT, ""))
        for category in filter(None, (each.strip() for each in listed.split(";"))):
            yield replace(whole, dimension=dimension, category=category)
