"""The SQLite file of the outbox: its tables, their content, and its errors."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from sqlite3 import Connection

from reporter.data.errors import ReporterError
from reporter.data.files.sources import checksum
from reporter.data.files.writing import write_whole
from reporter.exchange.send.message import TRANSITIONS, Act, FiledReceipt, OutboxItem, State

FILE = "outbox.sqlite3"
FIRST = "0" * 64
OUTCOMES = (Act.SENT, Act.DEFERRED, Act.FAILED, Act.UNKNOWN)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log: who did what to a message, when. `time` is UTC; `message` is a Message-ID, empty for a
    receipt; `sha256` is that of the message or receipt, `previous` the `hash` of the line before."""

    number: int
    time: str
    who: str
    act: str
    dispatch: int
    message: str
    sha256: str
    detail: str
    previous: str
    hash: str = ""

    @property
    def proper_hash(self) -> str:
        """The checksum that `hash` must equal: of every other field, including the previous line's."""
        values = asdict(self)
        del values["hash"]
        return checksum(json.dumps(values, ensure_ascii=False, sort_keys=True))


def read_log(base: Connection) -> tuple[LogEntry, ...]:
    return tuple(LogEntry(*row) for row in base.execute("SELECT * FROM log ORDER BY number"))


def broken_links(entries: Iterable[LogEntry]) -> Iterator[str]:
    number, previous = 0, FIRST
    for entry in entries:
        if entry.number != number + 1:
            yield f"log: line {number + 1} is missing"
        elif entry.previous != previous:
            yield f"log: line {entry.number} does not follow the line before it"
        if entry.hash != entry.proper_hash:
            yield f"log: line {entry.number} was changed"
        number, previous = entry.number, entry.hash


def foreign_messages(base: Connection, entries: Iterable[LogEntry]) -> Iterator[str]:
    entry_by_number = {entry.dispatch: entry for entry in entries if entry.act != Act.RECEIPT}
    stored = {row[0]: row[1:] for row in base.execute("SELECT number, identity, sha256 FROM messages")}
    for number, last in entry_by_number.items():
        if number not in stored:
            yield f"number {number}: the log says {last.act}, the outbox nothing"
        elif (last.message, last.sha256) != tuple(stored[number]):
            yield f"number {number}: the message in the outbox differs from the one in the log"
    for number in stored.keys() - entry_by_number.keys():
        yield f"number {number} is not in the log"


def note_last_line(base: Connection, path: Path) -> None:
    """Record next to the outbox which line of its log is the last. A record of another line stays, and `missing_lines`
    reports it. Raises ReporterError when it cannot be read or written."""
    entries = read_log(base)
    if entries and not missing_lines(entries, path):
        last = f"{entries[-1].number} {entries[-1].hash}\n".encode()
        if _read(path) != last:
            write_whole(path, last)


def missing_lines(entries: tuple[LogEntry, ...], path: Path) -> tuple[str, ...]:
    """Report a log that lacks its recorded last line: it is that of an earlier copy."""
    number, _, sha256 = _read(path).decode(errors="replace").strip().partition(" ")
    if not number or any((str(entry.number), entry.hash) == (number, sha256) for entry in entries):
        return ()
    return (f"the outbox log ends at line {len(entries)}, but {path.name} names line {number}: this is another copy",)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}", hint="correct its access rights") from None


# Of the tables below.
VERSION = 5
# Seconds to wait for another process's transaction, which takes milliseconds.
PATIENCE = 30.0


# `messages` says what a message is, `log` what was done with it; holder, lease and due are notes of the workers.
SCHEMA = (
    """
CREATE TABLE messages (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, package TEXT NOT NULL, parcel TEXT NOT NULL,
    recipient TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    packed TEXT NOT NULL, country TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL,
    identity TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, raw BLOB NOT NULL,
    holder TEXT NOT NULL DEFAULT '', lease TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT ''
) STRICT""",
    """
CREATE TABLE receipts (
    sha256 TEXT NOT NULL, dispatch INTEGER NOT NULL REFERENCES messages, name TEXT NOT NULL, filed TEXT NOT NULL,
    proves INTEGER NOT NULL, PRIMARY KEY (sha256, dispatch)
) STRICT""",
    """
CREATE TABLE log (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, dispatch INTEGER NOT NULL,
    message TEXT NOT NULL, sha256 TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT""",
)
ITEMS = """
SELECT number AS dispatch, package, parcel, recipient, channel, address, identity, sha256, holder, lease, due,
    country, year, edition
FROM messages WHERE number = ifnull(?, number) ORDER BY number
"""
RECEIPTS = "SELECT dispatch, name, filed FROM receipts WHERE proves ORDER BY filed, name"


