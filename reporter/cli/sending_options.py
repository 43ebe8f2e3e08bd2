"""Outbox, clock and password for the commands that send, and how messages are printed."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.files.workspace import Workspace
from reporter.data.records import Channel, Mail
from reporter.exchange.send.dispatching import open_outbox
from reporter.exchange.send.message import OutboxItem, State
from reporter.exchange.send.outbox import Outbox

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
