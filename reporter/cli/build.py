"""`reporter build`: makes the profiles that are due."""

import os
import re

import click

from reporter.cli import options
from reporter.cli.build_options import make_all
from reporter.data.errors import DataError, UsageError
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.read.stray_files import strays_of
from reporter.data.records import Audience
from reporter.editions.job import FORMATS, PUBLISHED, Job, select
from reporter.editions.making.due import BuildChoices
from reporter.editions.making.order import PAPER
from reporter.editions.state import changed_editions

LAST_PORT = 65535
EPILOG = """\b
Examples:
  reporter build                    the latest year of the country in reporter.yaml
  reporter build LT 2020            one edition
  reporter build LT 2020 --format pdf,html
  reporter build LT --all-years -j 2
  reporter build LT 2020 --format docx        for comments in Word
  reporter build --all              every country, year and language
  reporter build --all --cluster local:2
  reporter build LT 2020 --audience restricted"""


@click.command("build", epilog=EPILOG)
@options.country
@options.year
@click.option("--all-years", is_flag=True, help="Every year that has a file.")
@click.option(
    "--all", "everything", is_flag=True, help="Every country and year, as pdf, html and xlsx unless --format is given."
)
@options.audience
@options.build_choices
@click.option("--cluster", metavar="WHERE", help="Where to make them: local:2, two workers here; or tls://HOST:PORT.")
@options.formats(FORMATS, "", "pdf, html, xlsx or docx; several as pdf,html; by default pdf.")
@click.option("--json", "machine", is_flag=True, help="Answer in JSON.")
@options.in_workspace
def command(
    country: str | None,
    year: int | None,
    all_years: bool,
    everything: bool,
    audience: Audience,
    lang: str,
    jobs: int | None,
    force: bool,
    strict: bool,
    validate: bool,
    cluster: str | None,
    formats: tuple[str, ...],
    machine: bool,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Makes the annual profile of a country under build/.

    The profile is a PDF, one HTML page or a workbook of its tables; or a Word file for comments, which is never
    published (docs/word.md).

    Unchanged files are not made again. An error in the data stops its edition, and the earlier report stays; so does a
    PDF that --validate rejects. A file of a format not asked for is removed once it is older than the others, so that
    files never contradict each other. Published files are never removed or replaced: if their sources change, the
    profile is marked as unpublished and put into build/COUNTRY/YEAR/unpublished/.

    With --all, a failed edition stops no other; failed editions are listed at the end. A cluster makes the files on
    other machines (docs/cluster.md) and receives their sources.

    Public files never contain withheld figures. A restricted profile contains them and says so on every page; it is
    next to the public one, with restricted in its name.
    """
    if jobs and cluster:
        hint = "leave -j out; local:2 gives the number"
        raise UsageError("-j has no effect: a cluster makes as many at once as it has workers", hint=hint)
    where = "" if cluster is None else check_cluster(cluster, os.cpu_count() or 1)
    sources = workspace.snapshot()
    if everything and country is not None:
        hint = f"leave one of them out; reporter build {country} --all-years makes every year of {country}"
        raise UsageError(f"--all is every country, and {country} is named", hint=hint)
    if all_years and year is not None:
        raise UsageError(f"--all-years and the year {year} contradict each other", hint="leave one of them out")
    wanted = select(sources, country, year, lang, every_year=all_years, every_country=everything).jobs(audience)
    chosen_formats = formats or (PUBLISHED if everything else (PAPER,))
    choices = BuildChoices(formats=chosen_formats, jobs=jobs, force=force, strict=strict, validate=validate)
    _warn(sources, wanted, strict=strict, quiet=quiet, together=everything)
    return make_all(
        workspace, sources, wanted, choices, cluster=where, machine=machine, quiet=quiet, together=everything
    )


# The port of a scheduler is required: a default could reach a wrong one.
CLUSTER = re.compile(r"local:(\d+)|(?:tcp|tls)://(?:\[[0-9A-Fa-f:]+\]|[^:/@\s\[\]]+):([1-9]\d{0,4})", re.ASCII)


def check_cluster(word: str, processors: int) -> str:
    """The number of workers here, at most two per processor, or a scheduler's address. Raises UsageError otherwise."""
    match, most = CLUSTER.fullmatch(word), 2 * processors
    if not match or int(match[2] or 1) > LAST_PORT:
        hint = "write local:2 for two workers on this machine, or the address of a scheduler: "
        raise UsageError(f"--cluster {word!r} names no cluster", hint=f"{hint}tls://dask.example.org:8786")
    if match[1] and not 1 <= int(match[1]) <= most:
        hint = f"write a number from 1 to {most}, such as local:{processors}"
        raise UsageError(f"--cluster {word}: too many or too few workers for this machine", hint=hint)
    return word


def _warn(sources: Sources, wanted: tuple[Job, ...], *, strict: bool, quiet: bool, together: bool) -> None:
    """Warn of files that are not used or changed since publication. Raises DataError when strict."""
    countries, editions = sorted({job.country for job in wanted}), {(job.country, job.year) for job in wanted}
    if not quiet:
        options.warn_of(strays_of(sources, countries))
    for country in countries:
        try:
            findings = changed_editions(sources, country, Audience.RESTRICTED)
        except DataError:
            # Of many editions, each reports its own findings when it fails.
            if not together:
                raise
            continue
        wanted_findings = tuple(finding for finding in findings if (country, finding.year) in editions)
        if wanted_findings and strict:
            raise DataError(wanted_findings)
        options.print_lines(() if quiet else wanted_findings, err=True)
