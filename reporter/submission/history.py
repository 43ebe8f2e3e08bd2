"""Read what was sent, without changing the outbox.

Nothing is created; a file of an earlier version is migrated in memory only.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reporter.submission.message_state import OutboxItem
from reporter.submission.outbox import FILE, VIEW
from reporter.submission.storage import VERSION, explaining_errors, migrate

RECEIPTS = "SELECT dispatch, name, filed FROM receipts WHERE proves ORDER BY filed, name"


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    """A filed receipt: dispatch number, file name, time of filing (UTC)."""

    dispatch: int
    name: str
    filed: str


@dataclass(frozen=True, slots=True)
class History:
    """The messages of the outbox, and the receipts that prove something.

    Both are empty where nothing was sent yet.
    """

    items: tuple[OutboxItem, ...] = ()
    receipts: tuple[FiledReceipt, ...] = ()


def read_history(folder: Path) -> History:
    """Read the outbox in a folder.

    Raises ReporterError when it cannot be read.
    """
    path = folder / FILE
    if not path.is_file():
        return History()
    # Not mode=ro: to roll back what a killed process left half written, SQLite must be able to write.
    with explaining_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as base:
        base.execute("PRAGMA query_only = ON")
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if not version:  # the process that created it was killed before it made the tables
            return History()
        if version >= VERSION:
            return _read(base)
        # A file of an earlier version is migrated in memory only.
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            base.backup(copy)
            migrate(copy, version)
            return _read(copy)


def _read(base: sqlite3.Connection) -> History:
    base.row_factory = sqlite3.Row
    items = tuple(OutboxItem(**dict(row)) for row in base.execute(VIEW, (None,)))
    return History(items, tuple(FiledReceipt(*row) for row in base.execute(RECEIPTS)))
