"""`reporter import`: takes in figures that another publication states."""

from importlib import import_module
from pathlib import Path

import click

from reporter.cli import options
from reporter.errors import ExitCode, UsageError, nearest
from reporter.files.outside import read_outside
from reporter.files.workspace import Workspace
from reporter.intake.imports.readers import READERS, FigureReader

EPILOG = """\b
Examples:
  reporter import glotip GLOTIP.csv EE            every year of the file
  reporter import glotip GLOTIP.csv EE 2014-2022
  reporter import glotip GLOTIP.csv EE --dry-run  what would be written, and what is proposed"""


def _reader(name: str) -> FigureReader:
    """The reader of a format; raises UsageError for another word."""
    if name not in READERS:
        raise UsageError(f"no format is called {name!r}", hint=nearest(name, READERS))
    reader: FigureReader = import_module(READERS[name]).read_figures
    return reader


@click.command("import", epilog=EPILOG)
@click.argument("form", metavar="FORMAT")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("country", shell_complete=options.complete_country)
@click.option("-n", "--dry-run", is_flag=True, help="Look at it, and write nothing.")
@options.workspace_to_be
@options.verbosity
def command(
    form: str, file: Path, country: str, dry_run: bool, workspace: Workspace, quiet: bool, verbose: bool
) -> int:
    """Takes in figures that another publication states."""
    reader = _reader(form)
    read_outside(file, options.display_path(file), "the file of the publication")
    raise UsageError(f"{reader} is not there yet")
    return ExitCode.OK
