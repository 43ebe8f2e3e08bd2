"""`reporter restore`: restores a back-up."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.signature_options import local_now
from reporter.delivery.restoring import restore
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace

EPILOG = """\b
Examples:
  reporter restore november.zip -w new-folder
  reporter restore november.zip --aside         in a workspace: what is there moves aside first"""


@click.command("restore", epilog=EPILOG)
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--aside", is_flag=True, help="First move what is here into a folder beside it, named with the time.")
@options.workspace_to_restore
@options.verbosity
def command(archive: Path, aside: bool, workspace: Workspace, quiet: bool) -> int:
    """Restores a back-up, whole or not at all.

    The folder must be empty or new; or, with --aside, everything in it moves into a folder beside it,
    and nothing is deleted. What was published or sent after the back-up was made is there only.
    """
    before = restore(workspace, archive, local_now(), aside=aside)
    if not quiet:
        click.echo(f"the back-up is restored: {options.display_path(workspace.root)}", err=True)
        if before:
            click.echo(f"what was here before: {options.display_path(before)}", err=True)
        where = "there" if before else "into your mail program"
        click.echo(f"what was sent after it was made, it does not know: look {where} before you send", err=True)
    return ExitCode.OK
