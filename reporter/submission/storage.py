"""The SQLite file of the outbox: tables, triggers, migrations, errors."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.ledger import NOT_REPLACED
from reporter.submission.ledger import SCHEMA as LOG
from reporter.submission.message import contents
from reporter.submission.outgoing import OutgoingFile
from reporter.submission.package_label import with_label

VERSION = 2
# Seconds to wait for another process's transaction, which takes milliseconds.
PATIENCE = 30.0
# The triggers repeat the rules of the program in the file itself: a message that was sent, refused or handed over is
# queued again only by the statement that also counts a person's release.
FIRST = f"""
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
"""
# The label of a package is stored, so that all its forms, signed or not, count as one; no row replaces another.
SECOND = """
ALTER TABLE dispatches ADD COLUMN packed TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatches ADD COLUMN country TEXT NOT NULL DEFAULT '';
ALTER TABLE dispatches ADD COLUMN year INTEGER NOT NULL DEFAULT 0;
ALTER TABLE dispatches ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipts ADD COLUMN proves INTEGER NOT NULL DEFAULT 1;
CREATE TRIGGER one_form_of_a_package BEFORE INSERT ON dispatches
WHEN NEW.packed <> '' AND EXISTS (SELECT 1 FROM dispatches d JOIN messages m ON m.dispatch = d.number
    WHERE d.packed = NEW.packed AND d.recipient = NEW.recipient AND m.state <> 'failed')
BEGIN SELECT RAISE(ABORT, 'the package was queued in another form'); END;
CREATE TRIGGER dispatches_are_not_replaced BEFORE INSERT ON dispatches
WHEN EXISTS (SELECT 1 FROM dispatches WHERE number = NEW.number OR key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'dispatches stay'); END;
CREATE TRIGGER messages_are_not_replaced BEFORE INSERT ON messages
WHEN EXISTS (SELECT 1 FROM messages WHERE identity = NEW.identity OR dispatch = NEW.dispatch AND part = NEW.part)
BEGIN SELECT RAISE(ABORT, 'a message is not replaced'); END;
"""
SET_LABEL = "UPDATE dispatches SET packed = ?, country = ?, year = ?, edition = ? WHERE number = ?"


def connect(path: Path) -> sqlite3.Connection:
    """Open the outbox at this path; create it if it is missing.

    Raises ReporterError when the file is no outbox that this version of the program can use.
    """
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
        _prepare(base, path)
    return base


@contextmanager
def writing(base: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run a block as one transaction that locks out other writers.

    It is rolled back when the block raises. Errors of SQLite become a ReporterError.
    """
    with explaining_errors(path):
        base.execute("BEGIN IMMEDIATE")
        try:
            yield
            base.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back when the disk is full.
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    with writing(base, path):
        version = base.execute("PRAGMA user_version").fetchone()[0]
        migrate(base, version)
    if version > VERSION:
        raise ReporterError(
            f"{path} was written by a later version of the program (scheme {version}, known: {VERSION})",
            hint="use that version; nothing was sent",
        )


def migrate(base: sqlite3.Connection, version: int) -> None:
    """Bring the tables to the current version and keep their rows.

    `version` is the one that the file has, 0 for an empty file.
    """
    for number, step in enumerate(MIGRATIONS[version:], version + 1):
        step(base)
        base.execute(f"PRAGMA user_version = {number}")


def _create(base: sqlite3.Connection) -> None:
    for statement in _statements(FIRST):
        base.execute(statement)


def _add_labels(base: sqlite3.Connection) -> None:
    """Add the columns of the label, filled from the stored packages."""
    for statement in _statements(SECOND + NOT_REPLACED):
        base.execute(statement)
    for row in base.execute("SELECT number, package, sha256, channel FROM dispatches").fetchall():
        raws = base.execute("SELECT raw FROM messages WHERE dispatch = ? ORDER BY part", (row[0],))
        found = with_label(OutgoingFile(row[1], contents((raw for (raw,) in map(tuple, raws)), row[3]), row[2])).label
        if found:
            base.execute(SET_LABEL, (found.unsigned_sha256, found.country, found.year, found.number, row[0]))


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_create, _add_labels)


def _statements(script: str) -> Iterator[str]:
    """Split a script into its statements.

    Run as a whole (`executescript`), it would commit the transaction around it.
    """
    text = ""
    for piece in script.split(";"):
        text += f"{piece};"
        if sqlite3.complete_statement(text) and text.strip(" \n;"):
            yield text.strip()
            text = ""


@contextmanager
def explaining_errors(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a ReporterError with a remedy."""
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
