"""`reporter receive`: takes in the workbook that an agency sent."""

from collections.abc import Iterator
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.journal_options import day_of
from reporter.errors import ExitCode, ReporterError
from reporter.extras import extra
from reporter.files.published import published_years
from reporter.files.workspace import Workspace
from reporter.intake.agency_proposals import Reception

EPILOG = """\b
Examples:
  reporter receive police-2021.xlsx
  reporter receive police-2021.xlsx --day 2022-03-03
  reporter answers LT 2021                 what it says, beside what stands in the file of the year"""


@click.command("receive", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--day", default="", callback=day_of, metavar="DATE", help="When it came; left out: today.")
@click.option("--dry-run", is_flag=True, help="Look at it, and write nothing.")
@options.workspace
@options.verbosity
def command(file: Path, day: str, dry_run: bool, workspace: Workspace, quiet: bool) -> int:
    """Takes in the workbook that an agency sent; no figure changes.

    What it says, and in which cell, is written down in data/COUNTRY/received/. reporter answers shows it beside the
    file of the year. What is wrong is told at the agency's own cells, and a copy of its workbook with that as comments
    lies in build/COUNTRY/forms/, with a mail to send it back.
    """
    with extra():
        from reporter.intake.taking_in import take_in
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise ReporterError(f"{file.name} cannot be read: {problem.strerror}", hint="look at its rights") from None
    sources = workspace.snapshot()
    taken = take_in(workspace, sources, content, file.name, day, options.local_now(), writes=not dry_run)
    came = taken.received
    if not quiet:
        click.echo("\n".join(_lines(taken)))
        if came.year in published_years(sources, came.country):
            told = f"{came.country} {came.year} is published: what you accept of it makes a corrigendum"
            click.echo(f"reporter: {told}", err=True)
    for path in taken.written:
        click.echo(options.display_path(path))
    if not quiet and not dry_run and taken.proposals:
        click.echo(f"  hint: reporter answers {came.country} {came.year} --accept {came.agency}", err=True)
    return ExitCode.FINDINGS if taken.problems else ExitCode.OK


def _lines(taken: Reception) -> Iterator[str]:
    came = taken.received
    count = len(came.answers)
    yield f"{came.country} {came.year} {came.agency}: {came.file}, {count} answers, {len(taken.proposals)} to decide on"
    for each in taken.proposals:
        yield f"  {each.figure:<40} {each.now or 'nothing'} → {each.said.answer.value}  {each.said.answer.cell}"
    for problem in taken.problems:
        where = problem.cell or problem.figure or came.file
        yield f"  {'odd' if problem.is_odd else 'wrong'}  {where}: {problem.words}"
    if taken.open:
        yield f"  open   {len(taken.open)} cells are empty: {', '.join(taken.open)}"
