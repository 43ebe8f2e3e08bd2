"""The states of a message in the outbox, and its records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter.errors import ReporterError
from reporter.submission.ledger import Act, LogEntry

LONGEST = 300


class State(StrEnum):
    """State of a message in the outbox.

    UNKNOWN: it was handed over, and nobody knows whether it arrived.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


# The state in which each act leaves a message; a withdrawn one is no longer in the outbox.
STATE_AFTER: Mapping[str, State] = {
    Act.QUEUED: State.QUEUED,
    Act.CLAIMED: State.SENDING,
    Act.HANDED: State.SENDING,
    Act.SENT: State.SENT,
    Act.DEFERRED: State.QUEUED,
    Act.FAILED: State.FAILED,
    Act.UNKNOWN: State.UNKNOWN,
    Act.RELEASED: State.QUEUED,
}
ACT_FOR = {State.SENT: Act.SENT, State.QUEUED: Act.DEFERRED, State.FAILED: Act.FAILED, State.UNKNOWN: Act.UNKNOWN}


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message as the outbox lists it.

    `dispatch` is the number by which people name it, `parcel` the SHA-256 of the whole file, `identity` the
    Message-ID, `sha256` that of the message. Times are UTC. `country`, `year` and `edition`, the number of the
    edition, are what the package says of itself; they are empty or 0 for another file.
    """

    dispatch: int
    package: str
    parcel: str
    recipient: str
    channel: str
    address: str
    identity: str
    part: int
    parts: int
    name: str
    sha256: str
    state: str
    tries: int
    due: str
    lease: str
    changed: str
    answer: str
    receipts: int
    country: str
    year: int
    edition: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A message taken by one worker.

    `number` counts the claims of a message: it tells this worker from earlier and later ones.
    """

    number: int
    dispatch: int
    identity: str
    name: str
    sha256: str
    channel: str
    address: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome of a delivery: the new state, and what was said.

    QUEUED means that it is to be tried again.
    """

    state: State
    said: str


class LostClaimError(ReporterError):
    """Another worker has taken the message, because this one was slow."""


def clean(text: str) -> str:
    """Make one printable line of a text from outside.

    It is cut after `LONGEST` characters.
    """
    line = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def log_mismatches(entries: tuple[LogEntry, ...], items: Iterable[OutboxItem]) -> Iterator[str]:
    """Find messages whose state or checksum contradicts the log.

    They are named by their Message-ID.
    """
    last = {each.message: each for each in entries if each.message}
    known = {each.identity: each for each in items}
    for identity, entry in last.items():
        expected, item = STATE_AFTER.get(entry.act), known.get(identity)
        if (item.state if item else None) != expected:
            state = item.state if item else "nothing"
            yield f"{identity}: the log says {expected or 'withdrawn'}, the outbox {state}"
        elif item and item.sha256 != entry.sha256:
            yield f"{identity}: the outbox holds another message than the log tells of"
    for identity in known.keys() - last.keys():
        yield f"{identity}: the log does not know it"
