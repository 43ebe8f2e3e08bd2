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
  reporter new FI                   another country"""


@click.command("new", epilog=EPILOG)
@click.argument("country")
@options.year
@options.workspace
@options.verbosity
def command(country: str, year: int | None, workspace: Workspace, quiet: bool) -> int:
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
