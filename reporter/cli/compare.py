"""`reporter compare`: compares years, editions or countries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import click

from reporter.cli import options
from reporter.cli.build_options import make_all
from reporter.cli.options import FOUR_DIGITS, YEAR
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.sources import Sources, known_countries, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience
from reporter.editions.job import (
    PAGES,
    Job,
    check_country,
    compared_countries,
    compared_editions,
    compared_years,
    parse_languages,
)
from reporter.editions.making.due import BuildChoices

USAGE = (
    "write COUNTRY YEAR YEAR …, COUNTRY YEAR --editions YEAR,YEAR, COUNTRY COUNTRY … --year YEAR or --all --year YEAR"
)
FOR_WHICH = "the year to compare the countries for is missing"


def with_year(sources: Sources, year: int | None, without: Collection[str]) -> list[str]:
    """The countries with a file of the year, without those left out. Raises UsageError for options that do not fit."""
    if year is None:
        raise UsageError(FOR_WHICH, hint="name it as --all --year 2019")
    for code in without:
        check_country(sources, code)
    return [item for item in known_countries(sources) if year in known_years(sources, item) and item not in without]


def comparison_jobs(
    sources: Sources,
    words: Sequence[str],
    year: int | None,
    editions: Sequence[str],
    languages: Iterable[str],
    *,
    every: bool = False,
    without: Collection[str] = (),
) -> tuple[Job, ...]:
    """The jobs of one comparison, one per language. Raises UsageError with a hint for words that do not fit."""
    countries = [word for word in words if not YEAR.fullmatch(word)]
    years = [int(word) for word in words if YEAR.fullmatch(word)]
    for country in countries:
        _check_word(sources, country)
    if every:
        if words:
            raise UsageError("--all already means every country", hint="leave some out with --without CY,MT")
        countries = with_year(sources, year, without)
        if len(countries) < 2:
            names = ", ".join(countries) or "none"
            raise UsageError(f"a comparison needs two countries with a file of {year}", hint=f"with one: {names}")
    elif without:
        raise UsageError("--without leaves countries out of --all", hint="write --all, or name those to compare")
    if not countries:
        raise UsageError("no country is named", hint=USAGE)
    if len(countries) > 1:
        job = _countries(sources, countries, years, year, editions)
    elif year is not None:
        raise UsageError("--year is for comparing countries, and only one is named", hint=USAGE)
    elif editions:
        job = _editions(sources, countries[0], years, editions)
    else:
        job = compared_years(sources, countries[0], years)
    return tuple(replace(job, language=language) for language in languages)


def _check_word(sources: Sources, word: str) -> None:
    """Raise UsageError for a word that is neither a year nor a country with data."""
    if word[:1].isdecimal():
        years = YEAR.findall(word)
        hint = f"write each year separately: {' '.join(years)}" if len(years) > 1 else FOUR_DIGITS
        raise UsageError(f"{word!r} is not a year", hint=hint)
    check_country(sources, word)


def _editions(sources: Sources, country: str, years: Sequence[int], editions: Sequence[str]) -> Job:
    if len(years) != 1:
        raise UsageError("--editions compares the editions of one year", hint="name one year before it")
    strange = next((edition for edition in editions if not YEAR.fullmatch(edition)), None)
    if strange is not None:
        raise UsageError(f"{strange!r} is no edition", hint="write years, such as --editions 2018,2020")
    return compared_editions(sources, country, years[0], [int(edition) for edition in editions])


def _countries(
    sources: Sources, countries: Sequence[str], years: Sequence[int], year: int | None, editions: Sequence[str]
) -> Job:
    if years or editions:
        raise UsageError("countries are compared for one year", hint="name it as --year 2019")
    if year is None:
        raise UsageError(FOR_WHICH, hint="name it as --year 2019")
    return compared_countries(sources, countries, year)


# Formats that are printed, not written to a file.
PRINTED = ("text", "csv")
EPILOG = """\b
Examples:
  reporter compare LT 2019 2020                  build/LT/compare-2019-2020/, a PDF and a page of HTML
  reporter compare LT 2019 2020 --format text    a table for the terminal; csv for machines
  reporter compare LT 2009 2012 2015 2018 2020   four years or more: time tables and small columns
  reporter compare LT 2017 --editions 2018,2020  as published then, and as known now
  reporter compare LT LV EE --year 2019          countries side by side
  reporter compare --all --year 2019             every country; ranges and ranks from six on
  reporter compare --all --without CY,MT --year 2019"""


def _listed(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


@click.command("compare", epilog=EPILOG)
@click.argument("words", nargs=-1, metavar="COUNTRY… YEAR…")
@click.option("--editions", default="", callback=_listed, metavar="LIST", help="Editions of one year: 2018,2020.")
@click.option("--year", type=options.Year(), help="The year for which countries are compared.")
@click.option("--all", "every", is_flag=True, help="Compare every country that has a file of the year.")
@click.option("--without", default="", callback=_listed, metavar="LIST", help="Countries left out of --all: CY,MT.")
@options.audience
@options.build_choices
@options.formats(PAGES, "pdf,html", "pdf, html or both; or text or csv, which are printed.", PRINTED)
@options.in_workspace
def command(
    words: tuple[str, ...],
    editions: tuple[str, ...],
    year: int | None,
    every: bool,
    without: tuple[str, ...],
    audience: Audience,
    lang: str,
    jobs: int | None,
    force: bool,
    strict: bool,
    validate: bool,
    formats: tuple[str, ...],
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Compares years, editions or countries.

    Where figures cannot be compared, it says why: no change is worked out across a break, a changed definition, a
    missing or inexact value, or a figure in doubt. Figures are as known now; texts and law are those of each year's
    edition. From six countries on it shows the range of each figure and the rank of each country among those that count
    in the same way.
    """
    sources = workspace.snapshot()
    languages = parse_languages(sources, lang)
    compared = comparison_jobs(sources, words, year, editions, languages, every=every, without=without)
    countries = {*without, *(with_year(sources, year, without) if every else known_countries(sources))}
    if not quiet and (missing := [country for country in known_countries(sources) if country not in countries]):
        click.echo(f"left out, without a file for {year}: {', '.join(missing)}", err=True)
    wanted = tuple(replace(job, audience=audience) for job in compared)
    if formats[0] in PRINTED:
        if lang and len(languages) > 1:
            message = f"{formats[0]!r} is printed in one language, and {', '.join(languages)} are named"
            raise UsageError(message, hint=f"write --lang {languages[0]}")
        # Only here are the rooms that compare loaded.
        from reporter.editions.making.exports import comparison_output
        from reporter.editions.state import edition_state

        click.echo(comparison_output(edition_state(sources, wanted[0]), wanted[0].language, formats[0]), nl=False)
        return ExitCode.OK
    choices = BuildChoices(formats=formats, jobs=jobs, force=force, strict=strict, validate=validate)
    return make_all(workspace, sources, wanted, choices, quiet=quiet)
