"""Copies of an outbox: taking one, and checking one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.outbox import FILE
from reporter.submission.storage import broken_links, explaining_errors, read_log, read_version, transaction

COPY = Path("the back-up's outbox")
SOUND = "ok"


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


def check_copy(content: bytes) -> None:
    """Raise ReporterError for a copy of an outbox that was damaged or altered; none is as good as a whole one."""
    if not content:
        return
    # In memory, where no trigger or view of it runs anything.
    with explaining_errors(COPY), closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(content)
        base.row_factory = sqlite3.Row
        base.execute("PRAGMA trusted_schema = OFF")
        base.execute("PRAGMA query_only = ON")
        state = base.execute("PRAGMA quick_check").fetchone()[0]
        broken = [state] if state != SOUND else list(broken_links(read_log(base) if read_version(base, COPY) else ()))
    if broken:
        raise ReporterError(f"{COPY} was altered: {broken[0]}", hint="take another back-up; nothing was changed")
