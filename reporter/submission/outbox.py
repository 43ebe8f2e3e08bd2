"""The outbox: each package goes to each recipient once. Whatever else happens, only a person sends again.

queued ─► sending ─► sent | failed | unknown. The log is the outbox: a message is in the state in which its last act
left it (`message_state.TRANSITIONS`). A worker claims a message for a limited time (its lease), records that it hands
it over before the last byte leaves, and records the outcome. When a worker vanishes before handing over, the next one
takes the message; when it vanishes afterwards, nobody knows whether the message arrived: it is `unknown` until a person
or a receipt decides."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType

from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.model import Recipient
from reporter.submission.message import Message, contents, key_of
from reporter.submission.message_state import Act, Answer, Claim, LostClaimError, OutboxItem, State, clean
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.storage import (
    LogEntry,
    Standing,
    add_entry,
    broken_links,
    connect,
    explaining_errors,
    export_differences,
    export_log,
    foreign_messages,
    read_items,
    read_log,
    standings,
    transaction,
)

FILE, EXPORT = "outbox.sqlite3", "log.jsonl"
# Time that a worker has until it hands a message over, and to send a large one on a slow line.
SHORT, LONG = timedelta(minutes=3), timedelta(minutes=30)
# Minutes to wait after each try; after the last one the message has failed.
WAITS = (5, 10, 20, 30, 60, 60, 120, 240, 240, 240, 480, 480, 480, 960, 960, 960)
ADD_DISPATCH = """
INSERT INTO dispatches (key, package, sha256, recipient, channel, address, packed, country, year, edition, again)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ADD = "INSERT INTO messages (identity, dispatch, part, parts, name, sha256, raw) VALUES (?, ?, ?, ?, ?, ?, ?)"
FIND = "SELECT number FROM dispatches WHERE key = ?"
FIND_FORMS = "SELECT number FROM dispatches WHERE packed = ? AND recipient = ?"
FIND_EDITION = """
SELECT number, edition FROM dispatches WHERE packed <> '' AND recipient = ? AND country = ? AND year = ? ORDER BY number
"""
# The acts after which a message has not left, and will not by itself.
NOT_LEFT = (Act.FAILED, Act.REPLACED)
RECEIVE = "INSERT OR IGNORE INTO receipts (sha256, dispatch, name, filed, proves) VALUES (?, ?, ?, ?, ?)"


