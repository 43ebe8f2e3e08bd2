"""`reporter outbox`: lists what was sent and what waits. It tells what a person must see to."""

from collections import Counter

import click

from reporter.cli import options
from reporter.cli.sending_options import describe_item, outbox_of
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace
from reporter.submission.message_state import State

EPILOG = """\b
Examples:
  reporter outbox                   every message and what there is to do
  reporter outbox --log             every act: when, who, what, checksum
  reporter outbox --format json     for another program"""


@click.command("outbox", epilog=EPILOG)
@click.option("--log", "acts", is_flag=True, help="The log instead of the messages.")
@options.output_format
@options.workspace
@options.verbosity
def command(acts: bool, form: str, workspace: Workspace, quiet: bool) -> int:
    """Lists the messages of the outbox, or the log of every act.

    The log is only added to, and each line holds the checksum of the one before it: what was changed or
    removed is told, and leaves with exit code 1.
    """
    if not workspace.outbox.exists():
        click.echo("[]" if form == "json" else "nothing was sent yet")
        return ExitCode.OK
    with outbox_of(workspace, "") as outbox:
        outbox.recover()
        damage, items, entries = outbox.damage(), outbox.items(), outbox.log()
    log = (
        f"{each.number} {each.time} {each.who} | number {each.dispatch} {each.act}"
        f"{each.detail and f': {each.detail}'} | sha256 {each.sha256}"
        for each in entries
    )
    lines = (line for each in items for line in describe_item(each))
    options.answer(form, entries if acts else items, log if acts else lines)
    for damaged in damage:
        click.echo(f"reporter: damaged: {damaged}", err=True)
    if not quiet:
        counts = Counter(each.state for each in items)
        click.echo(", ".join(f"{counts[state]} {state}" for state in State), err=True)
    return ExitCode.FINDINGS if damage else ExitCode.OK
