"""Whatever workers, clocks and disks do, nothing goes twice without a person; the log tells of every act."""

import hashlib
import os
import sqlite3
import tempfile
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import checksum
from reporter.exchange.send.dispatching import check_whole, deliver_due
from reporter.exchange.send.message import Act, Answer, LostClaimError, State, to_folder
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.receipt import FolderChannel
from reporter.exchange.send.storage import LogEntry, read_history
from tests import small  # noqa: F401 - its profile: no deadline
from tests.send.queued import NOON, SENT, TAKEN_BACK, opened, parcel, queued, recipient

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def states(outbox: Outbox) -> list[str]:
    return [each.state for each in outbox.items()]


class Office:
    """Two workers that may stop anywhere, a clock, a receiver that counts, and a person whose word allows one more."""

    def __init__(self, folder: Path) -> None:
        self.time, self.dead = NOON, set()
        self.desks = [
            opened(folder, now=lambda: self.time, holder=f"here/{n}", is_dead=self.dead.__contains__) for n in range(2)
        ]
        self.claims, self.handed = {}, set()
        self.arrived, self.allowed = 0, 1
        queued(self.desks[0])

    def take(self, worker: int) -> None:
        if worker not in self.claims:
            self.dead.discard(f"here/{worker}")
            self.desks[worker].recover()
            claim = self.desks[worker].claim(1)
            if claim:
                self.claims[worker] = claim

    def hand_over(self, worker: int) -> None:
        if worker in self.claims and worker not in self.handed:
            try:
                self.desks[worker].hand_over(self.claims[worker])
                self.handed.add(worker)
            except LostClaimError:
                del self.claims[worker]

    def finish(self, worker: int, arrived: int, answer: Answer) -> None:
        self.hand_over(worker)
        if worker in self.handed:
            self.handed.discard(worker)
            self.arrived += arrived
            self.desks[worker].settle(self.claims.pop(worker), answer)

    def vanish_too_late(self, worker: int) -> None:
        if worker in self.handed:
            self.arrived += 1
        self.vanish(worker)

    def vanish(self, worker: int) -> None:
        if self.claims.pop(worker, None):
            self.handed.discard(worker)
            self.dead.add(f"here/{worker}")

    def fail_early(self, worker: int) -> None:
        if worker in self.claims and worker not in self.handed:
            self.desks[worker].settle(self.claims.pop(worker), TAKEN_BACK)

    def let_time_pass(self, worker: int) -> None:
        self.time += timedelta(minutes=45 + worker)

    def set_the_clock_back(self, worker: int) -> None:
        self.time -= timedelta(hours=1 + 30 * worker)

    def queue_again(self, worker: int) -> None:
        queued(self.desks[worker])

    def file_a_receipt(self, worker: int) -> None:
        proof = (SENT, None)[worker]
        self.desks[worker].file_receipt(1, "receipt", checksum(str(self.time).encode()), proof)

    def get_it_returned(self, worker: int) -> None:
        self.desks[worker].file_receipt(1, "returned", checksum(b"returned"), Answer(State.FAILED, "returned"))

    def say_the_word(self, worker: int) -> None:
        message = to_folder(parcel(), recipient())
        try:
            self.desks[worker].release(1, message, address="edamis", reason="a person said so")
            self.allowed = self.arrived + 1 + len(self.handed)
        except UsageError:
            assert ["sending"] == states(self.desks[worker])


DEEDS = (
    *(Office.take, Office.let_time_pass, Office.vanish_too_late) * 4,
    *(Office.hand_over, Office.vanish, partial(Office.finish, arrived=0, answer=TAKEN_BACK), Office.fail_early) * 2,
    *(partial(Office.finish, arrived=1, answer=each) for each in (SENT, Answer(State.UNKNOWN, "no answer"))),
    *(partial(Office.finish, arrived=0, answer=Answer(State.FAILED, "550 no")), Office.set_the_clock_back),
    *(Office.queue_again, Office.file_a_receipt, Office.get_it_returned, Office.say_the_word),
)


LIVES = st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 1)), min_size=20, max_size=80)


@settings(max_examples=40)
@given(LIVES)
def test_whatever_happens_nothing_arrives_twice_without_a_person(deeds):
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        office = Office(Path(folder))
        for deed, worker in deeds:
            deed(office, worker)
            assert office.arrived <= office.allowed
        assert () == office.desks[0].damage()
        for each in office.desks:
            each.__exit__(None, None, None)


def test_the_same_package_is_queued_once_for_a_recipient(outbox):
    assert [1, 1, 2] == [queued(outbox), queued(outbox), queued(outbox, code="commission")]
    assert (3, 3) == (queued(outbox, "another"), len(outbox.items()))


