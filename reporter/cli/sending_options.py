"""Outbox, settings and transports for the commands that send.

Also how a message is told of.
"""

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import click

from reporter.cli import options
from reporter.errors import DataError, ExitCode, ReporterError, UsageError, nearest
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import is_running
from reporter.load.catalogue import read_settings
from reporter.model import Channel, Recipient, Settings
from reporter.submission.folder import FolderChannel
from reporter.submission.message_state import OutboxItem, State
from reporter.submission.outbox import Outbox
from reporter.submission.sending import Transport, refusal
from reporter.submission.smtp import SmtpChannel, tls_context

# Of such a message nothing is left to do.
DONE = (State.SENT, State.REPLACED)
PASSWORD = "REPORTER_SMTP_PASSWORD"  # noqa: S105 - the name of a variable


def load_settings(sources: Sources) -> Settings:
    """Read the settings of `reporter.yaml`.

    Raises DataError with everything that is wrong with it.
    """
    settings, tree = read_settings(sources)
    if settings is None or tree.findings:
        raise DataError(tuple(tree.findings))
    return settings


def recipient_of(settings: Settings, code: str) -> Recipient:
    """The recipient of this code.

    Raises UsageError with the nearest one.
    """
    found = settings.recipient(code)
    if found is None:
        known = [each.code for each in settings.recipients]
        raise UsageError(f"reporter.yaml knows no recipient {code!r}", hint=nearest(code, known))
    return found


def open_outbox(workspace: Workspace, who: str) -> Outbox:
    """Open the outbox of a workspace; make it if missing."""
    holder = f"{socket.gethostname()}/{os.getpid()}"
    return Outbox(workspace.outbox, who=options.person_of(who), now=utc_now, holder=holder, is_dead=is_dead)


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


def is_dead(holder: str) -> bool:
    """Return whether a process of this machine has ended.

    Of another machine nobody knows: False, and its lease decides.
    """
    host, _, number = holder.rpartition("/")
    return host == socket.gethostname() and number.isdecimal() and not is_running(int(number))


def make_transports(workspace: Workspace, settings: Settings, channels: Iterable[str]) -> dict[str, Transport]:
    """The transports that are needed.

    Asks for the password of the mail server where it wants one.
    """
    transports: dict[str, Transport] = {Channel.FOLDER: FolderChannel(workspace.root)}
    if settings.mail and Channel.EMAIL in channels:
        mail = settings.mail
        authority = workspace.root / mail.authority if mail.authority else None
        transports[Channel.EMAIL] = SmtpChannel(
            mail, _password(mail.user, mail.host) if mail.user else "", tls_context(authority)
        )
    return transports


def _password(user: str, host: str) -> str:
    """The password, from the environment or asked on a terminal.

    It is never an argument, which every process can read.
    """
    found = os.environ.get(PASSWORD) or ""
    if not found and sys.stdin.isatty():
        found = click.prompt(f"Password of {user} at {host}", hide_input=True, err=True)
    if not found:
        raise UsageError(f"{host} asks {user} for a password", hint=f"set {PASSWORD}, or run this on a terminal")
    # AUTH PLAIN carries UTF-8 (RFC 4616), but smtplib encodes passwords as ASCII.
    if not found.isascii():
        raise UsageError("the password holds letters beyond ASCII, which SMTP cannot carry", hint="choose another one")
    return found


def refuse_unreachable(recipient: Recipient, settings: Settings, workspace: Workspace) -> None:
    """Refuse a recipient to whom nothing can be sent.

    Raises ReporterError: its address is an example, or its folder does not exist.
    """
    problem = refusal(recipient, settings, workspace.root)
    if problem:
        raise problem


def describe_item(item: OutboxItem) -> Iterator[str]:
    """Describe a message of the outbox, and what to do."""
    part = f" part {item.part} of {item.parts}" if item.parts > 1 else ""
    said = f": {item.answer}" if item.answer else ""
    yield f"{item.dispatch} {item.state}{part}: {item.package} to {item.recipient}, {item.changed}{said}"
    advice = _advice(item)
    if advice:
        yield f"  hint: {advice}"


def _advice(item: OutboxItem) -> str:
    again = f'reporter resend {item.dispatch} --by NAME --reason "…"'
    filed = f"reporter receipt FILE --for {item.dispatch}"
    if item.state == State.SENT and item.channel == Channel.FOLDER and not item.receipts:
        return f"a manual channel: a person uploads it from {item.address} and files the receipt: {filed}"
    return {
        State.QUEUED: f"run reporter send after {item.due}" if item.due else "run reporter send",
        State.SENDING: f"another process has it until {item.lease}",
        State.FAILED: f"mend what is said, then: {again}",
        State.REPLACED: "another package took its place before it left",
        State.UNKNOWN: f"ask {item.recipient} whether it arrived; if so: {filed}; if not: {again}",
    }.get(State(item.state), "" if item.receipts else f"no receipt yet; when it comes: {filed}")


def print_items(items: Iterable[OutboxItem], *, quiet: bool) -> int:
    """Print messages, and give the exit code.

    It is that of findings while one of them is not sent.
    """
    listed = tuple(items)
    waiting = [each for each in listed if each.state not in DONE]
    for each in waiting if quiet else listed:
        click.echo("\n".join(describe_item(each)))
    return ExitCode.FINDINGS if waiting else ExitCode.OK


def complete_recipient(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The recipients whose code begins with what is typed."""
    try:
        workspace = ctx.params.get("workspace")
        settings = load_settings(workspace.snapshot()) if workspace else None
    except ReporterError:
        return []
    return [each.code for each in settings.recipients if each.code.startswith(incomplete)] if settings else []
