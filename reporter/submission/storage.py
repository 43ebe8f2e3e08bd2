"""The file of the outbox: its tables, the rules the file itself holds, and what is said when it cannot be used."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.ledger import SCHEMA as LOG

VERSION = 1
# How long a process waits for another one's step; steps take milliseconds.
PATIENCE = 30.0
# What a message may become without a person is written here once more, below the program: a message that was sent,
# refused or handed over is queued again only in the same step that counts a person's release.
SCHEMA = f"""
CREATE TABLE dispatches (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, package TEXT NOT NULL, sha256 TEXT NOT NULL,
    recipient TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL, queued TEXT NOT NULL
) STRICT;
CREATE TABLE messages (
    identity TEXT PRIMARY KEY, dispatch INTEGER NOT NULL REFERENCES dispatches, part INTEGER NOT NULL,
    parts INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, raw BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'unknown')),
    claim INTEGER NOT NULL DEFAULT 0, tries INTEGER NOT NULL DEFAULT 0, released INTEGER NOT NULL DEFAULT 0,
    handed INTEGER NOT NULL DEFAULT 0, holder TEXT NOT NULL DEFAULT '', lease TEXT NOT NULL DEFAULT '',
    due TEXT NOT NULL DEFAULT '', changed TEXT NOT NULL DEFAULT '', answer TEXT NOT NULL DEFAULT '',
    UNIQUE (dispatch, part)
) STRICT;
CREATE TABLE receipts (
    sha256 TEXT NOT NULL, dispatch INTEGER NOT NULL REFERENCES dispatches, name TEXT NOT NULL, filed TEXT NOT NULL,
    PRIMARY KEY (sha256, dispatch)
) STRICT;
CREATE TRIGGER only_a_person_releases BEFORE UPDATE OF state ON messages
WHEN OLD.state IN ('sent', 'failed', 'unknown') AND NEW.state IN ('queued', 'sending') AND NEW.released = OLD.released
BEGIN SELECT RAISE(ABORT, 'only a person releases a message'); END;
CREATE TRIGGER only_what_is_queued_is_taken BEFORE UPDATE OF state ON messages
WHEN NEW.state = 'sending' AND OLD.state <> 'queued'
BEGIN SELECT RAISE(ABORT, 'only a queued message is taken'); END;
CREATE TRIGGER dispatches_stay BEFORE DELETE ON dispatches BEGIN SELECT RAISE(ABORT, 'dispatches stay'); END;
{LOG}
PRAGMA user_version = {VERSION};
"""


def connect(path: Path) -> sqlite3.Connection:
    """The outbox at this place, made when there is none; raises ReporterError when it is none of ours."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise _unusable(path, problem.strerror or str(problem)) from None
    with told(path):
        base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        base.row_factory = sqlite3.Row
        # A journal that is deleted: one file, on a network drive too; nothing is told as done before it is on the disk.
        base.execute("PRAGMA synchronous = EXTRA")
        base.execute("PRAGMA foreign_keys = ON")
        _prepare(base, path)
    return base


@contextmanager
def writing(base: sqlite3.Connection, path: Path) -> Iterator[None]:
    """A step that happens whole or not at all, while no other process writes."""
    with told(path):
        base.execute("BEGIN IMMEDIATE")
        try:
            yield
            base.execute("COMMIT")
        except BaseException:
            # A full disk ends a transaction by itself.
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    with writing(base, path):
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            for statement in _statements(SCHEMA):
                base.execute(statement)
    if version > VERSION:
        raise ReporterError(
            f"{path} was written by a later version of the program (scheme {version}, known: {VERSION})",
            hint="use that version; nothing was sent",
        )


def _statements(script: str) -> Iterator[str]:
    """The statements one by one: to run a script at once would end the transaction around it."""
    text = ""
    for piece in script.split(";"):
        text += f"{piece};"
        if sqlite3.complete_statement(text) and text.strip(" \n;"):
            yield text.strip()
            text = ""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what SQLite says into a message with a remedy."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _unusable(path, str(problem)) from problem


def _unusable(path: Path, why: str) -> ReporterError:
    return ReporterError(
        f"the outbox {path} cannot be used: {why}",
        hint="free space on the disk, mend the rights of the folder, or put back the last copy; "
        "a message counts as sent only when the outbox says so",
    )
