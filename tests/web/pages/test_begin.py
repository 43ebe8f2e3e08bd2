"""The page that begins a workspace: which languages are complete, and what a report in another one lacks."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from reporter.model.label import OFFICIAL
from reporter.web.server import Workbench
from tests.fixtures import ROOT
from tests.web.serving import come_in, running

ENGLISH, UNREAD = "is in English in the report", "The rules do not check what texts in this language say"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with running(tmp_path_factory.mktemp("empty")) as bench:
        bench.desk.read_now()
        yield bench


def test_only_languages_that_the_program_has_all_words_of_are_offered_as_complete(empty: Workbench) -> None:
    page = come_in(empty).get("/new").text
    groups = dict(re.findall(r'<optgroup label="(.*?)">(.*?)</optgroup>', page, re.S))
    offered = {title: set(re.findall(r'value="(\w+)"', options)) for title, options in groups.items()}
    assert ["Complete", "Partly in English"] == list(offered)
    translated = {path.stem for path in (ROOT / "translations").glob("*.po")}
    assert {"en", "lt"} <= offered["Complete"] <= {"en", *translated}
    assert (OFFICIAL, set()) == (
        offered["Complete"] | offered["Partly in English"],
        set.intersection(*offered.values()),
    )


def test_what_a_report_in_a_chosen_language_lacks_is_said_beside_it(empty: Workbench, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(empty.new_address())
    page.wait_for_url("**/new")
    first = page.locator(".spoken").first
    for language, shown in (("en", 0), ("pt", 1), ("lt", 0)):
        page.select_option("#first", language)
        for words in (ENGLISH, UNREAD):
            expect(first.get_by_text(words).filter(visible=True)).to_have_count(shown)
    also = page.locator("fieldset.spoken")
    for words in (ENGLISH, UNREAD):
        expect(also.get_by_text(words)).to_be_hidden()
    also.get_by_label("Finnish").check()
    for words in (ENGLISH, UNREAD):
        expect(also.get_by_text(words)).to_be_visible()
    page.close()
