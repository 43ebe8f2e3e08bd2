"""Send a package: compose, queue, deliver, send again, file the receipt. The callers ask the user in their own ways."""

import os
import re
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Protocol

from reporter.data.errors import ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import is_running
from reporter.data.i18n import Locale
from reporter.data.read.release import read_releases
from reporter.data.records import Channel, Mail, Recipient, Settings
from reporter.editions.resources import locale_of
from reporter.exchange.send.message import (
    Answer,
    Claim,
    LostClaimError,
    Message,
    OutboxItem,
    State,
    clean,
    to_folder,
    to_mail,
)
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import OutgoingFile, load_settings, package_for, recipient_of, replaced_package
from reporter.exchange.send.receipt import FolderChannel, Receipt, receipt_of, store_copy
from reporter.exchange.send.smtp import SmtpChannel, tls_context
from reporter.exchange.send.storage import FILE

# Reserved names that no server will ever have (RFC 2606, RFC 6761), used in the examples of reporter.yaml.
RESERVED = re.compile(r"(^|[@.])(example|invalid|test|example\.(com|net|org|edu))$", re.IGNORECASE)


class Transport(Protocol):
    """A delivery channel: a mail server, or a set of drop folders."""

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Try once to deliver a message. Calls `hand_over` at the last moment before the message may arrive."""


def refusal(recipient: Recipient, settings: Settings, root: Path) -> ReporterError | None:
    """The error that forbids sending to a recipient, or None: an example address, or a folder that does not exist."""
    where = {"mark": recipient.mark}
    if recipient.channel is Channel.FOLDER:
        folder = root / recipient.address
        if folder.is_dir():
            return None
        what = "is a file, not a folder" if folder.exists() else "does not exist"
        hint = "create the folder, or correct its path in reporter.yaml"
        return ReporterError(f"{recipient.code}: the folder {recipient.address} {what}", hint=hint, **where)
    if RESERVED.search(recipient.address):
        hint = "enter the real address in reporter.yaml; until then nothing can be sent by accident"
        return ReporterError(f"{recipient.code}: {recipient.address} is an example, not an address", hint=hint, **where)
    mail = _mail(settings)
    for name in (mail.host, mail.sender):
        if RESERVED.search(name):
            hint = "write the mail server and the sender of your office under mail: in reporter.yaml"
            return ReporterError(f"mail: {name} is an example", hint=hint, mark=mail.mark)
    return None


def compose(
    outgoing: OutgoingFile, recipient: Recipient, settings: Settings, locale: Locale, when: datetime
) -> Message:
    """Make the message to a recipient. Raises ReporterError when it is too large or a text cannot be filled."""
    if recipient.channel is Channel.FOLDER:
        return to_folder(outgoing, recipient)
    return to_mail(outgoing, recipient, _mail(settings), settings.title, locale, when)


def check_whole(outbox: Outbox) -> None:
    """Raise ReporterError if the outbox or its log was tampered with."""
    if damage := outbox.damage():
        raise ReporterError(
            f"the outbox is damaged, nothing is sent: {damage[0]}",
            hint=f"{len(damage)} in all; reporter outbox list --log shows them; docs/sending.md says what to do",
        )


def deliver_due(outbox: Outbox, transports: Mapping[str, Transport], numbers: Iterable[int]) -> None:
    for number in numbers:
        if claim := outbox.claim(number):
            with suppress(LostClaimError):
                outbox.settle(claim, transports[claim.item.channel].deliver(claim, partial(outbox.hand_over, claim)))


def with_old_address(items: Iterable[OutboxItem], settings: Settings) -> tuple[OutboxItem, ...]:
    """The queued messages whose recipient has changed address or channel, or is gone: a person must look at them."""
    now = {recipient.code: (recipient.channel, recipient.address) for recipient in settings.recipients}
    queued = (item for item in items if item.state == State.QUEUED)
    return tuple(item for item in queued if now.get(item.recipient) != (item.channel, item.address))


def send_again(
    outbox: Outbox, number: int, recipient: Recipient, settings: Settings, locale: Locale, when: datetime, reason: str
) -> None:
    """Compose a dispatch again by reporter.yaml as it is now, and queue it. Raises UsageError for another channel."""
    item = outbox.item(number)
    if item.channel != recipient.channel:
        raise UsageError(
            f"number {number} was sent by {item.channel}, but the channel of {recipient.code} is now "
            f"{recipient.channel}",
            hint="name a recipient of that channel in reporter.yaml and send the package to it",
        )
    message = compose(outbox.outgoing_file(number), recipient, settings, locale, when)
    outbox.release(number, message, address=recipient.address, reason=reason)


def accept_receipt(outbox: Outbox, receipt: Receipt, number: int | None) -> tuple[int, bool, Receipt]:
    """File a receipt; return its dispatch number, whether it is new, and what it proves (a mail proves something only
    if it comes from the address written to). Without `number` it belongs to the dispatch whose Message-ID it names.
    Raises UsageError when it names none or several, or when there is no dispatch `number`."""
    if number is None:
        named = [item.dispatch for item in outbox.items() if item.identity in receipt.answers]
        if len(named) != 1:
            what = "several messages" if named else "no message"
            raise UsageError(
                f"{receipt.name} names {what} of the outbox",
                hint="name its message with --for NUMBER; reporter outbox list shows the numbers",
            )
        [number] = named
    sent = outbox.item(number)
    receipt = receipt_of(receipt.name, receipt.content, address=sent.address if sent.channel == Channel.EMAIL else "")
    store_copy(receipt, outbox.folder)
    return number, outbox.file_receipt(number, receipt.name, receipt.sha256, receipt.answer, receipt.doubt), receipt


def _mail(settings: Settings) -> Mail:
    if settings.mail is None:  # settings with a mail recipient always have it
        raise ReporterError("no mail server is set", hint="add mail: to reporter.yaml")
    return settings.mail


def require_word(outbox: Outbox, path: Path, parcel: OutgoingFile, recipient: Recipient, again: str) -> tuple[int, ...]:
    """The numbers of the edition's earlier packages. Raises ReporterError listing them when `again` gives no reason."""
    before = outbox.sent_before(parcel, recipient)
    if not before or again.strip():
        return before
    command = f'reporter send {quote(str(path))} --to {recipient.code} --again "why"'
    label = parcel.label
    number = f", corrigendum {label.number}" if label and label.number else ""
    edition = f"{label.country} {label.year}{number}" if label else parcel.name
    lines = [f"another package of {edition} to {recipient.code} was queued before:"]
    lines += [_earlier_dispatch(outbox, dispatch) for dispatch in before]
    raise ReporterError("\n  ".join(lines), hint=f"nothing was sent; to send this one as well: {command}")


