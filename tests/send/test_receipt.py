"""What goes to whom and in which words, and what the answers prove."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import checksum
from reporter.data.i18n import load_locale
from reporter.data.records import Label
from reporter.exchange.send.dispatching import compose, refusal
from reporter.exchange.send.message import Answer, State, to_folder
from reporter.exchange.send.outbox import Outbox
from reporter.exchange.send.outgoing import read_package
from reporter.exchange.send.receipt import read_receipt
from tests import post
from tests.authority import PASSPHRASE, authority
from tests.fixtures import ROOT, Say
from tests.send.posting import NOON, composed, parcel, settings_of
from tests.send.queued import opened, recipient

REPORT = """\
From: MAILER-DAEMON@commission.internal
Content-Type: multipart/report; report-type=delivery-status; boundary=b

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


def sent_into_the_unknown(office, called) -> str:
    called("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    late = datetime(2099, 1, 1, tzinfo=UTC)
    with Outbox(office / "submission", who="x", now=lambda: late, holder="x/1", is_dead=lambda _: True) as outbox:
        outbox.hand_over(outbox.claim(1))
        outbox.recover()
        (item,) = outbox.items()
    assert State.UNKNOWN == item.state
    return item.identity


def test_an_answer_proves_that_an_unknown_message_arrived(office, called):
    identity = sent_into_the_unknown(office, called)
    path = received(office, f"From: Unit <Unit@commission.internal>\nIn-Reply-To: {identity}\n\nThank you.\n")
    code, out, _ = called("outbox", "receipt", path, "-w", office)
    assert (0, "answer.eml is filed with number 1\n1 sent: ") == (code, out[:42])
    assert called("outbox", "receipt", path, "-w", office)[1].startswith("answer.eml was filed before\n")
    assert [] == [each for each in called("outbox", "list", "--log", "-w", office)[2].splitlines() if "damaged" in each]


def test_a_message_that_is_returned_has_failed(office, called):
    identity = sent_into_the_unknown(office, called)
    text = REPORT.replace("ACTION", "failed").replace("WHAT", "message/rfc822").replace("IDENTITY", identity)
    out = called("outbox", "receipt", received(office, text), "-w", office)[1]
    assert (True, True) == ("1 failed: " in out, "returned to the sender: smtp; 550 5.1.1 no such user" in out)


ANSWER = "From: unit@commission.internal\nIn-Reply-To: IDENTITY\n\nThank you.\n"
OTHERS = ("evil@commission.internal", "unit@commission.internal.example", "a@b")
STRANGER = "the answer is from {}, not the address it was sent to"
RETURNED = REPORT.replace("ACTION", "failed").replace("WHAT", "message/rfc822")
AUTOMATIC = (
    "Precedence: bulk",
    "Precedence: auto_reply",
    "Precedence: JUNK",
    "X-Autoreply: yes",
    "X-Autorespond: away",
    "X-Autoresponder: yes",
    "Subject: Automatic reply: Country profile",
    "Subject: Automatinis atsakymas: profilis",
    "Subject: Out of Office: Country profile",
    "Precedence: list",
)
BOUNCE = "From: MAILER-DAEMON@commission.internal\nIn-Reply-To: IDENTITY\n\nI am sorry.\n"
AWAY = "From: unit@commission.internal\nAuto-Submitted: auto-replied\nIn-Reply-To: IDENTITY\n\nI am away.\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOUNCE, "it comes from MAILER-DAEMON@commission.internal, a mail program"),
        (BOUNCE.replace("MAILER-DAEMON", "Postmaster"), "it comes from Postmaster@commission.internal, a mail program"),
        (AWAY, "a program wrote it (Auto-Submitted: auto-replied)"),
        (AWAY.replace("Auto-Submitted: auto-replied", "Return-Path: <>"), "it cannot be answered (Return-Path: <>)"),
        *((AWAY.replace("Auto-Submitted: auto-replied", said), f"a program wrote it ({said})") for said in AUTOMATIC),
        *((ANSWER.replace("unit@commission.internal", each), STRANGER.format(each)) for each in OTHERS),
        (ANSWER.replace("From: unit@commission.internal\n", ""), STRANGER.format("an unnamed sender")),
        (RETURNED.replace("unit@commission", "other@commission"), STRANGER.format("other@commission.internal")),
        (
            RETURNED.replace("Action: failed", "Action: delivered").replace("unit@", "x@"),
            STRANGER.format("x@commission.internal"),
        ),
    ],
)
@pytest.mark.parametrize("number", [(), ("--for", 1)])
def test_what_a_program_answered_proves_nothing_and_a_person_is_asked(office, called, text, why, number):
    identity = sent_into_the_unknown(office, called)
    text = text.replace("Automatinis atsakymas: profilis", "=?utf-8?q?Automatinis_atsakymas:_profilis?=")
    code, out, err = called(
        "outbox", "receipt", received(office, text.replace("IDENTITY", identity)), *number, "-w", office
    )
    assert (1, "answer.eml is filed with number 1\n1 unknown: ") == (code, out[:45])
    assert f"reporter: answer.eml proves nothing: {why}\n  hint: read it, and ask commission whether it arrived" in err
    (item,) = json.loads(called("outbox", "list", "--format", "json", "-w", office)[1])
    assert ("unknown", []) == (item["state"], item["receipts"])
    assert f"receipt filed: answer.eml proves nothing: {why} | " in called("outbox", "list", "--log", "-w", office)[1]
    assert 1 == called("outbox", "receipt", office / "answer.eml", *number, "-w", office)[0]


