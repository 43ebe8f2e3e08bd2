"""`reporter resend`: sends a message again, because a person says so."""

import sys

import click

from reporter.cli import options
from reporter.cli.sending_options import ask_password, outbox_of, print_items, utc_now
from reporter.delivery.dispatching import release_and_deliver
from reporter.errors import UsageError
from reporter.files.workspace import Workspace

EPILOG = """\b
Example:
  reporter resend 3 --by "R. Petraitė" --reason "asked by telephone: it has not arrived" """


@click.command("resend", epilog=EPILOG)
@click.argument("number", type=int)
@click.option("--by", "who", required=True, help="The name of the person who answers for it.")
@click.option("--reason", required=True, help="Why it may go out again; it is kept in the log.")
@click.option("--older", is_flag=True, help="Also when a newer package of the edition went since.")
@options.workspace
@options.verbosity
def command(number: int, who: str, reason: str, older: bool, workspace: Workspace, quiet: bool) -> int:
    """Sends a message of the outbox again, by its NUMBER there.

    What has failed, what may have arrived and what has been sent goes out again only by this command. It is
    composed anew, as reporter.yaml is now, under the same Message-ID. When a newer package of its edition
    went to the recipient since, or a corrigendum was published, that is told first, and --older sends the
    older one all the same.
    """
    for option, written in (("--by", who), ("--reason", reason)):
        if not written.strip():
            raise UsageError(f"{option} says nothing", hint="the log must tell who sent it again, and why")

    def goes_again(since: str) -> bool:
        if older or not sys.stdin.isatty():
            return older
        click.echo(since, err=True)
        return click.confirm("Send the older one all the same?", err=True)

    with outbox_of(workspace, who) as outbox:
        release_and_deliver(outbox, workspace, number, reason, utc_now(), ask_password, goes_again)
        return print_items(outbox.items(number), quiet=quiet)
