"""The log of every act: lines that are only added, each holding the checksum of the one before it."""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection

from reporter.errors import ReporterError
from reporter.submission.outgoing import checksum

FIRST = "0" * 64
LINE = re.compile(r"[^\n]*\n|[^\n]+")
COLUMNS = "number, time, who, act, dispatch, message, sha256, detail, previous, hash"
SCHEMA = """
CREATE TABLE log (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, dispatch INTEGER NOT NULL,
    message TEXT NOT NULL, sha256 TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER log_is_not_cut BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""
# With OR REPLACE a line would take the place of another one, and no trigger on its deletion would tell.
NOT_REPLACED = """
CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log
WHEN NEW.number <= (SELECT ifnull(max(number), 0) FROM log) OR EXISTS (SELECT 1 FROM log WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


class Act(StrEnum):
    """What was done with a message."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    HANDED = "handed over"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNKNOWN = "unknown"
    RELEASED = "released by a person"
    WITHDRAWN = "withdrawn"
    RECEIPT = "receipt filed"


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A line of the log: when, who, what was done, to which message, and the checksum of what it concerns."""

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
        """The checksum of everything in the line but itself; `previous` ties it to the line before."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "hash"}
        return checksum(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())

    @property
    def line(self) -> str:
        """The entry as a line of the exported file."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        return json.dumps(told, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Event:
    """What is to be noted: the act, the dispatch and message concerned, the checksum, and a word on it."""

    act: Act
    dispatch: int
    message: str
    sha256: str
    detail: str = ""


def add_entry(base: Connection, event: Event, time: str, who: str) -> None:
    """Adds a line to the log; it stands or falls with the transaction around it."""
    last = base.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone() or (0, FIRST)
    bare = LogEntry(
        number=last[0] + 1,
        time=time,
        who=who,
        act=event.act,
        dispatch=event.dispatch,
        message=event.message,
        sha256=event.sha256,
        detail=event.detail,
        previous=last[1],
    )
    values = [getattr(bare, each.name) for each in fields(bare) if each.name != "hash"]
    marks = ", ".join("?" for _ in (*values, "hash"))
    base.execute(f"INSERT INTO log ({COLUMNS}) VALUES ({marks})", (*values, bare.proper_hash))  # noqa: S608 - names of columns


def read_log(base: Connection) -> tuple[LogEntry, ...]:
    """Every line, the earliest first."""
    return tuple(LogEntry(*row) for row in base.execute(f"SELECT {COLUMNS} FROM log ORDER BY number"))  # noqa: S608 - likewise


def broken_links(entries: Iterable[LogEntry]) -> Iterator[str]:
    """Where a line was changed, removed or put between."""
    number, previous = 0, FIRST
    for each in entries:
        if each.number != number + 1:
            yield f"log: line {number + 1} is missing"
        elif each.previous != previous:
            yield f"log: line {each.number} does not follow the line before it"
        if each.hash != each.proper_hash:
            yield f"log: line {each.number} was changed"
        number, previous = each.number, each.hash


def export_log(entries: tuple[LogEntry, ...], path: Path) -> None:
    """Adds to the exported file the lines it lacks; one half written is completed. Raises ReporterError.

    A file that says something else is left as it is: `differences` tells of it.
    """
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
    """Where the exported file tells something else than the outbox: one was changed, or put back from a copy."""
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
