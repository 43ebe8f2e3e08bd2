"""What a recipient reads: the same bytes for the same input, in their language, and the receipt that comes back."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP

import pytest

from reporter.cli.group import run
from reporter.errors import Mark, ReporterError, UsageError
from reporter.files.checksum import checksum
from reporter.i18n import load_locale
from reporter.load.catalogue import read_settings
from reporter.model import Label
from reporter.submission.message import contents
from reporter.submission.message_state import State, clean
from reporter.submission.outbox import Outbox
from reporter.submission.outgoing import OutgoingFile, read_outgoing
from reporter.submission.receipt import read_receipt
from reporter.submission.sending import compose, refusal
from tests import post
from tests.fixtures import ROOT
from tests.snapshots import snapshot, translated

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def office(tmp_path):
    """A workspace whose mail server does not exist."""
    folder = post.workspace(tmp_path, post.Server(port=1))
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("  authority: ca/ca.pem\n", ""))
    return folder


def settings_of(folder):
    settings, tree = read_settings(snapshot(folder))
    assert [] == [str(each) for each in tree.findings]
    return settings


def parcel(name="LT-2020.zip", content=post.FILLING) -> OutgoingFile:
    return OutgoingFile(name, content, checksum(content))


def composed(folder, code="commission", **changes):
    settings = settings_of(folder)
    to = replace(settings.recipient(code), **changes.pop("recipient", {}))
    locale = translated(to.language)
    return compose(changes.pop("parcel", parcel()), to, settings, locale, NOON)


def read(raw: bytes):
    return message_from_bytes(raw, policy=SMTP)


# the message


def test_the_same_input_gives_the_same_bytes(office):
    assert composed(office) == composed(office)


def test_the_message_in_english(office, golden):
    golden("mail/commission.txt", head(composed(office)[0].raw))


def test_the_message_in_lithuanian(office, golden):
    golden("mail/minister.txt", head(composed(office, "minister")[0].raw))


def head(raw: bytes) -> str:
    """A message as people read it, without the attachment."""
    mail = read(raw)
    told = [f"{name}: {mail[name]}" for name in mail.keys() if name != "Content-Type"]  # noqa: SIM118 - not a dict
    files = [f"[{part.get_content_type()} {part.get_filename()}]" for part in mail.iter_attachments()]
    return "\n".join([*told, "", mail.get_body().get_content(), *files, ""])


def test_the_message_is_ascii_with_short_lines_that_any_server_takes(office):
    raw = composed(office, "minister")[0].raw
    assert raw.isascii()
    assert 998 > max(map(len, raw.split(b"\r\n")))
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_identity_follows_from_package_and_recipient_not_from_the_time(office):
    settings = settings_of(office)
    to, locale = settings.recipient("commission"), load_locale("en")
    first, later = (compose(parcel(), to, settings, locale, NOON.replace(year=y))[0] for y in (2026, 2027))
    assert first.identity == later.identity == read(first.raw)["Message-ID"]
    assert first.raw != later.raw
    assert first.identity != composed(office, "minister")[0].identity
    assert first.identity != composed(office, parcel=parcel(content=b"another"))[0].identity


def test_a_package_whose_name_tells_no_year_needs_a_text_that_names_none(office):
    nameless = parcel("package.zip")
    with pytest.raises(ReporterError, match=r"names \{country\}, and 'package.zip' does not tell it"):
        composed(office, parcel=nameless)
    text = Label((("en", "See the file."),))
    mail = read(composed(office, parcel=nameless, recipient={"text": text})[0].raw)
    assert "Trafficking in human beings: package.zip" == mail["Subject"]


def test_a_name_cannot_bring_a_header_along(office):
    sly = Label((("en", 'Unit" <a@b.internal>\nBcc: all@b.internal'),))
    with pytest.raises((ReporterError, ValueError)):
        composed(office, recipient={"name": sly})


@pytest.mark.parametrize("name", ["LT-2020 šalies „profilis“.zip", "LT-2020;x=1.zip", 'LT-2020"q.zip'])
def test_every_file_name_arrives(office, name):
    (attached,) = read(composed(office, parcel=parcel(name))[0].raw).iter_attachments()
    assert (name, post.FILLING) == (attached.get_filename(), attached.get_content())


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


def test_what_a_server_says_becomes_one_line_of_printable_signs():
    assert "550 no [31m such user" == clean("550 no\r\n\x1b[31m such\x00user")
    assert 300 == len(clean("x" * 5000))


# examples and folders


@pytest.mark.parametrize(
    "address",
    ["a@ministry.example", "a@example.org", "a@mail.example.com", "a@x.invalid", "a@x.test", "A@EXAMPLE.NET"],
)
def test_an_address_that_is_an_example_is_refused(office, address):
    settings = settings_of(office)
    to = replace(settings.recipient("commission"), address=address)
    assert "is an example, not an address" in str(refusal(to, settings, office))


def test_a_mail_server_that_is_an_example_is_refused(office):
    settings = settings_of(office)
    for change in ({"host": "smtp.ministry.example"}, {"sender": "me@ministry.example"}):
        changed = replace(settings, mail=replace(settings.mail, **change))
        assert "is an example" in str(refusal(settings.recipient("commission"), changed, office))


def test_a_folder_that_does_not_exist_is_refused_and_not_made(office):
    settings = settings_of(office)
    to = replace(settings.recipient("eurostat"), address="elsewhere")
    assert "reporter.yaml:" in str(refusal(to, settings, office))
    assert "the folder elsewhere does not exist" in str(refusal(to, settings, office))
    (office / "elsewhere").touch()
    assert "the folder elsewhere is a file, no folder" in str(refusal(to, settings, office))


def test_nothing_can_be_sent_with_the_examples_that_come_with_the_program():
    settings = settings_of(ROOT)
    assert ["commission", "eurostat", "minister", "committee", "website"] == [e.code for e in settings.recipients]
    assert [] == [each.code for each in settings.recipients if refusal(each, settings, ROOT) is None]


# the command line


@pytest.fixture
def told(capsys):
    """`told(*arguments)` runs the program here: exit code, stdout, stderr."""

    def call(*arguments):
        code = run([*map(str, arguments)])
        return (code, *capsys.readouterr())

    return call


def test_a_dry_run_writes_the_message_and_sends_nothing(office, told, monkeypatch):
    monkeypatch.chdir(office)
    code, out, err = told("send", "LT-2020.zip", "--to", "commission", "--dry-run")
    assert (0, "build/outgoing/LT-2020.zip-commission.eml\n") == (code, out)
    assert err.startswith("LT-2020.zip would be sent to unit@commission.internal: 1 message, 1")
    (attached,) = read((office / out.strip()).read_bytes()).iter_attachments()
    assert post.PACKAGE == attached.get_content()
    assert not (office / "submission").exists()


def test_a_dry_run_says_what_would_be_refused(office, told):
    (office / "edamis").rmdir()
    code, out, err = told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "--dry-run", "-w", office)
    assert (1, "") == (code, out)
    assert "LT-2020-eurostat.zip would be laid in edamis: 1 message" in err
    assert "it would be refused: reporter.yaml:29:3: eurostat: the folder edamis does not exist" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send", "PACKAGE"], "no recipient is named\n  hint: add --to RECIPIENT; reporter.yaml knows: commission, "),
        (["send", "PACKAGE", "--to", "comission"], "no recipient 'comission'\n  hint: did you mean 'commission'?"),
        (["send", "--to", "commission"], "no package is named"),
        (["send", "--dry-run"], "no package is named"),
        (["send", "--other-file"], "no package is named"),
        (["send", "nothing.zip", "--to", "commission"], "nothing.zip cannot be read: No such file or directory"),
        (["resend", "1", "--by", "me"], "Missing option '--reason'"),
        (["resend", "1", "--reason", "x", "--by", " "], "--by says nothing"),
        (["resend", "7", "--reason", "x", "--by", "me"], "the outbox has no number 7"),
        (["receipt", "nothing.eml"], "nothing.eml cannot be read"),
    ],
)
def test_wrong_usage_says_what_would_be_right(office, told, arguments, said):
    words = [str(office / "LT-2020.zip") if each == "PACKAGE" else each for each in arguments]
    code, out, err = told(*words, "-w", office)
    assert (2, "") == (code, out)
    assert said in err


def test_no_password_can_be_an_argument(office, told):
    assert 2 == told("send", office / "LT-2020.zip", "--to", "commission", "--password", "x", "-w", office)[0]


def test_a_folder_is_a_manual_channel_until_its_receipt_is_filed(office, told):
    code, out, err = told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)
    assert (0, "") == (code, err)
    assert "a manual channel: a person uploads it from edamis and files the receipt: " in out
    assert post.packed("eurostat") == (office / "edamis" / "LT-2020-eurostat.zip").read_bytes()
    (office / "edamis.pdf").write_bytes(b"%PDF of EDAMIS")
    assert 0 == told("receipt", office / "edamis.pdf", "--for", 1, "--by", "R. Petraitė", "-w", office)[0]
    assert "manual channel" not in told("outbox", "-w", office)[1]
    kept = f"{checksum(b'%PDF of EDAMIS')[:16]}-edamis.pdf"
    assert b"%PDF of EDAMIS" == (office / "submission" / "receipts" / kept).read_bytes()
    assert "R. Petraitė | number 1 receipt filed: edamis.pdf | sha256 " in told("outbox", "--log", "-w", office)[1]


def test_an_outbox_in_which_nothing_was_sent_is_not_made(office, told):
    assert (0, "nothing was sent yet\n", "") == told("outbox", "-w", office)
    assert (0, "[]\n", "") == told("outbox", "--format", "json", "-w", office)
    assert not (office / "submission").exists()


def test_an_address_that_changed_while_a_message_waited_needs_a_person(office, told):
    told("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    text = (office / "reporter.yaml").read_text()
    (office / "reporter.yaml").write_text(text.replace("unit@commission", "other@commission"))
    code, _, err = told("send", office / "LT-2020.zip", "--to", "commission", "-w", office)
    assert 1 == code
    assert "waits for unit@commission.internal, which is no longer the address of commission" in err
    code, out, _ = told("resend", 1, "--by", "R. P.", "--reason", "new address", "-w", office)
    assert (1, "1 queued: ") == (code, out[:10])
    listed = json.loads(told("outbox", "--format", "json", "-w", office)[1])
    assert ["other@commission.internal"] == [each["address"] for each in listed]


def test_a_damaged_outbox_is_told_and_sends_nothing(office, told):
    told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)
    (office / "submission" / "outbox.sqlite3").unlink()
    code, out, err = told("outbox", "--log", "-w", office)
    assert (1, "") == (code, out)
    assert "reporter: damaged: the outbox ends at line 0 of its log, log.jsonl at 4" in err
    (office / "edamis" / "LT-2020-eurostat.zip").unlink()
    code, _, err = told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)
    assert 1 == code
    assert "the outbox is damaged, nothing is sent" in err
    assert [] == list((office / "edamis").iterdir())


@pytest.mark.parametrize("words", [("send",), ("resend", 1, "--by", "R. P.", "--reason", "it has not arrived")])
def test_from_a_damaged_outbox_nothing_goes_again_either(office, told, words):
    (office / "edamis" / "LT-2020-eurostat.zip").write_bytes(b"of last week")
    assert 1 == told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)[0]
    (office / "edamis" / "LT-2020-eurostat.zip").unlink()
    log = office / "submission" / "log.jsonl"
    log.write_text(log.read_text().replace('"who": "', '"who": "not ', 1))
    code, _, err = told(*words, "-w", office)
    assert 1 == code
    assert "the outbox is damaged, nothing is sent: log.jsonl: line 1 is not that of the outbox" in err
    assert [] == list((office / "edamis").iterdir())


# receipts

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


@pytest.mark.parametrize("name", ["a\n9 2026-11-25T12:00:00Z root | number 1 sent.pdf", "r\udcff.pdf"])
def test_a_receipt_whose_name_would_write_a_line_of_the_log_of_its_own_or_none_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="holds signs that the log cannot name"):
        read_receipt(received(tmp_path, "Uploaded.\n", name))


def test_a_mail_that_holds_mails_without_end_is_no_receipt(tmp_path):
    text = "From: a@b\nMIME-Version: 1.0\n" + "Content-Type: message/rfc822\n\n" * 3000
    with pytest.raises(UsageError, match="mails lie in mails without end"):
        read_receipt(received(tmp_path, text))


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


def test_what_a_person_answered_says_that_no_program_did(tmp_path):
    text = AWAY.replace("auto-replied", "no; by=hand").replace("IDENTITY", "<x@y>")
    assert State.SENT == read_receipt(received(tmp_path, text)).answer.state


def test_a_confirmation_of_reading_proves_that_it_arrived(tmp_path):
    text = REPORT.replace("delivery-status", "disposition-notification").replace("WHAT", "text/rfc822-headers")
    text = f"Auto-Submitted: auto-replied\nReturn-Path: <>\n{text.replace('Action: ACTION', 'Disposition: displayed')}"
    receipt = read_receipt(received(tmp_path, text.replace("IDENTITY", "<x@y>")))
    assert (("<x@y>",), State.SENT) == (receipt.answers, receipt.answer.state)


def test_a_receipt_that_answers_nothing_known_is_not_filed(office, told):
    sent_into_the_unknown(office, told)
    code, _, err = told("receipt", received(office, "From: a@b\nIn-Reply-To: <x@y>\n\nHm.\n"), "-w", office)
    assert 2 == code
    assert "answer.eml names no message of the outbox\n  hint: say which it belongs to, with --for NUMBER" in err
    assert not (office / "submission" / "receipts").exists()


def test_a_broken_mail_is_filed_by_hand(office, told):
    sent_into_the_unknown(office, told)
    (office / "odd.eml").write_bytes(b"\xff\xfe\x00 Content-Type: multipart/report\n\n" + bytes(range(256)))
    assert 0 == told("receipt", office / "odd.eml", "--for", 1, "-w", office)[0]


# reporter.yaml


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("host: localhost", "host: a b"), "4:9: error: host: 'a b' is not the name of a server"),
        (("port: 1", "port: 70000"), "5:9: error: port: there is no port 70000"),
        (("security: starttls", "security: none"), "6:13: error: security: input should be 'starttls' or 'tls'"),
        (('user: ""', "password: x"), "a password does not belong in a file"),
        (("from: rapporteur@ministry.internal", "from: rapporteur"), "7:9: error: from: 'rapporteur' is not a mail"),
        (("from: rapporteur@ministry.internal", 'from: "a@b.c\\nBcc: d@e.f"'), "is not a mail address"),
        (("size_limit: 20", "size_limit: 20 MB"), "size_limit: '20 MB' is not a number of megabytes"),
        (
            ("for {year}, file", "for {yaer}, file"),
            "a text cannot name {yaer} [wrong-type]\n  hint: did you mean 'year'?",
        ),
        (("channel: email", "channel: fax"), "channel: input should be 'email' or 'folder'"),
        (
            ("    address: unit@commission.internal\n", ""),
            "15:3: error: commission: channel email needs a key 'address'",
        ),
        (("folder: edamis", "address: a@b.internal"), "eurostat: channel folder needs a key 'folder'"),
        (("folder: edamis", "folder: edamis, address: a@b.internal"), "eurostat: channel folder goes to no address"),
        (("language: en\n    gets", "language: fr\n    gets"), "commission: 'fr' is not among the languages of the"),
        (("salutation: {en: ", "salutation: {lt: "), "salutation: commission is written to in en, and there is no sal"),
        (
            (
                "    language: en\n    gets: [pdf, csv]\n    name: {en: C",
                "    language: lt\n    gets: [pdf]\n    name: {lt: C",
            ),
            "13:5: error: text: commission is written to in lt, and there is no text in it",
        ),
        (("gets: [pdf, csv]", "gets: []"), "error: commission: gets nothing [wrong-type]\n  hint: write gets: [pdf]"),
        (("gets: [pdf, csv]", "gets: [pdf, cvs]"), "'validation' or 'metadata'"),
        (("    gets: [pdf, csv]\n", ""), "key 'gets' is missing"),
        (("    name: {en: Coordinator}", "    nam: {en: Coordinator}"), "unknown key 'nam'"),
    ],
)
def test_a_mistake_in_reporter_yaml_is_told_with_its_line(office, change, said):
    text = (office / "reporter.yaml").read_text()
    assert change[0] in text
    (office / "reporter.yaml").write_text(text.replace(*change, 1))
    _, tree = read_settings(snapshot(office))
    assert any(said in str(each) for each in tree.findings), [str(each) for each in tree.findings]
    assert all(each.mark.path == "reporter.yaml" for each in tree.findings)


def test_a_recipient_by_mail_needs_a_mail_server(office):
    text = (office / "reporter.yaml").read_text()
    start, end = text.index("mail:\n"), text.index("recipients:")
    (office / "reporter.yaml").write_text(text[:start] + text[end:])
    _, tree = read_settings(snapshot(office))
    assert "commission gets mail, and no mail server is written down" == tree.findings[0].message
    assert Mark("reporter.yaml", 4, 3) == tree.findings[0].mark
