"""The outbox by itself: whatever workers, clocks and disks do, nothing goes twice without a person; the log tells."""

import os
import resource
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.errors import ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.submission.message import Message, to_folder
from reporter.submission.message_state import Act, Answer, LostClaimError, State
from reporter.submission.outbox import Outbox
from tests import small  # noqa: F401 - its profile: no deadline
from tests.submission.queued import NOON, SENT, TAKEN_BACK, opened, parcel, queued, recipient

# A disk in memory, where there is one: a step waits for the disk several times.
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

    def arrive(self, worker: int) -> None:
        self._finish(worker, 1, SENT)

    def be_silent(self, worker: int) -> None:
        self._finish(worker, 1, Answer(State.UNKNOWN, "no answer"))

    def put_off(self, worker: int) -> None:
        self._finish(worker, 0, TAKEN_BACK)

    def refuse(self, worker: int) -> None:
        self._finish(worker, 0, Answer(State.FAILED, "550 no"))

    def _finish(self, worker: int, arrived: int, answer: Answer) -> None:
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
        self.desks[worker].file_receipt(1, "", "receipt", checksum(str(self.time).encode()), proof)

    def get_it_returned(self, worker: int) -> None:
        self.desks[worker].file_receipt(1, "", "returned", checksum(b"returned"), Answer(State.FAILED, "returned"))

    def say_the_word(self, worker: int) -> None:
        messages = to_folder(parcel(), recipient())
        try:
            self.desks[worker].release(1, messages, address="edamis", reason="a person said so")
            # Once more, and what is on its way already.
            self.allowed = self.arrived + 1 + len(self.handed)
        except UsageError:
            assert ["sending"] == states(self.desks[worker])


