"""The page that begins a workspace, with all that it makes."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from reporter.workbench.server.server import Workbench
from tests.workbench.pages.test_begin import begun, files_of, home

ENGLISH, UNREAD = "were translated by machine", "The checks do not cover what texts in this language say"


def test_the_example_is_made_at_once(tmp_path: Path) -> None:
    with begun(tmp_path) as (_, asker):
        done = asker.post("/new", {"example": "1"})
        assert (303, "/") == (done.status, done.headers["location"])
        assert {"reporter.yaml", "data/LT/2020.yaml"} <= files_of(tmp_path)
        assert "/LT/2020" == asker.get("/").headers["location"]


def test_the_folder_is_named_in_full_as_it_is_typed(tmp_path: Path, browser: Browser) -> None:
    with begun(home(tmp_path) / "reporter") as (bench, _):
        page, asked = browser.new_page(), list[str]()
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(bench.new_address())
        page.wait_for_url("**/new")
        expect(page.locator("#root")).to_have_text(str(tmp_path / "reporter"))
        page.fill("#folder", "profile")
        expect(page.locator("#root")).to_have_text(str(tmp_path / "profile"))
        # Enter in a field begins a country, never the example.
        page.select_option("#country", "PT")
        page.press("#year", "Enter")
        page.wait_for_url("**/PT/2020")
        # After sending, no question whether to leave the page.
        assert (True, []) == ((tmp_path / "profile/data/PT/2020.yaml").is_file(), asked)
        page.close()


def test_what_a_report_in_a_chosen_language_lacks_is_shown_beside_it(empty: Workbench, browser: Browser) -> None:
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


def test_the_page_follows_country_and_year_and_the_language_of_the_country_leads(
    empty: Workbench, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(empty.new_address())
    page.wait_for_url("**/new")
    page.select_option("#country", "PT")
    expect(page.locator("#first")).to_have_value("pt")
    page.select_option("#country", "LT")
    expect(page.locator("#first")).to_have_value("lt")
    page.fill("#year", "2019")
    page.get_by_text("Advanced: changes to the files").click()
    expect(page.get_by_role("rowheader", name="data/LT/2019.yaml")).to_be_visible()
    # Another one that somebody chose stays.
    page.select_option("#first", "en")
    page.select_option("#country", "PT")
    expect(page.locator("#first")).to_have_value("en")
    page.close()