def test_what_is_handed_over_is_unknown_when_its_worker_is_gone(tmp_path):
    clock = [NOON]
    with opened(tmp_path, now=lambda: clock[0]) as outbox:
        number = queued(outbox)
        outbox.hand_over(outbox.claim(number))
        clock[0] += timedelta(minutes=29)
        outbox.recover()
        assert ["sending"] == states(outbox)
        clock[0] += timedelta(minutes=2)
        outbox.recover()
        assert (["unknown"], True) == (states(outbox), outbox.claim(number) is None)


def test_a_worker_given_up_may_still_say_that_it_was_sent_and_nothing_of_the_next_one(tmp_path):
    with opened(tmp_path, is_dead=lambda _: True) as outbox:
        claim = outbox.claim(queued(outbox))
        outbox.hand_over(claim)
        outbox.recover()
        outbox.settle(claim, TAKEN_BACK)
        assert ["unknown"] == states(outbox)
        outbox.settle(claim, SENT)
        assert ["sent"] == states(outbox)
        slow = outbox.claim(queued(outbox, "another"))
        outbox.recover()
        outbox.hand_over(outbox.claim(2))
        outbox.settle(slow, TAKEN_BACK)
        assert ["sent", "sending"] == states(outbox)


@pytest.mark.parametrize("claims_first", [False, True])
def test_a_message_waits_for_no_time_of_a_clock_that_went_back(tmp_path, claims_first):
    times = [NOON]
    with opened(tmp_path, now=lambda: times[-1], holder="elsewhere/1") as outbox:
        number = queued(outbox)
        claim = outbox.claim(number)
        if not claims_first:
            outbox.settle(claim, TAKEN_BACK)
            assert outbox.claim(number) is None
        times.append(NOON - timedelta(days=400))
        outbox.recover()
        assert [State.QUEUED] == states(outbox)
        again = outbox.claim(number)
        outbox.hand_over(again)
        outbox.settle(again, SENT)
        assert ([State.SENT], ()) == (states(outbox), outbox.damage())


def test_a_message_being_sent_is_not_released(outbox):
    number = queued(outbox)
    outbox.claim(number)
    with pytest.raises(UsageError, match="is being sent at this moment"):
        outbox.release(number, to_folder(parcel(), recipient()), address="edamis", reason="impatient")


def test_a_full_disk_leaves_the_outbox_as_it_was(tmp_path):
    with opened(tmp_path / "submission") as outbox:
        queued(outbox)
        before = outbox.items(), outbox.log()
        outbox._base.execute("PRAGMA max_page_count = 20")
        with pytest.raises(ReporterError, match=r"outbox.sqlite3 cannot be used: database or disk is full"):
            queued(outbox, "large" * 100_000)
        assert before == (outbox.items(), outbox.log())
        outbox._base.execute("PRAGMA max_page_count = 1000000")
        assert 2 == queued(outbox, "large" * 100_000)


def test_a_message_that_was_altered_in_the_outbox_does_not_leave(tmp_path, outbox):
    queued(outbox)
    base = sqlite3.connect(tmp_path / "submission" / "outbox.sqlite3")
    base.execute("UPDATE messages SET raw = CAST('altered' AS BLOB)")
    base.commit()
    base.close()
    with pytest.raises(ReporterError, match=r"the outbox is damaged, nothing is sent: <.*> is not what was queued"):
        outbox.claim(1)
    with pytest.raises(ReporterError, match=r"nothing is sent: LT-2020\.zip is not what was queued"):
        outbox.outgoing_file(1)
    assert ["queued"] == states(outbox)


def laid(folder: Path, text: str = "content") -> tuple[str, str]:
    with opened(folder / "submission") as outbox:
        number = queued(outbox, text)
        deliver_due(outbox, {"folder": FolderChannel(folder)}, (number,))
        (item,) = outbox.items(number)
        return item.state, item.answer


def test_a_package_is_laid_in_the_folder_whole_and_alone(drop):
    (drop / "edamis" / ".writing-77-LT-2020.zip").write_text("half")
    assert (State.SENT, "saved to edamis") == laid(drop)
    assert ["LT-2020.zip"] == [path.name for path in (drop / "edamis").iterdir()]
    (drop / "submission" / "outbox.sqlite3").unlink()
    (drop / "submission" / "last-line.txt").unlink()
    assert (State.SENT, "is already in edamis") == laid(drop)
    assert b"content" == (drop / "edamis" / "LT-2020.zip").read_bytes()


def test_nothing_in_the_folder_is_overwritten(drop):
    (drop / "edamis" / "LT-2020.zip").write_text("of last week")
    assert (State.FAILED, "another file named LT-2020.zip is in edamis") == laid(drop)
    assert "of last week" == (drop / "edamis" / "LT-2020.zip").read_text()


