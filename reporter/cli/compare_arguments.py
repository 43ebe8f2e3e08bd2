"""Parse the arguments of `reporter compare`; imports nothing heavy."""

from collections.abc import Iterable, Sequence

from reporter.cli.options import FOUR_DIGITS, YEAR
from reporter.comparison import Manner
from reporter.edition.job import Job, check_country, no_year, spans
from reporter.errors import UsageError
from reporter.files.sources import Sources, known_years

MOST_YEARS = 12
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
        job = _years(sources, countries[0], years)
    return tuple(
        Job(country=job.country, year=job.year, language=language, manner=job.manner, beside=job.beside)
        for language in languages
    )


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


def _years(sources: Sources, country: str, years: Sequence[int]) -> Job:
    known = known_years(sources, country)
    if len(years) < 2:
        one = f"only {years[0]} is named" if years else "no year is named"
        raise UsageError(f"{one}: a comparison needs two", hint=f"years with a file: {spans(known)}")
    _twice(years, "year")
    _have_files(sources, country, years)
    if len(years) > MOST_YEARS:
        raise UsageError(f"{len(years)} years do not fit on a page", hint=f"name at most {MOST_YEARS}")
    ordered = sorted(years)
    return Job(country=country, year=ordered[-1], language="", manner=Manner.YEARS, beside=tuple(map(str, ordered)))


def _editions(sources: Sources, country: str, years: Sequence[int], editions: Sequence[str]) -> Job:
    if len(years) != 1:
        raise UsageError("--editions lays the editions of one year side by side", hint="name one year before it")
    named = [int(each) for each in editions if YEAR.fullmatch(each)]
    if len(named) != len(editions):
        strange = next(each for each in editions if not YEAR.fullmatch(each))
        raise UsageError(f"{strange!r} is no edition", hint="write years, such as --editions 2018,2020")
    if len(named) < 2:
        raise UsageError("a comparison needs two editions", hint="write such as --editions 2018,2020")
    _twice(named, "edition")
    _have_files(sources, country, [*years, *named])
    early = [each for each in named if each < years[0]]
    if early:
        raise UsageError(
            f"the edition of {early[0]} was made before {years[0]} and says nothing about it",
            hint=f"name editions of {years[0]} or later",
        )
    return Job(
        country=country, year=years[0], language="", manner=Manner.EDITIONS, beside=tuple(map(str, sorted(named)))
    )


def _countries(
    sources: Sources, countries: Sequence[str], years: Sequence[int], year: int | None, editions: Sequence[str]
) -> Job:
    if years or editions:
        raise UsageError("countries are laid side by side for one year", hint="name it as --year 2019")
    if year is None:
        raise UsageError("for which year are the countries to be compared?", hint="name it as --year 2019")
    _twice(countries, "country")
    for country in countries:
        _have_files(sources, country, [year])
    return Job(country=countries[0], year=year, language="", manner=Manner.COUNTRIES, beside=tuple(countries))


def _twice(named: Sequence[object], what: str) -> None:
    repeated = next((each for each in named if named.count(each) > 1), None)
    if repeated is not None:
        raise UsageError(f"the {what} {repeated} is named twice", hint="name each one once")


def _have_files(sources: Sources, country: str, years: Iterable[int]) -> None:
    known = known_years(sources, country)
    missing = next((year for year in years if year not in known), None)
    if missing is not None:
        raise no_year(sources, country, missing)
