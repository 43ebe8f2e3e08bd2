"""A message of the outbox: its states, acts and records."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reporter.data.errors import ReporterError, one_line

LONGEST = 300


class State(StrEnum):
    """State of a message in the outbox. UNKNOWN: handed over, arrival unconfirmed. REPLACED: superseded by another
    package before it left."""

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
# The state machine of the outbox: the state after each act, and the acts it may follow ("" is none). The last act
# determines a message's state; acts out of order are refused. A message that has ended waits again only after RELEASED,
# a person's decision.
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
    said: str

    @property
    def act(self) -> Act:
        return Act.DEFERRED if self.state is State.QUEUED else Act(self.state)


class LostClaimError(ReporterError):
    """Another worker has taken the message, because this one was slow."""


def clean(text: str) -> str:
    """One printable line of a text from outside, at most `LONGEST` characters."""
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