def connect(path: Path) -> sqlite3.Connection:
    """Open or create the outbox at this path. Raises ReporterError for a file that this version cannot use."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _unusable(path, problem.strerror or str(problem)) from None
    with explaining_errors(path):
        base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        base.row_factory = sqlite3.Row
        # With the usual journal, which is deleted, the outbox is one file that works on a network drive too. EXTRA: a
        # transaction counts as done only when it is on the disk.
        base.execute("PRAGMA synchronous = EXTRA")
        base.execute("PRAGMA foreign_keys = ON")
        with transaction(base, path):
            if read_version(base, path) != VERSION:
                for statement in SCHEMA:
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
    return base


@contextmanager
def transaction(base: sqlite3.Connection, path: Path, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run a block as one transaction, rolled back on errors (SQLite's as ReporterError). IMMEDIATE locks out others."""
    with explaining_errors(path):
        base.execute(f"BEGIN {kind}")
        try:
            yield
            base.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back when the disk is full.
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise


def read_version(base: sqlite3.Connection, path: Path) -> int:
    """The version of the tables; 0 for an empty file, which a killed process may leave. Raises ReporterError when
    another version of the program made the tables."""
    version = int(base.execute("PRAGMA user_version").fetchone()[0])
    if version not in (0, VERSION):
        raise ReporterError(
            f"{path} was written by another version of the program (scheme {version}, known: {VERSION})",
            hint="use that version; nothing was sent",
        )
    return version


def read_items(base: sqlite3.Connection, dispatch: int | None = None) -> tuple[OutboxItem, ...]:
    """All messages, or that of one number, in the order queued, with their state by the log: UNKNOWN after an act that
    this program does not know. A message without log lines is left out."""
    acts: dict[int, list[LogEntry]] = {}
    for entry in read_log(base):
        if entry.act != Act.RECEIPT:
            acts.setdefault(entry.dispatch, []).append(entry)
    back: dict[int, list[FiledReceipt]] = {}
    for number, name, filed in base.execute(RECEIPTS):
        back.setdefault(number, []).append(FiledReceipt(name, filed))
    rows = [row for row in base.execute(ITEMS, (dispatch,)).fetchall() if row["dispatch"] in acts]
    return tuple(_item(row, acts[row["dispatch"]], tuple(back.get(row["dispatch"], ()))) for row in rows)


def _item(row: sqlite3.Row, acts: list[LogEntry], receipts: tuple[FiledReceipt, ...]) -> OutboxItem:
    step = TRANSITIONS.get(acts[-1].act)
    begin = max((place for place, entry in enumerate(acts) if entry.act == Act.RELEASED), default=0)
    claims = [entry.number for entry in acts if entry.act == Act.CLAIMED]
    return OutboxItem(
        **dict(row),
        state=step[0] if step else State.UNKNOWN,
        act=acts[-1].act,
        claim=claims[-1] if claims else 0,
        tries=sum(entry.act == Act.CLAIMED for entry in acts[begin:]),
        changed=acts[-1].time,
        answer=next((entry.detail for entry in reversed(acts[begin:]) if entry.act in OUTCOMES), ""),
        receipts=receipts,
    )


@contextmanager
def explaining_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as problem:  # the latter for a text in a damaged file
        raise _unusable(path, str(problem)) from problem


def _unusable(path: Path, why: str) -> ReporterError:
    return ReporterError(
        f"the outbox {path} cannot be used: {why}",
        hint=(
            "free space on the disk, correct the access rights of the folder, or restore the last copy; a message "
            "counts as sent only if the outbox says so"
        ),
    )


def read_history(folder: Path) -> tuple[OutboxItem, ...]:
    """The messages of the outbox in a folder, none where nothing was sent yet. Raises ReporterError."""
    with _reading(folder) as base:
        return read_items(base) if base else ()


def outbox_bytes(folder: Path) -> bytes:
    """The file of the outbox between two acts, empty where there is none. Raises ReporterError."""
    # Through SQLite, since another process may be writing the file, or was killed while it did.
    with _reading(folder) as base:
        return base.serialize() if base else b""


@contextmanager
def _reading(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The outbox in a folder, between two acts. None where nothing was sent yet."""
    path = folder / FILE
    if not path.is_file():
        yield None
        return
    # Not mode=ro: SQLite must be able to write to roll back a killed process's transaction.
    with explaining_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as base:
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA query_only = ON")
        with transaction(base, path, "DEFERRED"):
            yield base if read_version(base, path) else None
