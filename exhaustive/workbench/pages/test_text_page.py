"""The texts of a year in Chromium: written beside the page, by keyboard, and confirmed."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import violations
from tests.workbench.figures_bench import Bench, known
from tests.workbench.looking import opened

TEXT = "data/LT/text/en/2021.md"


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
    """A year in which three more victims were identified."""
    running_bench.start_again()
    running_bench.write(running_bench.text.replace("unanswered  # 2020: 24\n", "27\n"))
    return running_bench


def go(page: Page, bench: Bench, path: str) -> None:
    page.goto(bench.address(path))


def test_the_rail_has_the_states_of_sections_and_changed_numbers_and_untrue_sentences_are_marked(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        go(page, bench, "/LT/2021/text/en/victims")
        lines = [" ".join(each.split()) for each in page.locator(".rail li").all_inner_texts()]
        assert ["At a glance error", "Compared with the year before", "Reading the figures"] == lines[:3]
        assert "Victims error" == " ".join(page.locator(".rail [aria-current]").inner_text().split())
        changed = page.locator(".printed .chip.is-changed")
        assert ("24", "27") == (changed.locator("del").inner_text(), changed.locator("ins").inner_text())
        assert "victims.identified" == changed.get_attribute("title")
        assert page.locator("mark.untrue").first.inner_text().startswith("In 2020, 24 27 victims were identified")
        told = page.locator(".findings > .say").first
        assert "a sentence about 2020 prints the value of Identified victims for 2021" in told.inner_text()
        assert "In 2020, 24 victims were identified" in page.locator(".other").first.inner_text()
        page.locator(".choose a", has_text="Lithuanian").last.click()
        assert "suskaičiavo" in page.locator(".other").first.inner_text()


def test_on_a_phone_the_text_is_on_the_first_screen_and_all_texts_are_one_press_away(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench, width=360) as page:
        go(page, bench, "/LT/2021/text/en/victims")
        assert page.locator("h1").bounding_box()["y"] < 400
        lines = page.locator(".rail li").filter(visible=True)
        assert 2 <= lines.count() <= 4
        page.get_by_role("link", name="All texts").click()
        expect(page.get_by_role("link", name="All texts")).to_be_hidden()
        assert lines.count() == page.locator(".rail li").count() > 30
        assert [] == violations(page)


def test_what_is_being_typed_is_not_exchanged_when_a_file_changes(browser: Browser, bench: Bench) -> None:
    path = bench.root / TEXT
    with opened(browser, bench.bench) as page:
        go(page, bench, "/LT/2021/text/en/recommendations")
        body = page.get_by_label("Text with markup").first
        body.fill("Half a sentence")
        page.locator("h1").click()
        with page.expect_response("**/text/en/recommendations*", timeout=60_000):
            path.write_text(f"{path.read_text()}\n<!-- by hand -->\n")
        page.wait_for_timeout(200)
        assert "Half a sentence" == body.inner_text()


SCROLL = "() => document.getElementById('edition').contentWindow.scrollBy(0, 300)"
NEXT_TOP = """() => document.getElementById("edition").contentDocument
    .getElementById("section-administrative_violations").getBoundingClientRect().top"""


def test_the_page_stands_beside_its_text_and_follows_what_is_written(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench)
        go(page, bench, "/LT/2021/text/en/aliens")
        frame = page.frame_locator("#edition")
        frame.locator("#section-aliens").wait_for(timeout=60_000)
        page.evaluate("() => { document.getElementById('edition').contentWindow.mine = 1 }")
        page.evaluate(SCROLL)
        top = page.evaluate(NEXT_TOP)
        page.get_by_role("button", name="Rewrite").first.click()
        expect(page.get_by_label("Text with markup").first).to_be_focused(timeout=60_000)
        page.keyboard.press("Control+A")
        page.keyboard.type("Read it beside the text.")
        # Nobody waits for the page: one goes on in another field meanwhile.
        page.locator("#new summary").click()
        page.get_by_label("Title of the part").fill("Half a title")
        page.get_by_label("Text with markup").first.focus()
        page.get_by_role("button", name="Write this text").first.click()
        expect(page.locator(".printed > p").first).to_have_text("Read it beside the text.", timeout=60_000)
        assert "Half a title" == page.get_by_label("Title of the part").input_value()
        expect(frame.locator("#section-aliens")).to_contain_text("Read it beside", timeout=60_000)
        # It is the same frame at the same place.
        assert 1 == page.evaluate("() => document.getElementById('edition').contentWindow.mine")
        assert abs(top - page.evaluate(NEXT_TOP)) < 2
        page.get_by_label("Title of the part").fill("")


def test_a_chosen_number_is_ringed_on_the_page_too(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
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


def test_the_page_beside_is_closed_for_good_and_folds_where_it_has_no_room(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        go(page, bench, "/LT/2021/text/en/victims?beside=lt")
        page.get_by_role("button", name="Close").click()
        page.wait_for_url("**/victims?beside=lt")
        go(page, bench, "/LT/2021/text/en/aliens")
        expect(page.locator("#edition")).to_have_count(0)
        assert [] == violations(page)
        page.get_by_role("button", name="Show the page next to the text").click()
        expect(page.locator("#edition")).to_be_visible()
    with opened(browser, bench.bench, width=1000) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        go(page, bench, "/LT/2021/text/en/victims")
        expect(page.locator("#edition")).to_be_hidden()
        page.get_by_role("link", name="Preview", exact=True).last.click()
        page.wait_for_url("**/page/en#section-victims")
        assert not [each for each in asked if "/edition/" in each and "text" in each]


def test_a_text_is_written_by_keyboard(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench)
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("F8")
        expect(page.locator(".findings .say").first).to_be_focused(timeout=60_000)
        # Behind the last one of the section it leads to the next section.
        for _ in range(page.locator(".findings .say").count()):
            page.keyboard.press("F8")
        page.wait_for_url("**/text/en/*?beside=2020")
        assert "at_a_glance" not in page.url
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("Alt+b")
        page.wait_for_url("**/at_a_glance?beside=lt")
        page.keyboard.press("n")
        body = page.get_by_label("Text with markup").first
        expect(body).to_be_focused(timeout=60_000)
        page.keyboard.press("Control+A")
        page.keyboard.type("[N] There were ")
        page.keyboard.press("Alt+i")
        expect(page.get_by_label("Show those with")).to_be_focused()
        page.keyboard.type("identified victims")
        page.keyboard.press("Enter")
        expect(body).to_be_focused()
        expect(body.locator(".chip")).to_have_text("27")
        assert "[N] There were {{ victims.identified }}" == page.locator("textarea[name=body]").first.input_value()
        page.get_by_role("button", name="Write this text").first.press("Enter")
        expect(page.locator(".printed", has_text="[N] There were")).to_have_count(1, timeout=60_000)
        page.locator("h1").click()
        page.keyboard.press("]")
        page.wait_for_url("**/text/en/compared?beside=lt")
        page.keyboard.press("[")
        page.wait_for_url("**/text/en/at_a_glance?beside=lt")


def test_a_text_is_confirmed_by_keyboard_unless_a_sentence_is_untrue(browser: Browser, bench: Bench) -> None:
    before = bench.text
    with opened(browser, bench.bench) as page:
        known(page, bench)
        go(page, bench, "/LT/2021/text/en/at_a_glance")
        page.keyboard.press("s")
        expect(page.locator("#decide h2")).to_be_focused()
        assert before == bench.text
        go(page, bench, "/LT/2021/text/en/aliens")
        page.keyboard.press("s")
        # It leads on to the next text that waits; that this one holds the list says once the files are checked.
        page.wait_for_url("**/text/en/administrative_violations?beside=2020")
        assert "still_holds:\n  - texts: [aliens]\n    by: Ana" in bench.text
        line = page.locator(".rail li", has=page.locator("a[href*='/en/aliens']"))
        expect(line).to_contain_text("still holds", timeout=60_000)


# Whether a press upon the lowest and the highest line of a field reaches it, wherever the page is scrolled to.
COVERED = """each => ["end", "start", "center"].flatMap(block => {
    each.scrollIntoView({ block });
    const box = each.getBoundingClientRect(), x = box.left + box.width / 2;
    const seen = [box.top + 4, box.bottom - 4].filter(y => y > 0 && y < innerHeight);
    return seen.map(y => document.elementFromPoint(x, y)).filter(there => there.closest(".decide")).map(() => block);
})"""


@pytest.mark.parametrize("width", [1280, 360])
def test_the_bar_of_the_decision_covers_no_field(browser: Browser, bench: Bench, width: int) -> None:
    with opened(browser, bench.bench, width=width) as page:
        known(page, bench)
        go(page, bench, "/LT/2021/text/en/aliens")
        page.get_by_role("button", name="Rewrite").first.click()
        body = page.get_by_label("Text with markup").first
        expect(body).to_be_visible(timeout=60_000)
        body.fill("\n\n".join(["One line of many."] * 40))
        page.locator("#new summary").click()
        for field in page.locator(".cm-editor, .writing input[name=head]").all():
            if field.is_visible():
                assert [] == field.evaluate(COVERED)
