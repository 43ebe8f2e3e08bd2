"""Send a package: compose, queue, deliver, send again, file the receipt."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from reporter.errors import ReporterError, UsageError
from reporter.i18n import Locale
from reporter.model import Channel, Mail, Recipient, Settings
from reporter.submission.message import Draft, Message, to_folder, to_mail
from reporter.submission.message_state import Answer, Claim, LostClaimError, OutboxItem, State
from reporter.submission.outbox import Outbox
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.receipt import Receipt, receipt_of, store_copy

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
    outgoing: OutgoingFile,
    recipient: Recipient,
    settings: Settings,
    locale: Locale,
    when: datetime,
    pieces: int | None = None,
) -> tuple[Message, ...]:
    """Make the messages that go out to a recipient. `pieces` is the number of parts that a mail must have; None leaves
    it to the size limit. Raises ReporterError when it is too large or a text cannot be filled."""
    if recipient.channel is Channel.FOLDER:
        return to_folder(outgoing, recipient)
    draft = Draft(
        outgoing=outgoing, recipient=recipient, mail=_mail(settings), title=settings.title, locale=locale, when=when
    )
    return to_mail(draft, pieces)


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
        while claim := outbox.claim(number):
            _try(outbox, transports[claim.channel], claim)


def _try(outbox: Outbox, transport: Transport, claim: Claim) -> None:
    try:
        answer = transport.deliver(claim, lambda: outbox.hand_over(claim))
    except LostClaimError:
        return
    outbox.settle(claim, answer)


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
    items = outbox.items_of(number)
    if items[0].channel != recipient.channel:
        raise UsageError(
            f"number {number} went by {items[0].channel}, and {recipient.code} is a {recipient.channel} now",
            hint="name a recipient of that channel in reporter.yaml and send the package to it",
        )
    sent = sum(each.state == State.SENT for each in items)
    # Parts that have arrived must fit those that have not.
    pieces = len(items) if 0 < sent < len(items) else None
    messages = compose(outbox.outgoing_file(number), recipient, settings, locale, when, pieces)
    outbox.release(number, messages, address=recipient.address, reason=reason)


def accept_receipt(outbox: Outbox, receipt: Receipt, number: int | None) -> tuple[int, bool, Receipt]:
    """File a receipt; return its dispatch number, whether it is new, and what it proves, which a mail does when it
    comes from the address that was written to. Without `number` it belongs to the dispatch whose Message-ID it names.
    Raises UsageError when it names none or several, or when there is no dispatch `number`."""
    named = [each for each in outbox.items() if each.identity in receipt.answers]
    numbers = {each.dispatch for each in named}
    if number is not None:
        outbox.items_of(number)
    elif len(numbers) != 1:
        what = "several messages" if numbers else "no message"
        raise UsageError(
            f"{receipt.name} names {what} of the outbox",
            hint="say which it belongs to, with --for NUMBER; reporter outbox lists the numbers",
        )
    chosen = numbers.pop() if number is None else number
    one = [each.identity for each in named if each.dispatch == chosen]
    sent = outbox.items_of(chosen)[0]
    receipt = receipt_of(receipt.name, receipt.content, address=sent.address if sent.channel == Channel.EMAIL else "")
    store_copy(receipt, outbox.folder)
    identity = one[0] if len(one) == 1 else ""
    new = outbox.file_receipt(chosen, identity, receipt.name, receipt.sha256, receipt.answer, receipt.doubt)
    return chosen, new, receipt


def _mail(settings: Settings) -> Mail:
    if settings.mail is None:  # the settings are not read without it where a recipient gets mail
        raise ReporterError("no mail server is written down", hint="add mail: to reporter.yaml")
    return settings.mail
