"""The outbox: each package goes to each recipient once.

Whatever else happens, only a person sends again.

queued ─► sending ─► sent | failed | unknown. A worker claims a message for a limited time (its lease), records that
it hands it over before the last byte leaves, and records the outcome. When a worker vanishes before handing over, the
next one takes the message; when it vanishes afterwards, nobody knows whether the message arrived: it is `unknown`
until a person or a receipt decides.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Row
from types import TracebackType

from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.model import Recipient
from reporter.submission.ledger import (
    Act,
    Event,
    LogEntry,
    add_entry,
    broken_links,
    export_differences,
    export_log,
    read_log,
)
from reporter.submission.message import Message, contents, key_of
from reporter.submission.message_state import (
    ACT_FOR,
    Answer,
    Claim,
    LostClaimError,
    OutboxItem,
    State,
    clean,
    log_mismatches,
)
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.storage import connect, explaining_errors, writing

FILE, EXPORT = "outbox.sqlite3", "log.jsonl"
# Time that a worker has until it hands a message over, and to send a large one on a slow line.
SHORT, LONG = timedelta(minutes=3), timedelta(minutes=30)
# Minutes to wait after each try; after the last one the message has failed.
WAITS = (5, 10, 20, 30, 60, 60, 120, 240, 240, 240, 480, 480, 480, 960, 960, 960)
VIEW = """
SELECT m.dispatch, d.package, d.sha256 AS parcel, d.recipient, d.channel, d.address, m.identity, m.part, m.parts,
    m.name, m.sha256, m.state, m.tries, m.due, m.lease, m.changed, m.answer,
    (SELECT count(*) FROM receipts r WHERE r.dispatch = d.number AND r.proves) AS receipts, d.country, d.year, d.edition
FROM messages m JOIN dispatches d ON d.number = m.dispatch
WHERE d.number = ifnull(?, d.number) ORDER BY d.number, m.part
"""
# A part waits until those before it are sent.
DUE = """
SELECT m.*, d.channel, d.address FROM messages m JOIN dispatches d ON d.number = m.dispatch
WHERE m.state = 'queued' AND m.due <= ? AND m.dispatch = ?
AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.dispatch = m.dispatch AND e.part < m.part AND e.state <> 'sent')
ORDER BY m.part LIMIT 1
"""
CLAIMED = ("dispatch", "identity", "name", "sha256", "channel", "address", "raw")
TAKE = """
UPDATE messages SET state = 'sending', claim = claim + 1, tries = tries + 1, handed = 0, holder = ?, lease = ?,
    changed = ? WHERE identity = ?
"""
RENEW = """
UPDATE messages SET state = 'queued', released = released + 1, tries = 0, handed = 0, due = '', answer = '', raw = ?,
    sha256 = ?, changed = ? WHERE identity = ?
