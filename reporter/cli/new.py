"""`reporter new`: the files that a country or a year begins with."""

from datetime import datetime
from pathlib import Path

import click

from reporter.cli import options
from reporter.edition.job import check_country
from reporter.edition.resources import locale_lookup
from reporter.errors import ExitCode, UsageError
from reporter.files.sources import DATA, Sources, known_years
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.load.dataset import load_dataset
from reporter.start.country import new_country
from reporter.start.new_year import text_file, year_before, year_file

EPILOG = """\b
Examples:
  reporter new LT 2021              data/LT/2021.yaml, and a text in each language
  reporter new FI                   a country beside those that are there"""


@click.command("new", epilog=EPILOG)
@click.argument("country")
@options.year
@options.workspace
@options.verbosity
def command(country: str, year: int | None, workspace: Workspace, quiet: bool, verbose: bool) -> int:
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
    files = new_country(sources, country, first) if begins else _files(sources, country, first)
    new = {path: content for path, content in files.items() if path not in sources}
    if new:
        write_together({workspace.root / path: content for path, content in new.items()})
    if not quiet:
        for path in files:
            more = "" if path in new else " (is there already, and stays as it is)"
            click.echo(f"{options.display_path(Path(workspace.root, path))}{more}")
        if begins:
            click.echo(f"next: write over what stands in brackets in {DATA}/{country}/country.yaml", err=True)
        click.echo(f"next: answer what is unanswered; reporter build {country} {first} shows the draft", err=True)
    return ExitCode.OK


def _files(sources: Sources, country: str, year: int) -> dict[str, bytes]:
    """The files of a new year, by path.

    Raises UsageError when there is no year to begin from.
    """
    check_country(sources, country)
    before = year_before(sources, country, year)
    if before is None:
        hint = f"its first year is {min(known_years(sources, country))}; name a later one"
        raise UsageError(f"{country} has no year before {year} to begin from", hint=hint)
    dataset = load_dataset(sources, (country,)).dataset
    speak = locale_lookup(sources)
    texts = {
        f"{DATA}/{country}/text/{language}/{year}.md": text_file(dataset, country, year, speak(language))
        for language in dataset.settings.languages
    }
    return {f"{DATA}/{country}/{year}.yaml": year_file(sources, dataset, country, year, before), **texts}
