"""The page that begins a workspace, with all that it makes."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.web.pages.test_begin import begun, files_of, home


def test_the_example_is_made_at_once(tmp_path: Path) -> None:
    with begun(tmp_path) as (_, asker):
        done = asker.post("/new", {"example": "1"})
        assert (303, "/") == (done.status, done.headers["location"])
        assert {"reporter.yaml", "data/LT/2020.yaml"} <= files_of(tmp_path)
        assert "/LT/2020" == asker.get("/").headers["location"]


def test_the_folder_is_named_in_full_as_it_is_typed(tmp_path: Path, browser: Browser) -> None:
    with begun(home(tmp_path) / "reporter") as (bench, _):
        page = browser.new_page()
        page.goto(bench.new_address())
        page.wait_for_url("**/new")
        expect(page.locator("#root")).to_have_text(str(tmp_path / "reporter"))
        page.fill("#folder", "profile")
        expect(page.locator("#root")).to_have_text(str(tmp_path / "profile"))
        # Enter in a field begins a country, never the example.
        page.select_option("#country", "PT")
        page.press("#year", "Enter")
        page.wait_for_url("**/PT/2020")
        assert (tmp_path / "profile/data/PT/2020.yaml").is_file()
        page.close()
