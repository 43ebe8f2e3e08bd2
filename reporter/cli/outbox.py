"""`reporter outbox list`, `resend` and `receipt`: messages sent and waiting, and their receipts."""

import sys
from collections import Counter
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.sending_options import ask_password, describe_item, outbox_of, print_items, utc_now
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.exchange.send.dispatching import accept_receipt, check_whole, release_and_deliver
from reporter.exchange.send.message import State
from reporter.exchange.send.receipt import read_receipt

EPILOG = """\b
Examples:
  reporter outbox list              every message and what there is to do
  reporter outbox list --log        every action: when, who, what, checksum
  reporter outbox list --format json  for another program"""


@click.command("list", epilog=EPILOG)
@click.option("--log", "acts", is_flag=True, help="The log instead of the messages.")
@options.output_format
@options.workspace
@options.verbosity
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
@options.workspace
@options.verbosity
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
@options.workspace
@options.verbosity
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
