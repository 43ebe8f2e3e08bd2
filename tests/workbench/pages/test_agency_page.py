"""The page of the agencies: asked, heard, decided on, and taken back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.read.received import read_received
from reporter.data.records import Label
from reporter.editions.job import Job
from tests import agencies, small
from tests.snapshots import freeze_now
from tests.workbench.agencies_bench import HERE, OPENED, SHEET, VICTIMS, Office, open_office
from tests.workbench.serving import words


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        yield office


def test_answers_are_accepted_one_by_one_or_all_and_taken_back_as_they_were_made(office: Office) -> None:
    before, said = office.year, {"figure": OPENED, "agency": "police", "seen": "11", "value": "12"}
    assert 303 == office.decided(act="accept", **said).status
    assert "investigations.opened: {total: 12," in office.year
    assert (303, before) == (office.ana.undo(HERE).status, office.year)
    seen = re.search(
        r'name="agency" value="police"><input type="hidden" name="seen" value="(\w{16})"', office.ana.get(HERE).text
    )
    assert seen
    answer = office.decided(act="all", agency="police", seen=seen[1])
    assert (303, f"{HERE}#decide") == (answer.status, answer.headers["location"])
    # What another agency contradicts is no part of all.
    assert "{total: 80, by person: {women: 61, men: 20}}" in office.year
    assert (303, before) == (office.ana.undo(HERE).status, office.year)


def test_of_two_agencies_one_is_chosen_with_a_reason_or_the_file_is_kept(office: Office) -> None:
    asked = {
        "figure": VICTIMS,
        "seen": "80",
        "value.police": "81",
        "value.courts": "79",
        "back": f"{SHEET}?at={VICTIMS}",
    }
    without = office.decided(agency="courts", **asked)
    assert (422, True) == (without.status, "No reason is given." in without.text)
    chosen = office.decided(agency="courts", reason="They judge.", **asked)
    assert (303, asked["back"]) == (chosen.status, chosen.headers["location"])
    assert "victims.identified: {total: 79," in office.year
    assert "They judge. (Ana)" in office.ana.get(HERE).text
    office.ana.undo(HERE)
    assert "They judge." not in office.ana.get(HERE).text
    kept = office.decided(agency="", reason="Counted by the office.", **asked)
    assert (303, True) == (kept.status, "victims.identified: {total: 80," in office.year)
    assert "agencies disagree" not in office.ana.get(HERE).text
    assert 303 == office.decided(act="reopen", figure=VICTIMS, agency="police").status
    assert "Use 81, Royal Police" in office.ana.get(HERE).text


def test_what_was_written_meanwhile_is_not_written_over(office: Office) -> None:
    said = {"figure": OPENED, "agency": "police", "seen": "11", "value": "12"}
    (office.root / small.YEAR).write_text(office.year.replace("total: 11", "total: 13"))
    office.bench.desk.read_now()
    answer = office.decided(act="accept", **said)
    assert (409, True) == (answer.status, "the files changed or another workbook arrived" in answer.text)
    assert "total: 13" in office.year


def test_the_pages_of_a_figure_say_what_agencies_say_and_what_is_no_workbook_is_refused(office: Office) -> None:
    sheet = office.ana.get(f"{SHEET}?at={VICTIMS}.women").text
    assert "Royal Police: 61</a>" in sheet
    assert 'name="back" value="/XX/2020/figures/general_situation?at=victims.identified.women' in sheet
    assert (
        303
        == office.decided(figure=VICTIMS, agency="police", reason="Later.", seen="80", **{"value.police": "81"}).status
    )
    figure = words(office.ana.get(f"/XX/2020/figure/{VICTIMS}").text)
    assert "police-2020.xlsx, Victims!C8, received 3 March 2021 By the day of the report." in figure
    assert "79 : courts-2020.xlsx, Victims!C7, received 3 March 2021 Later." in figure
    assert "From police-2020.xlsx, Victims!C8, received 3 March 2021." in words(
        office.ana.get(f"{SHEET}?at={VICTIMS}").text
    )
    for content, said in ((b"no book", "workbook"), (b"", "No file was chosen.")):
        answer = office.brought(content)
        assert (422, True) == (answer.status, said in answer.text)
    for name in ("..%2f..%2freporter.yaml", "XX-2020-police.xlsx", "reporter.yaml"):
        assert 404 == office.ana.get(f"{HERE}/file/{name}").status
    assert [] == list((office.root / ".reporter").glob("incoming/*"))


def test_what_is_accepted_of_a_published_year_leads_to_the_corrigendum(office: Office) -> None:
    freeze_now(Workspace(office.root), Job("XX", 2020, "en"), "2021-03-01", Label(()), (("XX-2020-en.pdf", "0" * 64),))
    office.bench.desk.read_now()
    assert "is published: changes here require a corrigendum" in office.ana.get(HERE).text
    link = 'href="/XX/2020/release?step=publish#publish"'
    assert link not in office.ana.get(HERE).text
    assert 303 == office.decided(act="accept", figure=OPENED, agency="police", seen="11", value="12").status
    assert link in office.ana.get(HERE).text


def test_what_a_publication_says_is_shown_beside_with_file_and_line_and_is_never_asked(office: Office) -> None:
    record = 'file: outside.csv\nsha256: "%s"\nreceived: 2021-03-01\nanswers:\n  %s: {value: 13, cell: "line 4"}\n'
    (office.root / "data/XX/received/office-2020.yaml").write_text(record % ("0" * 64, OPENED))
    office.bench.desk.read_now()
    shown = office.ana.get(HERE).text
    row = words(shown[shown.index('id="agency-office"') :].partition("</tr>")[0])
    assert ("Statistics Office", True, False) == (
        row.partition(">")[2].strip()[:17],
        "a publication" in row and "outside.csv 1 March 2021" in row,
        "questionnaire" in row or "not yet" in row,
    )
    assert "outside.csv, line 4" in words(shown)
    asked = {"figure": OPENED, "agency": "office", "seen": "11", "value.office": "13", "value.police": "12"}
    assert 303 == office.decided(act="accept", reason="They count all.", **asked).status
    assert "investigations.opened: {total: 13, by form: {sexual: 4, labour: 7}, source: office}" in office.year


def test_a_workbook_is_looked_at_first_and_then_written_down_with_a_mail_that_asks_again(office: Office) -> None:
    assert 303 == office.decided(act="ask", agency="courts").status
    form = office.ana.get(f"{HERE}/file/XX-2020-courts.xlsx")
    assert form.headers["content-disposition"].startswith("attachment")
    at = agencies.places(form.body)
    book = agencies.filled(form.body, {at[VICTIMS]: 79, at[f"{VICTIMS}.women"]: 90, at[f"{VICTIMS}.men"]: "a few"})
    led = office.brought(book)
    assert 303 == led.status
    told = words(office.ana.get(led.headers["location"]).text)
    assert f"{at[f'{VICTIMS}.men']} " in told.partition("Problems in its cells")[2].partition("Empty cells")[0]
    assert at[f"{VICTIMS}.children"] in told.partition("Empty cells")[2].partition("Differences from the file")[0]
    assert "If all answers are accepted Identified victims (women) is 90, more than its total 79" in told
    assert (True, 2) == ("1.1 Victims: 2 values" in told, len(read_received(Workspace(office.root).snapshot(), "XX")))
    path = led.headers["location"].partition("?")[0]
    taken = office.ana.post(path, {"name": "courts.xlsx", "day": "2021-03-19"})
    assert (303, f"{HERE}#decide") == (taken.status, taken.headers["location"])
    last = read_received(Workspace(office.root).snapshot(), "XX")[1]
    assert ("courts.xlsx", "2021-03-19") == (last.file, last.received)
    mail = office.ana.get(f"{HERE}/file/XX-2020-courts-comments.eml")
    assert (200, "message/rfc822") == (mail.status, mail.headers["content-type"].partition(";")[0])
    assert 404 == office.ana.get(path).status