def test_a_folder_without_hard_links_serves_too(drop, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert (State.SENT, "saved to edamis") == laid(drop)
    assert (State.FAILED, "another file named LT-2020.zip is in edamis") == laid(drop, "another")


def test_every_act_is_in_the_log_with_time_name_and_checksum(tmp_path):
    with opened(tmp_path, who="R. Petraitė\n") as outbox:
        number = queued(outbox)
        claim = outbox.claim(number)
        outbox.hand_over(claim)
        outbox.settle(claim, SENT)
        outbox.file_receipt(number, "receipt.pdf", "f" * 64, SENT)
        log = outbox.log()
        assert ["queued", "claimed", "handed over", "sent", "receipt filed"] == [each.act for each in log]
        assert {("2026-11-25T12:00:00Z", "R. Petraitė")} == {(each.time, each.who) for each in log}
        assert [claim.item.sha256] * 4 + ["f" * 64] == [each.sha256 for each in log]
    assert f"5 {log[-1].hash}\n" == (tmp_path / "last-line.txt").read_text()
    answers = [Answer(state, "").act for state in (State.QUEUED, State.SENT, State.FAILED)]
    assert [Act.DEFERRED, Act.SENT, Act.FAILED] == answers


def test_the_checksum_of_a_line_can_be_made_by_others_and_never_changes():
    entry = LogEntry(2, "2026-11-25T12:00:00Z", "R. Petraitė", "sent", 1, "<a@b>", "f" * 64, "", "0" * 64)
    covered = (
        '{"act": "sent", "detail": "", "dispatch": 1, "message": "<a@b>", "number": 2, '
        f'"previous": "{"0" * 64}", "sha256": "{"f" * 64}", "time": "2026-11-25T12:00:00Z", "who": "R. Petraitė"}}'
    )
    assert hashlib.sha256(covered.encode()).hexdigest() == entry.proper_hash


def tampered(folder: Path, *statements: str) -> None:
    base = sqlite3.connect(folder / "outbox.sqlite3")
    for each in statements:
        base.execute(each)
    base.commit()
    base.close()


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE log SET who = 'nobody' WHERE number = 2", "log: line 2 was changed"),
        ("DELETE FROM log WHERE number = 2", "log: line 2 is missing"),
        ("DELETE FROM log WHERE number = 1", "log: line 1 is missing"),
        ("DELETE FROM log WHERE number = 4", "the outbox log ends at line 3, but last-line.txt names line 4: "),
        ("UPDATE log SET act = 'thrown away' WHERE number = 4", "log: line 4 was changed"),
        (
            "UPDATE messages SET identity = 'another'",
            "number 1: the message in the outbox differs from the one in the log",
        ),
        ("UPDATE messages SET number = 2", "number 2 is not in the log"),
        (
            "UPDATE messages SET sha256 = 'another'",
            "number 1: the message in the outbox differs from the one in the log",
        ),
        ("DELETE FROM messages", "the log says sent, the outbox nothing"),
    ],
)
def test_what_is_changed_behind_its_back_shows_and_nothing_is_sent(acts, statement, damage):
    tampered(acts, statement)
    with opened(acts) as outbox:
        assert any(damage in each for each in outbox.damage())
        with pytest.raises(ReporterError, match="the outbox is damaged, nothing is sent"):
            check_whole(outbox)


def test_an_earlier_copy_of_the_outbox_or_a_deleted_one_shows(acts):
    path = acts / "last-line.txt"
    (acts / "outbox.sqlite3").unlink()
    for number in (0, 1):
        with opened(acts) as outbox:
            said = f"the outbox log ends at line {number}, but last-line.txt names line 4: this is another copy"
            assert (said,) == outbox.damage()
            queued(outbox)
    path.unlink()
    with opened(acts) as outbox:
        assert () == outbox.damage()
    assert path.read_text().startswith("1 ")


@pytest.mark.parametrize("version", [1, 4, 6, 9])
@pytest.mark.parametrize("read", [opened, read_history])
def test_an_outbox_of_another_version_is_left_alone(acts, version, read):
    base = sqlite3.connect(acts / "outbox.sqlite3")
    base.execute(f"PRAGMA user_version = {version}")
    base.close()
    with pytest.raises(ReporterError, match=rf"by another version of the program \(scheme {version}, known: 5\)"):
        read(acts)


def test_a_file_that_is_no_outbox_is_refused(tmp_path):
    (tmp_path / "outbox.sqlite3").write_text("something else, and long enough to be read as a page" * 100)
    with pytest.raises(ReporterError, match="cannot be used: file is not a database"):
        opened(tmp_path)
