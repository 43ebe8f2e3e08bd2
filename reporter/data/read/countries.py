"""Countries as codes of a dimension such as citizenship."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from babel import Locale as Cldr

from reporter.data.i18n.nationalities import country_named
from reporter.data.i18n.territories import EU, PROTOCOL, country_codes, iso_of
from reporter.data.records import Catalogue, Code, Dimension, Indicator
from reporter.data.records.catalogue import COUNTRY
from reporter.data.records.label import ENGLISH, Label

# The codes that group countries, in a dimension that has them: members of the EU today, and all others.
MEMBERS, OTHERS = "eu", "third_country"


def with_countries(catalogue: Catalogue, home: str, languages: Iterable[str] = ()) -> Catalogue:
    """A catalogue in which dimensions of countries have the codes of all but the country's own."""
    codes, named_in = sorted(country_codes() - {home}), tuple(dict.fromkeys((*languages, ENGLISH)))
    dimensions = (_with(axis, codes if axis.countries else (), named_in) for axis in catalogue.dimensions)
    return replace(catalogue, dimensions=tuple(dimensions))


def countries_in(axis: Dimension) -> frozenset[str]:
    """The codes of a dimension that name a country."""
    named = (country_code(axis, country) for country in country_codes() if axis.countries)
    return frozenset(code for code in named if axis.get(code))


def split_anywhere(
    catalogue: Catalogue, address: str, home: str, languages: Iterable[str] = ()
) -> tuple[Indicator | None, Dimension | None, Code | None]:
    """The indicator, dimension and code of an address, also of a country that no value of the data has."""
    parts = catalogue.split(address)
    return parts if parts[0] else with_countries(catalogue, home, languages).split(address)


def country_of(words: str, languages: Iterable[str]) -> tuple[str, bool]:
    """The EU's code of the country that somebody means by its letters or its name, in one of some languages or English;
    empty if unclear. The second value is whether it is written so, or nearly so."""
    plain, codes = words.strip(), country_codes()
    if plain in EU or plain in codes:
        return EU.get(plain, plain), True
    for language in languages:
        names = Cldr.parse(language).territories
        for code in codes:
            if str(names.get(iso_of(code), "")).casefold() == plain.casefold():
                return code, True
    return country_named(plain)


def with_used_countries(catalogue: Catalogue, used: Container[tuple[str, str]], languages: Iterable[str]) -> Catalogue:
    """A catalogue in which dimensions of countries have the codes that are `used`, by dimension, and their names."""
    own = [*languages, ENGLISH]
    codes = {
        axis.code: [code for code in sorted(country_codes()) if (axis.code, country_code(axis, code)) in used]
        for axis in catalogue.dimensions
        if axis.countries
    }
    return replace(
        catalogue, dimensions=tuple(_with(axis, codes.get(axis.code, ()), own) for axis in catalogue.dimensions)
    )


def country_code(axis: Dimension, country: str) -> str:
    """The code of a country in a dimension of countries."""
    return axis.countries.replace(COUNTRY, country)


def _with(axis: Dimension, countries: Sequence[str], languages: Iterable[str]) -> Dimension:
    if not countries:
        return axis
    names = {language: Cldr.parse(language).territories for language in languages}
    codes = list(axis.codes)
    for country in (country for country in countries if not axis.get(country_code(axis, country))):
        group = axis.get(MEMBERS if country in PROTOCOL else OTHERS)
        label = Label(tuple((language, str(name.get(iso_of(country), country))) for language, name in names.items()))
        within, mappings = (group.code, group.mappings) if group else ("", ())
        member = Code(code=country_code(axis, country), label=label, within=within, mappings=mappings)
        last = max((n for n, code in enumerate(codes, 1) if within and within in (code.code, code.within)), default=0)
        codes.insert(last or len(codes), member)
    return replace(axis, codes=tuple(codes))
