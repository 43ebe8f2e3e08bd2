"""`reporter new`: the files that a year begins with."""

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
from reporter.start.new_year import text_file, year_before, year_file

EPILOG = """\b
Examples:
  reporter new LT 2021              data/LT/2021.yaml, and a text in each language"""


@click.command("new", epilog=EPILOG)
@options.edition
@options.workspace
@options.verbosity
def command(country: str, year: int, workspace: Workspace, quiet: bool, verbose: bool) -> int:
    """Begins a year: a file with its questions, and its texts.

    Each figure, list of countries and recurring activity of the year before stands there, unanswered,
    with last year's value beside it; each text has a heading for every section. The year is a draft:
    it can be built at once. No file is ever written over.
    """
    sources = workspace.snapshot()
    check_country(sources, country)
    files = _files(sources, country, year)
    new = {path: content for path, content in files.items() if path not in sources}
    if new:
        write_together({workspace.root / path: content for path, content in new.items()})
    if not quiet:
        for path in files:
            more = "" if path in new else " (is there already, and stays as it is)"
            click.echo(f"{options.display_path(Path(workspace.root, path))}{more}")
        click.echo(f"next: answer what is unanswered; reporter build {country} {year} shows the draft", err=True)
    return ExitCode.OK


def _files(sources: Sources, country: str, year: int) -> dict[str, bytes]:
    """The files of a new year, by path.

    Raises UsageError when there is no year to begin from.
    """
    before = year_before(sources, country, year)
    if before is None:
        first = min(known_years(sources, country), default=None)
        hint = f"its first year is {first}; name a later one" if first else f"write data/{country}/{year}.yaml"
        raise UsageError(f"{country} has no year before {year} to begin from", hint=hint)
    dataset = load_dataset(sources, (country,)).dataset
    speak = locale_lookup(sources)
    texts = {
        f"{DATA}/{country}/text/{language}/{year}.md": text_file(dataset, country, year, speak(language))
        for language in dataset.settings.languages
    }
    return {f"{DATA}/{country}/{year}.yaml": year_file(sources, country, year, before), **texts}