def test_a_report_speaks_for_the_address_it_was_sent_to_alone(office, called):
    """Of several recipients one is the one it went to, by the name it was sent under or by the one it ended at."""
    identity = sent_into_the_unknown(office, called)
    more = "Final-Recipient: rfc822; other@x\nAction: failed\n\nOriginal-Recipient: rfc822; UNIT@commission.internal\n"
    text = REPORT.replace("Final-Recipient: rfc822; unit@", f"{more}Final-Recipient: rfc822; mailbox-7@")
    text = text.replace("ACTION", "delivered").replace("WHAT", "message/rfc822").replace("IDENTITY", identity)
    assert "\n1 sent: " in called("outbox", "receipt", received(office, text), "-w", office)[1]


def test_what_a_person_wrote_and_a_confirmation_of_reading_prove_that_it_arrived(tmp_path):
    text = AWAY.replace("auto-replied", "no; by=hand")
    assert State.SENT == read_receipt(received(tmp_path, text)).answer.state
    text = REPORT.replace("delivery-status", "disposition-notification").replace("WHAT", "text/rfc822-headers")
    text = text.replace("Reporting-MTA: dns; commission.internal\n\n", "")
    text = text.replace("Action: ACTION", "Disposition: displayed")
    text = f"Auto-Submitted: auto-replied\nReturn-Path: <>\n{text}"
    receipt = read_receipt(received(tmp_path, text.replace("IDENTITY", "<x@y>")))
    assert (("<x@y>",), State.SENT) == (receipt.answers, receipt.answer.state)


def test_a_receipt_that_answers_nothing_known_is_filed_only_by_hand(office, called):
    sent_into_the_unknown(office, called)
    code, _, err = called("outbox", "receipt", received(office, "From: a@b\nIn-Reply-To: <x@y>\n\nHm.\n"), "-w", office)
    assert 2 == code
    assert "answer.eml names no message of the outbox\n  hint: name its message with --for NUMBER" in err
    assert not (office / "submission" / "receipts").exists()
    (office / "odd.eml").write_bytes(b"\xff\xfe\x00 Content-Type: multipart/report\n\n" + bytes(range(256)))
    assert 1 == called("outbox", "receipt", office / "odd.eml", "--for", 1, "-w", office)[0]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a\n9 2026-11-25T12:00:00Z root | number 1 sent.pdf", b"a", "contains characters that the log cannot contain"),
        ("r\udcff.pdf", b"a", "contains characters that the log cannot contain"),
        ("a.eml", b"From: a@b" + b"\xff:" * 2_000 + b"\n\nReceived.\n", "a header line is too long"),
        (
            "a.eml",
            b"From: a@b\nMIME-Version: 1.0\n" + b"Content-Type: message/rfc822\n\n" * 3000,
            "mails are nested too deeply",
        ),
    ],
    ids=["a line of the log", "no name", "a long head", "mails in mails"],
)
def test_a_receipt_that_cannot_be_told_or_read_is_refused(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=why):
        read_receipt(tmp_path / name)


