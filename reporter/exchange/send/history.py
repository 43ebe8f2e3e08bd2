"""Read what was sent, without changing the outbox."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from reporter.exchange.send.message_state import OutboxItem
from reporter.exchange.send.outbox import FILE
from reporter.exchange.send.storage import explaining_errors, read_items, read_version, transaction


def read_history(folder: Path) -> tuple[OutboxItem, ...]:
    """Read the messages of the outbox in a folder: none where nothing was sent yet. Raises ReporterError when it cannot
    be read."""
    with _reading(folder) as base:
        return read_items(base) if base else ()


def outbox_bytes(folder: Path) -> bytes:
    """The file of the outbox as it stands between two acts. Empty where there is none. Raises ReporterError when it
    cannot be read."""
    # By SQLite and not as a file: another process may be in the middle of writing it, or was killed then.
    with _reading(folder) as base:
        return base.serialize() if base else b""


@contextmanager
def _reading(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The outbox in a folder, between two acts. None where nothing was sent yet."""
    path = folder / FILE
    if not path.is_file():
        yield None
        return
    # Not mode=ro: to roll back what a killed process left half written, SQLite must be able to write.
    with explaining_errors(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)) as base:
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA query_only = ON")
        with transaction(base, path, "DEFERRED"):
            yield base if read_version(base, path) else None
