"""The page, a comparison and paper in Chromium: as they would be made now, renewed by an edit, followed to a field."""

import re

from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.chromium import violations
from tests.workbench.figures_bench import Bench
from tests.workbench.looking import opened
from tests.workbench.serving import come_in

LAST, SLOW = "data/LT/2020.yaml", 120_000
# What the PDF is called.
TITLED = "Lietuva"
PAGE, EDITION, COMPARED = "/LT/2020/page/en", "/LT/2020/edition/en", "/LT/compare?sides=2019,2020"
PLACE = "() => document.getElementById('edition').contentWindow.scrollY"
TO_FIGURES = """() => {
    const page = document.getElementById("edition").contentDocument;
    page.getElementById("section-justice").scrollIntoView();
    return page.getElementById("section-justice").getBoundingClientRect().top;
}"""
TOP = """() => document.getElementById("edition").contentDocument.getElementById("section-justice")
    .getBoundingClientRect().top"""


def go(page: Page, bench: Bench, path: str = PAGE) -> FrameLocator:
    page.goto(bench.address(path))
    frame = page.frame_locator("#edition")
    frame.locator("main").wait_for(timeout=SLOW)
    return frame


def count_one_more(bench: Bench) -> None:
    """Somebody counts one assisted person more, in an editor."""
    text = (bench.root / LAST).read_text()
    assert "total: 208" in text
    (bench.root / LAST).write_text(text.replace("total: 208", "total: 209"))


def test_a_script_in_a_template_does_not_run(browser: Browser, bench: Bench) -> None:
    template = bench.root / "templates" / "disclaimer.html"
    bench.write('<p class="tried" onclick="document.title = \'run\'">x</p>', "templates/disclaimer.html")
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(bench.bench.new_address())
        page.wait_for_url("**/LT/2021")
        go(page, bench).locator(".tried").first.click()
        assert "run" != page.evaluate("document.getElementById('edition').contentDocument.title")
    finally:
        context.close()
        template.unlink()
        template.parent.rmdir()


def test_an_edit_arrives_in_the_frame_and_only_what_changed_of_it_and_the_place_is_kept(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        frame = go(page, bench)
        page.evaluate("document.getElementById('edition').contentWindow.same = true")
        before = page.evaluate(TO_FIGURES)
        count_one_more(bench)
        frame.locator("html[data-changed]").wait_for(timeout=SLOW)
        expect(frame.locator("#section-assistance_and_support")).to_contain_text("209")
        assert page.evaluate("document.getElementById('edition').contentWindow.same")
        assert abs(before - page.evaluate(TOP)) < 2
        assert page.evaluate(PLACE) > 1000
        changed = set(frame.locator("html").get_attribute("data-changed").split())
        parts = set(re.findall(r'<section class="chapter[^"]*" id="([\w-]+)"', come_in(bench.bench).get(EDITION).text))
        assert "section-assistance_and_support" in changed
        assert {"section-sources", "section-symbols"} <= parts - changed


def test_the_last_good_page_stays_while_the_files_cannot_be_read(browser: Browser, bench: Bench) -> None:
    path = bench.root / "data/catalogue.yaml"
    before = path.read_text()
    with opened(browser, bench.bench) as page:
        frame = go(page, bench)
        path.write_text("a: [\n")
        expect(page.locator("#standing")).to_contain_text("You see the last version that could", timeout=SLOW)
        expect(frame.locator("#section-justice")).to_be_visible()
        assert [] == violations(page)
        path.write_text(before)
        expect(page.locator("#standing .say")).to_have_count(0, timeout=SLOW)


def test_without_scripts_the_numbers_of_each_section_are_links(browser: Browser, bench: Bench) -> None:
    come_in(bench.bench).get(EDITION)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.bench.new_address())
    page.wait_for_url("**/LT/2021")
    page.goto(bench.address(PAGE))
    assert page.locator(".numbers a[href*='/figures/']").count() > 20
    assert page.frame_locator("#edition").locator("#section-justice").count()
    context.close()


def test_sides_are_chosen_and_a_number_leads_to_its_page(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        page.goto(bench.address("/LT/2020"))
        page.get_by_role("link", name="Compare").click()
        page.get_by_label("2021", exact=True).uncheck()
        page.get_by_label("2019", exact=True).check()
        page.get_by_role("button", name="Compare these").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("2019 and 2020 compared")
        frame = page.frame_locator("#edition")
        expect(frame.locator("main h2").first).to_be_in_viewport(timeout=SLOW)
        frame.locator('td[data-at*="victims.identified"]:visible').first.click()
        page.wait_for_url(re.compile(r"/LT/20\d\d/figure/victims\.identified"))


def test_an_edit_arrives_in_the_comparison(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        frame = go(page, bench, COMPARED)
        digest = frame.locator("html").get_attribute("data-edition")
        count_one_more(bench)
        expect(frame.locator("main")).to_contain_text("209", timeout=SLOW)
        assert digest != frame.locator("html").get_attribute("data-edition")
        expect(page.locator("#standing")).to_contain_text("1 error", timeout=SLOW)


def test_a_chapter_comes_in_the_tab_that_waited_for_it(browser: Browser, bench: Bench) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(bench.bench.new_address())
    page.wait_for_url("**/LT/2021")
    page.goto(bench.address("/LT/2020/paper/lt/justice/LT-2020-lt-justice.pdf#nameddest=section-justice"))
    with page.expect_response(lambda got: got.headers["content-type"] == "application/pdf", timeout=SLOW) as came:
        pass
    assert came.value.ok
    # The viewer of the browser is there, and nothing of the file was refused to it.
    page.wait_for_function("() => !document.querySelector('h1')", timeout=SLOW)
    assert [] == [each for each in said if "Content Security Policy" in each]
    # The tab is called as the file is.
    tabs = browser.new_browser_cdp_session()
    for _ in range(100):
        titles = [each["title"] for each in tabs.send("Target.getTargets")["targetInfos"] if each["type"] == "page"]
        if any(TITLED in each for each in titles):
            break
        page.wait_for_timeout(100)
    assert any(TITLED in each for each in titles), titles
    context.close()
