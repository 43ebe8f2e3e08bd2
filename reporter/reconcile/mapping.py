"""Which national figure answers to which figure of the other publication, as the catalogue's mappings say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reporter.model import Catalogue, Code, Country, Dimension, ExternalCell, Indicator

LAYOUT = "glotip"
# A code can have other words in a breakdown than in the list of forms, several, or those of the country.
CATEGORY, SEX, AGE = "glotip_category", "glotip_sex", "glotip_age"
COUNTRY = "{country}"
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Pair:
    """Some addresses of one indicator that together are the figure in one of some cells; most often one each.

    `cells` are different ways to write the same figure.
    """

    indicator: str
    addresses: tuple[str, ...]
    cells: tuple[ExternalCell, ...]


def pairs(catalogue: Catalogue, country: Country) -> Iterator[Pair]:
    """Every figure of the catalogue that the other publication may have too, totals before their parts."""
    for indicator in catalogue.indicators:
        words = dict(indicator.mappings).get(LAYOUT)
        if words:
            yield Pair(indicator.code, (indicator.code,), (ExternalCell(words),))
            for name in indicator.dimensions:
                axis = catalogue.dimension(name)
                if axis:
                    yield from _parts(indicator, ExternalCell(words), axis, country)


def persons(catalogue: Catalogue) -> dict[str, tuple[str, str]]:
    """Sex and age in the words of the other publication, by the code of the person."""
    axis = catalogue.dimension(PERSON)
    known = ((each.code, dict(each.mappings)) for each in (axis.codes if axis else ()))
    return {code: (words[SEX], words[AGE]) for code, words in known if SEX in words and AGE in words}


def _parts(indicator: Indicator, whole: ExternalCell, axis: Dimension, country: Country) -> Iterator[Pair]:
    """The parts of one breakdown; codes that share their words there are one figure."""
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
