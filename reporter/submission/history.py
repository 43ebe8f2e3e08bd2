"""What was sent, read without touching the outbox: nothing is made, nothing of what it tells is changed."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reporter.submission.outbox import FILE, VIEW
from reporter.submission.state import OutboxItem
from reporter.submission.storage import VERSION, explaining_errors, migrate

RECEIPTS = "SELECT dispatch, name, filed FROM receipts WHERE proves ORDER BY filed, name"


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    """A receipt that came back: of which dispatch, the name of the file, when it was filed."""

    dispatch: int
    name: str
    filed: str


@dataclass(frozen=True, slots=True)
class History:
    """Every message of the outbox and every receipt; empty where nothing was sent yet."""

    items: tuple[OutboxItem, ...] = ()
    receipts: tuple[FiledReceipt, ...] = ()


def read_history(folder: Path) -> History:
    """What the outbox in a folder tells; raises ReporterError when it cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return History()
    # Not mode=ro: the step of a killed process stands half written in the file, and only who may write takes it back.
    with explaining_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as base:
        base.execute("PRAGMA query_only = ON")
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if not version:  # it was to be made, and its maker was killed
            return History()
        if version >= VERSION:
            return _read(base)
        # One of an earlier version is brought up in memory only.
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            base.backup(copy)
            migrate(copy, version)
            return _read(copy)


def _read(base: sqlite3.Connection) -> History:
    base.row_factory = sqlite3.Row
    items = tuple(OutboxItem(**dict(row)) for row in base.execute(VIEW, (None,)))
    return History(items, tuple(FiledReceipt(*row) for row in base.execute(RECEIPTS)))