def newer_sendings(outbox: Outbox, sources: Sources, number: int) -> str:
    """What was sent or published since a package; empty for nothing."""
    item = outbox.item(number)
    since, releases = outbox.sent_since(number), read_releases(sources, item.country, item.year) if item.country else ()
    lines = [_earlier_dispatch(outbox, dispatch) for dispatch in since]
    if releases and releases[-1].number > item.edition:
        lines.append(f"the latest published is {releases[-1]}")
    head = f"number {number} is an older package of {item.country} {item.year}; since then:"
    return "\n  ".join((head, *lines)) if lines else ""


def _earlier_dispatch(outbox: Outbox, number: int) -> str:
    item = outbox.item(number)
    answer = f" ({item.answer})" if item.answer and item.state != State.SENT else ""
    back = len(item.receipts)
    receipts = "no receipt" if not back else "1 receipt" if back == 1 else f"{back} receipts"
    of = f", corrigendum {item.edition}" if item.edition else ""
    state = f"{item.state} {item.changed}{answer}"
    return f"number {number}{of}: {clean(item.package)}, {state}, {receipts}, SHA-256 {item.parcel}"


# Returns why an edition is sent again, or raises the problem.
Ask = Callable[[ReporterError], str]
# Called when a package was sent before, with its name if it was another one.
Hear = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Sending:
    """A file for a recipient, and the message that carries it."""

    workspace: Workspace
    sources: Sources
    settings: Settings
    recipient: Recipient
    path: Path
    parcel: OutgoingFile
    message: Message

    @property
    def refusal(self) -> ReporterError | None:
        return refusal(self.recipient, self.settings, self.workspace.root)


# Reads a file to be sent to a recipient.
Read = Callable[[Path, Recipient], OutgoingFile]


def signed_package_for(root: Path, moment: datetime) -> Read:
    """A reader of packages signed as the recipient expects. `root` is the folder of the workspace."""

    def read(path: Path, recipient: Recipient) -> OutgoingFile:
        parcel = package_for(path, recipient)
        if recipient.expects_signature:
            with extra():
                from reporter.exchange.signature.documents import require_signature
            require_signature(path, root, recipient, moment)
        return parcel

    return read


def prepare_sending(
    workspace: Workspace, sources: Sources, code: str, path: Path, when: datetime, read: Read
) -> Sending:
    """Compose a message to a recipient without queuing it. Raises ReporterError when it may not be sent."""
    settings = load_settings(sources)
    recipient = recipient_of(settings, code)
    parcel = read(path, recipient)
    message = compose(parcel, recipient, settings, locale_of(sources, recipient.language), when)
    return Sending(workspace, sources, settings, recipient, path, parcel, message)


