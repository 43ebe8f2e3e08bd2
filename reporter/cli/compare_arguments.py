"""Parse the arguments of `reporter compare`; imports nothing heavy."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reporter.cli.options import FOUR_DIGITS, YEAR
from reporter.edition.compared_jobs import compared_countries, compared_editions, compared_years
from reporter.edition.job import Job, check_country
from reporter.errors import UsageError
from reporter.files.sources import Sources

USAGE = "write COUNTRY YEAR YEAR …, COUNTRY YEAR --editions YEAR,YEAR or COUNTRY COUNTRY … --year YEAR"


def comparison_jobs(
    sources: Sources, words: Sequence[str], year: int | None, editions: Sequence[str], languages: Iterable[str]
) -> tuple[Job, ...]:
    """The jobs of one comparison, one for each language.

    Raises UsageError with the remedy when the words make no sense.
    """
    countries = [each for each in words if not YEAR.fullmatch(each)]
    years = [int(each) for each in words if YEAR.fullmatch(each)]
    for country in countries:
        _check_word(sources, country)
    if not countries:
        raise UsageError("no country is named", hint=USAGE)
    if len(countries) > 1:
        job = _countries(sources, countries, years, year, editions)
    elif year is not None:
        raise UsageError("--year is for countries side by side, and only one is named", hint=USAGE)
    elif editions:
        job = _editions(sources, countries[0], years, editions)
    else:
        job = compared_years(sources, countries[0], years)
    return tuple(replace(job, language=language) for language in languages)


def _check_word(sources: Sources, word: str) -> None:
    """Refuse a word that is neither a year nor a country.

    Raises UsageError; a country must have data.
    """
    if word[:1].isdecimal():
        apart = YEAR.findall(word)
        raise UsageError(
            f"{word!r} is no year", hint=f"write the years apart: {' '.join(apart)}" if len(apart) > 1 else FOUR_DIGITS
        )
    check_country(sources, word)


def _editions(sources: Sources, country: str, years: Sequence[int], editions: Sequence[str]) -> Job:
    if len(years) != 1:
        raise UsageError("--editions lays the editions of one year side by side", hint="name one year before it")
    strange = next((each for each in editions if not YEAR.fullmatch(each)), None)
    if strange is not None:
        raise UsageError(f"{strange!r} is no edition", hint="write years, such as --editions 2018,2020")
    return compared_editions(sources, country, years[0], [int(each) for each in editions])


def _countries(
    sources: Sources, countries: Sequence[str], years: Sequence[int], year: int | None, editions: Sequence[str]
) -> Job:
    if years or editions:
        raise UsageError("countries are laid side by side for one year", hint="name it as --year 2019")
    if year is None:
        raise UsageError("for which year are the countries to be compared?", hint="name it as --year 2019")
    return compared_countries(sources, countries, year)
