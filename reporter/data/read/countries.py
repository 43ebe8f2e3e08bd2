"""Countries as codes of a dimension such as citizenship."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from babel import Locale as Cldr

from reporter.data.errors import nearest
from reporter.data.i18n.nationalities import country_named
from reporter.data.i18n.territories import PROTOCOL, country_codes, country_meant, iso_of, successors
from reporter.data.records import Catalogue, Code, Dimension, Indicator
from reporter.data.records.catalogue import COUNTRY
from reporter.data.records.label import ENGLISH, Label

# The codes that group countries, in a dimension that has them: members of the EU today, and all others.
MEMBERS, OTHERS = "eu", "third_country"
NATIONAL = "national"


def with_countries(catalogue: Catalogue, home: str, languages: Iterable[str] = ()) -> Catalogue:
    """A catalogue in which dimensions of countries have the codes of all but the country's own."""
    codes, named_in = sorted(country_codes() - {home}), tuple(dict.fromkeys((*languages, ENGLISH)))
    dimensions = (_with(axis, codes if axis.countries else (), named_in) for axis in catalogue.dimensions)
    return replace(catalogue, dimensions=tuple(dimensions))


def split_anywhere(
    catalogue: Catalogue, address: str, home: str, languages: Iterable[str] = ()
) -> tuple[Indicator | None, Dimension | None, Code | None]:
    """The indicator, dimension and code of an address, also of a country that no value of the data has."""
    parts = catalogue.split(address)
    return parts if parts[0] else with_countries(catalogue, home, languages).split(address)


def country_of(words: str) -> tuple[str, bool]:
    """The EU's code of the country with this code or name, or with this name of its citizens; empty if
    unclear. The second value is whether it is written so, or nearly so."""
    country, is_exact = country_named(words)
    meant = "" if is_exact else country_meant(words)
    return (meant, True) if meant else (country, is_exact)


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


def hint_of_code(axis: Dimension, word: str, home: str) -> str:
    """What to write instead of an unknown code of a dimension, in a file of the country `home`."""
    labels = {text.lower(): member.code for member in axis.codes for _, text in member.label.texts}
    if not axis.countries:
        return nearest(labels.get(word.lower(), word), (member.code for member in axis.codes))
    before, _, after = axis.countries.partition(COUNTRY)
    named = word.removeprefix(before).removesuffix(after)
    country = home if named.upper() == home else country_meant(named)
    if country == home:
        return f"write {NATIONAL}" if axis.get(NATIONAL) else f"{home} is the country itself: leave it out"
    if country:
        return f"write {country_code(axis, country)}"
    if now := " or ".join(country_code(axis, code) for code in successors(named.upper())):
        return f"no country has the code {named.upper()} today: write that of a country of today, such as {now}"
    countries = {country_code(axis, code) for code in country_codes()}
    groups = [member.code for member in axis.codes if member.code not in countries]
    return f"{nearest(labels.get(word.lower(), word), groups)} (a country is written {country_code(axis, 'FR')})"


def country_code(axis: Dimension, country: str) -> str:
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
        member = Code(code=country_code(axis, country), label=label, within=within, residual=True, mappings=mappings)
        last = max((n for n, code in enumerate(codes, 1) if within and within in (code.code, code.within)), default=0)
        codes.insert(last or len(codes), member)
    return replace(axis, codes=tuple(codes))
