"""Copies of an outbox: taking one, and what one knows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.outbox import FILE
from reporter.submission.storage import LogEntry, broken_links, explaining_errors, read_log, read_version, transaction

COPY = Path("the back-up's outbox")
SOUND = "ok"


class Meeting(StrEnum):
    """What two logs of one outbox are to each other. The log only grows, so the one that begins with all of the other
    knows more."""

    SAME = "same"
    HERE = "more is known here"
    THERE = "more is known there"
    APART = "each knows of what the other does not"


def outbox_bytes(folder: Path) -> bytes:
    """The file of the outbox as it stands between two acts. Empty where there is none. Raises ReporterError when it
    cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return b""
    # By SQLite and not as a file: another process may be in the middle of writing it, or was killed then.
    place = f"{path.resolve().as_uri()}?mode=rw"
    with (
        explaining_errors(path),
        closing(sqlite3.connect(place, uri=True)) as base,
        transaction(base, path, "DEFERRED"),
    ):
        read_version(base, path)
        return base.serialize()


def log_in(content: bytes) -> tuple[LogEntry, ...]:
    """The log in a copy of an outbox; none for no copy. Raises ReporterError for a damaged or altered one."""
    if not content:
        return ()
    with _opened(content) as base:
        state = base.execute("PRAGMA quick_check").fetchone()[0]
        log = read_log(base) if state == SOUND and read_version(base, COPY) else ()
    broken = [state] if state != SOUND else list(broken_links(log))
    if broken:
        raise ReporterError(f"{COPY} was altered: {broken[0]}", hint="take another back-up; nothing was changed")
    return log


def meeting_of(here: tuple[LogEntry, ...], there: tuple[LogEntry, ...]) -> Meeting:
    """What the log of this outbox is to that of a copy."""
    if here == there:
        return Meeting.SAME
    shared = min(len(here), len(there))
    if here[:shared] != there[:shared]:
        return Meeting.APART
    return Meeting.HERE if len(here) > shared else Meeting.THERE


@contextmanager
def _opened(content: bytes) -> Iterator[sqlite3.Connection]:
    """A copy in memory, of which no trigger or view runs anything."""
    with explaining_errors(COPY), closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA query_only = ON")
        yield base
