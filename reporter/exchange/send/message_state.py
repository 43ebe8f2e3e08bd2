"""A message of the outbox: its states, acts and records."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter.data.errors import ReporterError, one_line

LONGEST = 300


class State(StrEnum):
    """State of a message in the outbox. UNKNOWN: it was handed over, and nobody knows whether it arrived. REPLACED:
    another package took its place before it left."""

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
_TAKEN = (Act.CLAIMED, Act.HANDED)
# The state machine of the outbox: where each act leads, and which acts it may follow; "" is no act before. A message is
# in the state in which its last act left it. The outbox notes no act that may not follow the last one. What has ended
# waits again only after RELEASED, the word of a person.
TRANSITIONS: Mapping[str, tuple[State, tuple[Act | str, ...]]] = {
    Act.QUEUED: (State.QUEUED, ("",)),
    Act.CLAIMED: (State.SENDING, _WAITING),
    Act.HANDED: (State.SENDING, (Act.CLAIMED,)),
    Act.SENT: (State.SENT, (*_TAKEN, Act.UNKNOWN)),
    Act.DEFERRED: (State.QUEUED, _TAKEN),
    Act.FAILED: (State.FAILED, (*_TAKEN, Act.SENT, Act.UNKNOWN)),
    Act.UNKNOWN: (State.UNKNOWN, _TAKEN),
    Act.RELEASED: (State.QUEUED, (*_WAITING, Act.SENT, Act.FAILED, Act.UNKNOWN, Act.REPLACED)),
    Act.REPLACED: (State.REPLACED, _WAITING),
}


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    name: str
    filed: str


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message as the outbox lists it. `dispatch` is the number by which people name it, `parcel` the SHA-256 of the
    file that it carries, `identity` the Message-ID, `sha256` that of the message. Times are UTC. `country`, `year` and
    `edition`, the number of the edition, are what the package says of itself; they are empty or 0 for another file.
    `act` is the last one, `claim` the number of the line with the last claim, 0 without one. `tries` counts the claims
    since a person released it, and `answer` is the last outcome since then. `holder` has it until its `lease` ends.
    `receipts` are those that prove something."""

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
    """A message taken by one worker. The number of its claim tells this worker from earlier and later ones."""

    item: OutboxItem
    raw: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """Outcome of a delivery: the new state, and what was said. QUEUED means that it is to be tried again."""

    state: State
    said: str

    @property
    def act(self) -> Act:
        return Act.DEFERRED if self.state is State.QUEUED else Act(self.state)


class LostClaimError(ReporterError):
    """Another worker has taken the message, because this one was slow."""


def clean(text: str) -> str:
    """Make one printable line of a text from outside. It is cut after `LONGEST` characters."""
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
