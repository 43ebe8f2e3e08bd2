"""The job of a comparison, from years, editions or countries."""

from collections.abc import Iterable, Sequence

from reporter.comparison import Manner
from reporter.edition.job import Job, no_year, spans
from reporter.errors import WordedError
from reporter.files.sources import Sources, known_years

MOST_YEARS = 12
# The codes of all countries are in the names of the files, which may have 255 letters.
MOST_COUNTRIES = 60


def compared_years(sources: Sources, country: str, years: Sequence[int]) -> Job:
    """The job that lays years of a country side by side. Raises UsageError with the remedy when that cannot be."""
    known = spans(known_years(sources, country))
    if not years:
        raise WordedError("no year is named: a comparison needs two", "years with a file: {years}", years=known)
    if len(years) < 2:
        told = {"year": years[0], "years": known}
        raise WordedError("only {year} is named: a comparison needs two", "years with a file: {years}", **told)
    _refuse_twice(years)
    _require_files(sources, country, years)
    if len(years) > MOST_YEARS:
        told = {"count": len(years), "most": MOST_YEARS}
        raise WordedError("{count} years do not fit on a page", "name at most {most}", **told)
    ordered = sorted(years)
    return Job(country=country, year=ordered[-1], language="", manner=Manner.YEARS, beside=tuple(map(str, ordered)))


def compared_editions(sources: Sources, country: str, year: int, editions: Sequence[int]) -> Job:
    """The job that lays editions of one year side by side. Raises UsageError with the remedy when that cannot be."""
    if len(editions) < 2:
        raise WordedError("a comparison needs two editions", "name two editions of {year} or later", year=year)
    _refuse_twice(editions)
    _require_files(sources, country, [year, *editions])
    early = min(editions)
    if early < year:
        raise WordedError(
            "the edition of {early} was made before {year} and says nothing about it",
            "name editions of {year} or later",
            early=early,
            year=year,
        )
    beside = tuple(map(str, sorted(editions)))
    return Job(country=country, year=year, language="", manner=Manner.EDITIONS, beside=beside)


def compared_countries(sources: Sources, countries: Sequence[str], year: int) -> Job:
    """The job that lays a year of several countries side by side. Raises UsageError with the remedy when that cannot
    be."""
    if len(countries) < 2:
        raise WordedError("a comparison needs two countries", "name another one with a file of {year}", year=year)
    _refuse_twice(countries)
    for country in countries:
        _require_files(sources, country, [year])
    if len(countries) > MOST_COUNTRIES:
        told = {"count": len(countries), "most": MOST_COUNTRIES}
        raise WordedError("{count} countries cannot be compared at once", "name at most {most}", **told)
    return Job(country=countries[0], year=year, language="", manner=Manner.COUNTRIES, beside=tuple(countries))


def _refuse_twice(named: Sequence[object]) -> None:
    repeated = next((each for each in named if named.count(each) > 1), None)
    if repeated is not None:
        raise WordedError("{name} is named twice", "name each one once", name=repeated)


def _require_files(sources: Sources, country: str, years: Iterable[int]) -> None:
    known = known_years(sources, country)
    missing = next((year for year in years if year not in known), None)
    if missing is not None:
        raise no_year(sources, country, missing)
