"""`reporter restore`: puts a back-up back."""

import getpass
from collections import Counter
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.signature_options import local_now
from reporter.delivery.backup_reading import open_backup
from reporter.delivery.putting_back import FileFate, Prospect, finish_putting_back, look_ahead, put_back
from reporter.edit.applying import Writer
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace
from reporter.submission.outbox_copy import Meeting

# Said of the outboxes: what a person must know before anything is sent.
SENT = {
    None: "the outbox here cannot be read: that of the back-up takes its place",
    Meeting.HERE: "the outbox here knows of more that was sent: it stays",
    Meeting.THERE: "the outbox of the back-up is put back; what was sent after it, it does not know",
    Meeting.APART: "each outbox knows of something sent that the other does not: nothing can be put back here",
}
EPILOG = """\b
Examples:
  reporter restore november.zip             shows what would change
  reporter restore november.zip --write     puts it back
  reporter restore november.zip --write -w new-folder"""


@click.command("restore", epilog=EPILOG)
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Put it back; without this, say what would change.")
@click.option("--by", "who", default="", help="Who does it, for the journal; by default the user of this machine.")
@options.workspace_to_be
@options.verbosity
def command(archive: Path, write: bool, who: str, workspace: Workspace, quiet: bool, verbose: bool) -> int:
    """Puts a back-up back, whole or not at all.

    The workspace becomes what it was then, but nothing that was published or sent since goes, and the
    journal says what happened. The state before is kept in .reporter/before/, as a back-up. An empty
    folder becomes a workspace.
    """
    finish_putting_back(workspace)
    prospect = look_ahead(workspace, open_backup(archive))
    if not quiet or not write:
        for line in _lines(prospect):
            click.echo(line)
    if not write or not prospect.changes:
        return ExitCode.OK
    before = put_back(workspace, prospect, Writer(who or getpass.getuser(), local_now()))
    if not quiet:
        click.echo("the back-up is put back", err=True)
        if before:
            click.echo(f"the state before: {options.display_path(before)}", err=True)
    return ExitCode.OK


def _lines(prospect: Prospect) -> list[str]:
    told = [f"{fate:<8}{path}" for path, fate in prospect.fates.items()]
    counts = Counter(prospect.fates.values())
    told.append(", ".join(f"{counts[each]} {each}" for each in FileFate if counts[each]) or "nothing would change")
    return [*told, SENT[prospect.outbox]] if prospect.outbox in SENT else told