FILE = "LT-2020-commission.zip"


@pytest.fixture
def folder(drop_folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (drop_folders / FILE).write_bytes(post.packed())
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    return drop_folders


def arrived(folder: Path) -> list[str]:
    return sorted(
        path.relative_to(folder).as_posix() for name in ("commission", "website") for path in folder.glob(f"{name}/*")
    )


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
def test_a_package_for_one_recipient_does_not_go_to_another(folder, say, option):
    code, said = say("send", FILE, "--to", "website", *option)
    assert (2, [], True) == (code, arrived(folder), f"{FILE} is packed for commission, not for website" in said)
    assert "hint: reporter package LT 2020 --to website packs the files for website" in said
    assert not (folder / "submission").exists()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda whole: whole[:-100], f"{FILE} is not a complete package:"),
        (lambda whole: whole.replace(b".hidden", b".wooden"), "data/profile.bin: is damaged"),
        (lambda _: b"Dear Minister", "is not a ZIP"),
        (lambda _: post.packed(""), "does not state its recipient and edition"),
    ],
)
def test_what_is_no_whole_package_is_not_sent(folder, say, change, why):
    (folder / FILE).write_bytes(change((folder / FILE).read_bytes()))
    code, said = say("send", FILE, "--to", "commission")
    assert (1, [], True, True) == (code, arrived(folder), why in said, "send other files with --other-file" in said)


def test_another_file_goes_only_when_that_is_said(folder, say):
    (folder / "note.txt").write_text("Dear Minister")
    assert 1 == say("send", "note.txt", "--to", "website")[0]
    assert (0, ["website/note.txt"]) == (say("send", "note.txt", "--to", "website", "--other-file")[0], arrived(folder))
    assert "note.txt of another file " in say("outbox", "list", "--log")[1]


@pytest.mark.parametrize("cut", [None, -100])
def test_a_package_is_no_other_file(folder, say, cut):
    (folder / FILE).write_bytes((folder / FILE).read_bytes()[:cut])
    code, said = say("send", FILE, "--to", "website", "--other-file")
    assert (2, [], True) == (code, arrived(folder), f"{FILE} is a package, or was one" in said)


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
def test_a_package_goes_once_whether_signed_or_not(folder, say, signed, state, code, words):
    assert read_package(folder / FILE).label == read_package(folder / signed).label
    ended(folder, FILE, state)
    came, said = say("send", signed, "--to", "commission")
    assert (code, [f"commission/{signed}"] if state is State.FAILED else []) == (came, arrived(folder))
    assert (True, 0) == (words in said, say("outbox", "list", "--log")[0])


def read(raw: bytes):
    return message_from_bytes(raw, policy=SMTP)


@pytest.mark.parametrize("code", ["commission", "minister"])
def test_the_message_in_the_language_of_its_recipient(office, golden, code):
    raw = composed(office, code).raw
    golden(f"mail/{code}.txt", head(raw))
    assert (True, raw.count(b"\n")) == (raw.isascii(), raw.count(b"\r\n"))
    assert 998 > max(map(len, raw.split(b"\r\n")))


def head(raw: bytes) -> str:
    mail = read(raw)
    told = [f"{name}: {mail[name]}" for name in mail.keys() if name != "Content-Type"]  # noqa: SIM118 - not a dict
    files = [f"[{part.get_content_type()} {part.get_filename()}]" for part in mail.iter_attachments()]
    return "\n".join([*told, "", mail.get_body().get_content(), *files, ""])


