"""`reporter send`: sends a package to a recipient, once."""

import sys
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.sending_options import DONE, ask_password, outbox_of, print_items, utc_now
from reporter.data.errors import ExitCode, ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.records import Channel, Settings
from reporter.exchange.send.dispatching import (
    Sending,
    check_whole,
    deliver_due,
    make_transports,
    prepare_sending,
    queue_and_deliver,
    signed_package_for,
    why_refused,
    with_old_address,
)
from reporter.exchange.send.message import State
from reporter.exchange.send.outgoing import load_settings, other_file

EPILOG = """\b
Examples:
  reporter send LT-2020-commission.zip --to commission --dry-run
  reporter send LT-2020-commission.zip --to commission
  reporter send LT-2020-commission.zip --to commission --again "the annex was missing"
  reporter send                     due messages of the outbox"""


@click.command("send", epilog=EPILOG)
@click.argument("package", required=False, type=click.Path(path_type=Path), metavar="[PACKAGE]")
@click.option("--to", "code", default="", help="A recipient of reporter.yaml.")
@click.option("--dry-run", is_flag=True, help="Write the message and show what would be done; send nothing.")
@click.option("--other-file", "other", is_flag=True, help="PACKAGE is another file, to send as it is.")
@click.option("--again", default="", metavar="REASON", help="Why another package of the edition is sent.")
@click.option("--by", "who", default="", help="Who sends, for the log; by default the user of this machine.")
@options.workspace
@options.verbosity
def command(
    package: Path | None, code: str, dry_run: bool, other: bool, again: str, who: str, workspace: Workspace, quiet: bool
) -> int:
    """Sends a package to a recipient of reporter.yaml.

    It is sent by mail, or put in a folder for a person to upload.

    The package must be complete, packed for that recipient, and signed by the expected signer (signer: and trust: in
    reporter.yaml). It is sent to a recipient only once, signed or not, however often you run this. Before another
    package of the same edition is sent, you see what was sent and are asked for a reason, or give it with --again; a
    corrigendum needs none. Without PACKAGE, due messages of the outbox are tried again. The password of the mail server
    is asked for, or taken from the environment variable REPORTER_SMTP_PASSWORD.
    """
    sources = workspace.snapshot()
    settings = load_settings(sources)
    if package is None:
        if code or dry_run or other or again:
            raise UsageError("no package is named", hint=f"reporter send PACKAGE --to {code or 'RECIPIENT'}")
        return _work_off(workspace, settings, who, quiet=quiet)
    if not code:
        codes = ", ".join(recipient.code for recipient in settings.recipients)
        raise UsageError("no recipient is named", hint=f"add --to RECIPIENT; reporter.yaml lists: {codes or 'none'}")
    read = (lambda path, _: other_file(path)) if other else signed_package_for(workspace.root, utc_now())
    sending = prepare_sending(workspace, sources, code, package, utc_now(), read)
    if dry_run:
        return _rehearse(sending, again)
    if problem := sending.refusal:
        raise problem
    transports = make_transports(workspace, settings, (sending.recipient.channel,), ask_password)
    with outbox_of(workspace, who) as outbox:
        number = queue_and_deliver(outbox, sending, transports, again, _ask, _hear)
        return print_items(outbox.items(number), quiet=quiet)


def _hear(name: str) -> None:
    click.echo(f"it was sent before{name and f' as {name}'}; nothing is sent now", err=True)


def _ask(problem: ReporterError) -> str:
    """Show what was sent before and ask for a reason; raises the problem without a terminal or a reason."""
    if not sys.stdin.isatty():
        raise problem
    click.echo(problem.message, err=True)
    reason = str(click.prompt("Why is it sent again? (empty to cancel)", default="", show_default=False, err=True))
    if not reason.strip():
        raise problem
    return reason


def _work_off(workspace: Workspace, settings: Settings, who: str, *, quiet: bool) -> int:
    """Send again what is due, only to recipients whose address is unchanged."""
    with outbox_of(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        waiting = [item for item in outbox.items() if item.state not in DONE]
        left = {item.dispatch for item in with_old_address(waiting, settings)}
        numbers = dict.fromkeys(item.dispatch for item in waiting if item.state == State.QUEUED)
        channels = {item.channel for item in waiting if item.dispatch in numbers}
        if due := [number for number in numbers if number not in left]:
            deliver_due(outbox, make_transports(workspace, settings, channels, ask_password), due)
        dispatches = {item.dispatch for item in waiting}
        if not dispatches and not quiet:
            click.echo("no message is waiting", err=True)
        return print_items((item for item in outbox.items() if item.dispatch in dispatches), quiet=quiet)


def _rehearse(sending: Sending, again: str) -> int:
    """Write the message under build/ instead of sending it, and print what would be done."""
    recipient, parcel = sending.recipient, sending.parcel
    if recipient.channel is Channel.EMAIL:
        path = sending.workspace.output / "outgoing" / f"{parcel.name}-{recipient.code}.eml"
        write_whole(path, sending.message.raw)
        click.echo(options.display_path(path))
    way = "be sent to" if recipient.channel is Channel.EMAIL else "be put in"
    size = len(sending.message.raw)
    click.echo(f"{parcel.name} would {way} {recipient.address}: 1 message, {size:,} bytes", err=True)
    if problem := why_refused(sending, again, utc_now):
        click.echo(f"it would be refused: {problem}", err=True)
    return ExitCode.FINDINGS if problem else ExitCode.OK
