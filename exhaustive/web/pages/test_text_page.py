"""The texts of a year in Chromium: two written in two languages, with and without scripts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reporter.web.person import COOKIE
from reporter.web.server import Workbench
from tests.chromium import violations
from tests.web.figures_bench import begun
from tests.web.looking import opened
from tests.web.serving import running

DAY = date(2022, 3, 9)


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    """Lithuania with a year in which three more victims were identified."""
    root = begun(tmp_path_factory.mktemp("texts"), whole=True)
    path = root / "data/LT/2021.yaml"
    path.write_text(path.read_text().replace("unanswered  # 2020: 24\n", "27\n"))
    return root


@pytest.fixture(scope="module")
def bench(root) -> Iterator[Workbench]:
    with running(root, today=lambda: DAY) as bench:
        bench.desk.read_now()
        yield bench


def go(page: Page, bench: Workbench, path: str) -> None:
    page.goto(f"http://127.0.0.1:{bench.port}{path}")


def test_in_lithuanian_only_texts_and_remedies_are_in_another_language(browser: Browser, bench) -> None:
    with opened(browser, bench, language="lt") as page:
        go(page, bench, "/LT/2021/text/lt/recommendations?beside=2020")
        foreign = page.locator("#desk [lang=en]").evaluate_all("all => all.map(each => each.textContent)")
        assert ["English"] == foreign


def test_the_rail_has_the_sections_in_the_order_of_the_outline_with_their_states(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        go(page, bench, "/LT/2021/text/en/victims")
        lines = [" ".join(each.split()) for each in page.locator(".rail li").all_inner_texts()]
        assert [
            "At a glance error",
            "Compared with the year before",
            "Challenges and recommendations",
            "Main challenges to decide",
            "Recommendations not written",
            "Victims and the countries named to decide",
            "Victims error",
        ] == lines[:7]
        assert "Victims error" == " ".join(page.locator(".rail [aria-current]").inner_text().split())


def test_changed_numbers_and_untrue_sentences_are_marked_in_the_words_of_last_year(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        go(page, bench, "/LT/2021/text/en/victims")
        changed = page.locator(".printed .chip.is-changed")
        assert ("24", "27") == (changed.locator("del").inner_text(), changed.locator("ins").inner_text())
        assert "victims.identified" == changed.get_attribute("title")
        untrue = page.locator("mark.untrue").first.inner_text()
        assert untrue.startswith("In 2020, 24 27 victims were identified")
        told = page.locator(".findings > .say").first
        assert "victims.identified is a value of 2021 in a sentence that says 2020" in told.inner_text()
        assert "In 2020, 24 victims were identified" in page.locator(".other").first.inner_text()
        page.locator(".choose a", has_text="Lithuanian").last.click()
        assert "nustatyt" in page.locator(".other").first.inner_text()


def test_two_texts_are_written_in_two_languages(browser: Browser, bench, root) -> None:
    before = {code: (root / f"data/LT/text/{code}/2021.md").read_text() for code in ("en", "lt")}
    with opened(browser, bench) as page:
        known = {"name": COOKIE, "value": "A.%20Adviser", "url": f"http://127.0.0.1:{bench.port}"}
        page.context.add_cookies([known])
        go(page, bench, "/LT/2021/text/en/victims")
        page.get_by_role("button", name="Write anew").click()
        body = page.get_by_label("Text, with its marks").first
        body.wait_for()
        body.fill("The police identified ")
        page.locator("#picks summary").click()
        page.get_by_label("Show those with").fill("victims.identified }}")
        body.focus()
        page.locator('[data-insert="{{ victims.identified }}"]').click()
        body.press_sequentially(" victims in {{ year }}.")
        page.get_by_role("button", name="Write this text").click()
        expect(page.locator(".printed").first).to_have_text("The police identified 27 victims in 2021.", timeout=20_000)
        go(page, bench, "/LT/2021/text/lt/recommendations")
        page.get_by_label("Text, with its marks").first.fill("Skaitykite.")
        page.get_by_role("button", name="Write this text").click()
        expect(page.locator(".printed > p").first).to_have_text("Skaitykite.", timeout=20_000)
    written = {code: (root / f"data/LT/text/{code}/2021.md").read_text() for code in ("en", "lt")}
    texts = {
        "en": ("victims", "The police identified {{ victims.identified }} victims in {{ year }}."),
        "lt": ("recommendations", "Skaitykite."),
    }
    for code, (section, words) in texts.items():
        start = before[code].index(f"# {section}\n") + len(f"# {section}\n")
        end = before[code].index("\n\n", start)
        assert f"{before[code][:start]}\n{words}{before[code][end:]}" == written[code]


def test_what_is_being_typed_is_not_exchanged_when_a_file_changes(browser: Browser, bench, root) -> None:
    path = root / "data/LT/text/en/2021.md"
    before = path.read_text()
    with opened(browser, bench) as page:
        go(page, bench, "/LT/2021/text/en/recommendations")
        body = page.get_by_label("Text, with its marks").first
        body.fill("Half a sentence")
        page.locator("h1").click()
        try:
            with page.expect_response("**/text/en/recommendations*", timeout=20_000):
                path.write_text(f"{before}\n<!-- by hand -->\n")
            page.wait_for_timeout(200)
            assert "Half a sentence" == body.input_value()
        finally:
            path.write_text(before)


SCROLL = "() => document.getElementById('edition').contentWindow.scrollBy(0, 300)"
NEXT_TOP = """() => document.getElementById("edition").contentDocument
    .getElementById("section-administrative_violations").getBoundingClientRect().top"""


def test_the_page_stands_beside_its_text_and_follows_what_is_written(browser: Browser, bench, root) -> None:
    path = root / "data/LT/text/en/2021.md"
    before = path.read_text()
    with opened(browser, bench) as page:
        page.context.add_cookies([{"name": COOKIE, "value": "Ana", "url": f"http://127.0.0.1:{bench.port}"}])
        go(page, bench, "/LT/2021/text/en/aliens")
        frame = page.frame_locator("#edition")
        frame.locator("#section-aliens").wait_for(timeout=60_000)
        page.evaluate("() => { document.getElementById('edition').contentWindow.mine = 1 }")
        page.evaluate(SCROLL)
        top = page.evaluate(NEXT_TOP)
        page.get_by_role("button", name="Write anew").first.click()
        expect(page.get_by_label("Text, with its marks").first).to_be_focused(timeout=20_000)
        page.keyboard.press("Control+A")
        page.keyboard.type("Read it beside the text.")
        # Nobody waits for the page: one goes on in another field meanwhile.
        page.locator("#new summary").click()
        page.get_by_label("Title of the part").fill("Half a title")
        page.get_by_label("Text, with its marks").first.focus()
        page.get_by_role("button", name="Write this text").first.click()
        expect(page.locator(".printed > p").first).to_have_text("Read it beside the text.", timeout=20_000)
        assert "Half a title" == page.get_by_label("Title of the part").input_value()
        expect(frame.locator("#section-aliens")).to_contain_text("Read it beside", timeout=60_000)
        # It is the same frame at the same place.
        assert 1 == page.evaluate("() => document.getElementById('edition').contentWindow.mine")
        assert abs(top - page.evaluate(NEXT_TOP)) < 2
        page.get_by_label("Title of the part").fill("")
    path.write_text(before)
    bench.desk.read_now()


def test_a_chosen_number_is_ringed_on_the_page_too(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        go(page, bench, "/LT/2021/text/en/victims")
        frame = page.frame_locator("#edition")
        frame.locator("#section-victims [data-at]").first.wait_for(timeout=60_000)
        chip = page.locator(".printed a.chip[data-at$='at=victims.identified']").first
        chip.click()
        assert page.url.endswith("/text/en/victims")
        chosen = page.locator("#chosen")
        assert "27 Identified victims 2021" == " ".join(chosen.locator("p").first.inner_text().split())
        ringed = frame.locator(".is-chosen")
        expect(ringed).to_have_attribute("data-at", chip.get_attribute("data-at"))
        first = chosen.locator("[data-chosen=place]").inner_text()
        chosen.get_by_role("button", name="Next").click()
        assert first != chosen.locator("[data-chosen=place]").inner_text()
        expect(ringed).to_have_count(1)
        assert [] == violations(page)
        chosen.get_by_role("link", name="Go to its field").click()
        page.wait_for_url("**/figures/general_situation?at=victims.identified")


def test_the_page_beside_is_closed_for_good_and_folds_where_it_has_no_room(browser: Browser, bench) -> None:
    with opened(browser, bench) as page:
        go(page, bench, "/LT/2021/text/en/victims?beside=lt")
        page.get_by_role("button", name="Close").click()
        page.wait_for_url("**/victims?beside=lt")
        go(page, bench, "/LT/2021/text/en/aliens")
        expect(page.locator("#edition")).to_have_count(0)
        assert [] == violations(page)
        page.get_by_role("button", name="Show the page beside").click()
        expect(page.locator("#edition")).to_be_visible()
    with opened(browser, bench, width=1000) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        go(page, bench, "/LT/2021/text/en/victims")
        expect(page.locator("#edition")).to_be_hidden()
        page.get_by_role("link", name="The page", exact=True).last.click()
        page.wait_for_url("**/page/en#section-victims")
        assert not [each for each in asked if "/edition/" in each and "text" in each]


def test_a_text_is_written_by_keyboard(browser: Browser, bench, root) -> None:
    path = root / "data/LT/text/en/2021.md"
    before = path.read_text()
    with opened(browser, bench) as page:
        page.context.add_cookies([{"name": COOKIE, "value": "Ana", "url": f"http://127.0.0.1:{bench.port}"}])
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("F8")
        expect(page.locator(".findings .say").first).to_be_focused(timeout=20_000)
        # Behind the last one of the section it leads to the next section.
        for _ in range(page.locator(".findings .say").count()):
            page.keyboard.press("F8")
        page.wait_for_url("**/text/en/*?beside=2020")
        assert "at_a_glance" not in page.url
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("Alt+b")
        page.wait_for_url("**/at_a_glance?beside=lt")
        page.keyboard.press("n")
        body = page.get_by_label("Text, with its marks").first
        expect(body).to_be_focused(timeout=20_000)
        page.keyboard.press("Control+A")
        page.keyboard.type("[N] There were ")
        page.keyboard.press("Alt+i")
        expect(page.get_by_label("Show those with")).to_be_focused()
        page.keyboard.type("victims.identified }}")
        page.keyboard.press("Enter")
        expect(body).to_be_focused()
        assert body.input_value().startswith("[N] There were {{ victims.identified }}")
        page.get_by_role("button", name="Write this text").first.press("Enter")
        expect(page.locator(".printed", has_text="[N] There were")).to_have_count(1, timeout=20_000)
        page.locator("h1").click()
        page.keyboard.press("]")
        page.wait_for_url("**/text/en/compared?beside=lt")
        page.keyboard.press("[")
        page.wait_for_url("**/text/en/at_a_glance?beside=lt")
    path.write_text(before)
    bench.desk.read_now()


def test_a_text_is_confirmed_by_keyboard_unless_a_sentence_is_untrue(browser: Browser, bench, root) -> None:
    path = root / "data/LT/2021.yaml"
    before = path.read_text()
    with opened(browser, bench) as page:
        page.context.add_cookies([{"name": COOKIE, "value": "Ana", "url": f"http://127.0.0.1:{bench.port}"}])
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("s")
        expect(page.locator("#decide h2")).to_be_focused()
        assert before == path.read_text()
        go(page, bench, "/LT/2021/text/en/aliens")
        page.keyboard.press("s")
        expect(page.locator(".worktop .hint").first).to_contain_text("still holds", timeout=20_000)
        assert "still_holds:\n  - texts: [aliens]\n    by: Ana" in path.read_text()
    path.write_text(before)
    bench.desk.read_now()


def test_who_is_asked_for_the_name_loses_nothing_that_was_typed_elsewhere(browser: Browser, bench, root) -> None:
    path = root / "data/LT/text/en/2021.md"
    before = path.read_text()
    with opened(browser, bench, refused=422) as page:
        go(page, bench, "/LT/2021/text/en/recommendations")
        page.locator("#new summary").click()
        page.get_by_label("Title of the part").fill("Half a title")
        page.get_by_label("Text, with its marks").first.fill("Read it.")
        page.get_by_role("button", name="Write this text").first.click()
        page.get_by_label("Your name").fill("Ana")
        page.get_by_role("button", name="Write it under this name").click()
        expect(page.locator(".printed > p").first).to_have_text("Read it.", timeout=20_000)
        assert "Half a title" == page.get_by_label("Title of the part").input_value()
        page.get_by_label("Title of the part").fill("")
    path.write_text(before)
    bench.desk.read_now()


def test_without_scripts_a_text_is_written_all_the_same(browser: Browser, bench, root) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.new_address())
    page.wait_for_url("**/LT/2021")
    page.locator(".chapters a[href$='/text/en/proposals']").click()
    page.locator(".rail a", has_text="Recommendations").last.click()
    page.get_by_label("Text, with its marks").first.fill("Read all of it.")
    page.get_by_role("button", name="Write this text").click()
    page.get_by_label("Your name").fill("A. Adviser")
    page.get_by_role("button", name="Write it under this name").click()
    assert "Read all of it." == page.locator(".printed > p").first.inner_text()
    context.close()
