"""Make the message that carries a package to a recipient. The same input and time give the same bytes."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from reporter.data.errors import ReporterError
from reporter.data.files.checksum import checksum
from reporter.data.i18n import Locale
from reporter.data.records import Channel, Label, Mail, Recipient
from reporter.exchange.send.outgoing import OutgoingFile

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


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a mail is made from; `when` is its date."""

    outgoing: OutgoingFile
    recipient: Recipient
    mail: Mail
    title: Label
    locale: Locale
    when: datetime


def key_of(outgoing: OutgoingFile, recipient: Recipient) -> str:
    """Calculate the key by which the outbox holds a dispatch once. It depends on the bytes of the file and the code of
    the recipient, on nothing else."""
    return checksum(f"{outgoing.sha256}\n{recipient.code}\n")


def to_folder(outgoing: OutgoingFile, recipient: Recipient) -> Message:
    """Make the message for a drop folder: the file itself."""
    return Message(_identity(outgoing, recipient, "folder.invalid"), outgoing.content)


def to_mail(draft: Draft) -> Message:
    """Make the mail with a file. Raises ReporterError when it is too large."""
    outgoing, recipient, language = draft.outgoing, draft.recipient, draft.recipient.language
    # Writing a large file takes long: one that cannot fit is not written.
    _check_size(draft, -(-len(outgoing.content) // LINE) * WRITTEN)
    identity = _identity(outgoing, recipient, draft.mail.sender.rpartition("@")[2])
    frame = (recipient.subject or draft.mail.subject).text(language)
    usual = "{title}: {country}, {year}" if outgoing.edition else "{title}: {file}"
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(draft.mail.sender_name.text(language), addr_spec=draft.mail.sender)
    mail["To"] = Address(recipient.name.text(language), addr_spec=recipient.address)
    mail["Subject"] = " ".join(_filled(frame or usual, draft).split())
    mail["Date"] = format_datetime(draft.when)
    mail["Message-ID"] = identity
    # Asks for a confirmation of reading (RFC 8098 2.1); `reporter outbox receipt` files what comes back.
    mail["Disposition-Notification-To"] = draft.mail.sender
    mail.set_content(_body(draft), cte="quoted-printable")
    mail["Content-Language"] = language
    subtype = "zip" if outgoing.name.endswith(".zip") else "octet-stream"
    mail.add_attachment(outgoing.content, maintype="application", subtype=subtype, filename=outgoing.name)
    # Python's own boundary is random.
    mail.set_boundary(f"=_{checksum(identity)[:32]}")
    raw = mail.as_bytes()
    _check_size(draft, len(raw))
    return Message(identity, raw)


def content_of(raw: bytes, channel: str) -> bytes:
    """The file that a message carries."""
    if channel == Channel.FOLDER:
        return raw
    return b"".join(each.get_content() for each in message_from_bytes(raw, policy=SMTP).iter_attachments())


def _identity(outgoing: OutgoingFile, recipient: Recipient, domain: str) -> str:
    """Make the Message-ID, which is equal for every copy of a message. It follows from package and recipient (RFC 5322
    3.6.4), so that a receiver can tell a second copy."""
    return f"<{key_of(outgoing, recipient)[:40]}@{domain}>"


def _check_size(draft: Draft, size: int) -> None:
    limit = draft.mail.size_limit
    if size > limit:
        raise ReporterError(
            f"the message with {draft.outgoing.name} has {size:,} bytes, the limit is {limit:,}",
            hint="in reporter.yaml raise size_limit if the receiving server takes more, or send it through a folder",
            mark=draft.mail.mark,
        )


def _body(draft: Draft) -> str:
    language, outgoing, locale = draft.recipient.language, draft.outgoing, draft.locale
    own = draft.recipient.text or draft.mail.text
    text = _filled(own.text(language) or locale.text("Enclosed you find the file {file}."), draft)
    size = locale.count("{n} byte", "{n} bytes", len(outgoing.content))
    facts = f"{outgoing.name} ({size})\nSHA-256: {outgoing.sha256}"
    sender = draft.mail.sender_name.text(language)
    paragraphs = (draft.recipient.salutation.text(language), text, facts, sender)
    return "\n\n".join(each for each in paragraphs if each) + "\n"


def _filled(frame: str, draft: Draft) -> str:
    """Fill the places of a text. Raises ReporterError for a place without a value, such as {year} when neither package
    nor name tells the year."""
    language, outgoing = draft.recipient.language, draft.outgoing
    known = {
        "title": draft.title.text(language),
        "name": draft.recipient.name.text(language),
        "file": outgoing.name,
        "sha256": outgoing.sha256,
    }
    if outgoing.edition:
        country, year = outgoing.edition
        known |= {"country": draft.locale.country(country), "year": str(year)}
    for place in PLACE.findall(frame):
        if place not in known:
            raise ReporterError(
                f"a text to {draft.recipient.code} names {{{place}}}, and {draft.outgoing.name!r} does not tell it",
                hint="name the file after country and year, such as LT-2020-commission.zip, or change the text",
                mark=draft.recipient.mark,
            )
    return PLACE.sub(lambda found: known[found[1]], frame)
