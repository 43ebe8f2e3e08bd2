"""What comes back: which message it answers, and what it proves."""

import json
from datetime import UTC, datetime

import pytest

from reporter.errors import UsageError
from reporter.submission.message_state import State
from reporter.submission.outbox import Outbox
from reporter.submission.receipt import read_receipt

REPORT = """\
From: MAILER-DAEMON@commission.internal
Subject: Delivery report
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It was told.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; commission.internal

Final-Recipient: rfc822; unit@commission.internal
Action: ACTION
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--b
Content-Type: WHAT

Message-ID: IDENTITY
Subject: Profile
--b--
"""


def received(folder, text: str, name="answer.eml"):
    path = folder / name
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


@pytest.mark.parametrize("header", ["In-Reply-To", "References", "Original-Message-ID"])
def test_an_answer_names_the_message_it_answers(tmp_path, header):
    receipt = read_receipt(received(tmp_path, f"From: a@b\n{header}: <x@y>\n <z@y>\n\nThank you.\n"))
    assert (("<x@y>", "<z@y>"), State.SENT) == (receipt.answers, receipt.answer.state)


@pytest.mark.parametrize("what", ["message/rfc822", "text/rfc822-headers"])
@pytest.mark.parametrize(("action", "state"), [("delivered", State.SENT), ("Failed", State.FAILED), ("delayed", None)])
def test_a_report_of_delivery_says_what_became_of_it(tmp_path, what, action, state):
    text = REPORT.replace("ACTION", action).replace("WHAT", what).replace("IDENTITY", "<x@y>")
    receipt = read_receipt(received(tmp_path, text))
    assert (("<x@y>",), state) == (receipt.answers, receipt.answer and receipt.answer.state)


def sent_into_the_unknown(office, told) -> str:
    """Leaves a message unknown, as a crash does, and gives its Message-ID."""
    told("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    late = datetime(2099, 1, 1, tzinfo=UTC)
    with Outbox(office / "submission", who="x", now=lambda: late, holder="x/1", is_dead=lambda _: True) as outbox:
        outbox.hand_over(outbox.claim(1))
        outbox.recover()
        (item,) = outbox.items()
    assert State.UNKNOWN == item.state
    return item.identity


def test_an_answer_proves_that_an_unknown_message_arrived(office, told):
    identity = sent_into_the_unknown(office, told)
    path = received(office, f"From: a@b\nIn-Reply-To: {identity}\n\nThank you.\n")
    code, out, _ = told("receipt", path, "-w", office)
    assert (0, "answer.eml is filed with number 1\n1 sent: ") == (code, out[:42])
    assert told("receipt", path, "-w", office)[1].startswith("answer.eml was filed before\n")
    assert [] == [each for each in told("outbox", "--log", "-w", office)[2].splitlines() if "damaged" in each]


def test_a_message_that_is_returned_has_failed(office, told):
    identity = sent_into_the_unknown(office, told)
    text = REPORT.replace("ACTION", "failed").replace("WHAT", "message/rfc822").replace("IDENTITY", identity)
    out = told("receipt", received(office, text), "-w", office)[1]
    assert "1 failed: " in out
    assert "returned to the sender: smtp; 550 5.1.1 no such user" in out


BOUNCE = """\
From: MAILER-DAEMON@commission.internal
Subject: Undelivered Mail Returned to Sender
In-Reply-To: IDENTITY

I am sorry.
"""


AWAY = "From: a@b\nAuto-Submitted: auto-replied\nIn-Reply-To: IDENTITY\n\nI am out of the office.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOUNCE, "it comes from MAILER-DAEMON@commission.internal, a mail program"),
        (BOUNCE.replace("MAILER-DAEMON", "Postmaster"), "it comes from Postmaster@commission.internal, a mail program"),
        (AWAY, "a program wrote it (Auto-Submitted: auto-replied)"),
        (AWAY.replace("Auto-Submitted: auto-replied", "Return-Path: <>"), "nobody can answer it (Return-Path: <>)"),
    ],
)
@pytest.mark.parametrize("number", [(), ("--for", 1)])
def test_what_a_program_answered_proves_nothing_and_a_person_is_asked(office, told, text, why, number):
    identity = sent_into_the_unknown(office, told)
    code, out, err = told("receipt", received(office, text.replace("IDENTITY", identity)), *number, "-w", office)
    assert (1, "answer.eml is filed with number 1\n1 unknown: ") == (code, out[:45])
    assert f"reporter: answer.eml proves nothing: {why}\n  hint: read it, and ask commission whether it arrived" in err
    (item,) = json.loads(told("outbox", "--format", "json", "-w", office)[1])
    assert ("unknown", 0) == (item["state"], item["receipts"])
    assert 1 == told("receipt", office / "answer.eml", *number, "-w", office)[0]


def test_what_a_person_wrote_and_a_confirmation_of_reading_prove_that_it_arrived(tmp_path):
    text = AWAY.replace("auto-replied", "no; by=hand")
    assert State.SENT == read_receipt(received(tmp_path, text)).answer.state
    text = REPORT.replace("delivery-status", "disposition-notification").replace("WHAT", "text/rfc822-headers")
    text = f"Auto-Submitted: auto-replied\nReturn-Path: <>\n{text.replace('Action: ACTION', 'Disposition: displayed')}"
    receipt = read_receipt(received(tmp_path, text.replace("IDENTITY", "<x@y>")))
    assert (("<x@y>",), State.SENT) == (receipt.answers, receipt.answer.state)


def test_a_receipt_that_answers_nothing_known_is_filed_only_by_hand(office, told):
    sent_into_the_unknown(office, told)
    code, _, err = told("receipt", received(office, "From: a@b\nIn-Reply-To: <x@y>\n\nHm.\n"), "-w", office)
    assert 2 == code
    assert "answer.eml names no message of the outbox\n  hint: say which it belongs to, with --for NUMBER" in err
    assert not (office / "submission" / "receipts").exists()
    (office / "odd.eml").write_bytes(b"\xff\xfe\x00 Content-Type: multipart/report\n\n" + bytes(range(256)))
    assert 0 == told("receipt", office / "odd.eml", "--for", 1, "-w", office)[0]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a\n9 2026-11-25T12:00:00Z root | number 1 sent.pdf", b"a", "holds signs that the log cannot name"),
        ("r\udcff.pdf", b"a", "holds signs that the log cannot name"),
        ("a.eml", b"From: a@b" + b"\xff:" * 2_000 + b"\n\nReceived.\n", "a line of its head is too long"),
        (
            "a.eml",
            b"From: a@b\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 3000,
            "mails lie in mails without end",
        ),
    ],
    ids=["a line of the log", "no name", "a long head", "mails in mails"],
)
def test_a_receipt_that_cannot_be_told_or_read_is_refused(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=why):
        read_receipt(tmp_path / name)
