"""`reporter restore`: restores a back-up."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.delivery.backup import restore
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace

EPILOG = """\b
Examples:
  reporter restore november.zip -w new-folder"""


@click.command("restore", epilog=EPILOG)
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.workspace_to_restore
@options.verbosity
def command(archive: Path, workspace: Workspace, quiet: bool) -> int:
    """Restores a back-up, whole or not at all.

    The folder must be empty or new: to go back in a workspace, first move what is there aside. What
    was published or sent after the back-up was made is there only.
    """
    restore(workspace, archive)
    if not quiet:
        click.echo(f"the back-up is restored: {options.display_path(workspace.root)}", err=True)
        said = "it does not know what was sent after it was made: look into your mail program before you send"
        click.echo(said, err=True)
    return ExitCode.OK
