"""`reporter send` and `reporter outbox`: packages are sent once, and their receipts filed."""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, ReporterError, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_whole
from reporter.data.records import Channel, Mail, Settings
from reporter.exchange.send.dispatching import (
    Sending,
    accept_receipt,
    check_whole,
    deliver_due,
    make_transports,
    open_outbox,
    prepare_sending,
    queue_and_deliver,
    release_and_deliver,
    signed_package_for,
    why_refused,
    with_old_address,
)
from reporter.exchange.send.message import OutboxItem, State
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import load_settings, other_file
from reporter.exchange.send.receipt import read_receipt

# Messages that need nothing more.
DONE = (State.SENT, State.REPLACED)
PASSWORD = "REPORTER_SMTP_PASSWORD"  # noqa: S105 - the name of a variable


def outbox_of(workspace: Workspace, who: str) -> Outbox:
    """The outbox of a workspace, for the person sending; by default its user."""
    return open_outbox(workspace, options.person_of(who), utc_now)


def utc_now() -> datetime:
    return datetime.now(UTC)


def ask_password(mail: Mail) -> str:
    """The password from the environment or the terminal; never an argument, which every process can read."""
    password = os.environ.get(PASSWORD) or ""
    if not password and sys.stdin.isatty():
        password = click.prompt(f"Password of {mail.user} at {mail.host}", hide_input=True, err=True)
    if not password:
        raise UsageError(
            f"{mail.host} asks {mail.user} for a password", hint=f"set {PASSWORD}, or run this on a terminal"
        )
    return password


def describe_item(item: OutboxItem) -> Iterator[str]:
    answer_text = f": {item.answer}" if item.answer else ""
    yield f"{item.dispatch} {item.state}: {item.package} to {item.recipient}, {item.changed}{answer_text}"
    if advice := _advice(item):
        yield f"  hint: {advice}"


def _advice(item: OutboxItem) -> str:
    again = f'reporter outbox resend {item.dispatch} --by NAME --reason "…"'
    filed = f"reporter outbox receipt FILE --for {item.dispatch}"
    if item.state == State.SENT and item.channel == Channel.FOLDER and not item.receipts:
        return f"a manual channel: a person uploads it from {item.address} and files the receipt: {filed}"
    return {
        State.QUEUED: f"run reporter send after {item.due}" if item.due else "run reporter send",
        State.SENDING: f"another process has it until {item.lease}",
        State.FAILED: f"solve the problem, then: {again}",
        State.REPLACED: "another package replaced it before it was sent",
        State.UNKNOWN: f"ask {item.recipient} whether it arrived; if so: {filed}; if not: {again}",
    }.get(State(item.state), "" if item.receipts else f"no receipt yet; when it comes: {filed}")


def print_items(items: Iterable[OutboxItem], *, quiet: bool) -> int:
    """Print messages and return the exit code, FINDINGS if one is not sent."""
    listed = tuple(items)
    waiting = [item for item in listed if item.state not in DONE]
    options.print_lines(line for item in (waiting if quiet else listed) for line in describe_item(item))
    return ExitCode.FINDINGS if waiting else ExitCode.OK


SEND_EPILOG = """\b
Examples:
  reporter send LT-2020-commission.zip --to commission --dry-run
  reporter send LT-2020-commission.zip --to commission
  reporter send LT-2020-commission.zip --to commission --again "the annex was missing"
  reporter send                     due messages of the outbox"""


