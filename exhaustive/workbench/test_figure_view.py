"""The figures in Chromium: keys, a column from a spreadsheet, two writers."""

import re

from playwright.sync_api import Browser, Route, expect

from tests.chromium import violations
from tests.workbench.figures_bench import HELP, JUSTICE, PASTE, Bench, field, known
from tests.workbench.looking import opened


def test_a_column_of_figures_is_filled_by_keyboard(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, "investigations.opened").focus()
        for value in ("18", "6", "3", "7"):
            page.keyboard.type(value)
            page.keyboard.press("Enter")
        expect(field(page, "investigations.opened.marriage")).to_be_focused()
        expect(page.locator("#pane")).to_have_attribute("data-at", "investigations.opened.marriage", timeout=20_000)
        expect(page.locator(".rest b").first).to_have_text("2 left of 18", timeout=20_000)
        assert [each for each in bench.lines if each[0] == "+"] == [
            "+    total: 18  # 2020: 11",
            "+      criminal_activities: 6  # 2020: 4",
            "+      labour: 7  # 2020: 3",
            "+      sexual: 3  # 2020: 2",
        ]
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(field(page, "investigations.opened.sexual")).to_be_focused()
        page.keyboard.type("4")
        page.keyboard.press("Escape")
        expect(field(page, "investigations.opened.sexual")).to_have_value("3")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+z")
        expect(page.locator("#take-redo")).to_contain_text(
            "Investigations opened (labour exploitation)", timeout=20_000
        )
        assert "labour: unanswered  # 2020: 3" in bench.text


def test_a_wrong_answer_is_said_at_its_field_and_the_next_one_stays_in_hand(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=422) as page:
        known(page, bench).goto(bench.address(HELP))
        field(page, "assistance.persons").focus()
        page.keyboard.type("n.d.")
        page.keyboard.press("Enter")
        page.keyboard.type("17")
        expect(page.locator("#wrong")).to_contain_text("'n.d.' is not a number", timeout=20_000)
        expect(field(page, "assistance.persons")).to_have_attribute("aria-invalid", "true")
        expect(field(page, "assistance.persons.victims")).to_have_value("17")
        expect(field(page, "assistance.persons.victims")).to_be_focused()
        assert [] == violations(page)
        assert [] == bench.lines


def test_a_column_from_a_spreadsheet_is_shown_and_then_written(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(HELP))
        field(page, "assistance.persons").focus()
        page.evaluate(PASTE, "231\r\n178\r\n53\r\n119\r\nn.d.\r\n")
        write = page.get_by_role("button", name="Write 4 values")
        expect(write).to_be_focused(timeout=20_000)
        expect(field(page, "assistance.persons.men")).to_have_value("119")
        assert field(page, "assistance.persons.men").get_attribute("readonly") is not None
        assert [] == violations(page)
        assert [] == bench.lines
        # What an editor writes meanwhile does not take the question away.
        bench.file.write_text("# by hand\n" + bench.text)
        reading = bench.bench.desk.read_now()
        page.wait_for_timeout(500)
        expect(write).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#desk")).to_have_attribute("data-reading", reading.digest, timeout=20_000)
        expect(write).to_have_count(0, timeout=20_000)
        field(page, "assistance.persons").focus()
        page.evaluate(PASTE, "231\r\n178\r\n53\r\n119\r\nn.d.\r\n")
        expect(write).to_be_focused(timeout=20_000)
        page.keyboard.press("Enter")
        expect(field(page, "assistance.persons.men")).to_be_editable(timeout=20_000)
        assert 5 == len([each for each in bench.lines if each[0] == "+"])


def test_what_an_editor_writes_while_one_types_is_shown_before_anything_is_lost(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=409) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        convicted = field(page, "persons.convicted")
        convicted.focus()
        page.keyboard.type("49")
        bench.file.write_text(bench.text.replace("persons.convicted: unanswered", "persons.convicted: 8"))
        expect(page.locator(".foot [role=status]")).to_have_text("data/LT/2021.yaml: read again", timeout=20_000)
        expect(convicted).to_have_value("49")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("You wrote 49. Meanwhile another user wrote 8.", timeout=20_000)
        expect(page.get_by_role("button", name="Decide later")).to_be_focused()
        assert [] == violations(page)
        page.get_by_role("button", name="Write mine, 49").click()
        expect(field(page, "persons.convicted")).to_have_class("amount is-answered", timeout=20_000)
        expect(field(page, "persons.convicted")).to_have_value("49")
        assert "persons.convicted: 49  # 2020: 17" in bench.text


