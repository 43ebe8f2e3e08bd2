"""`reporter backup`: the workspace as one file."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.delivery.backup import held_files, left_out, write_backup
from reporter.errors import ExitCode, UsageError
from reporter.files.checksum import checksum_of
from reporter.files.workspace import Workspace
from reporter.files.writing import open_whole

PIECE = 1 << 20
EPILOG = """\b
Examples:
  reporter backup                   reporter-backup-2026-11-27.zip, in the current folder
  reporter backup /media/stick/november.zip"""


@click.command("backup", epilog=EPILOG)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@options.workspace
@options.verbosity
def command(file: Path | None, workspace: Workspace, quiet: bool) -> int:
    """Writes a back-up of the workspace: one file with all you need.

    The settings, figures and texts, the journal, what was published and what was sent. Not what is
    made from them (build/), and no file with a key. The same workspace gives the same bytes.
    reporter restore restores it.
    """
    place = file or Path(f"reporter-backup-{options.local_now():%Y-%m-%d}.zip")
    if place.exists():
        raise UsageError(f"{place} is there already", hint="name another file: no back-up is written over")
    contents = held_files(workspace)
    with open_whole(place) as opened:
        write_backup(opened, contents)
    with place.open("rb") as written:
        sha256 = checksum_of(iter(lambda: written.read(PIECE), b""))
    click.echo(f"{options.display_path(place)}  {len(contents)} files  {place.stat().st_size} bytes  sha256 {sha256}")
    beside = () if quiet else left_out(workspace)
    if beside:
        click.echo(f"not in it: {', '.join(beside)}", err=True)
    return ExitCode.OK
