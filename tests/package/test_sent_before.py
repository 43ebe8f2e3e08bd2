"""An edition goes to a recipient once: before another package of it, what went before is told and a reason asked."""

from pathlib import Path

import pytest

from reporter.data.errors import UsageError
from reporter.exchange.send.message import Answer, State, to_folder
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import read_package
from tests import post
from tests.fixtures import Say
from tests.send.queued import opened, recipient

TO = ("--to", "commission")


def package(name: str, filling: str, number: str = "0", code: str = "commission") -> str:
    """A package of an edition in the folder; without a number it was not published."""
    further = [("Edition-Number", number)] if number else []
    Path(name).write_bytes(post.packed(code, filling.encode(), *further))
    return name


def arrived(drop_folders: Path) -> list[str]:
    return sorted(path.name for name in ("commission", "website") for path in drop_folders.glob(f"{name}/*"))


def ended(drop_folders: Path, name: str, *states: State) -> None:
    parcel, to = read_package(drop_folders / name), recipient("commission", "commission")
    with opened(drop_folders / "submission") as made:
        number = made.queue(parcel, to, to_folder(parcel, to))
        for at, state in enumerate(states):
            if at:
                made.file_receipt(number, state, f"{at}" * 64, Answer(state, "said"))
            elif state is not State.SENDING:
                claim = made.claim(number)
                assert claim
                made.hand_over(claim)
                made.settle(claim, Answer(state, "said"))


def test_another_package_of_the_edition_asks_and_goes_with_a_reason_that_the_log_keeps(drop_folders, say):
    first, second = package("LT-2020-a.zip", "one"), package("LT-2020-b.zip", "two")
    assert 0 == say("send", first, *TO)[0]
    code, said = say("send", second, *TO)
    assert (1, [first]) == (code, arrived(drop_folders))
    sha256 = read_package(drop_folders / first).sha256
    assert "another package of LT 2020 to commission was queued before:\n  number 1: LT-2020-a.zip, sent 20" in said
    assert f", no receipt, SHA-256 {sha256}\n" in said
    assert 'to send this one as well: reporter send LT-2020-b.zip --to commission --again "why"' in said
    assert [1] == [each.dispatch for each in items(drop_folders)]
    (drop_folders / "confirmation.pdf").write_text("received")
    assert 0 == say("outbox", "receipt", "confirmation.pdf", "--for", "1")[0]
    code, said = say("send", second, *TO, "--dry-run")
    assert (1, True) == (code, "it would be refused: another package of LT 2020 to commission" in said)
    assert ", 1 receipt, SHA-256 " in said
    assert 0 == say("send", second, *TO, "--dry-run", "--again", "why")[0]
    assert 0 == say("send", second, *TO, "--again", "the annex was missing", "--by", "R. P.")[0]
    assert [first, second] == arrived(drop_folders)
    code, log = say("outbox", "list", "--log")
    assert (0, 1) == (code, log.count("R. P. | number 2 queued: ") * log.count("; again: the annex was missing | "))
    # The same package is sent again by its number only.
    code, said = say("send", first, *TO, "--again", "asked for")
    assert (2, True) == (code, "hint: reporter outbox resend 1 --by NAME" in said)


def items(drop_folders: Path) -> tuple:
    with opened(drop_folders / "submission") as outbox:
        return outbox.items()


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [("1", "1", 1), ("", "0", 1), ("0", "", 1), ("", "", 1), ("1", "0", 1), ("0", "1", 0), ("", "1", 0)],
)
def test_only_a_later_number_goes_without_asking(drop_folders, say, before, now, code):
    say("send", package("LT-2020-a.zip", "one", before), *TO)
    assert code == say("send", package("LT-2020-b.zip", "two", now), *TO)[0]
    assert 2 - code == len(arrived(drop_folders))


