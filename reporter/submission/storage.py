"""The SQLite file of the outbox: its tables, what they hold, and its errors."""

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from sqlite3 import Connection

from reporter.errors import ReporterError
from reporter.files.as_json import as_json
from reporter.files.checksum import checksum
from reporter.submission.message_state import TRANSITIONS, Act, OutboxItem, State

FIRST = "0" * 64
LINE = re.compile(r"[^\n]*\n|[^\n]+")
OUTCOMES = (Act.SENT, Act.DEFERRED, Act.FAILED, Act.UNKNOWN)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log: who did what to a message, when. `time` is UTC; `message` is a Message-ID, empty when the act
    concerns the whole dispatch; `sha256` is that of the message or receipt, `previous` the `hash` of the line
    before."""

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
        """Calculate the checksum that `hash` must equal. It covers every other field; `previous` ties the line to the
        one before."""
        values = asdict(self)
        del values["hash"]
        return checksum(json.dumps(values, ensure_ascii=False, sort_keys=True))

    @property
    def line(self) -> str:
        return as_json(self, indent=None) + "\n"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where its acts have left a message. `claim` is the number of the line with the last claim, 0 without one. `tries`
    counts the claims since a person released it, and `answer` is the last outcome since then."""

    last: LogEntry
    state: State
    claim: int
    tries: int
    answer: str

    def allows(self, act: Act) -> bool:
        return self.last.act in TRANSITIONS[act].after


def standings(entries: Iterable[LogEntry]) -> dict[str, Standing]:
    """Find where the log has left each message, by its Message-ID. Withdrawn ones are left out. After an act that the
    program does not know the state is UNKNOWN."""
    acts: dict[str, list[LogEntry]] = {}
    for each in entries:
        if each.message:
            acts.setdefault(each.message, []).append(each)
    found = {}
    for identity, own in acts.items():
        step = TRANSITIONS.get(own[-1].act)
        state = step.state if step else State.UNKNOWN
        if state is None:
            continue
        begin = max((place for place, each in enumerate(own) if each.act == Act.RELEASED), default=0)
        claims = [each.number for each in own if each.act == Act.CLAIMED]
        found[identity] = Standing(
            last=own[-1],
            state=state,
            claim=claims[-1] if claims else 0,
            tries=sum(each.act == Act.CLAIMED for each in own[begin:]),
            answer=next((each.detail for each in reversed(own[begin:]) if each.act in OUTCOMES), ""),
        )
    return found


def add_entry(base: Connection, bare: LogEntry) -> int:
    """Add a line to the log, within the transaction of the caller. Returns its number; number, `previous` and `hash` of
    `bare` are filled in."""
    last = base.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone() or (0, FIRST)
    entry = replace(bare, number=last[0] + 1, previous=last[1])
    values = astuple(replace(entry, hash=entry.proper_hash))
    base.execute(f"INSERT INTO log VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - only marks
    return entry.number


def read_log(base: Connection) -> tuple[LogEntry, ...]:
    return tuple(LogEntry(*row) for row in base.execute("SELECT * FROM log ORDER BY number"))


def broken_links(entries: Iterable[LogEntry]) -> Iterator[str]:
    number, previous = 0, FIRST
    for each in entries:
        if each.number != number + 1:
            yield f"log: line {number + 1} is missing"
        elif each.previous != previous:
            yield f"log: line {each.number} does not follow the line before it"
        if each.hash != each.proper_hash:
            yield f"log: line {each.number} was changed"
        number, previous = each.number, each.hash


def foreign_messages(known: Mapping[str, Standing], stored: Mapping[str, str]) -> Iterator[str]:
    """Find stored messages that are not those of the log. `stored` maps the Message-ID of each to its SHA-256."""
    for identity, now in known.items():
        if identity not in stored:
            yield f"{identity}: the log says {now.state}, the outbox nothing"
        elif stored[identity] != now.last.sha256:
            yield f"{identity}: the outbox holds another message than the log tells of"
    for identity in stored.keys() - known.keys():
        yield f"{identity}: the log does not know it"


def export_log(entries: tuple[LogEntry, ...], path: Path) -> None:
    """Add to the exported file the lines that it lacks. A half-written line is completed. A file that contradicts the
    log is left as it is: `export_differences` reports it. Raises ReporterError when it cannot be read or written."""
    text = "".join(each.line for each in entries).encode()
    there = _read(path)
    if not text.startswith(there) or text == there:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(text[len(there) :])
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise ReporterError(
            f"{path} cannot be written: {problem.strerror}",
            hint="free space on the disk or mend its rights; the log inside the outbox is complete, and the next "
            "command writes what is missing here",
        ) from None


def export_differences(entries: tuple[LogEntry, ...], path: Path) -> Iterator[str]:
    """Find where the exported file contradicts the log of the outbox. One of the two was changed, or restored from a
    copy."""
    lines = [each.line for each in entries]
    there = LINE.findall(_read(path).decode(errors="replace"))
    for number, line in enumerate(there[: len(lines)], 1):
        last = number == len(there)
        if line != lines[number - 1] and not (last and lines[number - 1].startswith(line)):
            yield f"{path.name}: line {number} is not that of the outbox"
    if len(there) > len(lines):
        yield f"the outbox ends at line {len(lines)} of its log, {path.name} at {len(there)}: it is an earlier copy"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}", hint="mend its rights") from None


