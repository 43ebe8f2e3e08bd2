"""Make the messages that carry a package to a recipient. The same input and time give the same bytes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from shlex import quote

from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.i18n import Locale
from reporter.model import Channel, Label, Mail, Recipient
from reporter.submission.outgoing import OutgoingFile

PLACE = re.compile(r"\{(\w+)\}")
# Base64 writes 57 bytes as a line of 76 characters (RFC 2045 6.8) and its end.
LINE, WRITTEN = 57, 78
MOST_PIECES = 99
# Bytes by which a text may grow when it names the number of a part.
SLACK = 500


@dataclass(frozen=True, slots=True)
class Message:
    """An outgoing message: a whole mail, or a file for a folder. `raw` are its bytes; `identity` is its Message-ID; it
    is part 1 of 1 unless the package is split."""

    part: int
    parts: int
    identity: str
    name: str
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


def to_folder(outgoing: OutgoingFile, recipient: Recipient) -> tuple[Message, ...]:
    """Make the one message for a drop folder: the file itself."""
    identity = _identity(key_of(outgoing, recipient), 1, 1, "folder.invalid")
    return (Message(part=1, parts=1, identity=identity, name=outgoing.name, raw=outgoing.content),)


def to_mail(draft: Draft, pieces: int | None = None) -> tuple[Message, ...]:
    """Make one mail, or as many parts as the size limit requires. With `pieces` the number of parts is given and the
    limit ignored, because some of them have been sent. Raises ReporterError when the mail is too large and may not be
    split, or would need more than `MOST_PIECES` parts."""
    if pieces is not None:
        return _cut(draft, -(-len(draft.outgoing.content) // pieces))
    # Writing a large file takes long: one that cannot fit is not written.
    size = len(_message(draft, b"", 1, 1).raw) + -(-len(draft.outgoing.content) // LINE) * WRITTEN
    if size - SLACK <= draft.mail.size_limit:
        whole = _message(draft, draft.outgoing.content, 1, 1)
        size = len(whole.raw)
        if size <= draft.mail.size_limit:
            return (whole,)
    if not draft.mail.split:
        raise _too_large(draft, size)
    room = draft.mail.size_limit - len(_message(draft, b"", MOST_PIECES, MOST_PIECES).raw) - SLACK
    most = room // WRITTEN * LINE
    count = -(-len(draft.outgoing.content) // most) if most > 0 else MOST_PIECES + 1
    if count > MOST_PIECES:
        raise ReporterError(
            f"{draft.outgoing.name} would need more than {MOST_PIECES} messages",
            hint="raise size_limit in reporter.yaml, or send it through a folder",
            mark=draft.mail.mark,
        )
    return _cut(draft, -(-len(draft.outgoing.content) // count))


def contents(raws: Iterable[bytes], channel: str) -> bytes:
    if channel == Channel.FOLDER:
        return b"".join(raws)
    mails = (message_from_bytes(raw, policy=SMTP) for raw in raws)
    return b"".join(each.get_content() for mail in mails for each in mail.iter_attachments())


def _too_large(draft: Draft, size: int) -> ReporterError:
    limit = draft.mail.size_limit
    return ReporterError(
        f"the message with {draft.outgoing.name} has {size:,} bytes, the limit is {limit:,}",
        hint="in reporter.yaml under mail: write split: true, or raise size_limit if the receiving server takes more",
        mark=draft.mail.mark,
    )


def _cut(draft: Draft, length: int) -> tuple[Message, ...]:
    content = draft.outgoing.content
    cuts = range(0, len(content), length)
    return tuple(
        _message(draft, content[start : start + length], part, len(cuts)) for part, start in enumerate(cuts, 1)
    )


def _message(draft: Draft, piece: bytes, part: int, parts: int) -> Message:
    key = key_of(draft.outgoing, draft.recipient)
    domain = draft.mail.sender.rpartition("@")[2]
    identity = _identity(key, part, parts, domain)
    name = draft.outgoing.name if parts == 1 else f"{draft.outgoing.name}.{part:03}"
    mail = _head(draft, identity, part, parts)
    mail.set_content(_body(draft, piece, part, parts), cte="quoted-printable")
    mail["Content-Language"] = draft.recipient.language
    kind, subkind = ("application", "zip") if name.endswith(".zip") else ("application", "octet-stream")
    mail.add_attachment(piece, maintype=kind, subtype=subkind, filename=name)
    # Python's own boundary is random.
    mail.set_boundary(f"=_{checksum(identity)[:32]}")
    return Message(part=part, parts=parts, identity=identity, name=name, raw=mail.as_bytes())


def _identity(key: str, part: int, parts: int, domain: str) -> str:
    """Make the Message-ID, which is equal for every copy of a message. It follows from package, recipient and part (RFC
    5322 3.6.4), so that a receiver can tell a second copy."""
    return f"<{key[:40]}.{part}-{parts}@{domain}>"


def _head(draft: Draft, identity: str, part: int, parts: int) -> EmailMessage:
    mail, language = EmailMessage(policy=SMTP), draft.recipient.language
    subject = _subject(draft)
    mail["From"] = Address(draft.mail.sender_name.text(language), addr_spec=draft.mail.sender)
    mail["To"] = Address(draft.recipient.name.text(language), addr_spec=draft.recipient.address)
    mail["Subject"] = subject if parts == 1 else f"{subject} ({part}/{parts})"
    mail["Date"] = format_datetime(draft.when)
    mail["Message-ID"] = identity
    # Asks for a confirmation of reading (RFC 8098 2.1); `reporter receipt` files what comes back.
    mail["Disposition-Notification-To"] = draft.mail.sender
    return mail


def _subject(draft: Draft) -> str:
    language = draft.recipient.language
    own = draft.recipient.subject or draft.mail.subject
    usual = "{title}: {country}, {year}" if draft.outgoing.edition else "{title}: {file}"
    return " ".join(_filled(own.text(language) or usual, draft).split())


def _body(draft: Draft, piece: bytes, part: int, parts: int) -> str:
    language, outgoing, locale = draft.recipient.language, draft.outgoing, draft.locale
    own = draft.recipient.text or draft.mail.text
    text = _filled(own.text(language) or locale.text("Enclosed you find the file {file}."), draft)
    size = locale.count("{n} byte", "{n} bytes", len(outgoing.content))
    facts = [f"{outgoing.name} ({size})", f"SHA-256: {outgoing.sha256}"]
    if parts > 1:
        number, of, name = locale.number(part), locale.number(parts), quote(outgoing.name)
        facts += [
            locale.text("Part: {part} of {parts}", part=number, parts=of),
            f"SHA-256: {checksum(piece)}",
            locale.text("To put the parts together: {command}", command=f"cat {name}.* > {name}"),
        ]
    paragraphs = [draft.recipient.salutation.text(language), text, "\n".join(facts)]
    paragraphs.append(draft.mail.sender_name.text(language))
    return "\n\n".join(each for each in paragraphs if each) + "\n"


def _filled(frame: str, draft: Draft) -> str:
    """Fill the places of a text. Raises ReporterError for a place without a value, such as {year} when neither package
    nor name tells the year."""
    known = _known(draft)
    for place in PLACE.findall(frame):
        if place not in known:
            raise ReporterError(
                f"a text to {draft.recipient.code} names {{{place}}}, and {draft.outgoing.name!r} does not tell it",
                hint="name the file after country and year, such as LT-2020-commission.zip, or change the text",
                mark=draft.recipient.mark,
            )
    return PLACE.sub(lambda found: known[found[1]], frame)


def _known(draft: Draft) -> Mapping[str, str]:
    language, outgoing = draft.recipient.language, draft.outgoing
    values = {
        "title": draft.title.text(language),
        "name": draft.recipient.name.text(language),
        "file": outgoing.name,
        "sha256": outgoing.sha256,
    }
    if outgoing.edition:
        country, year = outgoing.edition
        values |= {"country": draft.locale.country(country), "year": str(year)}
    return values
