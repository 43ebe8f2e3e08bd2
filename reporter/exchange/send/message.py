"""Make the message that carries a package to a recipient. The same input and time give the same bytes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum

from reporter.data.errors import ReporterError, one_line
from reporter.data.files.sources import checksum
from reporter.data.i18n import Locale
from reporter.data.records import Channel, Label, Mail, Recipient
from reporter.exchange.send.outgoing import OutgoingFile

LONGEST = 300


class State(StrEnum):
    """UNKNOWN: handed over, arrival unconfirmed. REPLACED: superseded by another package before it left."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    REPLACED = "replaced"


class Act(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    HANDED = "handed over"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    RELEASED = "released by a person"
    REPLACED = "replaced"
    RECEIPT = "receipt filed"


_WAITING = (Act.QUEUED, Act.DEFERRED, Act.RELEASED)
_CLAIMED = (Act.CLAIMED, Act.HANDED)
# The state machine of the outbox: the state after each act, and the acts it may follow ("" is none). The last act
# determines a message's state; acts out of order are refused. A message that has ended waits again only after RELEASED,
# a person's decision.
TRANSITIONS: Mapping[str, tuple[State, tuple[Act | str, ...]]] = {
    Act.QUEUED: (State.QUEUED, ("",)),
    Act.CLAIMED: (State.SENDING, _WAITING),
    Act.HANDED: (State.SENDING, (Act.CLAIMED,)),
    Act.SENT: (State.SENT, (*_CLAIMED, Act.UNKNOWN)),
    Act.DEFERRED: (State.QUEUED, _CLAIMED),
    Act.FAILED: (State.FAILED, (*_CLAIMED, Act.SENT, Act.UNKNOWN)),
    Act.UNKNOWN: (State.UNKNOWN, _CLAIMED),
    Act.RELEASED: (State.QUEUED, (*_WAITING, Act.SENT, Act.FAILED, Act.UNKNOWN, Act.REPLACED)),
    Act.REPLACED: (State.REPLACED, _WAITING),
}


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    name: str
    filed: str


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message as the outbox lists it. `dispatch` is its number, `parcel` the SHA-256 of the file it carries,
    `identity` the Message-ID, `sha256` that of the message. Times are UTC. `country`, `year` and `edition` (number) are
    stated by the package, empty or 0 for another file. `act` is the last one, `claim` the line number of the last
    claim, or 0. `tries` counts claims since a person's release; `answer` is the last outcome since. `holder` has it
    until its `lease` ends. `receipts` are those that prove something."""

    dispatch: int
    package: str
    parcel: str
    recipient: str
    channel: str
    address: str
    identity: str
    sha256: str
    holder: str
    lease: str
    due: str
    country: str
    year: int
    edition: int
    state: State
    act: str
    claim: int
    tries: int
    changed: str
    answer: str
    receipts: tuple[FiledReceipt, ...]

    def allows(self, act: Act) -> bool:
        return self.act in TRANSITIONS[act][1]


@dataclass(frozen=True, slots=True)
class Claim:
    """A message claimed by one worker; the claim's number distinguishes it from earlier and later ones."""

    item: OutboxItem
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome of a delivery: the new state (QUEUED: try again) and the server's words."""

    state: State
    words: str

    @property
    def act(self) -> Act:
        return Act.DEFERRED if self.state is State.QUEUED else Act(self.state)


class LostClaimError(ReporterError):
    """Another worker has taken the message, because this one was slow."""


def clean(text: str) -> str:
    """One printable line of a text from outside, at most `LONGEST` characters."""
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


PLACE = re.compile(r"\{(\w+)\}")
# Base64 writes 57 bytes as a line of 76 characters (RFC 2045 6.8) and its end.
LINE, WRITTEN = 57, 78


@dataclass(frozen=True, slots=True)
class Message:
    """An outgoing message: a whole mail, or a file for a folder. `raw` are its bytes; `identity` is its Message-ID."""

    identity: str
    raw: bytes

    @property
    def sha256(self) -> str:
        return checksum(self.raw)


def key_of(outgoing: OutgoingFile, recipient: Recipient) -> str:
    """The key that makes a dispatch unique: it depends only on the file's bytes and the recipient's code."""
    return checksum(f"{outgoing.sha256}\n{recipient.code}\n")


def to_folder(outgoing: OutgoingFile, recipient: Recipient) -> Message:
    """Make the message for a drop folder: the file itself."""
    return Message(_identity(outgoing, recipient, "folder.invalid"), outgoing.content)


def to_mail(
    outgoing: OutgoingFile, recipient: Recipient, office: Mail, title: Label, locale: Locale, when: datetime
) -> Message:
    """Make the mail with a file. Raises ReporterError when it is too large, or a placeholder has no value."""
    # Encoding a large file takes long: one that cannot fit is refused first.
    _check_size(outgoing, office, -(-len(outgoing.content) // LINE) * WRITTEN)
    language, sender = recipient.language, office.sender_name.text(recipient.language)
    values = {
        "title": title.text(language),
        "name": recipient.name.text(language),
        "file": outgoing.name,
        "sha256": outgoing.sha256,
    }
    if outgoing.edition:
        country, year = outgoing.edition
        values |= {"country": locale.country(country), "year": str(year)}
    usual = "{title}: {country}, {year}" if outgoing.edition else "{title}: {file}"
    subject = (recipient.subject or office.subject).text(language) or usual
    words = (recipient.text or office.text).text(language) or locale.text("Please find attached the file {file}.")
    subject, words = (_filled(frame, values, outgoing, recipient) for frame in (subject, words))
    size = locale.count("{n} byte", "{n} bytes", len(outgoing.content))
    facts = f"{outgoing.name} ({size})\nSHA-256: {outgoing.sha256}"
    paragraphs = (recipient.salutation.text(language), words, facts, sender)
    identity = _identity(outgoing, recipient, office.sender.rpartition("@")[2])
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(sender, addr_spec=office.sender)
    mail["To"] = Address(recipient.name.text(language), addr_spec=recipient.address)
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(when)
    mail["Message-ID"] = identity
    # Requests a confirmation of reading (RFC 8098 2.1); `reporter outbox receipt` files the reply.
    mail["Disposition-Notification-To"] = office.sender
    mail.set_content("\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n", cte="quoted-printable")
    mail["Content-Language"] = language
    subtype = "zip" if outgoing.name.endswith(".zip") else "octet-stream"
    mail.add_attachment(outgoing.content, maintype="application", subtype=subtype, filename=outgoing.name)
    # Python's own boundary is random.
    mail.set_boundary(f"=_{checksum(identity)[:32]}")
    raw = mail.as_bytes()
    _check_size(outgoing, office, len(raw))
    return Message(identity, raw)


def content_of(raw: bytes, channel: str) -> bytes:
    """The file that a message carries."""
    if channel == Channel.FOLDER:
        return raw
    return b"".join(attachment.get_content() for attachment in message_from_bytes(raw, policy=SMTP).iter_attachments())


def _identity(outgoing: OutgoingFile, recipient: Recipient, domain: str) -> str:
    """The Message-ID, derived from package and recipient so that a second copy is recognised (RFC 5322 3.6.4)."""
    return f"<{key_of(outgoing, recipient)[:40]}@{domain}>"


def _check_size(outgoing: OutgoingFile, office: Mail, size: int) -> None:
    if size > office.size_limit:
        raise ReporterError(
            f"the message with {outgoing.name} has {size:,} bytes; the limit is {office.size_limit:,}",
            hint="in reporter.yaml raise size_limit if the receiving server takes more, or send it through a folder",
            mark=office.mark,
        )


def _filled(frame: str, values: Mapping[str, str], outgoing: OutgoingFile, recipient: Recipient) -> str:
    """Fill a text's placeholders. Raises ReporterError for one without a value, such as {year} if not stated."""
    for place in PLACE.findall(frame):
        if place not in values:
            raise ReporterError(
                f"a text to {recipient.code} contains {{{place}}}, which {outgoing.name!r} does not state",
                hint="name the file after country and year, such as LT-2020-commission.zip, or change the text",
                mark=recipient.mark,
            )
    return PLACE.sub(lambda match: values[match[1]], frame)