# What happens often stands there more than once.
DEEDS = (
    *(Office.take, Office.let_time_pass, Office.vanish_too_late) * 4,
    *(Office.hand_over, Office.vanish, Office.put_off, Office.fail_early) * 2,
    *(Office.arrive, Office.be_silent, Office.refuse, Office.set_the_clock_back),
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


class Counting:
    """A way out that writes down every number it delivers."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def deliver(self, claim, hand_over):
        hand_over()
        with self.file.open("a") as file:
            file.write(f"{claim.dispatch}\n")
        return SENT


def test_the_same_package_is_queued_once_for_a_recipient(outbox):
    assert (1, 1, 2, 3) == (
        queued(outbox),
        queued(outbox),
        queued(outbox, code="commission"),
        queued(outbox, "another"),
    )
    assert 3 == len(outbox.items())


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
        assert ["unknown"] == states(outbox)
        assert outbox.claim(number) is None


def test_a_worker_given_up_may_still_say_that_it_was_sent(tmp_path):
    with opened(tmp_path, is_dead=lambda _: True) as outbox:
        claim = outbox.claim(queued(outbox))
        outbox.hand_over(claim)
        outbox.recover()
        outbox.settle(claim, TAKEN_BACK)
        assert ["unknown"] == states(outbox)
        outbox.settle(claim, SENT)
        assert ["sent"] == states(outbox)


def test_a_worker_given_up_says_nothing_of_the_next_one(tmp_path):
    with opened(tmp_path, is_dead=lambda _: True) as outbox:
        slow = outbox.claim(queued(outbox))
        outbox.recover()
        outbox.hand_over(outbox.claim(1))
        outbox.settle(slow, TAKEN_BACK)
        assert ["sending"] == states(outbox)


def test_a_message_put_off_after_it_was_handed_over_begins_anew(tmp_path):
    clock = [NOON]
    with opened(tmp_path, now=lambda: clock[0], is_dead=lambda _: True) as outbox:
        claim = outbox.claim(queued(outbox))
        outbox.hand_over(claim)
        outbox.settle(claim, TAKEN_BACK)
        clock[0] += timedelta(minutes=5)
        outbox.claim(1)
        outbox.recover()
        assert ["queued"] == states(outbox)


@pytest.mark.parametrize("claims_first", [False, True])
def test_a_message_waits_for_no_time_of_a_clock_that_went_back(tmp_path, claims_first):
    times = [NOON]
    with opened(tmp_path, now=lambda: times[-1], holder="elsewhere/1") as outbox:
        number = queued(outbox)
        claim = outbox.claim(number)
        if not claims_first:
            outbox.settle(claim, TAKEN_BACK)
            assert outbox.claim(number) is None
        # Its worker is on another machine, which nobody can ask whether it lives.
        times.append(NOON - timedelta(days=400))
        outbox.recover()
        assert [State.QUEUED] == states(outbox)
        again = outbox.claim(number)
        outbox.hand_over(again)
        outbox.settle(again, SENT)
        assert ([State.SENT], ()) == (states(outbox), outbox.damage())


def test_the_file_itself_refuses_to_queue_again_what_was_sent(outbox):
    claim = outbox.claim(queued(outbox))
    outbox.settle(claim, SENT)
    base = sqlite3.connect(outbox.folder / "outbox.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="the last act of the message allows no such act"):
        base.execute(
            "INSERT INTO log SELECT number + 1, time, who, 'deferred', dispatch, message, sha256, '', hash, '0' "
            "FROM log WHERE act = 'sent'"
        )
    base.close()


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


@pytest.mark.parametrize(("when", "arrived", "state"), [("before", 0, "queued"), ("after", 1, "unknown")])
def test_a_disk_that_fills_up_while_a_message_leaves_loses_no_track_of_it(tmp_path, when, arrived, state):
    """The limit on the size of files stands for the disk; it binds a child only."""
    child = os.fork()
    if not child:
        _send_on_a_full_disk(tmp_path, when)
    assert 3 == os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert arrived == (tmp_path / "arrived").exists()
    with opened(tmp_path, is_dead=lambda _: True) as outbox:
        outbox.recover()
        assert ([state], ()) == (states(outbox), outbox.damage())


def _send_on_a_full_disk(folder: Path, when: str) -> None:
    """In a child: the disk is full before the message is handed over, or after it."""
    outbox = opened(folder)
    claim = outbox.claim(queued(outbox))
    steps = {"before": (_fill_the_disk, outbox.hand_over), "after": (outbox.hand_over, _fill_the_disk)}
    try:
        answer = Counting(folder / "arrived").deliver(claim, lambda: [step(claim) for step in steps[when]])
        outbox.settle(claim, answer)
    except ReporterError as problem:
        os._exit(3 if "cannot be used" in str(problem) else 4)
    finally:
        os._exit(5)


def _fill_the_disk(_) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


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


def test_a_worker_that_was_given_up_hands_nothing_over_although_nobody_took_its_message(tmp_path):
    with opened(tmp_path) as slow, opened(tmp_path, now=lambda: NOON + timedelta(hours=1)) as other:
        claim = slow.claim(queued(slow))
        other.recover()
        with pytest.raises(LostClaimError):
            slow.hand_over(claim)
        assert ["queued"] == states(other)


def parts(*contents: str) -> tuple[Message, ...]:
    """A package cut into these parts."""
    return tuple(
        Message(n, len(contents), f"<{text}@office>", f"LT-2020.zip.{n:03}", text.encode())
        for n, text in enumerate(contents, 1)
    )


def told(outbox: Outbox, number: int) -> list[tuple[str, str]]:
    return [(each.identity, each.state) for each in outbox.items(number)]


def failed_at(outbox: Outbox, messages: tuple[Message, ...], sent: int) -> int:
    """A dispatch of some parts, of which so many are sent and the next one fails."""
    number = outbox.queue(parcel(), recipient(), messages)
    for answer in (*[SENT] * sent, Answer(State.FAILED, "552 too large")):
        claim = outbox.claim(number)
        outbox.hand_over(claim)
        outbox.settle(claim, answer)
    return number


def released(outbox: Outbox, number: int, messages: tuple[Message, ...]) -> list[tuple[str, str]]:
    outbox.release(number, messages, address="edamis", reason="the limit was raised")
    return told(outbox, number)


def test_parts_that_were_sent_stay_sent_when_a_dispatch_is_released(outbox):
    number = failed_at(outbox, parts("a", "b", "c"), 1)
    assert [("<a@office>", "sent"), ("<b@office>", "failed"), ("<c@office>", "queued")] == told(outbox, number)
    expected = [("<a@office>", "sent"), ("<b@office>", "queued"), ("<c@office>", "queued")]
    assert expected == released(outbox, number, parts("a", "b", "c"))
    acts = [(each.act, each.message) for each in outbox.log() if each.act in (Act.RELEASED, Act.WITHDRAWN)]
    assert [(Act.RELEASED, "<b@office>"), (Act.RELEASED, "<c@office>")] == acts
    assert b"b" == outbox.claim(number).raw


def test_parts_that_were_not_sent_are_withdrawn_when_the_rest_is_cut_otherwise(outbox):
    number = failed_at(outbox, parts("a", "b", "c"), 1)
    assert [("<a@office>", "sent"), ("<bc@office>", "queued")] == released(outbox, number, parts("a", "bc"))
    assert ["<b@office>", "<c@office>"] == [each.message for each in outbox.log() if each.act == Act.WITHDRAWN]


def test_all_parts_go_again_when_all_were_sent(outbox):
    number = outbox.queue(parcel(), recipient(), parts("a", "b"))
    for _ in range(2):
        claim = outbox.claim(number)
        outbox.hand_over(claim)
        outbox.settle(claim, SENT)
    expected = [("<a@office>", "queued"), ("<b@office>", "queued")]
    assert expected == released(outbox, number, parts("a", "b"))


def test_nothing_is_released_without_a_part_that_was_sent(outbox):
    number = failed_at(outbox, parts("a", "b"), 1)
    with pytest.raises(UsageError):
        released(outbox, number, parts("ab"))
    assert [("<a@office>", "sent"), ("<b@office>", "failed")] == told(outbox, number)
