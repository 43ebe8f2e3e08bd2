"""Send a package, send it again: what every door does alike. Who is asked, and how, is the door's."""

import os
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reporter.delivery.recipients import load_settings, recipient_of, replaced_package
from reporter.delivery.sent_before import newer_sendings, require_word
from reporter.edition.resources import locale_of
from reporter.errors import ReporterError, UsageError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import is_running
from reporter.model import Channel, Mail, Recipient, Settings
from reporter.submission.folder import FolderChannel
from reporter.submission.message import Message
from reporter.submission.message_state import State
from reporter.submission.outbox import FILE, Outbox
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.sending import (
    Transport,
    check_whole,
    compose,
    deliver_due,
    refusal,
    send_again,
    with_old_address,
)
from reporter.submission.smtp import SmtpChannel, tls_context

# Says why an edition goes again, or raises the problem.
Ask = Callable[[ReporterError], str]
# Hears that a package was sent before, and under which name if it was another one.
Hear = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Sending:
    """A file for a recipient, and the messages that carry it."""

    workspace: Workspace
    sources: Sources
    settings: Settings
    recipient: Recipient
    path: Path
    parcel: OutgoingFile
    messages: tuple[Message, ...]

    @property
    def refusal(self) -> ReporterError | None:
        """Why nothing can be sent to it as reporter.yaml is."""
        return refusal(self.recipient, self.settings, self.workspace.root)


@dataclass(frozen=True, eq=False)
class Resending:
    """That a dispatch is to go again: which one, why and when."""

    workspace: Workspace
    sources: Sources
    number: int
    reason: str
    when: datetime


def prepare_sending(
    workspace: Workspace,
    sources: Sources,
    code: str,
    path: Path,
    when: datetime,
    read: Callable[[Path, Recipient], OutgoingFile],
) -> Sending:
    """Compose what would go to a recipient; nothing is queued. `read` gives the file. Raises ReporterError when it
    cannot go there."""
    settings = load_settings(sources)
    recipient = recipient_of(settings, code)
    parcel = read(path, recipient)
    messages = compose(parcel, recipient, settings, locale_of(sources, recipient.language), when)
    return Sending(
        workspace=workspace,
        sources=sources,
        settings=settings,
        recipient=recipient,
        path=path,
        parcel=parcel,
        messages=messages,
    )


def open_outbox(workspace: Workspace, who: str, now: Callable[[], datetime]) -> Outbox:
    """Open the outbox of a workspace; make it if missing."""
    holder = f"{socket.gethostname()}/{os.getpid()}"
    return Outbox(workspace.outbox, who=who, now=now, holder=holder, is_dead=is_dead)


def is_dead(holder: str) -> bool:
    """Return whether a process of this machine has ended. Of another machine nobody knows: False, and its lease
    decides."""
    host, _, number = holder.rpartition("/")
    return host == socket.gethostname() and number.isdecimal() and not is_running(int(number))


def make_transports(
    workspace: Workspace, settings: Settings, channels: Iterable[str], password: Callable[[Mail], str]
) -> dict[str, Transport]:
    """The transports that are needed. Asks for the `password` of the mail server where it wants one. Raises UsageError
    for one that SMTP cannot carry."""
    transports: dict[str, Transport] = {Channel.FOLDER: FolderChannel(workspace.root)}
    if settings.mail and Channel.EMAIL in channels:
        mail = settings.mail
        authority = workspace.root / mail.authority if mail.authority else None
        told = password(mail) if mail.user else ""
        # AUTH PLAIN carries UTF-8 (RFC 4616), but smtplib encodes passwords as ASCII.
        if not told.isascii():
            hint = "choose another one"
            raise UsageError("the password holds letters beyond ASCII, which SMTP cannot carry", hint=hint)
        transports[Channel.EMAIL] = SmtpChannel(mail, told, tls_context(authority))
    return transports


