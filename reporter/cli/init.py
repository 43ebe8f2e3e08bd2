"""`reporter init`: start a workspace."""

from datetime import datetime
from pathlib import Path
from shlex import quote

import click

from reporter.cli import options
from reporter.cli.finding_lines import lines_of_languages
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.sources import Sources
from reporter.editions.checked import load_checked
from reporter.editions.start.making import brought_files, make_workspace, new_workspace

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
def command(folder: Path, country: str | None, languages: str, year: int | None, example: bool, quiet: bool) -> int:
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
