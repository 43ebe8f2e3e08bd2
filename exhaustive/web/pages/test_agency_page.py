"""A workbook of an agency in the workbench, and its pages in Chromium."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reporter.files.workspace import Workspace
from reporter.load.received import read_received
from tests import agencies
from tests.chromium import faults_of_html, violations
from tests.web.agencies_bench import HERE, OPENED, SHEET, VICTIMS, Office, open_office
from tests.web.looking import BEYOND, LOOKS, opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        yield office


def test_a_workbook_is_looked_at_first_and_then_written_down_with_a_mail_that_asks_again(office: Office) -> None:
    assert 303 == office.decided(act="ask", agency="courts").status
    form = office.ana.get(f"{HERE}/file/XX-2020-courts.xlsx")
    assert form.headers["content-disposition"].startswith("attachment")
    book = agencies.filled(
        form.body, {"Identified victims!D5": 79, "Identified victims!D8": 90, "Identified victims!D9": "n.d."}
    )
    led = office.brought(book)
    assert 303 == led.status
    look = office.ana.get(led.headers["location"])
    told = " ".join(unescape(re.sub(r"<[^>]*>", " ", look.text)).split())
    assert "Identified victims!D9 'n.d.' is not a number" in told
    assert "Identified victims!D10, Identified victims!D11" in told
    assert "If all of it were accepted Identified victims (women) is 90, more than its total 79" in told
    assert "At a glance: 2 values" in told
    assert 2 == len(read_received(Workspace(office.root).snapshot(), "XX"))
    path = led.headers["location"].partition("?")[0]
    taken = office.ana.post(path, {"name": "courts.xlsx", "day": "2021-03-19"})
    assert (303, f"{HERE}#decide") == (taken.status, taken.headers["location"])
    last = read_received(Workspace(office.root).snapshot(), "XX")[1]
    assert ("courts.xlsx", "2021-03-19") == (last.file, last.received)
    mail = office.ana.get(f"{HERE}/file/XX-2020-courts-comments.eml")
    assert (200, "message/rfc822") == (mail.status, mail.headers["content-type"].partition(";")[0])
    assert 404 == office.ana.get(path).status


def test_the_pages_are_whole_in_both_languages_narrow_and_wide_light_and_dark(
    office: Office, browser: Browser, tmp_path: Path
) -> None:
    assert 303 == office.decided(act="ask", agency="courts").status
    assert 303 == office.decided(act="keep", figure=OPENED, agency="police", seen="11", reason="Counted once.").status
    form = (office.root / "build/XX/forms/XX-2020-courts.xlsx").read_bytes()
    led = office.brought(agencies.filled(form, {"Identified victims!D5": 79, "Identified victims!D9": "n.d."}))
    paths = (HERE, led.headers["location"], f"{SHEET}?at={VICTIMS}.women")
    files = [tmp_path / f"{number}.html" for number in range(len(paths))]
    for file, path in zip(files, paths, strict=True):
        file.write_bytes(office.ana.get(path).body)
    assert [] == faults_of_html(*files)
    for language, width, scheme in LOOKS:
        with opened(browser, office.bench, width=width, scheme=scheme, language=language) as page:
            for path in paths:
                page.goto(f"http://127.0.0.1:{office.bench.port}{path}")
                assert [] == violations(page)
                assert [] == page.evaluate(BEYOND)
