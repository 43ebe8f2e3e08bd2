"""`reporter status`: what is due, what is missing, what was sent; it reads and changes nothing."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.files.sources import checksum
from reporter.data.records import Deadline, Label, Rhythm
from reporter.exchange.publish.edition_status import due_dates
from reporter.exchange.send.message import Answer, State, to_folder
from reporter.exchange.send.outgoing import OutgoingFile, PackageLabel
from reporter.exchange.send.storage import read_history
from tests.fixtures import Say
from tests.send.queued import opened, recipient
from tests.small import TEXT, write, wrong

SETTINGS = """\
title: {en: Small}
languages: [en]
recipients:
  office: {channel: folder, folder: out, language: en, gets: [csv], audience: public, name: {en: Office}}
deadlines:
  yearly:
    title: {en: Yearly statistics}
    basis: {en: "Directive, Article 19a"}
    first: 2019
    due: 12-31
    to: [office]
"""
NOON = datetime(2021, 6, 1, 12, tzinfo=UTC)


def answer(say: Say, root: Path, today: str = "2021-12-01") -> dict[str, Any]:
    code, said = say("status", "XX", "-w", str(root), "--today", today, "--format", "json")
    (found,) = json.loads(said)
    assert 0 == code
    return dict(found)


def done(say: Say, root: Path) -> list[str]:
    return [each["done"] for each in answer(say, root)["deadlines"]]


PACKED = PackageLabel("XX", 2020, 0, "office", "f" * 64)


def send(root: Path, state: State, receipt: str = "", label: PackageLabel | None = PACKED) -> None:
    office = recipient("office", "out")
    parcel = OutgoingFile("XX-2020-office.zip", b"content", checksum(b"content"), label)
    with opened(root / "submission", now=lambda: NOON) as outbox:
        number = outbox.queue(parcel, office, to_folder(parcel, office))
        claim = outbox.claim(number)
        assert claim
        outbox.hand_over(claim)
        outbox.settle(claim, Answer(state, "said"))
        if receipt:
            outbox.file_receipt(number, receipt, "0" * 64, Answer(State.SENT, "said"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, {"reporter.yaml": SETTINGS})


def test_it_tells_what_is_missing_and_what_is_due_and_makes_no_outbox(root: Path, say: Say) -> None:
    code, said = say("status", "XX", "-w", str(root), "--today", "2021-12-01")
    for words in (
        "draft → [provisional] → final → corrigendum",
        "the status is provisional, not final",
        "errors open: 1",
        "XX-2020-en.pdf is not built",
        "it is not published: reporter publish",
        "office: no package",
        "335 d late  2020-12-31  Yearly statistics, 2019",
        "30 d left   2021-12-31  Yearly statistics, 2020",
        "missing: not sent to office",
    ):
        assert words in said
    assert (0, True) == (code, max(map(len, said.splitlines())) <= 80)
    assert not (root / "submission").exists()
    assert () == read_history(root / "submission")


def test_what_was_sent_is_told_with_its_receipt_and_meets_the_deadline(root: Path, say: Say) -> None:
    send(root, State.SENT, "answer.eml")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    (edition,) = answer(say, root)["editions"]
    (sent,) = edition["sent"]
    assert ("office", "sent", "2021-06-01T12:00:00Z") == (sent["recipient"], sent["state"], sent["changed"])
    assert [{"name": "answer.eml", "filed": "2021-06-01T12:00:00Z"}] == sent["receipts"]
    assert ["", "2021-06-01T12:00:00Z"] == done(say, root)
    said = say("status", "XX", "-w", str(root), "--today", "2021-12-01")[1]
    assert "receipt: answer.eml (2021-06-01)" in " ".join(said.split())
    assert before == {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("state", "label"), [(State.FAILED, PACKED), (State.UNKNOWN, PACKED), (State.SENT, None)])
def test_what_did_not_arrive_and_another_file_of_this_name_meet_no_deadline(root: Path, say: Say, state, label) -> None:
    send(root, state, label=label)
    assert ["", ""] == done(say, root)
    if not label:
        (edition,) = answer(say, root)["editions"]
        assert ([], True) == (edition["sent"], "office: no package" in edition["missing"])


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(Rhythm), st.integers(2000, 2030), st.integers(0, 3)
)
def test_the_next_date_is_always_told_and_the_last_one_when_there_was_one(today, every, first, after):
    mark = Mark("reporter.yaml")
    asked = Deadline(code="code", title=Label(), every=every, first=first, day="12-31", after=after, mark=mark)
    found = due_dates((asked,), today, "XX", (), ())
    days = [each.days for each in found]
    years = [int(each.date[:4]) for each in found]
    assert (1 if today <= date(first, 12, 31) else 2) == len(found)
    assert days[-1] >= 0
    assert all(day < 0 for day in days[:-1])
    assert all((year - first) % every.years == 0 for year in years)
    assert [year - after for year in years] == [each.year for each in found]
    assert days[-1] <= max(366 * every.years, (date(first, 12, 31) - today).days)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("due: 12-31", "due: 31-12", "10:10 wrong-type: due: '31-12' is not a day that exists every year"),
        ("due: 12-31", "due: 02-29", "10:10 wrong-type: due: '02-29' is not a day that exists every year"),
        ("to: [office]", "to: [ofice]", "11:9 unknown-code: yearly: reporter.yaml has no recipient 'ofice' |"),
        ("to: [office]", "after: 40", "11:12 wrong-type: after: 40 is not a number of years from 0 to 10"),
    ],
)
def test_a_deadline_that_makes_no_sense_is_told(tmp_path: Path, was: str, now: str, said: str) -> None:
    assert was in SETTINGS
    found = wrong(tmp_path, SETTINGS.replace(was, now), "reporter.yaml")
    assert 1 == len([each for each in found if said in each])


def test_the_texts_to_decide_are_counted_once_for_all_languages(tmp_path: Path, say: Say) -> None:
    text = "# general_situation\n\nText.\n\n# victims\n\nText.\n\n## A {#a}\n\nText.\n"
    earlier: dict[str, str | None] = {f"data/XX/text/{each}/2019.md": text for each in ("en", "lt")}
    settings = "title: {en: Small, lt: Mažas}\nlanguages: [en, lt]\n"
    write(tmp_path, earlier | {TEXT: None, "reporter.yaml": settings})
    assert "texts to decide: 3" in answer(say, tmp_path, "2021-06-01")["editions"][0]["missing"]