@click.command("send", epilog=SEND_EPILOG)
@click.argument("package", required=False, type=click.Path(path_type=Path), metavar="[PACKAGE]")
@click.option("--to", "code", default="", help="A recipient of reporter.yaml.")
@click.option("--dry-run", is_flag=True, help="Write the message and show what would be done; send nothing.")
@click.option("--other-file", "other", is_flag=True, help="PACKAGE is another file, to send as it is.")
@click.option("--again", default="", metavar="REASON", help="Why another package of the edition is sent.")
@click.option("--by", "who", default="", help="Who sends, for the log; by default the user of this machine.")
@options.in_workspace
def send_package(
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


LIST_EPILOG = """\b
Examples:
  reporter outbox list              every message and what there is to do
  reporter outbox list --log        every action: when, who, what, checksum
  reporter outbox list --format json  for another program"""


@click.command("list", epilog=LIST_EPILOG)
@click.option("--log", "acts", is_flag=True, help="The log instead of the messages.")
@options.output_format
@options.in_workspace
def list_messages(acts: bool, form: str, workspace: Workspace, quiet: bool) -> int:
    """Lists the messages of the outbox, or the log of every action.

    The log is only appended to, and each line has the checksum of the previous one: changed or removed lines are
    reported with exit code 1.
    """
    if not workspace.outbox.exists():
        options.answer(form, [], ("nothing was sent yet",))
        return ExitCode.OK
    with outbox_of(workspace, "") as outbox:
        outbox.recover()
        damage, items, entries = outbox.damage(), outbox.items(), outbox.log()
    log = (
        f"{entry.number} {entry.time} {entry.who} | number {entry.dispatch} {entry.act}"
        f"{entry.detail and f': {entry.detail}'} | sha256 {entry.sha256}"
        for entry in entries
    )
    lines = (line for item in items for line in describe_item(item))
    options.answer(form, entries if acts else items, log if acts else lines)
    options.print_lines((f"reporter: damaged: {problem}" for problem in damage), err=True)
    if not quiet:
        counts = Counter(item.state for item in items)
        click.echo(", ".join(f"{counts[state]} {state}" for state in State), err=True)
    return ExitCode.FINDINGS if damage else ExitCode.OK


RECEIPT_EPILOG = """\b
Examples:
  reporter outbox receipt answer.eml  finds the message by its Message-ID
  reporter outbox receipt edamis.pdf --for 2"""


@click.command("receipt", epilog=RECEIPT_EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "number", type=int, help="Its number in the outbox; by default the message that FILE answers.")
@click.option("--by", "who", default="", help="Who files it, for the log; by default the user of this machine.")
@options.in_workspace
def file_receipt(file: Path, number: int | None, who: str, workspace: Workspace, quiet: bool) -> int:
    """Files the receipt of a message.

    A copy is put in submission/receipts/ with its checksum, and a line is added to the log.

    An answer, a read receipt or a delivery report proves arrival if it comes from the recipient's address; a report of
    return marks the message as failed. Automatic replies and answers from other addresses prove nothing: they are
    filed, with exit code 1.
    """
    receipt = read_receipt(file)
    with outbox_of(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        item_number, new, receipt = accept_receipt(outbox, receipt, number)
        if not quiet:
            click.echo(f"{file.name} is filed with number {item_number}" if new else f"{file.name} was filed before")
        item = outbox.item(item_number)
        print_items((item,), quiet=quiet)
    if receipt.answer:
        return ExitCode.OK
    asked = f"read it, and ask {item.recipient} whether it arrived"
    remedy = f"{asked}; then file the answer, or reporter outbox resend {item.dispatch}"
    click.echo(f"reporter: {file.name} proves nothing: {receipt.doubt}\n  hint: {remedy}", err=True)
    return ExitCode.FINDINGS


RESEND_EPILOG = """\b
Example:
  reporter outbox resend 3 --by "R. Petraitė" --reason "asked by telephone: it has not arrived" """


@click.command("resend", epilog=RESEND_EPILOG)
@click.argument("number", type=int)
@click.option("--by", "who", required=True, help="The name of the person responsible.")
@click.option("--reason", required=True, help="Why it is sent again, for the log.")
@click.option("--older", is_flag=True, help="Send it even if a newer package was sent since.")
@options.in_workspace
def send_again(number: int, who: str, reason: str, older: bool, workspace: Workspace, quiet: bool) -> int:
    """Sends a message of the outbox again, by its NUMBER there.

    Only this command sends a failed, sent or possibly arrived message again, composed with the present reporter.yaml,
    under the same Message-ID. After a newer package or a corrigendum it asks first; --older sends without asking.
    """
    for option, written in (("--by", who), ("--reason", reason)):
        if not written.strip():
            raise UsageError(f"{option} is empty", hint="the log must say who sent it again, and why")

    def goes_again(since: str) -> bool:
        if older or not sys.stdin.isatty():
            return older
        click.echo(since, err=True)
        return click.confirm("Send the older one nevertheless?", err=True)

    with outbox_of(workspace, who) as outbox:
        release_and_deliver(outbox, workspace, number, reason, utc_now(), ask_password, goes_again)
        return print_items(outbox.items(number), quiet=quiet)
