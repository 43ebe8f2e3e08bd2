"""The SQLite file of the outbox: tables, triggers, what they hold, errors."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.ledger import read_log, standings
from reporter.submission.message_state import TRANSITIONS, Act, OutboxItem

# Of the tables below.
VERSION = 4
# Seconds to wait for another process's transaction, which takes milliseconds.
PATIENCE = 30.0


def _refuse(name: str, event: str, why: str, when: str = "1") -> str:
    """Make the trigger by which the file itself refuses a statement."""
    return f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"


def _is_acts(message: str, acts: Iterable[str]) -> str:
    """The condition that a message ended with one of these acts."""
    return f"ifnull({_LAST_ACT.format(message, 0)}, '') IN ({', '.join(repr(str(each)) for each in acts)})"


_LAST_ACT = "(SELECT act FROM log WHERE message = {} ORDER BY number DESC LIMIT 1 OFFSET {})"
# The acts after which a message has not left, and will not by itself.
_NOT_LEFT = (Act.FAILED, Act.REPLACED)
_ORDERS = ", ".join(f"('{last}', '{act}')" for act, step in TRANSITIONS.items() for last in step.after)
_ORDERLY = _refuse(
    "acts_follow_in_order",
    "AFTER INSERT ON log",
    "the last act of the message allows no such act",
    f"NEW.message <> '' AND (ifnull({_LAST_ACT.format('NEW.message', 1)}, ''), NEW.act) NOT IN (VALUES {_ORDERS})",
)
_ONCE = (
    # Packages that have left, may have left or may yet leave. What failed or was replaced counts unless it is certain
    # that it never arrived.
    f"""
CREATE VIEW sendings AS SELECT d.number, d.recipient, d.country, d.year, d.edition
FROM dispatches d
WHERE d.packed <> '' AND (
    EXISTS (SELECT 1 FROM messages m WHERE m.dispatch = d.number AND NOT {_is_acts("m.identity", _NOT_LEFT)})
    OR EXISTS (SELECT 1 FROM log l WHERE l.dispatch = d.number AND l.act IN ('{Act.SENT}', '{Act.UNKNOWN}')))""",  # noqa: S608
    # `again` holds the word of a person.
    _refuse(
        "an_edition_goes_once",
        "BEFORE INSERT ON dispatches",
        "the edition was sent to the recipient before",
        "NEW.packed <> '' AND NEW.again = '' AND EXISTS (SELECT 1 FROM sendings WHERE recipient = NEW.recipient "
        "AND country = NEW.country AND year = NEW.year AND edition >= NEW.edition)",
    ),
)
# What a message is, is in `messages`; what became of it, in `log`. Holder, lease and due are notes of the workers.
SCHEMA = (
    """
CREATE TABLE dispatches (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, package TEXT NOT NULL, sha256 TEXT NOT NULL,
    recipient TEXT NOT NULL, channel TEXT NOT NULL, address TEXT NOT NULL,
    packed TEXT NOT NULL, country TEXT NOT NULL, year INTEGER NOT NULL, edition INTEGER NOT NULL,
    again TEXT NOT NULL DEFAULT ''
) STRICT""",
    """
CREATE TABLE messages (
    identity TEXT PRIMARY KEY, dispatch INTEGER NOT NULL REFERENCES dispatches, part INTEGER NOT NULL,
    parts INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, raw BLOB NOT NULL,
    holder TEXT NOT NULL DEFAULT '', lease TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '',
    UNIQUE (dispatch, part)
) STRICT""",
    """
CREATE TABLE receipts (
    sha256 TEXT NOT NULL, dispatch INTEGER NOT NULL REFERENCES dispatches, name TEXT NOT NULL, filed TEXT NOT NULL,
    proves INTEGER NOT NULL, PRIMARY KEY (sha256, dispatch)
) STRICT""",
    """
CREATE TABLE log (
    number INTEGER PRIMARY KEY, time TEXT NOT NULL, who TEXT NOT NULL, act TEXT NOT NULL, dispatch INTEGER NOT NULL,
    message TEXT NOT NULL, sha256 TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL UNIQUE
) STRICT""",
    # Packages under the checksum that all their forms share, signed or not; what failed altogether does not count.
    f"""
