"""Side by side and on paper in Chromium: followed from a number, renewed by an edit."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, expect

from reporter.web.server import Workbench
from tests.fixtures import LITHUANIA
from tests.web.looking import opened
from tests.web.serving import running

SLOW = 120_000
COMPARED = "/LT/compare?sides=2018,2020"
FILE = "data/LT/2020.yaml"


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return copytree(LITHUANIA, tmp_path_factory.mktemp("sides") / "lithuania")


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


def test_sides_are_chosen_and_a_number_leads_to_its_page(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2020")
        page.get_by_role("link", name="Compare").click()
        page.get_by_label("2019", exact=True).uncheck()
        page.get_by_label("2018", exact=True).check()
        page.get_by_role("button", name="Lay them side by side").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2018 and 2020 side by side")
        frame = page.frame_locator("#edition")
        expect(frame.locator("main h2").first).to_be_in_viewport(timeout=SLOW)
        frame.locator('td[data-at*="victims.identified"]:visible').first.click()
        page.wait_for_url(re.compile(r"/LT/20\d\d/figure/victims\.identified"))


def test_an_edit_arrives_in_the_comparison(browser: Browser, bench, root) -> None:
    path = root / FILE
    before = path.read_text()
    with opened(browser, bench) as page:
        page.goto(f"http://127.0.0.1:{bench.port}{COMPARED}")
        frame = page.frame_locator("#edition")
        frame.locator("main").wait_for(timeout=SLOW)
        digest = frame.locator("html").get_attribute("data-edition")
        path.write_text(before.replace("total: 208", "total: 209"))
        try:
            expect(frame.locator("main")).to_contain_text("209", timeout=SLOW)
            assert digest != frame.locator("html").get_attribute("data-edition")
            expect(page.locator("#standing")).to_contain_text("stand", timeout=SLOW)
        finally:
            path.write_text(before)


def test_a_chapter_comes_in_the_tab_that_waited_for_it(browser: Browser, bench) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    try:
        page.goto(bench.new_address())
        page.wait_for_url("**/LT/2020")
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2020/paper/lt/justice#nameddest=section-justice")
        with page.expect_response(lambda got: got.headers["content-type"] == "application/pdf", timeout=SLOW) as came:
            pass
        assert came.value.ok
        # The viewer of the browser is there, and nothing of the file was refused to it.
        page.wait_for_function("() => !document.querySelector('h1')", timeout=SLOW)
        assert [] == [each for each in said if "Content Security Policy" in each]
    finally:
        context.close()
