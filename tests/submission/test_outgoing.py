"""A package in parts that keep the limit of a server."""

import os
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from reporter.errors import ReporterError, UsageError
from reporter.submission.message import contents
from reporter.submission.message_state import State
from reporter.submission.outgoing import read_outgoing
from tests import post
from tests.submission.messages import composed, parcel
from tests.submission.posting import attachments, deliver, opened, program


@pytest.mark.parametrize("size", [0.1, 1.0, 2.9])
def test_parts_keep_the_limit_and_make_the_package(tmp_path, size):
    folder = post.workspace(tmp_path, post.Server(port=1), limit=1, split="true")
    content = os.urandom(int(size * 1_000_000))
    messages = composed(folder, parcel=parcel(content=content))
    assert content == contents([each.raw for each in messages], "email")
    assert all(len(each.raw) <= 1_000_000 for each in messages)
    assert [*range(1, len(messages) + 1)] == [each.part for each in messages]


def test_no_more_than_99_parts(tmp_path):
    folder = post.workspace(tmp_path, post.Server(port=1), limit=1, split="true")
    with pytest.raises(ReporterError, match="would need more than 99 messages"):
        composed(folder, parcel=parcel(content=bytes(80_000_000)))


def test_a_package_that_is_missing_or_empty_is_refused(tmp_path):
    (tmp_path / "empty.zip").touch()
    for name, why in (("none.zip", "No such file"), ("empty.zip", "is empty"), ("", "Is a directory")):
        with pytest.raises(UsageError, match=why):
            read_outgoing(tmp_path / name)


def large(folder: Path, megabytes: float) -> bytes:
    content = post.packed("commission", os.urandom(int(megabytes * 1_000_000)))
    (folder / "LT-2020.zip").write_bytes(content)
    return content


def test_what_is_too_large_is_refused_before_it_is_queued(running):
    server, folder = running(limit=1)
    large(folder, 0.8)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (1, "") == (done.returncode, done.stdout)
    assert "reporter.yaml:3:1: the message with LT-2020.zip has 1,09" in done.stderr
    assert "write split: true" in done.stderr
    assert [] == server.got


def test_what_is_too_large_goes_in_numbered_parts_that_make_the_package(running):
    server, folder = running(limit=1, split="true")
    content = large(folder, 1.7)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert 0 == done.returncode
    mails = [message_from_bytes(raw, policy=SMTP) for raw in server.got]
    assert [f"({n}/3)" for n in (1, 2, 3)] == [str(each["Subject"])[-5:] for each in mails]
    names = [part.get_filename() for each in mails for part in each.iter_attachments()]
    assert ["LT-2020.zip.001", "LT-2020.zip.002", "LT-2020.zip.003"] == names
    assert all(len(raw) <= 1_000_000 for raw in server.got)
    assert content == b"".join(attachments(raw)[0] for raw in server.got)
    assert "cat LT-2020.zip.* > LT-2020.zip" in mails[0].get_body().get_content()


def test_after_a_smaller_limit_a_person_sends_it_in_parts(running):
    server, folder = running(size=1_000_000)
    content = large(folder, 1.4)
    done = program(folder, "send", "LT-2020.zip", "--to", "commission")
    assert (1, False) == (done.returncode, "MAIL" in server.seen)
    assert "the server takes at most 1,000,000 bytes, the message has 1" in done.stdout
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(
        text.replace("size_limit: 20\n  split: false", "size_limit: 1\n  split: true")
    )
    done = program(folder, "resend", "1", "--by", "R. Petraitė", "--reason", "in parts now")
    assert 0 == done.returncode, done.stderr
    assert content == b"".join(attachments(raw)[0] for raw in server.got)
    assert 0 == program(folder, "outbox", "--log").returncode


def test_parts_after_one_that_failed_wait(running, clock):
    server, folder = running(limit=1, split="true")
    large(folder, 1.7)
    server.on["RCPT"] = lambda _: "550 5.1.1 no such user" if server.got else ""
    deliver(folder, clock)
    with opened(folder, clock) as outbox:
        assert [State.SENT, State.FAILED, State.QUEUED] == [each.state for each in outbox.items()]
    server.on.clear()
    assert 0 == program(folder, "resend", "1", "--by", "R. P.", "--reason", "the address is mended").returncode
    subjects = [str(message_from_bytes(raw, policy=SMTP)["Subject"])[-5:] for raw in server.got]
    assert ["(1/3)", "(2/3)", "(3/3)"] == subjects
