"""The keys in Chromium: on every page, in fields and out of them."""

from playwright.sync_api import Browser, Page, expect

from tests.chromium import violations
from tests.workbench.figures_bench import HELP, JUSTICE, Bench, field, known
from tests.workbench.looking import opened

CONVICTED = "persons.convicted"


def press(page: Page, *keys: str) -> None:
    for each in keys:
        page.keyboard.press(each)


def test_what_keys_open_has_room_and_can_be_read_on_a_narrow_screen(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, width=360, scheme="dark", language="lt") as page:
        known(page, bench).goto(bench.address(f"{JUSTICE}?at={CONVICTED}"))
        for keys, name in (("?", "#keys"), ("Control+k", "#go"), ("Alt+ArrowDown", "#answers")):
            page.evaluate("document.activeElement.blur()")
            press(page, keys)
            dialog = page.locator(f"{name}:modal")
            expect(dialog).to_be_visible()
            if name == "#go":
                expect(page.locator("#go-found a").first).to_be_visible(timeout=20_000)
            assert [] == violations(page), name
            box = dialog.bounding_box()
            assert (True, True) == (box["x"] >= 0, box["x"] + box["width"] <= 360)
            press(page, "Escape")
            expect(page.locator(":modal")).to_have_count(0)


def test_a_few_letters_lead_to_a_page(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address("/LT/2020"))
        press(page, "Control+k")
        expect(page.locator("#go-words")).to_be_focused()
        page.keyboard.type("convicted")
        page.keyboard.press("Enter")
        page.wait_for_url("**/LT/2020/figures/justice?all=1&at=persons.convicted#f-persons.convicted")
        press(page, "Control+k")
        page.keyboard.type("202")
        first = page.locator("#go-found a").first
        expect(first).to_contain_text("202", timeout=20_000)
        press(page, "ArrowDown", "ArrowDown", "ArrowUp")
        expect(first).to_be_focused()
        place = first.get_attribute("href")
        press(page, "Enter")
        page.wait_for_url(f"**{place}")


def test_letters_lead_about_outside_fields_and_are_written_inside_them(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address("/LT/2021"))
        press(page, "g", "f")
        page.wait_for_url("**/figures/*")
        page.goto(bench.address(JUSTICE))
        field(page, CONVICTED).focus()
        press(page, "g", "t", "?")
        expect(field(page, CONVICTED)).to_have_value("gt?")
        press(page, "Escape")
        expect(page.locator(":modal")).to_have_count(0)
        page.locator("h1").click()
        press(page, "g", "x", "t")
        assert JUSTICE in page.url
        press(page, "g", "t")
        page.wait_for_url("**/text/en/*")


def test_letters_that_are_switched_off_do_nothing_and_the_others_still_act(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address("/LT/2021"))
        press(page, "?")
        page.locator("#keys").get_by_role("button", name="Switch single letters off").click()
        page.wait_for_load_state()
        press(page, "?", "g", "t")
        expect(page.locator(":modal")).to_have_count(0)
        assert page.url.endswith("/LT/2021")
        press(page, "Control+k")
        expect(page.locator("#go-words")).to_be_focused()
        press(page, "Escape")
        page.get_by_role("link", name="Keys", exact=True).click()
        page.locator("#keys").get_by_role("button", name="Switch single letters on").click()
        page.wait_for_load_state()
        press(page, "?")
        expect(page.locator("#keys:modal")).to_be_visible()


