"""`reporter backup make` and `restore`: the workspace as one file."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.sources import checksum_of
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import open_whole
from reporter.exchange.backup import held_files, left_out, restore, write_backup

PIECE = 1 << 20
EPILOG = """\b
Examples:
  reporter backup make              reporter-backup-2026-11-27.zip, in the current folder
  reporter backup make /media/stick/november.zip"""


@click.command("make", epilog=EPILOG)
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(dir_okay=False, path_type=Path))
@options.in_workspace
def write_archive(file: Path | None, workspace: Workspace, quiet: bool) -> int:
    """Writes a backup of the workspace: one file with all you need.

    It contains the settings, figures and texts, the journal, and what was published and sent; not the files made from
    them (build/), and no key. The same workspace gives the same bytes. Restore it with reporter backup restore.
    """
    place = file or Path(f"reporter-backup-{options.local_now():%Y-%m-%d}.zip")
    if place.exists():
        raise UsageError(f"{place} already exists", hint="name another file: backups are never overwritten")
    contents = held_files(workspace)
    with open_whole(place) as opened:
        write_backup(opened, contents)
    with place.open("rb") as written:
        sha256 = checksum_of(iter(lambda: written.read(PIECE), b""))
    click.echo(f"{options.display_path(place)}  {len(contents)} files  {place.stat().st_size} bytes  sha256 {sha256}")
    if not quiet and (excluded_files := left_out(workspace)):
        click.echo(f"not included: {', '.join(excluded_files)}", err=True)
    return ExitCode.OK


RESTORE_EPILOG = """\b
Examples:
  reporter backup restore november.zip -w new-folder"""


@click.command("restore", epilog=RESTORE_EPILOG)
@click.argument("archive", type=options.FILE)
@options.workspace_to_restore
@options.verbosity
def restore_archive(archive: Path, workspace: Workspace, quiet: bool) -> int:
    """Restores a backup, completely or not at all.

    The folder must be empty or new: to go back to an earlier state, first move the workspace elsewhere. What
    was published or sent after the backup is only there.
    """
    restore(workspace, archive)
    if not quiet:
        click.echo(f"the backup is restored: {options.display_path(workspace.root)}", err=True)
        click.echo("it lacks what was sent after it was made: check your mail program before you send", err=True)
    return ExitCode.OK