def queue_and_deliver(
    outbox: Outbox, sending: Sending, transports: dict[str, Transport], again: str, ask: Ask, hear: Hear
) -> int:
    """Queue what is to go, and deliver it; give its number. Raises ReporterError when it may not go, or when `ask`
    gives no reason why it goes `again`."""
    check_whole(outbox)
    outbox.recover()
    again, told = _why_again(outbox, sending, again, ask, hear)
    number = outbox.queue(sending.parcel, sending.recipient, sending.messages, again=again, told=told)
    for each in with_old_address(outbox.items(number), sending.settings):
        raise ReporterError(
            f"number {number} waits for {each.address}, which is no longer the address of {each.recipient}",
            hint=f'if the new one is right: reporter resend {number} --by NAME --reason "…"',
        )
    deliver_due(outbox, transports, (number,))
    return number


def release_and_deliver(
    outbox: Outbox, asked: Resending, password: Callable[[Mail], str], older: Callable[[str], bool]
) -> None:
    """Send a dispatch again, for the reason that a person gave. `older` says whether an older package is to go all the
    same, when it is told what went since. Raises ReporterError."""
    workspace, number = asked.workspace, asked.number
    settings = load_settings(asked.sources)
    check_whole(outbox)
    outbox.recover()
    since = newer_sendings(outbox, asked.sources, number)
    if since and not older(since):
        raise ReporterError(since, hint="nothing was sent; if the older one is to go all the same: add --older")
    recipient = recipient_of(settings, outbox.items_of(number)[0].recipient)
    if problem := refusal(recipient, settings, workspace.root):
        raise problem
    transports = make_transports(workspace, settings, (recipient.channel,), password)
    locale = locale_of(asked.sources, recipient.language)
    send_again(outbox, number, recipient, settings, locale, asked.when, asked.reason)
    deliver_due(outbox, transports, (number,))


def why_refused(sending: Sending, again: str, now: Callable[[], datetime]) -> ReporterError | None:
    """Why a file would not go now; None when it would. Also when its edition went before and nobody says why again.
    Nothing is queued."""
    problem = sending.refusal or replaced_package(sending.sources, sending.parcel)
    if problem or not (sending.workspace.outbox / FILE).is_file():
        return problem
    with open_outbox(sending.workspace, "", now) as outbox:
        try:
            if outbox.find(sending.parcel, sending.recipient) is None:
                require_word(outbox, sending.path, sending.parcel, sending.recipient, again)
        except ReporterError as unsaid:
            return unsaid
    return None


def _why_again(outbox: Outbox, sending: Sending, again: str, ask: Ask, hear: Hear) -> tuple[str, tuple[int, ...]]:
    """The reason why the edition goes again, and the numbers before it. Raises ReporterError when a person must say it,
    and where it goes no more."""
    parcel, recipient = sending.parcel, sending.recipient
    _tell_before(outbox, parcel, recipient, again, hear)
    if outbox.find(parcel, recipient) is not None:
        return again, ()
    if replaced := replaced_package(sending.sources, parcel):
        raise replaced
    try:
        return again, require_word(outbox, sending.path, parcel, recipient, again)
    except ReporterError as problem:
        again = ask(problem)
    return again, require_word(outbox, sending.path, parcel, recipient, again)


def _tell_before(outbox: Outbox, parcel: OutgoingFile, recipient: Recipient, again: str, hear: Hear) -> None:
    """Say when the package was sent before. Raises ReporterError when another form of it waits or may have left, or
    when it is to go again: that is `resend`."""
    number = outbox.find(parcel, recipient)
    items = outbox.items(number) if number is not None else ()
    first = items[0] if items else None
    if first and again:
        hint = f'reporter resend {number} --by NAME --reason "…"'
        raise UsageError(f"it is no other package, but number {number} of the outbox", hint=hint)
    if first and all(each.state == State.SENT for each in items):
        hear(first.package if first.package != parcel.name else "")
    elif first and any(each.state == State.REPLACED for each in items):
        hint = f'reporter resend {number} --by NAME --reason "…" --older sends it all the same; nothing was sent now'
        raise ReporterError(f"another package took the place of number {number} before it left", hint=hint)
    elif first and first.parcel != parcel.sha256:
        states = ", ".join(dict.fromkeys(each.state for each in items))
        message = f"the same package is number {number} in another form: {first.package}, {states}"
        raise ReporterError(message, hint="reporter outbox says what to do with it; nothing was sent now")
