"""The page in Chromium: as it would be made now, followed from a number to its field and back."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from reporter.files.workspace import Workspace
from reporter.web.server import Workbench
from tests.chromium import violations
from tests.fixtures import LITHUANIA
from tests.web.looking import opened
from tests.web.serving import come_in, running

FILE = "data/LT/2020.yaml"
PAGE, EDITION = "/LT/2020/page/en", "/LT/2020/edition/en"
FIGURE = "/LT/2020/figure/victims.identified"
PLACE = "() => document.getElementById('edition').contentWindow.scrollY"
TO_FIGURES = """() => {
    const page = document.getElementById("edition").contentDocument;
    page.getElementById("section-justice").scrollIntoView();
    return page.getElementById("section-justice").getBoundingClientRect().top;
}"""
TOP = """() => document.getElementById("edition").contentDocument.getElementById("section-justice")
    .getBoundingClientRect().top"""


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return copytree(LITHUANIA, tmp_path_factory.mktemp("page") / "lithuania")


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root) as bench:
        bench.desk.read_now()
        yield bench


@pytest.fixture
def edited(root, bench) -> Iterator[Path]:
    """A file that is as it was when the test is over."""
    path = root / FILE
    before = path.read_text()
    yield path
    path.write_text(before)
    bench.desk.read_now()


def go(page: Page, bench: Workbench, path: str = PAGE) -> FrameLocator:
    page.goto(f"http://127.0.0.1:{bench.port}{path}")
    frame = page.frame_locator("#edition")
    frame.locator("#section-justice").wait_for(timeout=60_000)
    return frame


def one_more(path: Path) -> None:
    """Somebody counts one assisted person more, in an editor."""
    before = path.read_text()
    assert "total: 208" in before
    path.write_text(before.replace("total: 208", "total: 209"))


def test_a_script_in_a_text_or_template_does_not_run(browser: Browser, bench, root) -> None:
    template = root / "templates" / "disclaimer.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text('<p class="tried" onclick="document.title = \'run\'">x</p>')
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(bench.new_address())
        page.wait_for_url("**/LT/2020")
        bench.desk.read_now()
        frame = go(page, bench)
        frame.locator(".tried").first.click()
        assert "run" != page.evaluate("document.getElementById('edition').contentDocument.title")
    finally:
        context.close()
        template.unlink()
        template.parent.rmdir()
        bench.desk.read_now()


def test_an_edit_arrives_in_the_frame_and_the_place_is_kept(browser: Browser, bench, edited) -> None:
    with opened(browser, bench) as page:
        frame = go(page, bench)
        page.evaluate("document.getElementById('edition').contentWindow.same = true")
        before = page.evaluate(TO_FIGURES)
        one_more(edited)
        frame.locator("html[data-changed]").wait_for(timeout=30_000)
        expect(frame.locator("#section-assistance_and_support")).to_contain_text("209")
        assert page.evaluate("document.getElementById('edition').contentWindow.same")
        assert abs(before - page.evaluate(TOP)) < 2
        assert page.evaluate(PLACE) > 1000


def test_only_what_changed_is_sent(browser: Browser, bench, edited) -> None:
    with opened(browser, bench) as page:
        frame = go(page, bench)
        one_more(edited)
        frame.locator("html[data-changed]").wait_for(timeout=30_000)
        changed = set(frame.locator("html").get_attribute("data-changed").split())
        whole = come_in(bench).get(EDITION).text
        parts = set(re.findall(r'<section class="chapter[^"]*" id="([\w-]+)"', whole))
        assert "section-assistance_and_support" in changed
        assert {"section-justice", "section-framework", "section-sources", "section-symbols"} <= parts - changed


def test_the_last_good_page_stays_while_the_files_cannot_be_read(browser: Browser, bench, root) -> None:
    path = root / "data" / "catalogue.yaml"
    before = path.read_text()
    try:
        with opened(browser, bench) as page:
            frame = go(page, bench)
            path.write_text("a: [\n")
            expect(page.locator("#standing")).to_contain_text("Shown is the last one that could", timeout=30_000)
            expect(frame.locator("#section-justice")).to_be_visible()
            assert [] == violations(page)
            path.write_text(before)
            expect(page.locator("#standing .say")).to_have_count(0, timeout=30_000)
    finally:
        path.write_text(before)
        bench.desk.read_now()


def test_a_number_is_followed_to_its_field_and_back_to_the_page(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        frame = go(page, bench)
        number = frame.locator("#section-general_situation span[data-at]").first
        words, lead = number.inner_text(), number.get_attribute("data-at")
        assert re.fullmatch(r"/LT/\d{4}/figures/[a-z_]+\?at=[\w.]+", lead)
        number.click()
        page.wait_for_url(f"**{lead}")
        expect(page.locator("#pane .place")).to_have_text(lead.partition("=")[2])
        page.get_by_role("link", name="Where it is printed").click()
        expect(page.locator("h1")).to_contain_text(words)
        page.locator(".places a").first.click()
        page.wait_for_url("**/page/en#*")


def test_what_is_published_leads_nowhere(root) -> None:
    from reporter.edition.job import Job
    from reporter.edition.resources import locale_of, templates_of, theme_of
    from reporter.edition.state import edition_state
    from reporter.produce.composed import documents_of
    from reporter.render import to_html

    sources = Workspace(root).snapshot()
    job = Job("LT", 2020, "en")
    state = edition_state(sources, job)
    locale = locale_of(sources, "en")
    documents = documents_of(state.checked, job, locale)
    theme = theme_of(sources, state.checked.dataset.settings)
    html = to_html(documents[job.volume], theme, locale.text, templates_of(sources))
    assert "data-at" not in html


def test_without_scripts_the_numbers_of_each_section_are_links(browser: Browser, bench) -> None:
    come_in(bench).get(EDITION)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.new_address())
    page.wait_for_url("**/LT/2020")
    page.goto(f"http://127.0.0.1:{bench.port}{PAGE}")
    links = page.locator(".numbers a[href*='/figures/']")
    assert links.count() > 50
    assert page.frame_locator("#edition").locator("#section-justice").count()
    context.close()
