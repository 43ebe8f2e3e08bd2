"""`reporter send`: a package to a recipient, once."""

from pathlib import Path

import click

from reporter.build.workspace import Workspace
from reporter.cli import options
from reporter.cli.desk import (
    complete_recipient,
    load_settings,
    locale_of,
    now,
    open_outbox,
    recipient_of,
    refuse_examples,
    report,
    ways,
)
from reporter.errors import ExitCode, ReporterError, UsageError
from reporter.model import Channel, Recipient, Settings
from reporter.submission.message import Message
from reporter.submission.outbox import Outbox
from reporter.submission.parcel import Parcel, read_parcel
from reporter.submission.sending import check_whole, compose, moved, refusal, work
from reporter.submission.state import State
from reporter.writing import write_whole

EPILOG = """\b
Examples:
  reporter send LT-2020-commission.zip --to commission --dry-run
  reporter send LT-2020-commission.zip --to commission
  reporter send                     what waits in the outbox and is due"""


@click.command("send", epilog=EPILOG)
@click.argument("package", required=False, type=click.Path(path_type=Path), metavar="[PACKAGE]")
@click.option("--to", "code", default="", help="A recipient of reporter.yaml.", shell_complete=complete_recipient)
@click.option("--dry-run", is_flag=True, help="Write the message and say what would be done; send nothing.")
@click.option("--by", "who", default="", help="Who sends, for the log; by default the user of this machine.")
@options.workspace
@options.verbosity
def command(
    package: Path | None, code: str, dry_run: bool, who: str, workspace: Workspace, quiet: bool, verbose: bool
) -> int:
    """Sends a package to a recipient of reporter.yaml by mail, or lays it in a folder for a person to upload.

    A package goes to a recipient once, however often this is run. Without PACKAGE, what waits in the outbox
    and is due is tried again. The password of the mail server is asked for, or taken from the environment
    variable REPORTER_SMTP_PASSWORD.
    """
    settings = load_settings(workspace)
    if package is None:
        if code or dry_run:
            raise UsageError("no package is named", hint=f"reporter send PACKAGE --to {code or 'RECIPIENT'}")
        return _work_off(workspace, settings, who, quiet=quiet)
    if not code:
        known = ", ".join(each.code for each in settings.recipients)
        raise UsageError("no recipient is named", hint=f"add --to RECIPIENT; reporter.yaml knows: {known or 'none'}")
    recipient, parcel = recipient_of(settings, code), read_parcel(package)
    messages = compose(parcel, recipient, settings, locale_of(workspace, recipient), now())
    if dry_run:
        return _rehearse(workspace, settings, recipient, parcel, messages)
    refuse_examples(recipient, settings, workspace)
    transports = ways(workspace, settings, (recipient.channel,))
    with open_outbox(workspace, who) as outbox:
        check_whole(outbox)
        if _is_done(outbox, parcel, recipient):
            click.echo("it was sent before; nothing is sent now", err=True)
        number = outbox.queue(parcel, recipient, messages)
        outbox.recover()
        _refuse_moved(outbox, settings, number)
        work(outbox, transports, (number,))
        return report(outbox.items(number), quiet=quiet)


def _is_done(outbox: Outbox, parcel: Parcel, recipient: Recipient) -> bool:
    number = outbox.find(parcel, recipient)
    return number is not None and all(each.state == State.SENT for each in outbox.items(number))


def _work_off(workspace: Workspace, settings: Settings, who: str, *, quiet: bool) -> int:
    """Tries again what is due, of every recipient that is still where it was."""
    with open_outbox(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        waiting = [each for each in outbox.items() if each.state != State.SENT]
        left = {each.dispatch for each in moved(waiting, settings)}
        numbers = dict.fromkeys(each.dispatch for each in waiting if each.state == State.QUEUED)
        channels = {each.channel for each in waiting if each.dispatch in numbers}
        due = [number for number in numbers if number not in left]
        if due:
            work(outbox, ways(workspace, settings, channels), due)
        told = {each.dispatch for each in waiting}
        if not told and not quiet:
            click.echo("nothing waits", err=True)
        return report((each for each in outbox.items() if each.dispatch in told), quiet=quiet)


def _refuse_moved(outbox: Outbox, settings: Settings, number: int) -> None:
    for each in moved(outbox.items(number), settings):
        raise ReporterError(
            f"number {number} waits for {each.address}, which is no longer the address of {each.recipient}",
            hint=f'if the new one is right: reporter resend {number} --by NAME --reason "…"',
        )


def _rehearse(
    workspace: Workspace, settings: Settings, recipient: Recipient, parcel: Parcel, messages: tuple[Message, ...]
) -> int:
    """Writes the messages under build/ and says what would be done with them."""
    for each in messages if recipient.channel is Channel.EMAIL else ():
        path = workspace.output / "outgoing" / f"{each.name}-{recipient.code}.eml"
        write_whole(path, each.raw)
        click.echo(options.shown(path))
    way = "be sent to" if recipient.channel is Channel.EMAIL else "be laid in"
    count = f"{len(messages)} messages" if len(messages) > 1 else "1 message"
    size = sum(len(each.raw) for each in messages)
    click.echo(f"{parcel.name} would {way} {recipient.address}: {count}, {size:,} bytes", err=True)
    problem = refusal(recipient, settings, workspace.root)
    if problem:
        click.echo(f"it would be refused: {problem}", err=True)
    return ExitCode.FINDINGS if problem else ExitCode.OK