CREATE VIEW forms AS SELECT d.number, d.packed, d.recipient
FROM dispatches d JOIN messages m ON m.dispatch = d.number
WHERE d.packed <> '' AND {_LAST_ACT.format("m.identity", 0)} IS NOT '{Act.FAILED}'""",  # noqa: S608 - names of acts
    _refuse(
        "one_form_of_a_package",
        "BEFORE INSERT ON dispatches",
        "the package was queued in another form",
        "EXISTS (SELECT 1 FROM forms WHERE packed = NEW.packed AND recipient = NEW.recipient)",
    ),
    _refuse("dispatches_stay", "BEFORE DELETE ON dispatches", "dispatches stay"),
    # INSERT OR REPLACE deletes the row it replaces without firing its delete trigger (SQLite, recursive_triggers off).
    _refuse(
        "dispatches_are_not_replaced",
        "BEFORE INSERT ON dispatches",
        "dispatches stay",
        "EXISTS (SELECT 1 FROM dispatches WHERE number = NEW.number OR key = NEW.key)",
    ),
    _refuse(
        "messages_are_not_replaced",
        "BEFORE INSERT ON messages",
        "a message is not replaced",
        "EXISTS (SELECT 1 FROM messages WHERE identity = NEW.identity OR dispatch = NEW.dispatch AND part = NEW.part)",
    ),
    _refuse("log_is_not_changed", "BEFORE UPDATE ON log", "the log is only added to"),
    _refuse("log_is_not_cut", "BEFORE DELETE ON log", "the log is only added to"),
    _refuse(
        "log_is_not_replaced",
        "BEFORE INSERT ON log",
        "the log is only added to",
        "NEW.number <= (SELECT ifnull(max(number), 0) FROM log) OR EXISTS (SELECT 1 FROM log WHERE hash = NEW.hash)",
    ),
    _ORDERLY,
    *_ONCE,
)
ITEMS = """
SELECT m.dispatch, d.package, d.sha256 AS parcel, d.recipient, d.channel, d.address, m.identity, m.part, m.parts,
    m.name, m.sha256, m.due, m.lease,
    (SELECT count(*) FROM receipts r WHERE r.dispatch = d.number AND r.proves) AS receipts, d.country, d.year, d.edition
FROM messages m JOIN dispatches d ON d.number = m.dispatch
WHERE d.number = ifnull(?, d.number) ORDER BY d.number, m.part
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the outbox at this path; create it if it is missing. Raises ReporterError when the file is no outbox that
    this version of the program can use."""
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
        with transaction(base, path):
            version = read_version(base, path)
            if version != VERSION:
                for statement in SCHEMA:
                    base.execute(statement)
                base.execute(f"PRAGMA user_version = {VERSION}")
    return base


@contextmanager
def transaction(base: sqlite3.Connection, path: Path, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run a block as one transaction. An IMMEDIATE one locks out other writers. It is rolled back when the block
    raises. Errors of SQLite become a ReporterError."""
    with explaining_errors(path):
        base.execute(f"BEGIN {kind}")
        try:
            yield
            base.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back when the disk is full.
            if base.in_transaction:
                base.execute("ROLLBACK")
            raise


def read_version(base: sqlite3.Connection, path: Path) -> int:
    """The version of the tables; 0 for an empty file. A killed process may leave such a one. Raises ReporterError when
    another version of the program made the tables."""
    version = int(base.execute("PRAGMA user_version").fetchone()[0])
    if version not in (0, VERSION):
        raise ReporterError(
            f"{path} was written by another version of the program (scheme {version}, known: {VERSION})",
            hint="use that version; nothing was sent",
        )
    return version


def read_items(base: sqlite3.Connection, dispatch: int | None = None) -> tuple[OutboxItem, ...]:
    """All messages, or those of one dispatch, in the order queued. A message of which the log does not tell is left
    out."""
    known = standings(read_log(base))
    return tuple(
        OutboxItem(**dict(row), state=now.state, tries=now.tries, changed=now.last.time, answer=now.answer)
        for row in base.execute(ITEMS, (dispatch,))
        if (now := known.get(row["identity"]))
    )


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
