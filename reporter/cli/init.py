"""`reporter init` and `new`: start a workspace, a country or a year."""

from datetime import datetime
from pathlib import Path
from shlex import quote

import click

from reporter.cli import options
from reporter.cli.finding_lines import lines_of_languages
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.sources import DATA, Sources, known_years
from reporter.data.files.workspace import Workspace
from reporter.editions.checked import load_checked
from reporter.editions.start.making import (
    begun_files,
    brought_files,
    make_workspace,
    new_country,
    new_workspace,
    write_new,
)

EPILOG = """\b
Examples:
  reporter init my-country --country FI --languages en,fi
  cd my-country && reporter build
  reporter init a-look-around --example"""
WAYS = "reporter init DIR --country FI --languages en,fi begins a country, reporter init DIR --example brings Lithuania"


@click.command("init", epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--country", metavar="CODE", help="The country that reports: FI, or EL and UK as the EU writes them.")
@click.option("--languages", metavar="LIST", default="", help="The languages of the report, such as en,fi.")
@click.option("--year", type=options.Year(), help="The first year to report on; by default the last one that is over.")
@click.option("--example", is_flag=True, help="The finished Lithuanian workspace, to look around in.")
@options.verbosity
def begin_workspace(
    folder: Path, country: str | None, languages: str, year: int | None, example: bool, quiet: bool
) -> int:
    """Makes a workspace in DIR, empty for a country or the example.

    It builds at once; the report of a country of which nothing is known yet is a draft. DIR must
    not exist, or be empty.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "is not empty" if target.is_dir() else "is no folder"
        raise UsageError(f"{folder} {what}", hint="name a folder that does not exist yet")
    if example == (country is not None):
        raise UsageError("two beginnings at once" if example else "it is not said what to begin with", hint=WAYS)
    begun = datetime.now().astimezone().year - 1 if year is None else year
    files = {} if country is None else new_workspace(country, languages.split(","), begun, brought_files())
    make_workspace(target, files)
    if not quiet:
        click.echo(f"{folder} is ready")
        click.echo(f"next: cd {quote(str(folder))} && reporter build", err=True)
        if country:
            click.echo(f"then: write over what stands in brackets in data/{country}/country.yaml,", err=True)
            click.echo(f"      and answer what is unanswered in data/{country}/{begun}.yaml", err=True)
            found = load_checked(Sources.from_contents(files), country).findings
            options.print_lines(lines_of_languages(found), err=True)
    return ExitCode.OK


NEW_EPILOG = """\b
Examples:
  reporter new LT 2021              data/LT/2021.yaml, and a text in each language
  reporter new FI                   a country beside those that are there"""


@click.command("new", epilog=NEW_EPILOG)
@click.argument("country")
@options.year
@options.workspace
@options.verbosity
def begin_year(country: str, year: int | None, workspace: Workspace, quiet: bool) -> int:
    """Begins a year: a file with its questions, and its texts.

    Each figure, list of countries and recurring activity of the year before stands there, unanswered,
    with last year's value beside it; each text has a heading for every section and says which earlier
    text is printed there and how to confirm it, write it anew or keep the rest of it. The year is a
    draft: it can be built at once. Without a year, or where the country has none yet, a country begins:
    its own file, and a first year with the core figures. No file is ever written over.
    """
    sources = workspace.snapshot()
    begins = year is None or not known_years(sources, country)
    first = year or datetime.now().astimezone().year - 1
    files = new_country(sources, country, first) if begins else begun_files(sources, country, first)
    new = write_new(workspace, sources, files)
    if not quiet:
        for path in files:
            more = "" if path in new else " (is there already, and stays as it is)"
            click.echo(f"{options.display_path(Path(workspace.root, path))}{more}")
        if begins:
            click.echo(f"next: write over what stands in brackets in {DATA}/{country}/country.yaml", err=True)
        click.echo(f"next: answer what is unanswered; reporter build {country} {first} shows the draft", err=True)
    return ExitCode.OK
