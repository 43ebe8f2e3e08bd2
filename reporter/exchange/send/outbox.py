"""The outbox sends each package to each recipient once; only a person may send again.

queued ─► sending ─► sent | failed | unknown. The log is the outbox: the last act determines a message's state
(`message_state.TRANSITIONS`). A worker claims a message for a limited time (its lease), records the hand-over before
the last byte leaves, and then the outcome. If a worker vanishes before hand-over, the next one takes the message; if
afterwards, arrival is `unknown` until a person or a receipt decides."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import astuple, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import checksum
from reporter.data.records import Recipient
from reporter.exchange.send.message import (
    Act,
    Answer,
    Claim,
    LostClaimError,
    Message,
    OutboxItem,
    State,
    clean,
    content_of,
    key_of,
)
from reporter.exchange.send.outgoing import OutgoingFile
from reporter.exchange.send.storage import (
    FILE,
    FIRST,
    LogEntry,
    broken_links,
    connect,
    explaining_errors,
    foreign_messages,
    missing_lines,
    note_last_line,
    read_items,
    read_log,
    transaction,
)

LAST = "last-line.txt"
# The time a worker has to hand a message over, and to send a large one on a slow line.
SHORT, LONG = timedelta(minutes=3), timedelta(minutes=30)
# Minutes to wait after each try; after the last one the message has failed.
WAITS = (5, 10, 20, 30, 60, 60, 120, 240, 240, 240, 480, 480, 480, 960, 960, 960)
ADD = """
INSERT INTO messages
    (key, package, parcel, recipient, channel, address, packed, country, year, edition, identity, sha256, raw)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
FIND = "SELECT number FROM messages WHERE key = ?"
FIND_FORMS = "SELECT number FROM messages WHERE packed = ? AND recipient = ?"
REPLACE = """
UPDATE messages SET identity = ?, sha256 = ?, raw = ?, address = ?, holder = '', lease = '', due = '' WHERE number = ?
"""
LAST_LINE = "SELECT number, hash FROM log ORDER BY number DESC LIMIT 1"
# After these acts a message has not left, and will not without a person.
NOT_LEFT = (Act.FAILED, Act.REPLACED)
RECEIVE = "INSERT OR IGNORE INTO receipts (sha256, dispatch, name, filed, proves) VALUES (?, ?, ?, ?, ?)"


