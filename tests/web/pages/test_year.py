"""The year in Chromium: both languages, narrow and wide, light and dark; and edits that arrive by themselves."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from reporter.web.server import Workbench
from tests.chromium import faults_of_html, violations
from tests.web.figures_bench import begun
from tests.web.looking import BEYOND, LOOKS, opened
from tests.web.serving import come_in, running

DAY = date(2022, 3, 9)
FOCUSED = """() => {
    const each = document.activeElement;
    return [each.outerHTML, parseFloat(getComputedStyle(each).outlineWidth)];
}"""
PAGES = ("/LT/2021", "/LT/2020", "/LT/2021/findings", "/LT/new", "/new/country")


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """Lithuania with a year that was just begun."""
    return begun(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root, today=lambda: DAY) as bench:
        bench.desk.read_now()
        yield bench


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_everybody_can_read_every_page(browser: Browser, bench, language, width, scheme) -> None:
    with opened(browser, bench, width=width, scheme=scheme, language=language) as page:
        for path in PAGES:
            page.goto(f"http://127.0.0.1:{bench.port}{path}")
            assert language == page.locator("html").get_attribute("lang")
            assert [] == violations(page), path
            assert [] == page.evaluate(BEYOND), path


def test_the_nu_html_checker_finds_nothing(bench, tmp_path: Path) -> None:
    asker = come_in(bench)
    files = [tmp_path / f"{number}.html" for number in range(len(PAGES) + 1)]
    for path, file in zip((*PAGES, "/no/page"), files, strict=True):
        file.write_text(asker.get(path, **{"Accept-Language": "lt"}).text)
    assert [] == faults_of_html(*files)


def test_in_lithuanian_no_word_of_the_page_is_english(browser: Browser, bench) -> None:
    with opened(browser, bench, language="lt") as page:
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2021")
        foreign = page.locator("#desk [lang]").evaluate_all("all => all.map(each => each.textContent)")
        assert ["English", "Lietuvių"] == foreign


def test_it_says_what_comes_next_and_what_is_open(bench) -> None:
    answer = come_in(bench).get("/LT/2021")
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text.replace("\u00a0", " ")))
    figures = int(re.match(r"(\d+) figures wait for an answer", answer.title)[1])
    assert f"0 of {figures} figures answered" in plain
    assert "113 days to 30 June 2022" in plain
    assert "2021 not published" in plain


def test_the_first_address_leads_to_the_latest_year(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        page.wait_for_url("**/LT/2021")


def test_an_edit_in_an_editor_arrives_by_itself_and_the_place_is_kept(browser: Browser, bench, root) -> None:
    path = root / "data/LT/2021.yaml"
    before = path.read_text()
    with opened(browser, bench, width=360) as page:
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2021")
        number = int(re.match(r"\d+", page.locator("h1").inner_text())[0])
        link = page.locator("section a").first
        link.focus()
        page.evaluate("window.scrollTo(0, 300)")
        # As editors do: a new file is put in the place of the old one.
        draft = path.with_name(".draft")
        draft.write_text(re.sub(r"unanswered  # 2020: 24\b", "31", before, count=1))
        try:
            draft.replace(path)
            expect(page.locator("h1")).to_have_text(f"{number - 1} figures wait for an answer", timeout=20_000)
            expect(page.locator(".foot [role=status]")).to_have_text("data/LT/2021.yaml: read anew")
            assert 300 == page.evaluate("window.scrollY")
            assert link.evaluate("each => each === document.activeElement")
            path.write_text("figures: [\n")
            expect(page.locator("h1")).to_have_text("4 errors keep files from being read", timeout=20_000)
        finally:
            path.write_text(before)
        expect(page.locator("h1")).to_have_text(f"{number} figures wait for an answer", timeout=20_000)


def test_everything_is_reached_by_keyboard_and_seen_when_it_is(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2021")
        wanted = page.locator("a[href], button").count()
        reached = set()
        for _ in range(wanted):
            page.keyboard.press("Tab")
            html, ring = page.evaluate(FOCUSED)
            assert 2 <= ring, html
            reached.add(html)
        assert reached
        assert "BODY" != page.evaluate("document.activeElement.tagName")


def test_the_language_is_changed_by_its_button_and_stays(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2021")
        page.get_by_role("button", name="Lietuvių").click()
        expect(page).to_have_url(f"http://127.0.0.1:{bench.port}/LT/2021")
        assert "lt" == page.locator("html").get_attribute("lang")
        page.goto(f"http://127.0.0.1:{bench.port}/LT/2020")
        assert "lt" == page.locator("html").get_attribute("lang")


@pytest.mark.parametrize(
    "here", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1", "/a\r\nb", ""]
)
def test_a_change_of_language_leads_to_no_other_place(bench, here) -> None:
    answer = come_in(bench).post("/language", {"language": "lt", "here": here})
    assert (303, "/") == (answer.status, answer.headers["location"])


def test_a_year_or_country_that_is_not_there_is_no_page(bench) -> None:
    asker = come_in(bench)
    paths = ("/LT/1999", "/XX/2021", "/LT/99999999", "/lt/2021", "/LT/2021/", "/LT/2021/nothing", "/XX/new")
    assert dict.fromkeys(paths, 404) == {path: asker.get(path).status for path in paths}


def test_without_scripts_the_page_is_whole(browser: Browser, bench) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.new_address())
    page.wait_for_url("**/LT/2021")
    assert page.locator("h1").inner_text()
    context.close()
