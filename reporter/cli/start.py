"""`reporter init` and `reporter new`: what a workspace, a country or a year begins with."""

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

INIT_EPILOG = """\b
Examples:
  reporter init my-country --country FI --languages en,fi
  cd my-country && reporter build
  reporter init a-look-around --example"""
WAYS = "reporter init DIR --country FI --languages en,fi for a country, reporter init DIR --example for Lithuania"


@click.command("init", epilog=INIT_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--country", metavar="CODE", help="The reporting country: FI; the EU codes EL and UK are used.")
@click.option("--languages", metavar="LIST", default="", help="The languages of the report, such as en,fi.")
@click.option("--year", type=options.Year(), help="The first year to report on; by default last year.")
@click.option("--example", is_flag=True, help="The finished Lithuanian workspace, to look around.")
@options.verbosity
def create_workspace(
    folder: Path, country: str | None, languages: str, year: int | None, example: bool, quiet: bool
) -> int:
    """Creates a workspace in DIR, empty for a country or the example.

    You can build it straight away; the first report is a draft. DIR must be empty or not exist.
    """
    target = folder.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        what = "is not empty" if target.is_dir() else "is no folder"
        raise UsageError(f"{folder} {what}", hint="name a folder that does not exist yet")
    if example == (country is not None):
        raise UsageError(
            "--country and --example together" if example else "--country or --example is missing", hint=WAYS
        )
    first_year = datetime.now().astimezone().year - 1 if year is None else year
    files = {} if country is None else new_workspace(country, languages.split(","), first_year, brought_files())
    make_workspace(target, files)
    if not quiet:
        click.echo(f"{folder} is ready")
        click.echo(f"next: cd {quote(str(folder))} && reporter build", err=True)
        if country:
            click.echo(f"then: replace the text in brackets in data/{country}/country.yaml,", err=True)
            click.echo(f"      and answer the open questions in data/{country}/{first_year}.yaml", err=True)
            findings = load_checked(Sources.from_contents(files), country).findings
            options.print_lines(lines_of_languages(findings), err=True)
    return ExitCode.OK


NEW_EPILOG = """\b
Examples:
  reporter new LT 2021              data/LT/2021.yaml, and a text in each language
  reporter new FI                   another country"""


@click.command("new", epilog=NEW_EPILOG)
@click.argument("country")
@options.year
@options.in_workspace
def start_year(country: str, year: int | None, workspace: Workspace, quiet: bool) -> int:
    """Starts a year or a country: a file of questions, and its texts.

    The file lists each figure, list of countries and recurring activity of the previous year, unanswered, with last
    year's value; each text has a heading for every section and says which earlier text is printed there and how to
    confirm it, rewrite it or keep parts of it. You can build the year straight away, as a draft. Without a year, or for
    a new country, the country's own file and a first year with the core figures are created. Existing files are never
    overwritten.
    """
    sources = workspace.snapshot()
    begins = year is None or not known_years(sources, country)
    first = year or datetime.now().astimezone().year - 1
    files = new_country(sources, country, first) if begins else begun_files(sources, country, first)
    new = write_new(workspace, sources, files)
    if not quiet:
        for path in files:
            more = "" if path in new else " (exists, unchanged)"
            click.echo(f"{options.display_path(Path(workspace.root, path))}{more}")
        if begins:
            click.echo(f"next: replace the text in brackets in {DATA}/{country}/country.yaml", err=True)
        click.echo(f"next: answer the open questions; reporter build {country} {first} shows the draft", err=True)
    return ExitCode.OK