def test_what_is_typed_while_the_name_is_asked_is_written_after_it(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=422) as page:
        page.goto(bench.address(JUSTICE))
        # The answer comes when so much is typed, however quick the workbench is.
        held: list[Route] = []
        page.route(
            "**/*", lambda each: each.continue_() if held or each.request.method != "POST" else held.append(each)
        )
        field(page, "investigations.opened").focus()
        with page.expect_request(lambda each: each.method == "POST"):
            page.keyboard.type("18")
            page.keyboard.press("Enter")
        for value in ("6", "3"):
            page.keyboard.type(value)
            page.keyboard.press("Enter")
        # Begun, and not sent yet.
        page.keyboard.type("7")
        held[0].continue_()
        expect(page.get_by_label("Your name")).to_be_focused(timeout=20_000)
        # Half of the number is typed when the question has come, and two more follow it.
        page.keyboard.type("3")
        page.keyboard.press("Enter")
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        page.keyboard.type("12")
        page.keyboard.type("Ana")
        expect(page.get_by_label("Your name")).to_have_value("Ana")
        page.keyboard.press("Enter")
        expect(field(page, "investigations.opened.labour")).to_have_class("amount is-answered", timeout=20_000)
        expect(field(page, "investigations.opened.labour")).to_have_value("73")
        expect(page.locator("input.amount:focus")).to_have_value("12")
        page.keyboard.press("Backspace")
        page.keyboard.press("Enter")
        expect(field(page, "investigations.opened.begging")).to_have_class("amount is-answered")
        assert [each for each in bench.lines if each[0] == "+"] == [
            "+    total: 18  # 2020: 11",
            "+      criminal_activities: 6  # 2020: 4",
            "+      labour: 73  # 2020: 3",
            "+      sexual: 3  # 2020: 2",
            "+      marriage: 1  # 2020: 1",
            "+      begging: 1",
        ]


def test_what_was_refused_stays_with_its_reason_while_the_next_ones_are_written(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=422) as page:
        known(page, bench).goto(bench.address(HELP))
        field(page, "assistance.persons").focus()
        for value in ("n.d.", "17", "5"):
            page.keyboard.type(value)
            page.keyboard.press("Enter")
        expect(field(page, "assistance.persons.at_risk")).to_have_class("amount is-answered", timeout=20_000)
        persons = field(page, "assistance.persons")
        expect(persons).to_have_value("n.d.")
        expect(page.locator("tr.told", has_text="'n.d.' is not a number")).to_have_count(1)
        assert [] == violations(page)
        persons.fill("22")
        persons.press("Enter")
        expect(persons).to_have_class("amount is-answered", timeout=20_000)
        expect(page.locator("tr.told", has_text="is not a number")).to_have_count(0)
        assert 3 == len([each for each in bench.lines if each[0] == "+"])


def test_esc_puts_back_what_stood_in_a_field_before_a_value_was_refused(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=422, times=3) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        convicted = field(page, "persons.convicted")
        for typed in ("12", "12,5"):
            convicted.focus()
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
            page.wait_for_timeout(100)
        told = page.locator("tr.told", has_text="counted in whole numbers")
        expect(told).to_have_count(1, timeout=20_000)
        for is_reloaded in (False, True):
            if is_reloaded:
                convicted.fill("12,5")
                page.keyboard.press("Enter")
                expect(told).to_have_count(1, timeout=20_000)
                page.reload()
                # It is kept, sent again, and refused again.
                expect(told).to_have_count(1, timeout=20_000)
            convicted.focus()
            page.keyboard.press("Escape")
            expect(convicted).to_have_value("12")
            expect(told).to_have_count(0)
            expect(convicted).not_to_have_class(re.compile("is-wrong|is-unwritten"))
        assert "persons.convicted: 12  #" in bench.text


def test_a_table_with_names_is_shown_and_written(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(HELP))
        field(page, "assistance.persons").focus()
        page.evaluate(PASTE, "Men\t119\r\n")
        expect(page.get_by_role("button", name="Write 1 value")).to_be_focused(timeout=20_000)
        page.keyboard.press("Enter")
        expect(field(page, "assistance.persons.men")).to_have_value("119")
        expect(field(page, "assistance.persons.men")).to_be_editable(timeout=20_000)
        assert "men: 119" in bench.text


def test_what_is_typed_while_two_values_are_asked_about_is_written_after_it(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, refused=409) as page:
        known(page, bench).goto(bench.address(JUSTICE))
        field(page, "persons.prosecuted").focus()
        page.keyboard.type("49")
        bench.file.write_text(bench.text.replace("total: unanswered  # 2020: 16", "total: 8"))
        page.keyboard.press("Enter")
        page.keyboard.type("4")
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_contain_text("Meanwhile another user wrote 8.", timeout=20_000)
        page.keyboard.press("Escape")
        expect(field(page, "persons.prosecuted.women")).to_have_class("amount is-answered", timeout=20_000)
        expect(page.locator(".middle > .say")).to_contain_text("Your value, 49, is not written.")
        assert "women: 4  # 2020: 1" in bench.text
        # A page that is loaded again, because a file changed, still says so.
        bench.file.write_text(bench.text.replace("women: 4  # 2020: 1", "women: 5  # 2020: 1"))
        expect(field(page, "persons.prosecuted.women")).to_have_value("5", timeout=20_000)
        expect(page.locator(".middle > .say")).to_contain_text("Your value, 49, is not written.", timeout=2_000)
        assert "total: 8\n" in bench.text
