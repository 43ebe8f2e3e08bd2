"""The state machine of the outbox: its table keeps the promise, and the file of the outbox keeps to the table."""

import sqlite3

import pytest

from reporter.submission.ledger import FIRST, LogEntry, add_entry, read_log, standings
from reporter.submission.message_state import TRANSITIONS, Act, State
from reporter.submission.storage import connect

ACTS = tuple(Act(each) for each in TRANSITIONS)
BY_A_PERSON = (Act.RELEASED, Act.WITHDRAWN)


def entry(act: str) -> LogEntry:
    return LogEntry(
        number=0, time="", who="", act=act, dispatch=1, message="<id>", sha256="", detail=f"was {act}", previous=FIRST
    )


def acts_after(last: str) -> set[Act]:
    return {act for act in ACTS if last in TRANSITIONS[act].after}


def reachable(last: str, without: tuple[Act, ...]) -> set[Act]:
    """Every act that may come some time after another, unless one of these comes between."""
    found: set[Act] = set()
    new = acts_after(last) - {*without}
    while new:
        found |= new
        new = {act for each in new for act in acts_after(each)} - found - {*without}
    return found


@pytest.mark.parametrize("ended", [State.SENT, State.FAILED, State.UNKNOWN])
def test_what_has_ended_is_sent_again_only_after_the_word_of_a_person(ended: State) -> None:
    last = next(act for act in ACTS if TRANSITIONS[act].state is ended)
    assert {Act.SENT, Act.FAILED} >= reachable(last, BY_A_PERSON)
    assert Act.HANDED in reachable(last, ())


def test_what_was_handed_over_is_handed_over_again_only_when_the_receiver_put_it_off() -> None:
    assert Act.HANDED not in reachable(Act.HANDED, (*BY_A_PERSON, Act.DEFERRED))


def test_every_act_about_a_message_leads_somewhere_and_comes_from_somewhere() -> None:
    assert {*ACTS, Act.RECEIPT} == {*Act}
    assert {*ACTS} == reachable("", ())


def path_to(last: str) -> tuple[str, ...]:
    """The shortest way from nothing to an act, by the table."""
    ways: list[tuple[str, ...]] = [("",)]
    for way in ways:
        if way[-1] == last:
            return way[1:]
        ways += [(*way, act) for act in ACTS if way[-1] in TRANSITIONS[act].after and act not in way]
    raise AssertionError(last)


@pytest.fixture
def base(tmp_path):
    base = connect(tmp_path / "outbox.sqlite3")
    yield base
    base.close()


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("last", ["", *ACTS])
def test_the_file_refuses_every_order_of_acts_but_those_of_the_table(base, last: str, act: Act) -> None:
    for each in path_to(last):
        add_entry(base, entry(each))
    if last in TRANSITIONS[act].after:
        add_entry(base, entry(act))
        return
    with pytest.raises(sqlite3.IntegrityError, match="the last act of the message allows no such act"):
        add_entry(base, entry(act))


def test_a_message_stands_where_its_acts_have_left_it(base) -> None:
    for act in (Act.QUEUED, Act.CLAIMED, Act.DEFERRED, Act.CLAIMED, Act.HANDED):
        add_entry(base, entry(act))
    (now,) = standings(read_log(base)).values()
    assert (State.SENDING, 4, 2, "was deferred") == (now.state, now.claim, now.tries, now.answer)
    for act in (Act.UNKNOWN, Act.RELEASED):
        add_entry(base, entry(act))
    (now,) = standings(read_log(base)).values()
    assert (State.QUEUED, 4, 0, "") == (now.state, now.claim, now.tries, now.answer)
    add_entry(base, entry(Act.WITHDRAWN))
    assert {} == standings(read_log(base))


def test_an_act_that_the_program_does_not_know_leaves_a_message_unknown() -> None:
    assert [State.UNKNOWN] == [each.state for each in standings([entry("thrown away")]).values()]
