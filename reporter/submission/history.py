"""Read what was sent, without changing the outbox."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reporter.submission.message_state import OutboxItem
from reporter.submission.outbox import FILE
from reporter.submission.storage import explaining_errors, read_items, read_version, transaction

RECEIPTS = "SELECT dispatch, name, filed FROM receipts WHERE proves ORDER BY filed, name"


@dataclass(frozen=True, slots=True)
class FiledReceipt:
    dispatch: int
    name: str
    filed: str


@dataclass(frozen=True, slots=True)
class History:
    """The messages of the outbox, and the receipts that prove something. Both are empty where nothing was sent yet."""

    items: tuple[OutboxItem, ...] = ()
    receipts: tuple[FiledReceipt, ...] = ()


def read_history(folder: Path) -> History:
    """Read the outbox in a folder. Raises ReporterError when it cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return History()
    # Not mode=ro: to roll back what a killed process left half written, SQLite must be able to write.
    with explaining_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as base:
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA query_only = ON")
        with transaction(base, path, "DEFERRED"):
            if not read_version(base, path):
                return History()
            return History(read_items(base), tuple(FiledReceipt(*row) for row in base.execute(RECEIPTS)))