class Outbox:
    """The outbox of a workspace in `folder`. `who` is logged with every act, `now` is the clock, `holder` names this
    process, and `is_dead` returns whether a holder's process has ended."""

    def __init__(
        self, folder: Path, *, who: str, now: Callable[[], datetime], holder: str, is_dead: Callable[[str], bool]
    ) -> None:
        self.folder = folder
        self._who, self._now, self._holder, self._is_dead = clean(who), now, holder, is_dead
        self._path = folder / FILE
        self._base = connect(self._path)
        self._note_last_line()

    def __enter__(self) -> "Outbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        try:
            if kind is None:
                self._note_last_line()
        finally:
            self._base.close()

    # reading

    def items(self, dispatch: int | None = None) -> tuple[OutboxItem, ...]:
        with transaction(self._base, self._path, "DEFERRED"):
            return read_items(self._base, dispatch)

    def item(self, dispatch: int) -> OutboxItem:
        """The message of a number. Raises UsageError when there is none."""
        if not (items := self.items(dispatch)):
            raise UsageError(f"the outbox has no number {dispatch}", hint="reporter outbox list shows the numbers")
        return items[0]

    def find(self, outgoing: OutgoingFile, recipient: Recipient) -> int | None:
        """The number of a package's dispatch to a recipient, or None; signed or not, except failed ones."""
        with explaining_errors(self._path):
            row = self._base.execute(FIND, (key_of(outgoing, recipient),)).fetchone()
            if row is None and outgoing.label:
                counted = {item.dispatch for item in read_items(self._base) if item.act != Act.FAILED}
                forms = self._base.execute(FIND_FORMS, (outgoing.label.identity, recipient.code))
                row = next((form for form in forms if form["number"] in counted), None)
        return int(row["number"]) if row else None

    def sent_before(self, outgoing: OutgoingFile, recipient: Recipient) -> tuple[int, ...]:
        """The numbers of other packages of the same edition, or a later number of it, to a recipient that have left, or
        may have left or may yet leave. Empty for another file."""
        label = outgoing.label
        sent_items = self._sent(recipient.code, label.country, label.year) if label else ()
        return tuple(item.dispatch for item in sent_items if label and item.edition >= label.number)

    def sent_since(self, dispatch: int) -> tuple[int, ...]:
        """The numbers of newer packages of the edition of a dispatch, or of a later number of it, to its recipient."""
        first = self.item(dispatch)
        others = self._sent(first.recipient, first.country, first.year)
        return tuple(item.dispatch for item in others if item.dispatch > dispatch or item.edition > first.edition)

    def outgoing_file(self, dispatch: int) -> OutgoingFile:
        """The file of a dispatch, as queued. Raises UsageError for no such number, ReporterError for altered bytes."""
        item = self.item(dispatch)
        with explaining_errors(self._path):
            content = content_of(self._raw(dispatch), item.channel)
        _check_bytes(content, item.parcel, item.package)
        return OutgoingFile(item.package, content, item.parcel)

    def log(self) -> tuple[LogEntry, ...]:
        with explaining_errors(self._path):
            return read_log(self._base)

    def damage(self) -> tuple[str, ...]:
        """What was changed or removed by other programs. Nothing may be sent from a damaged outbox."""
        # One consistent snapshot: no other process adds a line meanwhile.
        with transaction(self._base, self._path, "DEFERRED"):
            entries = read_log(self._base)
            foreign = tuple(foreign_messages(self._base, entries))
        return (*broken_links(entries), *foreign, *missing_lines(entries, self.folder / LAST))

    # acts of a worker

    def queue(
        self,
        outgoing: OutgoingFile,
        recipient: Recipient,
        message: Message,
        *,
        again: str = "",
        earlier: Iterable[int] = (),
    ) -> int:
        """Queue a package for a recipient, unless it was queued before; return its number, new or old. Another package
        of the same edition is queued only `again`, for a reason, by a person who saw the `earlier` numbers.
        Waiting packages of the edition are replaced. Raises UsageError when one was not shown, or is being sent."""
        with self._writing():
            queued_number = self.find(outgoing, recipient)
            if queued_number is not None:
                return queued_number
            label, before = outgoing.label, self.sent_before(outgoing, recipient)
            if before and not (again and set(before) <= set(earlier)):
                numbers = ", ".join(map(str, before))
                raise UsageError(
                    f"the edition was queued for {recipient.code} before: {numbers}", hint="run this again"
                )
            waiting = self._waiting(outgoing, recipient)
            packed = (label.identity, label.country, label.year, label.number) if label else ("", "", 0, 0)
            whither = (recipient.code, recipient.channel, recipient.address)
            carried = (message.identity, message.sha256, message.raw)
            values = (key_of(outgoing, recipient), outgoing.name, outgoing.sha256, *whither, *packed, *carried)
            number = int(self._base.execute(ADD, values).lastrowid or 0)
            what = f"{'package' if label else 'another file'} {outgoing.sha256}"
            why = f"; again: {clean(again)}" if before else ""
            detail = f"{outgoing.name} of {what} to {recipient.code} ({recipient.address}){why}"
            self._note(Act.QUEUED, number, message.identity, message.sha256, detail)
            for item in waiting:
                self._remember(item.dispatch)
                self._note(Act.REPLACED, item.dispatch, item.identity, item.sha256, f"by number {number}")
        return number

    def recover(self) -> None:
        """Free the messages of dead or late workers: queued again or, if being handed over, unknown."""
        with self._writing():
            for item in read_items(self._base):
                # No lease is longer: where one seems to be, the clock went back.
                late = not self._time() < item.lease <= self._time(LONG) or self._is_dead(item.holder)
                if item.state is State.SENDING and late and item.act == Act.HANDED:
                    reason = "the worker stopped while handing over the message; the receiver may have it"
                    self._put(item, Answer(State.UNKNOWN, reason))
                elif item.state is State.SENDING and late:
                    self._put(item, Answer(State.QUEUED, "the worker stopped before handing over the message"))

    def claim(self, dispatch: int) -> Claim | None:
        """Claim the message of a dispatch if it is due, else None. Raises ReporterError for altered bytes."""
        with self._writing():
            items = read_items(self._base, dispatch)
            # It waits from one moment to another; before the first one, the clock went back.
            if not items or items[0].state is not State.QUEUED or items[0].changed <= self._time() < items[0].due:
                return None
            item, raw = items[0], self._raw(dispatch)
            _check_bytes(raw, item.sha256, item.identity)
            self._remember(dispatch, lease=self._time(SHORT))
            return Claim(replace(item, claim=self._note(Act.CLAIMED, dispatch, item.identity, item.sha256)), raw)

    def hand_over(self, claim: Claim) -> None:
        """Record that the message may arrive from now on. Raises LostClaimError when this worker lost its claim."""
        with self._writing():
            now = self._claimed(claim)
            if now is None or not now.allows(Act.HANDED):
                raise LostClaimError(f"number {claim.item.dispatch} was taken by another worker", hint="nothing to do")
            self._remember(now.dispatch, lease=self._time(LONG))
            self._note(Act.HANDED, now.dispatch, now.identity, now.sha256)

    def settle(self, claim: Claim, answer: Answer) -> None:
        """Record the outcome of a delivery. A worker given up as dead may still report that the message was sent."""
        with self._writing():
            now = self._claimed(claim)
            if now is None or (now.state is not State.SENDING and answer.state is not State.SENT):
                return
            if answer.state is not State.QUEUED:
                self._put(now, answer)
            elif now.tries > len(WAITS):
                self._put(now, Answer(State.FAILED, f"given up after {now.tries} tries: {answer.words}"))
            else:
                self._put(now, answer, self._time(timedelta(minutes=WAITS[now.tries - 1])))

    # acts of a person

    def release(self, dispatch: int, message: Message, *, address: str, reason: str) -> None:
        """Queue a dispatch again for a person, its `message` made again. Raises UsageError while it is being sent."""
        with self._writing():
            for now in read_items(self._base, dispatch):
                if not now.allows(Act.RELEASED):
                    what = f"number {dispatch} is being sent at this moment"
                    raise UsageError(what, hint="wait a little, then try again")
                self._base.execute(REPLACE, (message.identity, message.sha256, message.raw, address, dispatch))
                self._note(Act.RELEASED, dispatch, message.identity, message.sha256, f"{clean(reason)} (to {address})")

    def file_receipt(self, dispatch: int, name: str, sha256: str, answer: Answer | None, doubt: str = "") -> bool:
        """File a receipt; return False if it was filed before. What it proves changes the message."""
        with self._writing():
            if not self._base.execute(RECEIVE, (sha256, dispatch, name, self._time(), answer is not None)).rowcount:
                return False
            self._note(Act.RECEIPT, dispatch, "", sha256, f"{name} proves nothing: {doubt}" if doubt else name)
            for now in read_items(self._base, dispatch) if answer else ():
                if answer and now.state is not State.SENDING:
                    self._put(now, answer)
        return True

    # within a transaction of the caller

    def _of_year(self, recipient: str, country: str, year: int) -> list[OutboxItem]:
        """The packages of a year to a recipient; none for another file, which has no country."""
        items = read_items(self._base) if country else ()
        return [item for item in items if (item.recipient, item.country, item.year) == (recipient, country, year)]

    def _sent(self, recipient: str, country: str, year: int) -> list[OutboxItem]:
        """The packages of a year to a recipient that have left, or may have left or may yet leave. Failed or replaced
        ones count unless it is certain that they never arrived."""
        with explaining_errors(self._path):
            gone = {entry.dispatch for entry in read_log(self._base) if entry.act in (Act.SENT, Act.UNKNOWN)}
            items = self._of_year(recipient, country, year)
        return [item for item in items if item.dispatch in gone or item.act not in NOT_LEFT]

    def _waiting(self, outgoing: OutgoingFile, recipient: Recipient) -> list[OutboxItem]:
        """Waiting messages with a package of the same edition. Raises UsageError when one of them is being sent."""
        label = outgoing.label
        items = self._of_year(recipient.code, label.country, label.year) if label else []
        for item in items:
            if item.state is State.SENDING:
                what = f"number {item.dispatch} is being sent to {recipient.code} at this moment"
                raise UsageError(what, hint="wait a little, then try again")
        return [waiting_item for waiting_item in items if waiting_item.state is State.QUEUED]

    def _claimed(self, claim: Claim) -> OutboxItem | None:
        """The message as it is now; None when another worker has claimed it since."""
        items = read_items(self._base, claim.item.dispatch)
        return next((item for item in items if item.claim == claim.item.claim), None)

    def _raw(self, dispatch: int) -> bytes:
        return bytes(self._base.execute("SELECT raw FROM messages WHERE number = ?", (dispatch,)).fetchone()[0])

    def _put(self, now: OutboxItem, answer: Answer, due: str = "") -> None:
        if now.allows(answer.act):
            self._remember(now.dispatch, due=due)
            self._note(answer.act, now.dispatch, now.identity, now.sha256, clean(answer.words))

    def _remember(self, dispatch: int, *, lease: str = "", due: str = "") -> None:
        values = (self._holder if lease else "", lease, due, dispatch)
        self._base.execute("UPDATE messages SET holder = ?, lease = ?, due = ? WHERE number = ?", values)

    def _note(self, act: Act, dispatch: int, message: str, sha256: str, detail: str = "") -> int:
        number, previous = self._base.execute(LAST_LINE).fetchone() or (0, FIRST)
        entry = LogEntry(number + 1, self._time(), self._who, act, dispatch, message, sha256, detail, previous)
        values = astuple(replace(entry, hash=entry.proper_hash))
        self._base.execute(f"INSERT INTO log VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - only marks
        return entry.number

    def _time(self, later: timedelta = timedelta()) -> str:
        return (self._now() + later).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _writing(self) -> AbstractContextManager[None]:
        return transaction(self._base, self._path)

    def _note_last_line(self) -> None:
        # Under the lock of the outbox, so that two processes do not write at once.
        with self._writing():
            note_last_line(self._base, self.folder / LAST)


def _check_bytes(content: bytes, sha256: str, name: str) -> None:
    if checksum(content) != sha256:
        what = f"the outbox is damaged, nothing is sent: {name} is not what was queued"
        raise ReporterError(what, hint="docs/sending.md describes what to do")