def test_the_identity_follows_from_package_and_recipient_not_from_the_time(office):
    settings = settings_of(office)
    to, locale = settings.recipient("commission"), load_locale("en")
    first, later = (compose(parcel(), to, settings, locale, NOON.replace(year=y)) for y in (2026, 2027))
    assert first.identity == later.identity == read(first.raw)["Message-ID"]
    assert first.raw != later.raw
    assert first.identity != composed(office, "minister").identity
    assert first.identity != composed(office, parcel=parcel(content=b"another")).identity


def test_a_package_whose_name_tells_no_year_needs_a_text_that_names_none(office):
    nameless = parcel("package.zip")
    with pytest.raises(ReporterError, match=r"contains \{country\}, which 'package.zip' does not state"):
        composed(office, parcel=nameless)
    text = Label((("en", "See the file."),))
    mail = read(composed(office, parcel=nameless, recipient={"text": text}).raw)
    assert "Trafficking in human beings: package.zip" == mail["Subject"]


def test_a_name_cannot_bring_a_header_along(office):
    sly = Label((("en", 'Unit" <a@b.internal>\nBcc: all@b.internal'),))
    with pytest.raises((ReporterError, ValueError)):
        composed(office, recipient={"name": sly})


@pytest.mark.parametrize("name", ["LT-2020 šalies „profilis“.zip", "LT-2020;x=1.zip", 'LT-2020"q.zip'])
def test_every_file_name_arrives(office, name):
    (attached,) = read(composed(office, parcel=parcel(name)).raw).iter_attachments()
    assert (name, post.FILLING) == (attached.get_filename(), attached.get_content())


def test_an_address_or_a_server_that_is_an_example_is_refused(office):
    settings = settings_of(office)
    to = settings.recipient("commission")
    for address in (
        "a@ministry.example",
        "a@example.org",
        "a@mail.example.com",
        "a@x.invalid",
        "a@x.test",
        "A@EXAMPLE.NET",
    ):
        assert "is an example, not an address" in str(refusal(replace(to, address=address), settings, office))
    for change in ({"host": "smtp.ministry.example"}, {"sender": "me@ministry.example"}):
        changed = replace(settings, mail=replace(settings.mail, **change))
        assert "is an example" in str(refusal(to, changed, office))


def test_a_folder_that_does_not_exist_is_refused_and_not_made(office):
    settings = settings_of(office)
    to = replace(settings.recipient("eurostat"), address="elsewhere")
    assert "reporter.yaml:" in str(refusal(to, settings, office))
    assert "the folder elsewhere does not exist" in str(refusal(to, settings, office))
    (office / "elsewhere").touch()
    assert "the folder elsewhere is a file, not a folder" in str(refusal(to, settings, office))


def test_nothing_can_be_sent_with_the_examples_that_come_with_the_program():
    settings = settings_of(ROOT)
    assert ["commission", "eurostat", "minister", "committee", "website"] == [e.code for e in settings.recipients]
    assert [] == [each.code for each in settings.recipients if refusal(each, settings, ROOT) is None]


def test_a_dry_run_writes_the_message_and_sends_nothing(office, called, monkeypatch):
    monkeypatch.chdir(office)
    code, out, err = called("send", "LT-2020.zip", "--to", "commission", "--dry-run")
    assert (0, "build/outgoing/LT-2020.zip-commission.eml\n") == (code, out)
    assert err.startswith("LT-2020.zip would be sent to unit@commission.internal: 1 message, 1")
    (attached,) = read((office / out.strip()).read_bytes()).iter_attachments()
    assert (post.PACKAGE, (0, "nothing was sent yet\n", "")) == (attached.get_content(), called("outbox", "list"))
    assert ((0, "[]\n", ""), False) == (called("outbox", "list", "--format", "json"), (office / "submission").exists())