# Of the tables below.
VERSION = 4
# Seconds to wait for another process's transaction, which takes milliseconds.
PATIENCE = 30.0


# What a message is, is in `messages`; what became of it, in `log`. Holder, lease and due are notes of the workers.
SCHEMA = (
    """
CREATE TABLE dispatches (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, package TEXT NOT NULL, sha256 TEXT NOT NULL,
    recipient TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    packed TEXT NOT NULL, country TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL,
    again TEXT NOT NULL DEFAULT ''
) STRICT""",
    """
CREATE TABLE messages (
    identity TEXT PRIMARY KEY, dispatch INTEGER NOT NULL REFERENCES dispatches, part INTEGER NOT NULL,
    parts INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, raw BLOB NOT NULL,
    holder TEXT NOT NULL DEFAULT '', lease TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '',
    UNIQUE (dispatch, part)
) STRICT""",
    """
CREATE TABLE receipts (
    sha256 TEXT NOT NULL, dispatch INTEGER NOT NULL REFERENCES dispatches, name TEXT NOT NULL, filed TEXT NOT NULL,
    proves INTEGER NOT NULL, PRIMARY KEY (sha256, dispatch)
) STRICT""",
    """
CREATE TABLE log (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, dispatch INTEGER NOT NULL,
    message TEXT NOT NULL, sha256 TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT""",
)
ITEMS = """
SELECT m.dispatch, d.package, d.sha256 AS parcel, d.recipient, d.channel, d.address, m.identity, m.part, m.parts,
    m.name, m.sha256, m.due, m.lease,
    (SELECT count(*) FROM receipts r WHERE r.dispatch = d.number AND r.proves) AS receipts, d.country, d.year, d.edition
FROM messages m JOIN dispatches d ON d.number = m.dispatch
WHERE d.number = ifnull(?, d.number) ORDER BY d.number, m.part
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the outbox at this path; create it if it is missing. Raises ReporterError when the file is no outbox that
    this version of the program can use."""
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
            version = read_version(base, path)
            if version != VERSION:
                for statement in SCHEMA:
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
    return base


@contextmanager
def transaction(base: sqlite3.Connection, path: Path, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run a block as one transaction. An IMMEDIATE one locks out other writers. It is rolled back when the block
    raises. Errors of SQLite become a ReporterError."""
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
    """The version of the tables; 0 for an empty file. A killed process may leave such a one. Raises ReporterError when
    another version of the program made the tables."""
    version = int(base.execute("PRAGMA user_version").fetchone()[0])
    if version not in (0, VERSION):
        raise ReporterError(
            f"{path} was written by another version of the program (scheme {version}, known: {VERSION})",
            hint="use that version; nothing was sent",
        )
    return version


def read_items(base: sqlite3.Connection, dispatch: int | None = None) -> tuple[OutboxItem, ...]:
    """All messages, or those of one dispatch, in the order queued. A message of which the log does not tell is left
    out."""
    known = standings(read_log(base))
    return tuple(
        OutboxItem(**dict(row), state=now.state, tries=now.tries, changed=now.last.time, answer=now.answer)
        for row in base.execute(ITEMS, (dispatch,))
        if (now := known.get(row["identity"]))
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
        hint="free space on the disk, mend the rights of the folder, or put back the last copy; "
        "a message counts as sent only when the outbox says so",
    )
