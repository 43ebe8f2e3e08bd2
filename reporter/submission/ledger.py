"""The log of the outbox: a chain of lines, secured by checksums.

Lines are only added, and each holds the checksum of the one before it. The log is a table of the outbox; a copy of it
is exported as a file of JSON lines.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from sqlite3 import Connection

from reporter.errors import ReporterError
from reporter.files.checksum import checksum

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
# INSERT OR REPLACE deletes the line it replaces without firing its delete trigger (SQLite, recursive_triggers off).
NOT_REPLACED = """
CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log
WHEN NEW.number <= (SELECT ifnull(max(number), 0) FROM log) OR EXISTS (SELECT 1 FROM log WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


class Act(StrEnum):
    """What was done with a message, as the log names it."""

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
    """A line of the log: who did what to a message, when.

    `time` is UTC, `sha256` that of the message or receipt, `previous` the `hash` of the line before.
    """

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
        """Calculate the checksum that `hash` must equal.

        It covers every other field; `previous` ties the line to the one before.
        """
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "hash"}
        return checksum(json.dumps(values, ensure_ascii=False, sort_keys=True))

    @property
    def line(self) -> str:
        """The entry as a line of the exported file, in JSON."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return json.dumps(values, ensure_ascii=False) + "\n"


@dataclass(frozen=True, slots=True)
class Event:
    """An act to be logged, with what it concerns and a remark.

    `message` is a Message-ID, empty when the act concerns the whole dispatch.
    """

    act: Act
    dispatch: int
    message: str
    sha256: str
    detail: str = ""


def add_entry(base: Connection, event: Event, time: str, who: str) -> None:
    """Add a line to the log, within the transaction of the caller."""
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
    """All lines of the log, the earliest first."""
    return tuple(LogEntry(*row) for row in base.execute(f"SELECT {COLUMNS} FROM log ORDER BY number"))  # noqa: S608 - likewise


def broken_links(entries: Iterable[LogEntry]) -> Iterator[str]:
    """Find lines that were changed, removed or inserted."""
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
    """Add to the exported file the lines that it lacks.

    A half-written line is completed. A file that contradicts the log is left as it is: `export_differences` reports
    it. Raises ReporterError when it cannot be read or written.
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
    """Find where the exported file contradicts the log of the outbox.

    One of the two was changed, or restored from a copy.
    """
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
