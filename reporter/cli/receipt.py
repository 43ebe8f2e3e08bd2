"""`reporter receipt`: files the answer to a message."""

from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.sending_options import outbox_of, print_items
from reporter.errors import ExitCode
from reporter.files.workspace import Workspace
from reporter.submission.receipt import read_receipt
from reporter.submission.sending import accept_receipt, check_whole

EPILOG = """\b
Examples:
  reporter receipt answer.eml       the message it answers is found by its Message-ID
  reporter receipt edamis.pdf --for 2"""


@click.command("receipt", epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--for", "number", type=int, help="The number in the outbox; by default the message that FILE answers.")
@click.option("--by", "who", default="", help="Who files it, for the log; by default the user of this machine.")
@options.workspace
@options.verbosity
def command(file: Path, number: int | None, who: str, workspace: Workspace, quiet: bool) -> int:
    """Files a receipt that came back for a message.

    A copy goes to submission/receipts/ with its checksum, and a line into the log.

    An answer, a confirmation of reading or a report of delivery proves that a message arrived, if
    it comes from the address it was sent to; a report that it was returned makes it failed. What a
    mail program, an absence notice or another address answers proves nothing: it is filed, and
    leaves with exit code 1.
    """
    receipt = read_receipt(file)
    with outbox_of(workspace, who) as outbox:
        check_whole(outbox)
        outbox.recover()
        found, new, receipt = accept_receipt(outbox, receipt, number)
        if not quiet:
            click.echo(f"{file.name} is filed with number {found}" if new else f"{file.name} was filed before")
        item = outbox.item(found)
        print_items((item,), quiet=quiet)
    if receipt.answer:
        return ExitCode.OK
    asked = f"read it, and ask {item.recipient} whether it arrived"
    remedy = f"{asked}; then file the answer, or reporter resend {item.dispatch}"
    click.echo(f"reporter: {file.name} proves nothing: {receipt.doubt}\n  hint: {remedy}", err=True)
    return ExitCode.FINDINGS
