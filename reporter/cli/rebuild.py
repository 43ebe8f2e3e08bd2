"""`reporter rebuild`: makes a published edition again, byte for byte."""

from collections.abc import Sequence
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.build_options import print_outcomes
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.data.records import Release
from reporter.editions.build_record import refuse_in_place
from reporter.editions.changes import INPUT, Departure
from reporter.editions.making.order import UnmadeError
from reporter.exchange.publish.publishing import rebuild

EPILOG = """\b
Examples:
  reporter rebuild LT 2020 --verify
  reporter rebuild LT 2020 --number 0 --verify
  reporter rebuild LT 2020 --number 0 --to old"""


@click.command("rebuild", epilog=EPILOG)
@options.edition
@click.option("--number", type=click.IntRange(0, 999), help="A number, from its stored sources; default: the latest.")
@click.option("--verify", is_flag=True, help="Only compare, and write nothing.")
@click.option("--to", "target", type=click.Path(file_okay=False, path_type=Path), help="A new folder for the files.")
@options.workspace
@options.verbosity
def command(
    country: str, year: int, number: int | None, verify: bool, target: Path | None, workspace: Workspace, quiet: bool
) -> int:
    """Makes a published edition again and compares every byte.

    The files are made in a temporary folder: from the current sources, or with --number from the stored ones. Every
    source, version and typeface that differs is listed. Published files are not touched.
    """
    if verify == (target is not None):
        raise UsageError("neither or both of --verify and --to are given", hint="write either --verify or --to FOLDER")
    if target is not None and target.exists():
        raise UsageError(f"{options.display_path(target)} already exists", hint="name a new folder")
    sources = workspace.snapshot()
    try:
        rebuilt_edition = rebuild(workspace, sources, country, year, number)
    except UnmadeError as problem:
        return print_outcomes(workspace, problem.outcomes)
    if rebuilt_edition.lost or not rebuilt_edition.files:
        return _refuse(rebuilt_edition.release, (*rebuilt_edition.departures, *rebuilt_edition.lost))
    if target is not None:
        files = {target / name: content for name, content in rebuilt_edition.files.items()}
        refuse_in_place(workspace, sources, files)
        write_together(files)
    if not quiet:
        for departure in rebuilt_edition.departures:
            click.echo(f"{departure} (without effect)")
        for name, sha256 in rebuilt_edition.release.files:
            click.echo(f"{name}  sha256 {sha256}")
        where = f", written to {options.display_path(target)}" if target else ""
        click.echo(f"{rebuilt_edition.release}: every byte is as it was published{where}")
    return ExitCode.OK


def _refuse(release: Release, differing: Sequence[Departure]) -> int:
    options.print_lines(differing)
    click.echo(f"reporter: {release} cannot be made again: what differs is listed above", err=True)
    if any(departure.kind == INPUT for departure in differing):
        again = f"reporter rebuild {release.country} {release.year} --number {release.number} --verify"
        click.echo(f"  hint: from the stored files: {again}", err=True)
    elif all(departure.kind == "file" for departure in differing):
        click.echo("  hint: the same files and versions gave other bytes; report it to the maintainers", err=True)
    else:
        click.echo("  hint: install the versions listed; published files are unchanged", err=True)
    return ExitCode.FINDINGS