class Outbox:
    """The outbox of a workspace, kept in `folder`. `who` is logged with every act, `now` is the clock, `holder` names
    this process, and `is_dead` tells whether the process of a holder has ended."""

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
        with transaction(self._base, self._path, "DEFERRED"):
            return read_items(self._base, dispatch)

    def items_of(self, dispatch: int) -> tuple[OutboxItem, ...]:
        """The messages of a dispatch. Raises UsageError when there is none of this number."""
        found = self.items(dispatch)
        if not found:
            raise UsageError(f"the outbox has no number {dispatch}", hint="reporter outbox lists the numbers")
        return found

    def find(self, outgoing: OutgoingFile, recipient: Recipient) -> int | None:
        """Find the number of a package's dispatch to a recipient, or None. In whatever form the package was queued,
        signed or not."""
        with explaining_errors(self._path):
            return self._find(outgoing, recipient)

    def sent_before(self, outgoing: OutgoingFile, recipient: Recipient) -> tuple[int, ...]:
        """The numbers of other packages of the same edition to a recipient. Those of its number or a later one that
        have left, may have left or may yet leave. Empty for another file."""
        with explaining_errors(self._path):
            return self._sent_before(outgoing, recipient)

    def sent_since(self, dispatch: int) -> tuple[int, ...]:
        """The numbers of newer packages of the edition of a dispatch, or of a later number of it, to its recipient."""
        first = self.items_of(dispatch)[0]
        if not first.country:
            return ()
        with explaining_errors(self._path):
            others = self._sent(first.recipient, first.country, first.year)
            return tuple(number for number, edition in others if number > dispatch or edition > first.edition)

    def outgoing_file(self, dispatch: int) -> OutgoingFile:
        """The file of a dispatch, as it was queued. Raises UsageError when there is no such dispatch, ReporterError
        when its bytes were changed."""
        first = self.items_of(dispatch)[0]
        with explaining_errors(self._path):
            rows = self._base.execute("SELECT raw FROM messages WHERE dispatch = ? ORDER BY part", (dispatch,))
            content = contents((row["raw"] for row in rows), first.channel)
        _check_bytes(content, first.parcel, first.package)
        return OutgoingFile(first.package, content, first.parcel)

    def log(self) -> tuple[LogEntry, ...]:
        with explaining_errors(self._path):
            return read_log(self._base)

    def damage(self) -> tuple[str, ...]:
        """Find what was changed or removed by anything but the program. Nothing may be sent from a damaged outbox."""
        # One moment of all: while it lasts, no other process adds a line.
        with transaction(self._base, self._path, "DEFERRED"):
            entries = read_log(self._base)
            stored = {row[0]: row[1] for row in self._base.execute("SELECT identity, sha256 FROM messages")}
            export = tuple(export_differences(entries, self.folder / EXPORT))
        return (*broken_links(entries), *foreign_messages(standings(entries), stored), *export)

    # what a worker does

    def queue(
        self,
        outgoing: OutgoingFile,
        recipient: Recipient,
        messages: Iterable[Message],
        *,
        again: str = "",
        told: Iterable[int] = (),
    ) -> int:
        """Queue a package for a recipient, unless it was queued before. Returns the number of the dispatch, new or old.
        Another package of the same edition is queued only `again`, for a reason, by a person who was `told` the numbers
        of those before. What waits of the edition is replaced. Raises UsageError when one of them is not among those
        told, or is being sent."""
        with self._writing():
            found = self._find(outgoing, recipient)
            if found is not None:
                return found
            label, before = outgoing.label, self._sent_before(outgoing, recipient)
            if before and not (again and set(before) <= set(told)):
                numbers = ", ".join(map(str, before))
                raise UsageError(
                    f"the edition was queued for {recipient.code} before: {numbers}", hint="run this again"
                )
            waiting = self._waiting(outgoing, recipient)
            packed = (label.identity, label.country, label.year, label.number) if label else ("", "", 0, 0)
            whither = (recipient.code, recipient.channel, recipient.address)
            why = clean(again) if before else ""
            values = (key_of(outgoing, recipient), outgoing.name, outgoing.sha256, *whither, *packed, why)
            number = int(self._base.execute(ADD_DISPATCH, values).lastrowid or 0)
            what = f"{'package' if label else 'another file'} {outgoing.sha256}"
            for each in messages:
                self._add(number, each)
                detail = f"{each.name} of {what} to {recipient.code} ({recipient.address}){why and f'; again: {why}'}"
                self._note(Act.QUEUED, number, each.identity, each.sha256, detail)
            for now in waiting:
                self._remember(now.last.message)
                self._note(Act.REPLACED, now.last.dispatch, now.last.message, now.last.sha256, f"by number {number}")
        return number

    def recover(self) -> None:
        """Free the messages whose worker is dead, or late. They are queued again; those that were being handed over
        become unknown."""
        with self._writing():
            known = self._standings()
            for row in self._base.execute("SELECT identity, holder, lease FROM messages").fetchall():
                now = known.get(row["identity"])
                # No lease is longer: where one seems to be, the clock went back.
                late = not self._time() < row["lease"] <= self._time(LONG) or self._is_dead(row["holder"])
                if now and now.state is State.SENDING and late:
                    self._abandon(now)

    def claim(self, dispatch: int) -> Claim | None:
        """Take the next due message of a dispatch, or None. Raises ReporterError when its bytes are not those that were
        queued."""
        with self._writing():
            # A part waits until those before it are sent.
            unsent = (each for each in read_items(self._base, dispatch) if each.state != State.SENT)
            item = next(unsent, None)
            # It waits from one moment to another; before the first one, the clock went back.
            if item is None or item.state != State.QUEUED or item.changed <= self._time() < item.due:
                return None
            raw = self._base.execute("SELECT raw FROM messages WHERE identity = ?", (item.identity,)).fetchone()[0]
            _check_bytes(raw, item.sha256, item.identity)
            self._remember(item.identity, lease=self._time(SHORT))
            return Claim(
                number=self._note(Act.CLAIMED, dispatch, item.identity, item.sha256),
                dispatch=dispatch,
                identity=item.identity,
                name=item.name,
                sha256=item.sha256,
                channel=item.channel,
                address=item.address,
                raw=raw,
            )

    def hand_over(self, claim: Claim) -> None:
        """Record that the message may arrive from now on. Raises LostClaimError when this worker no longer holds it."""
        with self._writing():
            now = self._claimed(claim)
            if now is None or not now.allows(Act.HANDED):
                raise LostClaimError(f"number {claim.dispatch} was taken by another worker", hint="nothing to do")
            self._remember(claim.identity, lease=self._time(LONG))
            self._note(Act.HANDED, claim.dispatch, claim.identity, claim.sha256)

    def settle(self, claim: Claim, answer: Answer) -> None:
        """Record the outcome of a delivery. A worker that was given up as dead may still report that the message was
        sent."""
        with self._writing():
            now = self._claimed(claim)
            if now is None or (now.state is not State.SENDING and answer.state is not State.SENT):
                return
            if answer.state is not State.QUEUED:
                self._put(now, answer)
            elif now.tries > len(WAITS):
                self._put(now, Answer(State.FAILED, f"given up after {now.tries} tries: {answer.said}"))
            else:
                self._put(now, answer, self._time(timedelta(minutes=WAITS[now.tries - 1])))

    # what a person does

    def release(self, dispatch: int, messages: tuple[Message, ...], *, address: str, reason: str) -> None:
        """Queue a dispatch again, because a person said so. `messages` are its messages, composed anew. Parts that were
        sent stay sent, unless all were. Raises UsageError while one of them is being sent."""
        new = {each.identity for each in messages}
        with self._writing():
            old = {each.identity: each for each in read_items(self._base, dispatch)}
            sent = {each.identity for each in old.values() if each.state == State.SENT}
            kept = sent if len(sent) < len(old) else set()
            if not kept <= new or any(each.state == State.SENDING for each in old.values()):
                raise UsageError(
                    f"number {dispatch} is being sent at this moment", hint="wait a little, then try again"
                )
            for each in old.values():
                if each.identity not in kept:
                    self._base.execute("DELETE FROM messages WHERE identity = ?", (each.identity,))
                if each.identity not in new:
                    self._note(Act.WITHDRAWN, dispatch, each.identity, each.sha256, "cut in other parts")
            for message in messages:
                if message.identity not in kept:
                    self._add(dispatch, message)
                    detail = f"{clean(reason)} (to {address})"
                    self._note(Act.RELEASED, dispatch, message.identity, message.sha256, detail)
            self._base.execute("UPDATE dispatches SET address = ? WHERE number = ?", (address, dispatch))

    def file_receipt(
        self, dispatch: int, identity: str, name: str, sha256: str, answer: Answer | None, doubt: str = ""
    ) -> bool:
        """File a receipt; return False if it was filed before. What it proves changes the message `identity`, or all
        messages of the dispatch when that is empty."""
        with self._writing():
            if not self._base.execute(RECEIVE, (sha256, dispatch, name, self._time(), answer is not None)).rowcount:
                return False
            self._note(Act.RECEIPT, dispatch, "", sha256, f"{name} proves nothing: {doubt}" if doubt else name)
            for message, now in self._standings().items() if answer else ():
                meant = identity in ("", message) and now.last.dispatch == dispatch
                if answer and meant and now.state is not State.SENDING:
                    self._put(now, answer)
        return True

    # all within a transaction of the caller

    def _find(self, outgoing: OutgoingFile, recipient: Recipient) -> int | None:
        row = self._base.execute(FIND, (key_of(outgoing, recipient),)).fetchone()
        if row is None and outgoing.label:
            # However a package is packed, signed or not, it is the same one; what failed altogether does not count.
            standing = {now.last.dispatch for now in self._standings().values() if now.last.act != Act.FAILED}
            forms = self._base.execute(FIND_FORMS, (outgoing.label.identity, recipient.code))
            row = next((each for each in forms if each["number"] in standing), None)
        return int(row["number"]) if row else None

    def _sent_before(self, outgoing: OutgoingFile, recipient: Recipient) -> tuple[int, ...]:
        label = outgoing.label
        known = self._sent(recipient.code, label.country, label.year) if label else ()
        return tuple(number for number, edition in known if label and edition >= label.number)

    def _sent(self, recipient: str, country: str, year: int) -> list[tuple[int, int]]:
        """The dispatches of a year to a recipient that have left, may have left or may yet leave, with the numbers of
        their editions. What failed or was replaced counts unless it is certain that it never arrived."""
        entries = read_log(self._base)
        gone = {each.dispatch for each in entries if each.act in (Act.SENT, Act.UNKNOWN)}
        gone |= {now.last.dispatch for now in standings(entries).values() if now.last.act not in NOT_LEFT}
        rows = self._base.execute(FIND_EDITION, (recipient, country, year))
        return [(row["number"], row["edition"]) for row in rows if row["number"] in gone]

    def _waiting(self, outgoing: OutgoingFile, recipient: Recipient) -> list[Standing]:
        """The messages that wait with a package of the same edition. Raises UsageError when one of them is being
        sent."""
        label = outgoing.label
        if label is None:
            return []
        rows = self._base.execute(FIND_EDITION, (recipient.code, label.country, label.year))
        numbers = {row["number"] for row in rows}
        found = [each for each in self._standings().values() if each.last.dispatch in numbers]
        for each in found:
            if each.state is State.SENDING:
                what = f"number {each.last.dispatch} is being sent to {recipient.code} at this moment"
                raise UsageError(what, hint="wait a little, then try again")
        return [each for each in found if each.state is State.QUEUED]

    def _standings(self) -> dict[str, Standing]:
        return standings(read_log(self._base))

    def _claimed(self, claim: Claim) -> Standing | None:
        """Where the message stands; None when another worker has claimed it since."""
        now = self._standings().get(claim.identity)
        return now if now and now.claim == claim.number else None

    def _add(self, dispatch: int, each: Message) -> None:
        values = (each.identity, dispatch, each.part, each.parts, each.name, each.sha256, each.raw)
        self._base.execute(ADD, values)

    def _abandon(self, now: Standing) -> None:
        if now.last.act == Act.HANDED:
            said = "the worker vanished while it handed the message over; the receiver may have it"
            self._put(now, Answer(State.UNKNOWN, said))
        else:
            self._put(now, Answer(State.QUEUED, "the worker vanished before it handed the message over"))

    def _put(self, now: Standing, answer: Answer, due: str = "") -> None:
        if now.allows(answer.act):
            self._remember(now.last.message, due=due)
            self._note(answer.act, now.last.dispatch, now.last.message, now.last.sha256, clean(answer.said))

    def _remember(self, identity: str, *, lease: str = "", due: str = "") -> None:
        values = (self._holder if lease else "", lease, due, identity)
        self._base.execute("UPDATE messages SET holder = ?, lease = ?, due = ? WHERE identity = ?", values)

    def _note(self, act: Act, dispatch: int, message: str, sha256: str, detail: str = "") -> int:
        return add_entry(
            self._base,
            LogEntry(
                number=0,
                time=self._time(),
                who=self._who,
                act=act,
                dispatch=dispatch,
                message=message,
                sha256=sha256,
                detail=detail,
                previous="",
            ),
        )

    def _time(self, later: timedelta = timedelta()) -> str:
        return (self._now() + later).strftime("%Y-%m-%dT%H:%M:%SZ")

    def _writing(self) -> AbstractContextManager[None]:
        return transaction(self._base, self._path)

    def _copy_out(self) -> None:
        # Under the lock of the outbox, so that two processes do not write the same line.
        with self._writing():
            export_log(read_log(self._base), self.folder / EXPORT)


def _check_bytes(content: bytes, sha256: str, name: str) -> None:
    if checksum(content) != sha256:
        what = f"the outbox is damaged, nothing is sent: {name} is not what was queued"
        raise ReporterError(what, hint="docs/sending.md says what to do")
