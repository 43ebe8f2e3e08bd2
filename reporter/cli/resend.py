"""`reporter resend`: sends a message again, because a person says so."""

import click

from reporter.cli import options
from reporter.cli.sending_options import (
    load_settings,
    make_transports,
    open_outbox,
    print_items,
    recipient_of,
    refuse_unreachable,
    utc_now,
)
from reporter.cli.sent_before import require_newest
from reporter.edition.resources import locale_of
from reporter.errors import UsageError
from reporter.files.workspace import Workspace
from reporter.submission.sending import check_whole, deliver_due, send_again

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
def command(number: int, who: str, reason: str, older: bool, workspace: Workspace, quiet: bool, verbose: bool) -> int:
    """Sends a message of the outbox again, by its NUMBER there.

    What has failed, what may have arrived and what has been sent goes out again only by this command. It is
    composed anew, as reporter.yaml is now, under the same Message-ID. Of several parts those that were sent
    stay sent, unless all were. When a newer package of its edition went to the recipient since, or a
    corrigendum was published, that is told first, and --older sends the older one all the same.
    """
    for option, written in (("--by", who), ("--reason", reason)):
        if not written.strip():
            raise UsageError(f"{option} says nothing", hint="the log must tell who sent it again, and why")
    sources = workspace.snapshot()
    settings = load_settings(sources)
    with open_outbox(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        require_newest(outbox, sources, number, older=older)
        recipient = recipient_of(settings, outbox.items_of(number)[0].recipient)
        refuse_unreachable(recipient, settings, workspace)
        transports = make_transports(workspace, settings, (recipient.channel,))
        send_again(outbox, number, recipient, settings, locale_of(sources, recipient.language), utc_now(), reason)
        deliver_due(outbox, transports, (number,))
        return print_items(outbox.items(number), quiet=quiet)
