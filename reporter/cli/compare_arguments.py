"""Parse the arguments of `reporter compare`; imports nothing heavy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reporter.cli.options import FOUR_DIGITS, YEAR
from reporter.edition.compared_jobs import compared_countries, compared_editions, compared_years
from reporter.edition.job import Job, check_country
from reporter.errors import UsageError
from reporter.files.sources import Sources, known_countries, known_years

USAGE = (
    "write COUNTRY YEAR YEAR …, COUNTRY YEAR --editions YEAR,YEAR, COUNTRY COUNTRY … --year YEAR or --all --year YEAR"
)
FOR_WHICH = "for which year are the countries to be compared?"


@dataclass(frozen=True, slots=True)
class EveryCountry:
    """What `--all` and `--without` ask for: every country but some."""

    is_asked: bool = False
    without: tuple[str, ...] = ()

    def named(self, sources: Sources, year: int | None) -> tuple[str, ...]:
        """The countries with a file of the year, but those left out. Raises UsageError with the remedy when that makes
        no sense."""
        if year is None:
            raise UsageError(FOR_WHICH, hint="name it as --all --year 2019")
        for code in self.without:
            check_country(sources, code)
        found = (code for code in known_countries(sources) if year in known_years(sources, code))
        return tuple(code for code in found if code not in self.without)

    def missing(self, sources: Sources, year: int | None) -> tuple[str, ...]:
        """The countries that have no file of the year."""
        others = (code for code in known_countries(sources) if year not in known_years(sources, code))
        return tuple(code for code in others if self.is_asked and code not in self.without)


def comparison_jobs(
    sources: Sources,
    words: Sequence[str],
    year: int | None,
    editions: Sequence[str],
    languages: Iterable[str],
    every: EveryCountry = EveryCountry(),
) -> tuple[Job, ...]:
    """The jobs of one comparison, one for each language. Raises UsageError with the remedy when the words make no
    sense."""
    countries = [each for each in words if not YEAR.fullmatch(each)]
    years = [int(each) for each in words if YEAR.fullmatch(each)]
    for country in countries:
        _check_word(sources, country)
    if every.is_asked:
        if words:
            raise UsageError("--all names every country already", hint="leave some out as --without CY,MT")
        countries = list(every.named(sources, year))
        if len(countries) < 2:
            known = ", ".join(countries) or "none"
            raise UsageError(f"a comparison needs two countries with a file of {year}", hint=f"with one: {known}")
    elif every.without:
        raise UsageError("--without leaves countries out of --all", hint="write --all, or name those to compare")
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
    """Refuse a word that is neither a year nor a country. Raises UsageError; a country must have data."""
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
        raise UsageError(FOR_WHICH, hint="name it as --year 2019")
    return compared_countries(sources, countries, year)
