"""What a recipient reads: the same bytes for the same input, in their language, and the receipt that comes back."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP

import pytest

from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.i18n import load_locale
from reporter.model import Label
from reporter.submission.sending import compose, refusal
from tests import post
from tests.fixtures import ROOT
from tests.submission.messages import NOON, composed, parcel, settings_of


def read(raw: bytes):
    return message_from_bytes(raw, policy=SMTP)


@pytest.mark.parametrize("code", ["commission", "minister"])
def test_the_message_in_the_language_of_its_recipient(office, golden, code):
    raw = composed(office, code)[0].raw
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
    assert "the folder elsewhere is a file, no folder" in str(refusal(to, settings, office))


def test_nothing_can_be_sent_with_the_examples_that_come_with_the_program():
    settings = settings_of(ROOT)
    assert ["commission", "eurostat", "minister", "committee", "website"] == [e.code for e in settings.recipients]
    assert [] == [each.code for each in settings.recipients if refusal(each, settings, ROOT) is None]


def test_a_dry_run_writes_the_message_and_sends_nothing(office, told, monkeypatch):
    monkeypatch.chdir(office)
    code, out, err = told("send", "LT-2020.zip", "--to", "commission", "--dry-run")
    assert (0, "build/outgoing/LT-2020.zip-commission.eml\n") == (code, out)
    assert err.startswith("LT-2020.zip would be sent to unit@commission.internal: 1 message, 1")
    (attached,) = read((office / out.strip()).read_bytes()).iter_attachments()
    assert post.PACKAGE == attached.get_content()
    assert (0, "nothing was sent yet\n", "") == told("outbox")
    assert (0, "[]\n", "") == told("outbox", "--format", "json")
    assert not (office / "submission").exists()


def test_a_dry_run_says_what_would_be_refused(office, told):
    (office / "edamis").rmdir()
    code, out, err = told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "--dry-run", "-w", office)
    assert (1, "") == (code, out)
    assert "LT-2020-eurostat.zip would be laid in edamis: 1 message" in err
    assert "it would be refused: reporter.yaml:31:3: eurostat: the folder edamis does not exist" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["send", "PACKAGE"], "no recipient is named\n  hint: add --to RECIPIENT; reporter.yaml knows: commission, "),
        (["send", "PACKAGE", "--to", "commission", "--password", "x"], "No such option"),
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


@pytest.mark.parametrize("words", [("send",), ("resend", 1, "--by", "R. P.", "--reason", "it has not arrived")])
def test_a_damaged_outbox_is_told_and_nothing_goes_from_it(office, told, words):
    (office / "edamis" / "LT-2020-eurostat.zip").write_bytes(b"of last week")
    assert 1 == told("send", office / "LT-2020-eurostat.zip", "--to", "eurostat", "-w", office)[0]
    (office / "edamis" / "LT-2020-eurostat.zip").unlink()
    log = office / "submission" / "log.jsonl"
    log.write_text(log.read_text().replace('"who": "', '"who": "not ', 1))
    code, _, err = told("outbox", "--log", "-w", office)
    assert (1, True) == (code, "reporter: damaged: log.jsonl: line 1 is not that of the outbox" in err)
    code, _, err = told(*words, "-w", office)
    assert 1 == code
    assert "the outbox is damaged, nothing is sent: log.jsonl: line 1 is not that of the outbox" in err
    assert [] == list((office / "edamis").iterdir())
