"""`reporter build`: makes the profiles that are due."""

from importlib import import_module

import click

from reporter.cli import options
from reporter.cli.build_options import BuildChoices, make_all, parse_formats, parse_languages
from reporter.edition.job import Job, check_country, profiles, select
from reporter.errors import DataError, UsageError
from reporter.files.published import published_years
from reporter.files.sources import Sources, known_years
from reporter.files.workspace import Workspace
from reporter.load.stray_files import strays_of
from reporter.model import Audience

EPILOG = """\b
Examples:
  reporter build                    the latest year of the country in reporter.yaml
  reporter build LT 2020            one edition
  reporter build LT 2020 --format pdf,html
  reporter build LT --all-years -j 2
  reporter build LT 2020 --audience restricted"""


@click.command("build", epilog=EPILOG)
@options.country
@options.year
@click.option("--all-years", is_flag=True, help="Every year that has a file.")
@options.audience
@options.build_choices
@click.option(
    "--format",
    "formats",
    default="pdf",
    callback=parse_formats,
    metavar="LIST",
    help="Of pdf, html, xlsx; several as pdf,html.",
)
@click.option("--json", "machine", is_flag=True, help="Answer in JSON.")
@options.workspace
@options.verbosity
def command(
    country: str | None,
    year: int | None,
    all_years: bool,
    audience: Audience,
    lang: str,
    jobs: int | None,
    force: bool,
    strict: bool,
    validate: bool,
    formats: tuple[str, ...],
    machine: bool,
    workspace: Workspace,
    quiet: bool,
    verbose: bool,
) -> int:
    """Makes the annual profile of a country under build/.

    It is a PDF, one page of HTML, or a workbook of its tables.

    A file that has not changed is left as it is. An error in the data stops its edition, and the
    earlier report stays; the same holds for a PDF that --validate finds wrong. A file of a format
    not asked for is removed when it has become older than the others: no two tell of different
    years. What was published is never removed or replaced: when its files changed since, the
    profile says that it is not published, and lies beside, in build/COUNTRY/YEAR/unpublished/.

    What is withheld is in no public file. A restricted profile has it all and says so on every
    page; it lies beside the public one, with restricted in its name.
    """
    sources = workspace.snapshot()
    wanted = _wanted(sources, country, year, all_years, lang, audience)
    choices = BuildChoices(
        formats=formats, jobs=jobs, force=force, strict=strict, validate=validate, machine=machine, quiet=quiet
    )
    _warn(sources, wanted, choices)
    return make_all(workspace, sources, wanted, choices)


def _warn(sources: Sources, wanted: tuple[Job, ...], choices: BuildChoices) -> None:
    """Warn of files that nobody reads, or that changed since publication.

    Raises DataError when strict.
    """
    if not choices.quiet:
        options.warn_of(strays_of(sources, sorted({job.country for job in wanted})))
    editions = {(job.country, job.year) for job in wanted}
    for country in sorted({job.country for job in wanted}):
        # Where nothing was published, nothing is loaded to look for it.
        if published_years(sources, country):
            found = import_module("reporter.edition.state").changed_editions(sources, country, Audience.RESTRICTED)
            told = tuple(each for each in found if (country, each.year) in editions)
            if told and choices.strict:
                raise DataError(told)
            click.echo("".join(f"{each}\n" for each in told if not choices.quiet), err=True, nl=False)


def _wanted(
    sources: Sources, country: str | None, year: int | None, all_years: bool, lang: str, audience: Audience
) -> tuple[Job, ...]:
    if all_years and year is not None:
        raise UsageError(f"--all-years and the year {year} contradict each other", hint="leave one of them out")
    jobs = select(sources, country, year, parse_languages(sources, lang), audience)
    if not all_years:
        return jobs
    codes = check_country(sources, country)
    languages = dict.fromkeys(job.language for job in jobs)
    years = ((code, each) for code in codes for each in known_years(sources, code))
    return tuple(job for code, each in years for job in profiles(sources, code, each, languages, audience))