def test_f6_goes_round_the_parts_of_the_page(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        where = []
        for _ in range(6):
            press(page, "F6")
            where.append(
                page.evaluate(
                    "document.activeElement.closest('header, .rail, .middle, .pane, footer').className.split(' ')[0]"
                )
            )
        assert ["bar", "rail", "middle", "pane", "foot", "bar"] == where
        press(page, "Shift+F6")
        assert page.evaluate("document.activeElement.closest('footer') !== null")


def test_the_list_of_answers_puts_one_into_the_field_and_enter_writes_it(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, CONVICTED).focus()
        press(page, "Alt+ArrowDown")
        expect(page.locator("#answers-of")).to_have_text("Persons convicted, 2021")
        press(page, "ArrowDown", "Enter")
        expect(field(page, CONVICTED)).to_have_value(":")
        assert [] == bench.lines
        press(page, "Alt+ArrowDown", "+")
        expect(field(page, CONVICTED)).to_have_value("≥")
        page.keyboard.type("12")
        press(page, "Alt+ArrowDown", "~")
        expect(field(page, CONVICTED)).to_have_value("≈12")
        press(page, "Enter")
        expect(page.locator("#take-undo")).to_contain_text("≈12", timeout=20_000)
        assert "persons.convicted: about 12  # 2020: 17" in bench.text


def test_letters_outside_fields_answer_the_figure_of_the_pane(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(f"{JUSTICE}?at=persons.prosecuted"))
        prosecuted = field(page, "persons.prosecuted")
        for key, value in (("m", ":"), ("w", "c"), ("0", "0"), ("+", "≥0"), ("~", "≈0"), (">", ">0")):
            page.evaluate("document.activeElement.blur()")
            press(page, key)
            expect(prosecuted).to_be_focused()
            expect(prosecuted).to_have_value(value)
        press(page, "Escape")
        page.evaluate("document.activeElement.blur()")
        press(page, "o")
        expect(page.locator("input.amount:focus")).to_have_class("amount is-open")
        page.goto(bench.address(f"{JUSTICE}?at=persons.prosecuted"))
        press(page, "n")
        expect(page.locator("#pane textarea").first).to_be_focused()
        page.evaluate("document.activeElement.blur()")
        press(page, "h")
        page.wait_for_url("**/figure/persons.prosecuted")
        press(page, "f")
        page.wait_for_url("**/figures/justice?at=persons.prosecuted")


def test_what_was_written_is_taken_back_by_a_key_but_in_a_text_that_is_typed(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, CONVICTED).focus()
        page.keyboard.type("12")
        press(page, "Enter")
        expect(field(page, CONVICTED)).to_have_class("amount is-answered", timeout=20_000)
        note = page.locator("#pane textarea").first
        note.focus()
        page.keyboard.type("A word")
        press(page, "Control+z")
        expect(note).to_have_value("")
        expect(field(page, CONVICTED)).to_have_value("12")
        assert "persons.convicted: 12" in bench.text
        field(page, CONVICTED).focus()
        press(page, "Control+z")
        expect(page.locator("#take-redo")).to_be_visible(timeout=20_000)
        assert bench.begun == bench.file.read_bytes()
        press(page, "Control+Shift+z")
        expect(page.locator("#take-undo")).to_be_visible(timeout=20_000)
        assert "persons.convicted: 12" in bench.text


def test_a_figure_is_taken_back_at_once_after_it_was_typed(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, "investigations.opened").focus()
        page.keyboard.type("18")
        press(page, "Enter", "Control+z")
        expect(page.locator("#take-redo")).to_contain_text("Investigations opened", timeout=20_000)
        assert bench.begun == bench.file.read_bytes()
        expect(field(page, "investigations.opened")).to_have_value("")


def test_what_is_on_another_page_is_named_first_and_taken_back_by_the_second_press(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, CONVICTED).focus()
        page.keyboard.type("12")
        press(page, "Enter")
        expect(field(page, CONVICTED)).to_have_class("amount is-answered", timeout=20_000)
        page.goto(bench.address(HELP))
        press(page, "Control+z")
        expect(page.locator("#take-undo")).to_be_focused()
        expect(page.locator("#take-undo")).to_contain_text("Persons convicted, 12 → … (on another page)")
        assert "persons.convicted: 12" in bench.text
        press(page, "Control+z")
        expect(page.locator("#take-redo")).to_be_visible(timeout=20_000)
        assert bench.begun == bench.file.read_bytes()
        # Of another year nothing is offered.
        page.goto(bench.address("/LT/2020"))
        expect(page.locator("#take-redo")).to_have_count(0)
