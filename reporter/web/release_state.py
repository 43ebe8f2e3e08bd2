"""Where a release stands: its steps, its recipients, and what comes next. All of it is read from the files and the
outbox, so that it is the same after a crash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from reporter.analysis.small_counts import unpermitted
from reporter.delivery.packaging import place_of
from reporter.delivery.packing import ReadyEdition, ready_edition
from reporter.edition.approvals import OutdatedApproval, approval_state, audiences_of, with_told_changes
from reporter.edition.changes import Departure
from reporter.edition.job import Job
from reporter.edition.state import edition_state
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.model import Audience, Channel, EditionStatus, Recipient, vintage
from reporter.submission.file_names import signed_name
from reporter.submission.history import FiledReceipt
from reporter.submission.message_state import OutboxItem, State
from reporter.submission.package_label import edition_number
from reporter.web.desk import Reading
from reporter.web.year_state import YearState

# The first of these that any part of a message is in is the state of the whole.
GRAVEST = (State.UNKNOWN, State.FAILED, State.SENDING, State.QUEUED, State.SENT)


class Reached(StrEnum):
    """How far a recipient is with the number published last."""

    NOTHING = "nothing"
    PACKED = "packed"
    SIGNED = "signed"
    QUEUED = "queued"
    SENDING = "sending"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class RecipientState:
    """How far a recipient is: its package, its message, its receipts. `package` and `signed` are None where no such
    file lies there. `items` are the parts of its last message, `earlier` tells that an earlier number was sent."""

    recipient: Recipient
    package: Path | None
    signed: Path | None
    items: tuple[OutboxItem, ...]
    receipts: tuple[FiledReceipt, ...]
    earlier: bool

    @property
    def outgoing(self) -> Path | None:
        """What would go: the signed form, if there is one."""
        return self.signed or self.package

    @property
    def message(self) -> State | None:
        """The state of its message; None while there is none."""
        found = {each.state for each in self.items}
        return next((each for each in GRAVEST if each in found), None)

    @property
    def reached(self) -> Reached:
        if self.message is not None:
            done = self.message is State.SENT and self.receipts
            return Reached.RECEIVED if done else Reached(self.message)
        return Reached.SIGNED if self.signed else Reached.PACKED if self.package else Reached.NOTHING

    @property
    def packed_on(self) -> str:
        made = self.package.stat().st_mtime if self.package else 0
        return datetime.fromtimestamp(made).astimezone().date().isoformat()

    @property
    def item(self) -> OutboxItem:
        return next(each for each in self.items if each.state == self.message)


def recipient_states(workspace: Workspace, reading: Reading, state: YearState) -> tuple[RecipientState, ...]:
    known = state.dataset.settings.recipients
    return tuple(_recipient_state(workspace, reading, state, each) for each in known)


def _recipient_state(workspace: Workspace, reading: Reading, state: YearState, recipient: Recipient) -> RecipientState:
    country, year, releases = state.country.code, state.year, state.progress.releases
    number = releases[-1].number if releases else 0
    place = place_of(workspace, country, year, recipient.code, recipient.audience)
    signed = place.with_name(signed_name(place.name))
    mine = [
        each
        for each in reading.history.items
        if (each.country, each.year, each.recipient) == (country, year, recipient.code)
    ]
    now = [each for each in mine if each.edition == number and each.state != State.REPLACED]
    last = max((each.dispatch for each in now), default=0)
    return RecipientState(
        recipient=recipient,
        package=place if edition_number(place) == number else None,
        signed=signed if edition_number(signed) == number else None,
        items=tuple(each for each in now if each.dispatch == last),
        receipts=tuple(each for each in reading.history.receipts if each.dispatch == last),
        earlier=any(each.edition < number and each.state == State.SENT for each in mine),
    )


def chosen_recipient(states: Iterable[RecipientState], code: str) -> RecipientState | None:
    """The recipient of a code, or the first that waits. What goes by mail comes before what lies in a folder. None
    where reporter.yaml names none."""
    known = tuple(states)
    waiting = [each for each in known if each.reached is not Reached.RECEIVED]
    waiting.sort(key=lambda each: each.recipient.channel is not Channel.EMAIL)
    named = (each for each in known if each.recipient.code == code)
    return next(named, next(iter(waiting), next(iter(known), None)))


STEPS = ("final", "approve", "publish", "package", "sign", "send", "receipt")
# How far a message is, by its state.
SENDING = {
    State.SENT: "done",
    State.QUEUED: "waits",
    State.SENDING: "waits",
    State.FAILED: "failed",
    State.UNKNOWN: "unknown",
}


def step_states(state: YearState, chosen: RecipientState | None, *, changed: bool, open_steps: bool) -> dict[str, str]:
    """How far each step of a year is, and each of one recipient: done, would, later, failed, unknown or waits. Where
    there are `open_steps`, the year cannot be final yet."""
    releases, approval = state.progress.releases, state.progress.approval
    is_final, is_published = state.progress.status is EditionStatus.FINAL, bool(releases) and not changed
    found = {"final": "done" if is_final else "later" if open_steps else "would"}
    ready = "would" if is_final and not open_steps else "later"
    if state.dataset.settings.approvals:
        done = releases[-1].approved if is_published else approval and ready == "would" and approval.lacking <= 0
        found["approve"] = "done" if done else ready if approval and not is_published else "later"
    found["publish"] = "done" if is_published else "later" if approval and approval.missing else ready
    if chosen:
        found["package"] = "done" if chosen.package else "would" if is_published else "later"
        found["sign"] = "done" if chosen.signed else "later" if chosen.message or not chosen.package else "would"
        found["send"] = SENDING[chosen.message] if chosen.message else "would" if chosen.outgoing else "later"
        waits = chosen.message in (None, State.QUEUED, State.SENDING)
        found["receipt"] = "done" if chosen.reached is Reached.RECEIVED else "later" if waits else "would"
    return found


@dataclass(frozen=True, eq=False)
class Readiness:
    """Whether an edition may go to a recipient. `hidden` is how many small counts are in it that no permission
    covers."""

    ready: ReadyEdition | None = None
    problem: ReporterError | None = None
    hidden: int = 0


@lru_cache(maxsize=16)
def readiness(workspace: Workspace, reading: Reading, country: str, year: int, code: str) -> Readiness:
    try:
        ready = ready_edition(workspace, reading.sources, country, year, code)
    except ReporterError as problem:
        return Readiness(problem=problem)
    found = unpermitted(vintage(ready.state.checked.dataset, country, year))
    return Readiness(ready, hidden=len(found))


@lru_cache(maxsize=16)
def audiences_made(reading: Reading, country: str, year: int) -> tuple[Audience, ...]:
    return audiences_of(edition_state(reading.sources, Job(country, year, "")))


@lru_cache(maxsize=16)
def changes_since(reading: Reading, country: str, year: int) -> tuple[Departure, ...]:
    return edition_state(reading.sources, Job(country, year, "")).changes


@lru_cache(maxsize=16)
def outdated_approvals(reading: Reading, country: str, year: int) -> tuple[OutdatedApproval, ...]:
    state = edition_state(reading.sources, Job(country, year, ""))
    found = approval_state(state, reading.sources)
    return with_told_changes(found, state, reading.sources).outdated