def test_another_recipient_and_another_file_are_not_asked_about_and_an_earlier_number_is(drop_folders, say):
    for number in ("0", "1", "2"):
        assert 0 == say("send", package(f"LT-2020-{number}.zip", number, number), *TO)[0]
    said = say("send", package("LT-2020-x.zip", "x", "1"), *TO)[1]
    assert ["number 2, corrigendum 1", "number 3, corrigendum 2"] == [
        line.strip().partition(":")[0] for line in said.splitlines() if line.startswith("  number")
    ]
    assert 0 == say("send", package("LT-2020-b.zip", "two", code="website"), "--to", "website")[0]
    (drop_folders / "note.txt").write_text("LT 2020")
    assert 0 == say("send", "note.txt", *TO, "--other-file")[0]


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((State.SENDING,), 1),  # queued, and no worker took it
        ((State.QUEUED,), 1),
        ((State.UNKNOWN,), 1),
        ((State.SENT,), 1),
        ((State.FAILED,), 0),
        ((State.SENT, State.FAILED), 1),
        ((State.UNKNOWN, State.FAILED), 1),
    ],
)
def test_only_what_failed_for_certain_is_followed_without_asking(drop_folders, say, states, code):
    ended(drop_folders, package("LT-2020-a.zip", "one"), *states)
    assert code == say("send", package("LT-2020-b.zip", "two"), *TO)[0]
    assert (["LT-2020-b.zip"] if code == 0 else []) == arrived(drop_folders)


@pytest.mark.parametrize(("number", "words"), [("0", ("--again", "packed anew")), ("1", ())])
def test_what_waits_is_replaced(drop_folders: Path, say: Say, number: str, words: tuple[str, ...]) -> None:
    ended(drop_folders, package("LT-2020-a.zip", "one"), State.SENDING)
    assert 0 == say("send", package("LT-2020-b.zip", "two", number), *TO, *words)[0]
    assert ["replaced", "sent"] == [each.state for each in items(drop_folders)]
    assert (0, "no message is waiting\n") == say("send")
    assert ["LT-2020-b.zip"] == arrived(drop_folders)
    code, said = say("send", "LT-2020-a.zip", *TO)
    assert (1, True) == (code, "another package replaced number 1 before it was sent" in said)
    assert 0 == say("outbox", "resend", "1", "--by", "R. P.", "--reason", "asked for", "--older")[0]
    assert (0, 2) == (say("outbox", "list")[0], len(arrived(drop_folders)))


@pytest.mark.parametrize(("typed", "code"), [("the annex was missing", 0), ("", 1)])
def test_a_terminal_asks_why(drop_folders, say, typed, code, monkeypatch):
    say("send", package("LT-2020-a.zip", "one"), *TO)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.prompt", lambda *_, **__: typed)
    found, said = say("send", package("LT-2020-b.zip", "two"), *TO)
    assert (code, 2 - code) == (found, len(arrived(drop_folders)))
    assert "number 1: LT-2020-a.zip, sent 20" in said


def test_whoever_comes_second_is_refused_in_the_outbox_itself(drop_folders: Path) -> None:
    to = recipient("commission", "commission")
    one, two, three = (read_package(drop_folders / package(f"LT-2020-{n}.zip", str(n))) for n in range(3))

    def queue(outbox: Outbox, parcel, **words) -> int:
        return outbox.queue(parcel, to, to_folder(parcel, to), **words)

    with opened(drop_folders / "submission") as first, opened(drop_folders / "submission") as second:
        assert () == first.sent_before(one, to) == second.sent_before(two, to)
        assert 1 == queue(first, one)
        with pytest.raises(UsageError, match="was queued for commission before: 1"):
            queue(second, two)
        assert 2 == queue(second, two, again="why", earlier=(1,))
        # The second took the place of the first, and of it nobody was told.
        with pytest.raises(UsageError, match="before: 2"):
            queue(first, three, again="why", earlier=(1,))
        assert first.claim(2)
        with pytest.raises(UsageError, match="number 2 is being sent to commission at this moment"):
            queue(second, three, again="why", earlier=(2,))


RESEND = ("outbox", "resend", "1", "--by", "R. P.", "--reason", "they lost it")


@pytest.mark.parametrize("number", ["0", "1"])
def test_an_older_package_is_not_sent_again_without_a_word(drop_folders: Path, say: Say, number: str) -> None:
    assert 0 == say("send", package("one.zip", "first"), *TO)[0]
    assert 0 == say(*RESEND)[0]
    assert 0 == say("send", package("two.zip", "second", number), *TO, "--again", "a letter was wrong")[0]
    before = arrived(drop_folders)
    code, said = say(*RESEND)
    assert (1, before) == (code, arrived(drop_folders))
    edition = ", corrigendum 1" if number == "1" else ""
    assert f"number 1 is an older package of LT 2020; since then:\n  number 2{edition}: two.zip, sent" in said
    assert "add --older" in said
    assert 0 == say(*RESEND, "--older")[0]
    assert 0 == say("outbox", "resend", "2", *RESEND[3:])[0]
