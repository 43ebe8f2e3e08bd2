"""`reporter new`: what a year or a country begins with."""

from datetime import datetime
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode
from reporter.data.files.sources import DATA, known_years
from reporter.data.files.workspace import Workspace
from reporter.editions.start.making import begun_files, new_country, write_new

EPILOG = """\b
Examples:
  reporter new LT 2021              data/LT/2021.yaml, and a text in each language
  reporter new FI                   a country beside those that are there"""


@click.command("new", epilog=EPILOG)
@click.argument("country")
@options.year
@options.workspace
@options.verbosity
def command(country: str, year: int | None, workspace: Workspace, quiet: bool) -> int:
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
