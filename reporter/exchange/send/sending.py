"""Send a package: compose, queue, deliver, send again, file the receipt."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from reporter.data.errors import ReporterError, UsageError
from reporter.data.i18n import Locale
from reporter.data.records import Channel, Mail, Recipient, Settings
from reporter.exchange.send.message import Draft, Message, to_folder, to_mail
from reporter.exchange.send.message_state import Answer, Claim, LostClaimError, OutboxItem, State
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import OutgoingFile
from reporter.exchange.send.receipt import Receipt, receipt_of, store_copy

# Names that no server will ever have (RFC 2606, RFC 6761); the examples of reporter.yaml are of them.
RESERVED = re.compile(r"(^|[@.])(example|invalid|test|example\.(com|net|org|edu))$", re.IGNORECASE)


class Transport(Protocol):
    """A way out: a mail server, or a set of drop folders."""

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Try once to deliver a message. Calls `hand_over` at the last moment before the message may arrive."""


def refusal(recipient: Recipient, settings: Settings, root: Path) -> ReporterError | None:
    """Return the error that forbids sending to a recipient, or None. Its address is still an example, or its folder
    does not exist."""
    where = {"mark": recipient.mark}
    if recipient.channel is Channel.FOLDER:
        folder = root / recipient.address
        if folder.is_dir():
            return None
        what = "is a file, no folder" if folder.exists() else "does not exist"
        hint = "make the folder, or write in reporter.yaml where it is"
        return ReporterError(f"{recipient.code}: the folder {recipient.address} {what}", hint=hint, **where)
    if RESERVED.search(recipient.address):
        hint = "write the real address in reporter.yaml; until then nothing can be sent by accident"
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
    """Make the message that goes out to a recipient. Raises ReporterError when it is too large or a text cannot be
    filled."""
    if recipient.channel is Channel.FOLDER:
        return to_folder(outgoing, recipient)
    return to_mail(Draft(outgoing, recipient, _mail(settings), settings.title, locale, when))


def check_whole(outbox: Outbox) -> None:
    """Raise ReporterError if the outbox or its log was tampered with."""
    damage = outbox.damage()
    if damage:
        raise ReporterError(
            f"the outbox is damaged, nothing is sent: {damage[0]}",
            hint=f"{len(damage)} in all; reporter outbox --log shows them; docs/sending.md says what to do",
        )


def deliver_due(outbox: Outbox, transports: Mapping[str, Transport], numbers: Iterable[int]) -> None:
    for number in numbers:
        if claim := outbox.claim(number):
            with suppress(LostClaimError):
                hand_over = partial(outbox.hand_over, claim)
                outbox.settle(claim, transports[claim.item.channel].deliver(claim, hand_over))


def with_old_address(items: Iterable[OutboxItem], settings: Settings) -> tuple[OutboxItem, ...]:
    """The queued messages whose recipient has another address by now. Or another channel, or is no longer in
    reporter.yaml. A person must look at them before they go out."""
    now = {each.code: (each.channel, each.address) for each in settings.recipients}
    queued = (each for each in items if each.state == State.QUEUED)
    return tuple(each for each in queued if now.get(each.recipient) != (each.channel, each.address))


def send_again(
    outbox: Outbox, number: int, recipient: Recipient, settings: Settings, locale: Locale, when: datetime, reason: str
) -> None:
    """Compose a dispatch anew and queue it, because a person said so. It follows reporter.yaml as it is now. Raises
    UsageError when the recipient has changed its channel."""
    item = outbox.item(number)
    if item.channel != recipient.channel:
        raise UsageError(
            f"number {number} went by {item.channel}, and {recipient.code} is a {recipient.channel} now",
            hint="name a recipient of that channel in reporter.yaml and send the package to it",
        )
    message = compose(outbox.outgoing_file(number), recipient, settings, locale, when)
    outbox.release(number, message, address=recipient.address, reason=reason)


def accept_receipt(outbox: Outbox, receipt: Receipt, number: int | None) -> tuple[int, bool, Receipt]:
    """File a receipt; return its dispatch number, whether it is new, and what it proves, which a mail does when it
    comes from the address that was written to. Without `number` it belongs to the dispatch whose Message-ID it names.
    Raises UsageError when it names none or several, or when there is no dispatch `number`."""
    if number is None:
        named = [each.dispatch for each in outbox.items() if each.identity in receipt.answers]
        if len(named) != 1:
            what = "several messages" if named else "no message"
            raise UsageError(
                f"{receipt.name} names {what} of the outbox",
                hint="say which it belongs to, with --for NUMBER; reporter outbox lists the numbers",
            )
        [number] = named
    sent = outbox.item(number)
    receipt = receipt_of(receipt.name, receipt.content, address=sent.address if sent.channel == Channel.EMAIL else "")
    store_copy(receipt, outbox.folder)
    new = outbox.file_receipt(number, receipt.name, receipt.sha256, receipt.answer, receipt.doubt)
    return number, new, receipt


def _mail(settings: Settings) -> Mail:
    if settings.mail is None:  # the settings are not read without it where a recipient gets mail
        raise ReporterError("no mail server is written down", hint="add mail: to reporter.yaml")
    return settings.mail