def open_outbox(workspace: Workspace, who: str, now: Callable[[], datetime]) -> Outbox:
    """Open the outbox of a workspace; create it if missing."""
    return Outbox(workspace.outbox, who=who, now=now, holder=f"{socket.gethostname()}/{os.getpid()}", is_dead=is_dead)


def is_dead(holder: str) -> bool:
    """Whether a process of this machine has ended. False on another machine, where its lease decides."""
    host, _, number = holder.rpartition("/")
    return host == socket.gethostname() and number.isdecimal() and not is_running(int(number))


def make_transports(
    workspace: Workspace, settings: Settings, channels: Iterable[str], password: Callable[[Mail], str]
) -> dict[str, Transport]:
    """The transports needed. Asks for the mail server's `password`; raises UsageError if SMTP cannot carry it."""
    transports: dict[str, Transport] = {Channel.FOLDER: FolderChannel(workspace.root)}
    if settings.mail and Channel.EMAIL in channels:
        mail = settings.mail
        authority = workspace.root / mail.authority if mail.authority else None
        secret = password(mail) if mail.user else ""
        # AUTH PLAIN carries UTF-8 (RFC 4616), but smtplib encodes passwords as ASCII.
        if not secret.isascii():
            hint = "choose another one"
            raise UsageError("the password contains non-ASCII characters, which SMTP cannot carry", hint=hint)
        transports[Channel.EMAIL] = SmtpChannel(mail, secret, tls_context(authority))
    return transports


def queue_and_deliver(
    outbox: Outbox, sending: Sending, transports: dict[str, Transport], again: str, ask: Ask, hear: Hear
) -> int:
    """Queue and deliver; return the number. Raises ReporterError if refused, or `ask` gives no reason for `again`."""
    check_whole(outbox)
    outbox.recover()
    again, earlier_numbers = _why_again(outbox, sending, again, ask, hear)
    number = outbox.queue(sending.parcel, sending.recipient, sending.message, again=again, earlier=earlier_numbers)
    for item in with_old_address(outbox.items(number), sending.settings):
        raise ReporterError(
            f"number {number} waits for {item.address}, which is no longer the address of {item.recipient}",
            hint=f'if the new one is right: reporter outbox resend {number} --by NAME --reason "…"',
        )
    deliver_due(outbox, transports, (number,))
    return number


def release_and_deliver(
    outbox: Outbox,
    workspace: Workspace,
    number: int,
    reason: str,
    when: datetime,
    password: Callable[[Mail], str],
    older: Callable[[str], bool],
) -> None:
    """Send a dispatch again, for a person's reason, an older package only if `older` confirms it."""
    sources = workspace.snapshot()
    settings = load_settings(sources)
    check_whole(outbox)
    outbox.recover()
    since = newer_sendings(outbox, sources, number)
    if since and not older(since):
        raise ReporterError(since, hint="nothing was sent; to send the older one nevertheless, add --older")
    recipient = recipient_of(settings, outbox.item(number).recipient)
    if problem := refusal(recipient, settings, workspace.root):
        raise problem
    transports = make_transports(workspace, settings, (recipient.channel,), password)
    send_again(outbox, number, recipient, settings, locale_of(sources, recipient.language), when, reason)
    deliver_due(outbox, transports, (number,))


def why_refused(sending: Sending, again: str, now: Callable[[], datetime]) -> ReporterError | None:
    """Why a file would be refused now, or lacks a reason to be sent again; None if neither. Queues nothing."""
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
    """The reason for sending the edition again, and its earlier numbers. Raises ReporterError when a person must give
    the reason, when another form of the package waits or may have left, or when `resend` is the command to use."""
    parcel, recipient = sending.parcel, sending.recipient
    number = outbox.find(parcel, recipient)
    if number is None:
        if replaced := replaced_package(sending.sources, parcel):
            raise replaced
        try:
            return again, require_word(outbox, sending.path, parcel, recipient, again)
        except ReporterError as problem:
            again = ask(problem)
        return again, require_word(outbox, sending.path, parcel, recipient, again)
    item = outbox.item(number)
    if again:
        hint = f'reporter outbox resend {number} --by NAME --reason "…"'
        raise UsageError(f"this is not another package but number {number} of the outbox", hint=hint)
    if item.state == State.SENT:
        hear(item.package if item.package != parcel.name else "")
    elif item.state == State.REPLACED:
        hint = f"reporter outbox resend {number} --by NAME --reason … --older sends it nevertheless; nothing was sent"
        raise ReporterError(f"another package replaced number {number} before it was sent", hint=hint)
    elif item.parcel != parcel.sha256:
        message = f"the same package is number {number} in another form: {item.package}, {item.state}"
        raise ReporterError(message, hint="see reporter outbox list; nothing was sent")
    return again, ()
