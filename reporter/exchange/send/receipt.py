"""Read a receipt: which message it answers, and what it proves."""

import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from errno import EOPNOTSUPP, EPERM
from glob import escape
from pathlib import Path

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.file_type import read_file
from reporter.data.files.sources import checksum
from reporter.data.files.writing import draft_path, remove, remove_dead_drafts, remove_drafts, write_through
from reporter.exchange.send.message import Answer, Claim, OutboxItem, State, clean

# Errors of a file system without hard links.
NO_LINKS = (EPERM, EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """The drop folders of a workspace; relative ones start at `root`."""

    root: Path

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Put the file into its folder. Calls `hand_over` before naming it. An identical file there counts as sent."""
        item = claim.item
        place = self.root / item.address / item.package
        draft = draft_path(place)
        try:
            remove_drafts(place.parent, escape(item.package))
            if place.exists():
                return _there(place, item)
            write_through(draft, claim.raw)
            hand_over()
            put_without_replacing(draft, place)
        except FileExistsError:
            return _there(place, item)
        except OSError as problem:
            return Answer(State.FAILED, f"{place} cannot be written: {problem.strerror}")
        finally:
            remove(draft)
        return Answer(State.SENT, f"saved to {item.address}")


def put_without_replacing(draft: Path, place: Path) -> None:
    """Give a draft its final name. Raises FileExistsError where a file has it; the draft may remain next to it."""
    try:
        os.link(draft, place)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        # Second best: a file that appears between these two lines would be replaced.
        if place.exists():
            raise FileExistsError(place) from None
        draft.rename(place)


def _there(place: Path, item: OutboxItem) -> Answer:
    if place.is_file() and checksum(place.read_bytes()) == item.sha256:
        return Answer(State.SENT, f"is already in {item.address}")
    return Answer(State.FAILED, f"another file named {place.name} is in {item.address}")


FOLDER = "receipts"
LARGEST = 50_000_000
# Where other programs name the message they answer (RFC 5322 3.6.4, RFC 8098 3.2.5).
ANSWERING = ("In-Reply-To", "References", "Original-Message-ID", "X-Original-Message-ID")
MACHINES = ("mailer-daemon", "postmaster")
# Signs of an automatic answer next to Auto-Submitted (RFC 3834 5): headers, values of the header Precedence, first
# words of common subjects.
AUTOMATIC, PRECEDENCE = ("X-Autoreply", "X-Autorespond", "X-Autoresponder"), "Precedence"
BULK = ("bulk", "junk", "list", "auto_reply", "auto-reply")
ABSENT = re.compile(
    r"\s*(auto(matic)?[ -]?(response|reply)|out of (the )?office|automatinis atsakymas|automatische antwort|abwesenheit"
    r"|réponse automatique|automaattinen vastaus|automātiska atbilde|automaatvastus)",
    re.IGNORECASE,
)
# Actions of a delivery report for a message that arrived (RFC 3464 2.3.3).
ARRIVED = ("delivered", "relayed", "expanded")


@dataclass(frozen=True, slots=True)
class Receipt:
    """A file returned by a recipient. `answers` are the Message-IDs it names, `answer` what it proves of them if it
    comes from where they were sent; None when it proves nothing, for the reason in `doubt`."""

    name: str
    content: bytes
    sha256: str
    answers: tuple[str, ...]
    answer: Answer | None
    doubt: str = ""


def read_receipt(path: Path) -> Receipt:
    """Read a receipt. Raises UsageError for a file that cannot be read or is empty, too large or badly named."""
    content = read_file(path, most=LARGEST + 1, hint="name the file of the receipt")
    return receipt_of(path.name, content, str(path))


def receipt_of(name: str, content: bytes, display_name: str = "", address: str = "") -> Receipt:
    """Read a receipt from the content of a file. An .eml file is read as a mail: an answer, a delivery report (RFC
    3464) or a confirmation of reading (RFC 8098), each by or for the `address` that was written to, if known. Any other
    file, such as an upload's receipt, proves arrival. `display_name` is its name in messages. Raises UsageError if
    empty, too large or badly named."""
    display_name = display_name or name
    if not content or len(content) > LARGEST:
        what = f"is larger than {LARGEST // 1_000_000} MB" if content else "is empty"
        raise UsageError(f"{display_name} {what}", hint="save the receipt itself, such as the answer as an .eml file")
    if not name.isprintable():
        raise UsageError(f"{name!r} contains characters that the log cannot contain", hint="rename the file")
    if not name.lower().endswith(".eml"):
        proof = Answer(State.SENT, f"receipt {clean(name)}")
        return Receipt(name=name, content=content, sha256=checksum(content), answers=(), answer=proof)
    why = "mails are nested too deeply"
    try:
        parts = list(message_from_bytes(content).walk())
        why = "a header line is too long"  # non-ASCII, which the library folds piece by piece
        answers = tuple(dict.fromkeys(message_id for part in parts for message_id in _named(part)))
        answer, doubt = _proof(name, parts, address)
    except RecursionError:
        hint = "file a note of its content: any file except .eml, with --for NUMBER"
        raise UsageError(f"{display_name} cannot be read: {why}", hint=hint) from None
    return Receipt(name=name, content=content, sha256=checksum(content), answers=answers, answer=answer, doubt=doubt)


def store_copy(receipt: Receipt, folder: Path) -> Path:
    """Store a copy of the receipt under its checksum and name, never replacing an earlier one. Raises ReporterError."""
    path = folder / FOLDER / f"{receipt.sha256[:16]}-{receipt.name}"
    draft = draft_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_dead_drafts(path)
        write_through(draft, receipt.content)
        put_without_replacing(draft, path)
    except FileExistsError:
        return path  # identical: the name contains a part of the checksum
    except OSError as problem:
        hint = "free space on the disk, or correct the access rights of the folder; the receipt is not filed yet"
        raise ReporterError(f"{path} cannot be written: {problem.strerror}", hint=hint) from None
    finally:
        remove(draft)
    return path


def _named(part: Message) -> Iterator[str]:
    for header in ANSWERING:
        for value in part.get_all(header, ()):
            yield from str(value).split()
    # A delivery report contains the returned message, or its headers.
    if part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
        inner = part.get_payload()
        message = inner[0] if isinstance(inner, list) else message_from_bytes(str(inner).encode(errors="replace"))
        if isinstance(message, Message):
            yield from str(message.get("Message-ID", "")).split()


def _proof(name: str, parts: list[Message], address: str) -> tuple[Answer | None, str]:
    """What a mail proves of messages to an address; None for nothing, with the reason. An answer from there proves
    arrival, a delivery report what it states. A delay proves nothing yet, nor does an automatic mail other than a
    report, such as a return in words alone or a notice of absence."""
    arrived = Answer(State.SENT, f"receipt {clean(name)}")
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    read = [part for part in parts if part.get_content_type() == "message/disposition-notification"]
    if not reports and not read:
        doubt = _doubt(parts[0]) or _stranger(_addresses(parts[0], "From"), address)
        return None if doubt else arrived, doubt
    blocks = [block for report in (*reports, *read) for block in report.walk() if block.get("Final-Recipient")]
    named = [
        (block, _addresses(block, "Final-Recipient") | _addresses(block, "Original-Recipient")) for block in blocks
    ]
    if not (meant := [block for block, recipients in named if not _stranger(recipients, address)]):
        addresses = {recipient for _, recipients in named for recipient in recipients}
        return None, _stranger(addresses, address) or "it names no recipient"
    actions = {str(block.get("Action", "" if reports else ARRIVED[0])).strip().lower() for block in meant}
    if "failed" in actions:
        diagnosis = next((str(item["Diagnostic-Code"]) for item in meant if item.get("Diagnostic-Code")), "no reason")
        return Answer(State.FAILED, clean(f"returned to the sender: {diagnosis}")), ""
    return (arrived, "") if actions & set(ARRIVED) else (None, "it reports a delay")


def _addresses(part: Message, header: str) -> set[str]:
    """The addresses in a header, in lower case. In a report the kind of address precedes it (RFC 3464 2.3.2)."""
    values = [str(value).rpartition(";")[2] for value in part.get_all(header, ())]
    return {address.strip().casefold() for _, address in getaddresses(values) if address.strip()}


def _stranger(names: Collection[str], address: str) -> str:
    """Why a mail is not from an address, or speaks of others; empty where none is known."""
    expected_addresses = {mailbox.casefold() for _, mailbox in getaddresses([address])} - {""}
    if not expected_addresses or expected_addresses & set(names):
        return ""
    return (
        f"the answer is from {clean(', '.join(sorted(names)) or 'an unnamed sender')}, not the address it was sent to"
    )


def _doubt(head: Message) -> str:
    """Why a mail may be automatic: it says so (RFC 3834 5) or has an empty return path (RFC 5321 4.5.5). Else empty."""
    automatic = str(head.get("Auto-Submitted", "no")).strip()
    if automatic.partition(";")[0].strip().lower() != "no":
        return f"a program wrote it (Auto-Submitted: {clean(automatic)})"
    for header in (name for name in (*AUTOMATIC, PRECEDENCE) if name in head):
        value = str(head[header]).strip()
        if header != PRECEDENCE or value.lower() in BULK:
            return f"a program wrote it ({header}: {clean(value)})"
    if ABSENT.match(subject := _subject(head)):
        return f"a program wrote it (Subject: {clean(subject)})"
    if str(head.get("Return-Path", "none")).strip() == "<>":
        return "it cannot be answered (Return-Path: <>)"
    senders = (address for _, address in getaddresses([str(line) for line in head.get_all("From", ())]))
    machine = next((sender for sender in senders if sender.partition("@")[0].lower() in MACHINES), "")
    return f"it comes from {clean(machine)}, a mail program" if machine else ""


def _subject(head: Message) -> str:
    subject = str(head.get("Subject", ""))
    with suppress(ValueError, LookupError):  # undecodable: kept as written
        return str(make_header(decode_header(subject)))
    return subject
