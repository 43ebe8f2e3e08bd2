"""Every act is in the log, which can only be added to; a file that is no outbox is left alone."""

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from reporter.errors import ReporterError
from reporter.submission.history import read_history
from reporter.submission.ledger import LogEntry
from reporter.submission.message_state import Act, Answer, State
from reporter.submission.sending import check_whole
from tests import small  # noqa: F401 - its profile: no deadline
from tests.submission.queued import SENT, opened, queued


def test_every_act_is_in_the_log_with_time_name_and_checksum(tmp_path):
    with opened(tmp_path, who="R. Petraitė\n") as outbox:
        number = queued(outbox)
        claim = outbox.claim(number)
        outbox.hand_over(claim)
        outbox.settle(claim, SENT)
        outbox.file_receipt(number, "", "receipt.pdf", "f" * 64, SENT)
        log = outbox.log()
        assert ["queued", "claimed", "handed over", "sent", "receipt filed"] == [each.act for each in log]
        assert {("2026-11-25T12:00:00Z", "R. Petraitė")} == {(each.time, each.who) for each in log}
        assert [claim.sha256] * 4 + ["f" * 64] == [each.sha256 for each in log]
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [1, 2, 3, 4, 5] == [each["number"] for each in lines]
    answers = [Answer(state, "").act for state in (State.QUEUED, State.SENT, State.FAILED)]
    assert [Act.DEFERRED, Act.SENT, Act.FAILED] == answers


def test_the_checksum_of_a_line_can_be_made_by_others_and_never_changes():
    """A log is kept for years: what is in it now must be found whole by every program to come."""
    entry = LogEntry(2, "2026-11-25T12:00:00Z", "R. Petraitė", "sent", 1, "<a@b>", "f" * 64, "", "0" * 64)
    covered = (
        '{"act": "sent", "detail": "", "dispatch": 1, "message": "<a@b>", "number": 2, '
        f'"previous": "{"0" * 64}", "sha256": "{"f" * 64}", "time": "2026-11-25T12:00:00Z", "who": "R. Petraitė"}}'
    )
    assert hashlib.sha256(covered.encode()).hexdigest() == entry.proper_hash


def tampered(folder: Path, *statements: str) -> None:
    base = sqlite3.connect(folder / "outbox.sqlite3")
    for name in ("log_is_not_changed", "log_is_not_cut"):
        base.execute(f"DROP TRIGGER {name}")
    for each in statements:
        base.execute(each)
    base.commit()
    base.close()


REPLACE = "INSERT OR REPLACE INTO log SELECT NUMBER, time, 'nobody', act, dispatch, message, sha256, '', previous, HASH"
REPLACE += " FROM log WHERE number = 2"
ADDED = "the log is only added to"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE log SET who = 'nobody'", ADDED),
        ("DELETE FROM log WHERE number = 2", ADDED),
        (REPLACE.replace("NUMBER", "number").replace("HASH", "hash || 1"), ADDED),
        (REPLACE.replace("NUMBER", "number + 3").replace("HASH", "hash"), ADDED),
        (REPLACE.replace("NUMBER", "NULL").replace("HASH", "hash"), ADDED),
        (REPLACE.replace("NUMBER", "0").replace("HASH", "1"), ADDED),
        ("INSERT OR REPLACE INTO dispatches SELECT * FROM dispatches", "dispatches stay"),
        ("INSERT OR REPLACE INTO messages SELECT * FROM messages", "a message is not replaced"),
        (
            "INSERT INTO log SELECT number + 1, time, who, 'deferred', dispatch, message, sha256, '', hash, '0' "
            "FROM log WHERE act = 'sent'",
            "the last act of the message allows no such act",
        ),
    ],
)
def test_the_file_itself_refuses_to_forget_or_to_replace(acts, statement, why):
    base = sqlite3.connect(acts / "outbox.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match=why):
        base.execute(statement)
    base.close()


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE log SET who = 'nobody' WHERE number = 2", "log: line 2 was changed"),
        ("DELETE FROM log WHERE number = 2", "log: line 2 is missing"),
        ("DELETE FROM log WHERE number = 1", "log: line 1 is missing"),
        ("DELETE FROM log WHERE number = 4", "the outbox ends at line 3 of its log, log.jsonl at 4: "),
        ("UPDATE log SET act = 'thrown away' WHERE number = 4", "log: line 4 was changed"),
        ("UPDATE messages SET identity = 'another'", "another: the log does not know it"),
        ("UPDATE messages SET sha256 = 'another'", "the outbox holds another message than the log tells of"),
        ("DELETE FROM messages", "the log says sent, the outbox nothing"),
    ],
)
def test_what_is_changed_behind_its_back_shows_and_nothing_is_sent(acts, statement, damage):
    tampered(acts, statement)
    with opened(acts) as outbox:
        assert any(damage in each for each in outbox.damage())
        with pytest.raises(ReporterError, match="the outbox is damaged, nothing is sent"):
            check_whole(outbox)


def test_a_changed_line_of_the_exported_log_and_a_deleted_outbox_show(acts):
    path = acts / "log.jsonl"
    whole = path.read_text()
    path.write_text(whole.replace("tester", "nobody", 1))
    with opened(acts) as outbox:
        assert ("log.jsonl: line 1 is not that of the outbox",) == outbox.damage()
    path.write_text(whole)
    (acts / "outbox.sqlite3").unlink()
    with opened(acts) as outbox:
        assert ("the outbox ends at line 0 of its log, log.jsonl at 4: it is an earlier copy",) == outbox.damage()


@pytest.mark.parametrize("cut", [1, 40, 600])
def test_an_exported_log_that_a_crash_cut_short_is_completed(acts, cut):
    path = acts / "log.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    with opened(acts) as outbox:
        assert () == outbox.damage()
    assert whole == path.read_bytes()


@pytest.mark.parametrize("version", [1, 3, 5, 9])
@pytest.mark.parametrize("read", [opened, read_history])
def test_an_outbox_of_another_version_is_left_alone(acts, version, read):
    base = sqlite3.connect(acts / "outbox.sqlite3")
    base.execute(f"PRAGMA user_version = {version}")
    base.close()
    with pytest.raises(ReporterError, match=rf"by another version of the program \(scheme {version}, known: 4\)"):
        read(acts)


def test_a_file_that_is_no_outbox_is_refused(tmp_path):
    (tmp_path / "outbox.sqlite3").write_text("something else, and long enough to be read as a page" * 100)
    with pytest.raises(ReporterError, match="cannot be used: file is not a database"):
        opened(tmp_path)
