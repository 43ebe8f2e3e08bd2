"""A package goes to the recipient it was packed for, whole, once in whatever form."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reporter.submission.message import to_folder
from reporter.submission.message_state import Answer, State
from reporter.submission.package_label import read_package
from tests import post
from tests.authority import PASSPHRASE, authority
from tests.fixtures import Say
from tests.submission.queued import opened, recipient

FILE = "LT-2020-commission.zip"


@pytest.fixture
def folder(drop_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two drop folders, and a package for the first of them."""
    (drop_folders / FILE).write_bytes(post.packed())
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    return drop_folders


def arrived(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for name in ("commission", "website") for path in folder.glob(f"{name}/*")
    )


# what may go to whom


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_a_package_for_one_recipient_does_not_go_to_another(folder: Path, say: Say, option: tuple[str, ...]) -> None:
    code, said = say("send", FILE, "--to", "website", *option)
    assert (2, []) == (code, arrived(folder))
    assert f"{FILE} is packed for commission, not for website" in said
    assert "hint: reporter package LT 2020 --to website packs what website gets" in said
    assert not (folder / "submission").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda whole: whole[:-100], f"{FILE} is no whole package:"),
        (lambda whole: whole.replace(b".hidden", b".wooden"), "data/profile.bin: was altered"),
        (lambda _: b"Dear Minister", "is no ZIP"),
        (lambda _: post.packed(""), "does not say for whom and of which edition it is"),
    ],
)
def test_what_is_no_whole_package_is_not_sent(
    folder: Path, say: Say, change: Callable[[bytes], bytes], why: str
) -> None:
    (folder / FILE).write_bytes(change((folder / FILE).read_bytes()))
    code, said = say("send", FILE, "--to", "commission")
    assert (1, []) == (code, arrived(folder))
    assert why in said
    assert "another file goes with --other-file" in said


def test_another_file_goes_only_when_that_is_said(folder: Path, say: Say) -> None:
    (folder / "note.txt").write_text("Dear Minister")
    assert 1 == say("send", "note.txt", "--to", "website")[0]
    assert 0 == say("send", "note.txt", "--to", "website", "--other-file")[0]
    assert ["website/note.txt"] == arrived(folder)
    assert "note.txt of another file " in say("outbox", "--log")[1]


@pytest.mark.parametrize("cut", [None, -100])
def test_a_package_is_no_other_file(folder: Path, say: Say, cut: int | None) -> None:
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:cut])
    code, said = say("send", FILE, "--to", "website", "--other-file")
    assert (2, []) == (code, arrived(folder))
    assert f"{FILE} is a package, or was one" in said


# signed and not


@pytest.fixture
def signed(folder: Path, say: Say, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with authority(tmp_path_factory.mktemp("authority")) as made:
        assert 0 == say("sign", FILE, "--key", str(made.key()))[0]
        yield "LT-2020-commission-signed.zip"


def ended(folder: Path, name: str, state: State) -> None:
    parcel, to = read_package(folder / name), recipient("commission", "commission")
    with opened(folder / "submission") as made:
        number = made.queue(parcel, to, to_folder(parcel, to))
        claim = made.claim(number)
        assert claim
        made.hand_over(claim)
        made.settle(claim, Answer(state, "said"))


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        (State.QUEUED, 1, f"the same package is number 1 in another form: {FILE}, queued"),
        (State.UNKNOWN, 1, f"the same package is number 1 in another form: {FILE}, unknown"),
        (State.SENT, 0, f"it was sent before as {FILE}; nothing is sent now"),
        (State.FAILED, 0, ""),
    ],
)
def test_a_package_goes_once_whether_signed_or_not(
    folder: Path, say: Say, signed: str, state: State, code: int, words: str
) -> None:
    assert read_package(folder / FILE).label == read_package(folder / signed).label
    ended(folder, FILE, state)
    came, said = say("send", signed, "--to", "commission")
    assert (code, [f"commission/{signed}"] if state is State.FAILED else []) == (came, arrived(folder))
    assert words in said
    assert 0 == say("outbox", "--log")[0]


def test_the_file_itself_refuses_a_second_form(folder: Path) -> None:
    ended(folder, FILE, State.SENT)
    base = sqlite3.connect(folder / "submission/outbox.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="the package was queued in another form"):
        base.execute(
            "INSERT INTO dispatches SELECT 2, 'other', package, sha256, recipient, channel, address, packed, "
            "country, year, edition, 'why' FROM dispatches"
        )
    base.close()