"""
PUT = "UPDATE messages SET state = ?, answer = ?, due = ?, lease = '', holder = '', changed = ? WHERE identity = ?"
ADD = """
INSERT INTO messages (identity, dispatch, part, parts, name, sha256, raw, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
OPEN = """
INSERT INTO dispatches (key, package, sha256, recipient, channel, address, queued, packed, country, year, edition)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
FIND = "SELECT number FROM dispatches WHERE key = ?"
# A dispatch of the package in any form, signed or not; one that failed altogether does not count.
FIND_FORM = """
SELECT d.number FROM dispatches d JOIN messages m ON m.dispatch = d.number
WHERE d.packed = ? AND d.recipient = ? AND m.state <> 'failed' LIMIT 1
"""
RECEIVE = "INSERT OR IGNORE INTO receipts (sha256, dispatch, name, filed, proves) VALUES (?, ?, ?, ?, ?)"


class Outbox:
    """The outbox of a workspace, kept in `folder`.

    `who` is logged with every act, `now` is the clock, `holder` names this process, and `is_dead` tells whether the
    process of a holder has ended.
    """

    def __init__(
        self, folder: Path, *, who: str, now: Callable[[], datetime], holder: str, is_dead: Callable[[str], bool]
    ) -> None:
        self.folder = folder
        self._who, self._now, self._holder, self._is_dead = clean(who), now, holder, is_dead
        self._path = folder / FILE
        self._base = connect(self._path)
        self._copy_out()

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._copy_out()
        finally:
            self._base.close()

    # what is there

    def items(self, dispatch: int | None = None) -> tuple[OutboxItem, ...]:
        """All messages, or those of one dispatch, in the order queued."""
        with explaining_errors(self._path):
            return tuple(OutboxItem(**dict(row)) for row in self._base.execute(VIEW, (dispatch,)))

    def items_of(self, dispatch: int) -> tuple[OutboxItem, ...]:
        """The messages of a dispatch.

        Raises UsageError when there is none of this number.
        """
        found = self.items(dispatch)
        if not found:
            raise UsageError(f"the outbox has no number {dispatch}", hint="reporter outbox lists the numbers")
        return found

    def find(self, outgoing: OutgoingFile, recipient: Recipient) -> int | None:
        """Find the number of a package's dispatch to a recipient, or None.

        In whatever form the package was queued, signed or not.
        """
        with explaining_errors(self._path):
            return self._find(outgoing, recipient)

    def outgoing_file(self, dispatch: int) -> OutgoingFile:
        """The file of a dispatch, as it was queued.

        Raises UsageError when there is no such dispatch, ReporterError when its bytes were changed.
        """
        first = self.items_of(dispatch)[0]
        with explaining_errors(self._path):
            rows = self._base.execute("SELECT raw FROM messages WHERE dispatch = ? ORDER BY part", (dispatch,))
            content = contents((row["raw"] for row in rows), first.channel)
        _check_bytes(content, first.parcel, first.package)
        return OutgoingFile(first.package, content, first.parcel)

    def log(self) -> tuple[LogEntry, ...]:
        """All lines of the log, the earliest first."""
        with explaining_errors(self._path):
            return read_log(self._base)

    def damage(self) -> tuple[str, ...]:
        """Find what was changed or removed by anything but the program.

        Nothing may be sent from a damaged outbox.
        """
        with explaining_errors(self._path):
            # One moment of both: while it lasts, no other process adds a line.
            self._base.execute("BEGIN")
            try:
                entries = self.log()
                items = self.items()
                export = tuple(export_differences(entries, self.folder / EXPORT))
            finally:
                self._base.execute("ROLLBACK")
        return (*broken_links(entries), *log_mismatches(entries, items), *export)

    # what a worker does

    def queue(self, outgoing: OutgoingFile, recipient: Recipient, messages: Iterable[Message]) -> int:
        """Queue a package for a recipient, unless it was queued before.

        Returns the number of the dispatch, new or old.
        """
        with self._writing():
            found = self._find(outgoing, recipient)
            if found is not None:
                return found
            values = (
                outgoing.name,
                outgoing.sha256,
                recipient.code,
                recipient.channel,
                recipient.address,
                self._time(),
            )
            opened = (key_of(outgoing, recipient), *values, *_label_columns(outgoing))
            number = int(self._base.execute(OPEN, opened).lastrowid or 0)
            for each in messages:
                self._add(number, each)
                self._note(
                    Event(
                        act=Act.QUEUED,
                        dispatch=number,
                        message=each.identity,
                        sha256=each.sha256,
                        detail=_detail(each, outgoing, recipient),
                    )
                )
        return number

    def recover(self) -> None:
        """Free the messages whose worker is dead, or late.

        They are queued again; those that were being handed over become unknown.
        """
        with self._writing():
            for row in self._base.execute("SELECT * FROM messages WHERE state = 'sending'").fetchall():
                if row["lease"] <= self._time() or self._is_dead(row["holder"]):
                    self._abandon(row)

    def claim(self, dispatch: int) -> Claim | None:
        """Take the next due message of a dispatch, or None.

        Raises ReporterError when its bytes are not those that were queued.
        """
        with self._writing():
            row = self._base.execute(DUE, (self._time(), dispatch)).fetchone()
            if row is None:
                return None
            _check_bytes(row["raw"], row["sha256"], row["identity"])
            self._base.execute(TAKE, (self._holder, self._time(SHORT), self._time(), row["identity"]))
            self._note(Event(Act.CLAIMED, row["dispatch"], row["identity"], row["sha256"]))
            return Claim(row["claim"] + 1, *(row[each] for each in CLAIMED))

    def hand_over(self, claim: Claim) -> None:
        """Record that the message may arrive from now on.

        Raises LostClaimError when this worker no longer holds it.
        """
        with self._writing():
            row = self._row(claim.identity)
            if row is None or row["claim"] != claim.number or row["state"] != State.SENDING:
                raise LostClaimError(f"number {claim.dispatch} was taken by another worker", hint="nothing to do")
            values = (self._time(LONG), claim.identity)
            self._base.execute("UPDATE messages SET handed = 1, lease = ? WHERE identity = ?", values)
            self._note(Event(Act.HANDED, claim.dispatch, claim.identity, claim.sha256))

    def settle(self, claim: Claim, answer: Answer) -> None:
        """Record the outcome of a delivery.

        A worker that was given up as dead may still report that the message was sent.
        """
        with self._writing():
            row = self._row(claim.identity)
            if row is None or row["claim"] != claim.number:
                return
            if row["state"] == State.SENDING or (row["state"] == State.UNKNOWN and answer.state is State.SENT):
                self._put(row, *self._waiting(row, answer))

    # what a person does

    def release(self, dispatch: int, messages: tuple[Message, ...], *, address: str, reason: str) -> None:
        """Queue a dispatch again, because a person said so.

        `messages` are its messages, composed anew. Parts that were sent stay sent, unless all were. Raises UsageError
        while one of them is being sent.
        """
        new = {each.identity for each in messages}
        with self._writing():
            rows = self._base.execute("SELECT * FROM messages WHERE dispatch = ?", (dispatch,)).fetchall()
            sent = {row["identity"] for row in rows if row["state"] == State.SENT}
            kept = sent if len(sent) < len(rows) else set()
            if not kept <= new or any(row["state"] == State.SENDING for row in rows):
                raise UsageError(
                    f"number {dispatch} is being sent at this moment", hint="wait a little, then try again"
                )
            for row in (row for row in rows if row["identity"] not in new):
                self._base.execute("DELETE FROM messages WHERE identity = ?", (row["identity"],))
                self._note(
                    Event(
                        act=Act.WITHDRAWN,
                        dispatch=dispatch,
                        message=row["identity"],
                        sha256=row["sha256"],
                        detail="cut in other parts",
                    )
                )
            for each in (each for each in messages if each.identity not in kept):
                self._renew(dispatch, each)
                self._note(
                    Event(
                        act=Act.RELEASED,
                        dispatch=dispatch,
                        message=each.identity,
                        sha256=each.sha256,
                        detail=f"{clean(reason)} (to {address})",
                    )
                )
            self._base.execute("UPDATE dispatches SET address = ? WHERE number = ?", (address, dispatch))

    def file_receipt(self, dispatch: int, identity: str, name: str, sha256: str, answer: Answer | None) -> bool:
        """File a receipt; return False if it was filed before.

        What it proves changes the message `identity`, or all messages of the dispatch when that is empty.
        """
        with self._writing():
            if not self._base.execute(RECEIVE, (sha256, dispatch, name, self._time(), answer is not None)).rowcount:
                return False
            self._note(Event(act=Act.RECEIPT, dispatch=dispatch, message="", sha256=sha256, detail=name))
            for row in self._base.execute("SELECT * FROM messages WHERE dispatch = ?", (dispatch,)).fetchall():
                meant = identity in ("", row["identity"]) and row["state"] in (State.UNKNOWN, State.SENT)
                if meant and answer and answer.state != row["state"]:
                    self._put(row, answer, "")
        return True

    # all within a transaction of the caller

    def _find(self, outgoing: OutgoingFile, recipient: Recipient) -> int | None:
        row = self._base.execute(FIND, (key_of(outgoing, recipient),)).fetchone()
        if row is None and outgoing.label:
            row = self._base.execute(FIND_FORM, (outgoing.label.unsigned_sha256, recipient.code)).fetchone()
        return int(row["number"]) if row else None

    def _add(self, dispatch: int, each: Message) -> None:
        values = (each.identity, dispatch, each.part, each.parts, each.name, each.sha256, each.raw, self._time())
        self._base.execute(ADD, values)

    def _renew(self, dispatch: int, each: Message) -> None:
        if self._row(each.identity) is None:
            self._add(dispatch, each)
        self._base.execute(RENEW, (each.raw, each.sha256, self._time(), each.identity))

    def _abandon(self, row: Row) -> None:
        if row["handed"]:
            said = "the worker vanished while it handed the message over; the receiver may have it"
            self._put(row, Answer(State.UNKNOWN, said), "")
        else:
            self._put(row, Answer(State.QUEUED, "the worker vanished before it handed the message over"), "")

    def _waiting(self, row: Row, answer: Answer) -> tuple[Answer, str]:
        """The outcome of a try, and when to try again.

        Failed after too many tries; the time is empty when there is no next try.
        """
        if answer.state is not State.QUEUED:
            return answer, ""
        if row["tries"] > len(WAITS):
            return Answer(State.FAILED, f"given up after {row['tries']} tries: {answer.said}"), ""
        return answer, self._time(timedelta(minutes=WAITS[row["tries"] - 1]))

    def _put(self, row: Row, answer: Answer, due: str) -> None:
        said = clean(answer.said)
        self._base.execute(PUT, (answer.state, said, due, self._time(), row["identity"]))
        self._note(
            Event(
                act=ACT_FOR[answer.state],
                dispatch=row["dispatch"],
                message=row["identity"],
                sha256=row["sha256"],
                detail=said,
            )
        )

    def _row(self, identity: str) -> Row | None:
        found: Row | None = self._base.execute("SELECT * FROM messages WHERE identity = ?", (identity,)).fetchone()
        return found

    def _note(self, event: Event) -> None:
        add_entry(self._base, event, self._time(), self._who)

    def _time(self, later: timedelta = timedelta()) -> str:
        return (self._now() + later).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self._base, self._path)

    def _copy_out(self) -> None:
        # Under the lock of the outbox, so that two processes do not write the same line.
        with self._writing():
            export_log(self.log(), self.folder / EXPORT)


def _check_bytes(content: bytes, sha256: str, name: str) -> None:
    if checksum(content) != sha256:
        what = f"the outbox is damaged, nothing is sent: {name} is not what was queued"
        raise ReporterError(what, hint="docs/sending.md says what to do")


def _detail(each: Message, outgoing: OutgoingFile, recipient: Recipient) -> str:
    what = "package" if outgoing.label else "another file"
    return f"{each.name} of {what} {outgoing.sha256} to {recipient.code} ({recipient.address})"


def _label_columns(outgoing: OutgoingFile) -> tuple[str, str, int, int]:
    """The label as columns of a dispatch; empty values without one."""
    label = outgoing.label
    return (label.unsigned_sha256, label.country, label.year, label.number) if label else ("", "", 0, 0)