def test_a_dry_run_says_what_would_be_refused(office, called):
    (office / "edamis").rmdir()
    code, out, err = called("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "--dry-run", "-w", office)
    assert (1, "", True) == (code, out, "LT-2020-eurostat.zip would be put in edamis: 1 message" in err)
    assert "it would be refused: reporter.yaml:30:3: eurostat: the folder edamis does not exist" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send", "PACKAGE"], "no recipient is named\n  hint: add --to RECIPIENT; reporter.yaml lists: commission, "),
        (["send", "PACKAGE", "--to", "commission", "--password", "x"], "No such option"),
        (["send", "PACKAGE", "--to", "comission"], "no recipient 'comission'\n  hint: did you mean 'commission'?"),
        (["send", "--to", "commission"], "no package is named"),
        (["send", "--dry-run"], "no package is named"),
        (["send", "--other-file"], "no package is named"),
        (["send", "nothing.zip", "--to", "commission"], "nothing.zip cannot be read: No such file or directory"),
        (["outbox", "resend", "1", "--by", "me"], "Missing option '--reason'"),
        (["outbox", "resend", "1", "--reason", "x", "--by", " "], "--by is empty"),
        (["outbox", "resend", "7", "--reason", "x", "--by", "me"], "the outbox has no number 7"),
        (["outbox", "receipt", "nothing.eml"], "nothing.eml cannot be read"),
    ],
)
def test_wrong_usage_says_what_would_be_right(office, called, arguments, said):
    words = [str(office / "LT-2020.zip") if each == "PACKAGE" else each for each in arguments]
    code, out, err = called(*words, "-w", office)
    assert (2, "", True) == (code, out, said in err)


def test_a_folder_is_a_manual_channel_until_its_receipt_is_filed(office, called):
    code, out, err = called("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)
    assert (0, "") == (code, err)
    assert "a manual channel: a person uploads it from edamis and files the receipt: " in out
    assert post.packed("eurostat") == (office / "edamis" / "LT-2020-eurostat.zip").read_bytes()
    (office / "edamis.pdf").write_bytes(b"%PDF of EDAMIS")
    assert 0 == called("outbox", "receipt", office / "edamis.pdf", "--for", 1, "--by", "R. Petraitė", "-w", office)[0]
    assert "manual channel" not in called("outbox", "list", "-w", office)[1]
    kept = f"{checksum(b'%PDF of EDAMIS')[:16]}-edamis.pdf"
    assert b"%PDF of EDAMIS" == (office / "submission" / "receipts" / kept).read_bytes()
    assert (
        "R. Petraitė | number 1 receipt filed: edamis.pdf | sha256 "
        in called("outbox", "list", "--log", "-w", office)[1]
    )


def test_an_address_that_changed_while_a_message_waited_needs_a_person(office, called):
    called("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    text = (office / "reporter.yaml").read_text()
    (office / "reporter.yaml").write_text(text.replace("unit@commission", "other@commission"))
    code, _, err = called("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    assert 1 == code
    assert "waits for unit@commission.internal, which is no longer the address of commission" in err
    code, out, _ = called("outbox", "resend", 1, "--by", "R. P.", "--reason", "new address", "-w", office)
    assert (1, "1 queued: ") == (code, out[:10])
    listed = json.loads(called("outbox", "list", "--format", "json", "-w", office)[1])
    assert ["other@commission.internal"] == [each["address"] for each in listed]


@pytest.mark.parametrize(
    "words", [("send",), ("outbox", "resend", 1, "--by", "R. P.", "--reason", "it has not arrived")]
)
def test_a_damaged_outbox_is_told_and_nothing_goes_from_it(office, called, words):
    (office / "edamis" / "LT-2020-eurostat.zip").write_bytes(b"of last week")
    assert 1 == called("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)[0]
    (office / "edamis" / "LT-2020-eurostat.zip").unlink()
    (office / "submission" / "last-line.txt").write_text(f"9 {'0' * 64}\n")
    damage = "the outbox log ends at line 3, but last-line.txt names line 9: this is another copy"
    code, _, err = called("outbox", "list", "--log", "-w", office)
    assert (1, True) == (code, f"reporter: damaged: {damage}" in err)
    code, _, err = called(*words, "-w", office)
    assert 1 == code
    assert f"the outbox is damaged, nothing is sent: {damage}" in err
    assert [] == list((office / "edamis").iterdir())
