"""The editor of texts in Chromium: every form of an expression, keyboard, clipboard, and what it leaves as it is."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.chromium import violations
from tests.fixtures import LITHUANIA
from tests.workbench.figures_bench import Bench, known
from tests.workbench.looking import BEYOND, opened
from tests.workbench.pages.test_text_editor import FIRST, REST, TEXT, begun

PRINTED = "[data-printed]"


def body(page: Page) -> Locator:
    return page.locator("textarea[name=body]").first


def text(page: Page) -> Locator:
    return page.locator(".cm-content").first


def sections() -> dict[str, str]:
    """The English texts of Lithuania, each section with what is below its heading."""
    whole = (LITHUANIA / "data/LT/text/en/2020.md").read_text()
    found = re.split(r"^# (\w+).*\n", whole, flags=re.M)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def test_no_text_is_changed_by_being_opened_typed_in_and_typed_back(browser: Browser, bench: Bench) -> None:
    odd = """## A sub-heading
The first line\x20\x20
of a verse, one\\
more



> A quotation
> goes on.

1. one
   still one
2. two

::: restricted
Some {{ victims.identified |
share }} words.
:::

<!-- A

comment -->
The end"""
    wholes = [odd, *(each for each in sections().values() if "{#" not in each)]
    with opened(browser, bench.bench) as page:
        for whole in wholes:
            bench.write(f"# victims\n\n{whole.strip()}\n", TEXT.format("en"))
            known(page, bench).goto(bench.address("/LT/2021/text/en/victims"))
            text(page).focus()
            before = body(page).input_value()
            for key in ("Control+Home", "Control+End"):
                page.keyboard.press(key)
                page.keyboard.type("X")
                assert before != body(page).input_value()
                page.keyboard.press("Backspace")
                assert before == body(page).input_value()
            page.keyboard.type(" It is so.")
            # Of all paragraphs the last one alone is written again.
            last = before.rpartition("\n\n")[0]
            assert body(page).input_value().startswith(last)
            body(page).evaluate("each => each.form.reset()")


CHOSEN = (
    ("share", {}, "16 of 27", "{{ victims.identified.women | share }}"),
    ("change", {}, "±0", "{{ victims.identified.women | change }}"),
    ("change", {"Since": "2019"}, "−1", "{{ victims.identified.women | change(2019) }}"),
    ("", {"Of the year": "2019"}, "17", "{{ victims.identified.women | at(2019) }}"),
    (
        "majority",
        {"Words": "most victims"},
        "most victims",
        '{{ victims.identified.women | majority("most victims") }}',
    ),
    (
        "counted",
        {"with 1": "woman", "with 2, 3, 4": "women"},
        "16\u00a0women",
        '{{ victims.identified.women | counted("woman", "women") }}',
    ),
)


def test_every_form_of_a_figure_is_chosen_in_words_with_what_it_prints(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        for name, fields, printed, source in CHOSEN:
            text(page).focus()
            page.keyboard.press("Control+End")
            page.keyboard.press("Alt+i")
            page.get_by_label("Show those with").fill("identified women")
            page.get_by_role("button", name="Other form…").filter(visible=True).first.click()
            form = page.locator("#chip-form")
            form.get_by_label("It is printed").select_option(name)
            for label, value in fields.items():
                field = form.get_by_label(label, exact=True)
                field.select_option(value) if field.evaluate("each => each.matches('select')") else field.fill(value)
            expect(form.locator(PRINTED)).to_have_text(printed)
            form.get_by_role("button", name="Insert into the text").click()
            expect(text(page).locator(".chip").last).to_have_text(printed)
            assert body(page).input_value().endswith(source)
        expect(text(page).locator(".chip")).to_have_count(1 + len(CHOSEN))
        body(page).evaluate("each => each.form.reset()")


def test_charts_are_referred_to_by_their_captions_and_footnotes_written(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        text(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("Alt+i")
        page.get_by_label("Show those with").fill("penalties")
        page.keyboard.press("Enter")
        expect(text(page).locator(".chip").last).to_have_text(re.compile("Table"))
        assert body(page).input_value().endswith('{{ table("penalties") }}')
        page.get_by_role("button", name="Footnote…").first.click()
        page.get_by_label("Words of the footnote").fill('As "counted".')
        page.get_by_role("button", name="Insert into the text").click()
        expect(text(page).locator(".chip").last).to_have_text("Footnote")
        assert body(page).input_value().endswith('{{ note("As \\"counted\\".") }}')
        # The form of a chip beside the cursor, by keyboard.
        page.keyboard.press("Alt+Enter")
        expect(page.get_by_label("Words of the footnote")).to_have_value('As "counted".')
        page.get_by_role("button", name="Delete it").click()
        assert body(page).input_value().endswith('{{ table("penalties") }}')
        body(page).evaluate("each => each.form.reset()")


def test_a_headline_gets_a_figure_by_its_own_button(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        page.get_by_label("Headline: the main finding of the section, if any").fill("All of ")
        page.get_by_role("button", name="A figure in the headline…").first.click()
        page.get_by_label("Show those with").fill("identified")
        page.keyboard.press("Enter")
        headline = page.get_by_label("Headline: the main finding of the section, if any")
        expect(headline).to_be_focused()
        expect(headline).to_have_value("All of {{ victims.identified }}")
        headline.evaluate("each => each.form.reset()")


def test_a_chip_is_one_step_and_copied_as_its_source(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        begun(page, bench, first="A {{ victims.identified }} b.")
        text(page).focus()
        page.keyboard.press("Control+Home")
        for key in ("ArrowRight", "ArrowRight", "ArrowRight"):
            page.keyboard.press(key)
        page.keyboard.type("!")
        assert body(page).input_value().startswith("A {{ victims.identified }}! b.")
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowLeft")
        page.keyboard.press("Control+c")
        assert "{{ victims.identified }}" == page.evaluate("() => navigator.clipboard.readText()")
        page.keyboard.press("Enter")
        expect(page.get_by_label("It is printed")).to_be_focused()
        page.keyboard.press("Escape")
        expect(text(page)).to_be_focused()
        page.keyboard.press("Control+End")
        page.keyboard.press("Control+v")
        expect(text(page).locator(".chip")).to_have_text(["27", "27"])
        page.keyboard.press("Backspace")
        assert f"A {{{{ victims.identified }}}}! b.\n\n{REST.rstrip()}" == body(page).input_value()
        body(page).evaluate("each => each.form.reset()")


def test_marks_and_paragraphs_are_made_by_buttons_and_keys_and_esc_and_tab_lead_out(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        text(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.press("Control+b")
        page.keyboard.type("Bold")
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        page.keyboard.type("one")
        page.get_by_role("button", name="List").first.click()
        page.keyboard.press("End")
        page.keyboard.press("Enter")
        page.keyboard.type("two")
        for key in ("Enter", "Enter"):
            page.keyboard.press(key)
        page.keyboard.type("After.")
        assert f"{FIRST}\n\n{REST.rstrip()}\n\n**Bold**\n\n- one\n- two\n\nAfter." == body(page).input_value()
        told = text(page).evaluate("each => [each.role, each.ariaMultiLine, each.lang, each.spellcheck]")
        assert ["textbox", "true", "en", True] == told
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Write this text").first).to_be_focused()
        body(page).evaluate("each => each.form.reset()")


def test_a_text_written_twice_before_the_first_answer_has_no_conflict_with_itself(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        held = list[Route]()
        page.route(re.compile("/text/en/victims$"), lambda each: each.continue_() if held else held.append(each))
        write = page.get_by_role("button", name="Write this text").first
        text(page).fill("The first words.")
        write.click()
        while not held:
            page.wait_for_timeout(50)
        text(page).fill("The second words.")
        write.click()
        held[0].continue_()
        expect(page.locator(".printed").first).to_contain_text("The second words.")
        assert "\nThe second words.\n" in (bench.root / TEXT.format("en")).read_text()


def test_bold_is_ended_by_its_own_key(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        text(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        for words in ("Police", ": all of them"):
            page.keyboard.press("Control+b")
            page.keyboard.type(words)
        assert body(page).input_value().endswith("\n\n**Police**: all of them")
        body(page).evaluate("each => each.form.reset()")


def test_a_form_that_still_lacks_words_asks_for_them_and_reports_no_fault(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        before = body(page).input_value()
        text(page).locator(".chip").first.click()
        form = page.locator("#chip-form")
        with page.expect_response(lambda each: "counted" in str(each.request.post_data)):
            form.get_by_label("It is printed").select_option("counted")
        expect(form.locator("[data-problem]")).to_have_text("")
        form.get_by_role("button", name="Insert into the text").click()
        expect(form.get_by_label("with 1", exact=True)).to_be_focused()
        assert before == body(page).input_value()
        page.keyboard.press("Escape")


def test_what_is_no_expression_is_underlined_and_said(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench, first="A {{ victims.identified }}.")
        text(page).focus()
        page.keyboard.press("Control+End")
        page.keyboard.type(" There were {{ victims.identified | rose(more) }} and {{ victims.nobody }}.")
        expect(text(page).locator(".cm-wrong")).to_have_text("{{ victims.identified | rose(more) }}")
        expect(text(page).locator(".chip.is-wrong")).to_have_text("…")
        told = page.locator("[data-problems] li").filter(visible=True)
        expect(told).to_have_count(2)
        assert "has no value for 2021" in told.first.inner_text() + told.last.inner_text()
        assert 'rose("more")' in told.first.inner_text() + told.last.inner_text()
        assert [] == violations(page)
        body(page).evaluate("each => each.form.reset()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_editor_picker_and_form_fit_a_phone_in_lithuanian(browser: Browser, bench: Bench, scheme: str) -> None:
    with opened(browser, bench.bench, width=360, scheme=scheme, language="lt") as page:
        begun(page, bench, "lt")
        assert ([], []) == (violations(page), page.evaluate(BEYOND))
        text(page).locator(".chip").first.click()
        expect(page.locator("#chip-form")).to_be_visible()
        assert ([], []) == (violations(page), page.evaluate(BEYOND))
        page.keyboard.press("Escape")
        page.keyboard.press("Alt+i")
        expect(page.locator("#picker input")).to_be_focused()
        assert ([], []) == (violations(page), page.evaluate(BEYOND))
        page.keyboard.press("Escape")


def test_without_scripts_the_field_itself_is_typed_in(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.bench.new_address())
    known(page, bench).goto(bench.address("/LT/2021/text/en/victims"))
    page.get_by_label("Text with markup").first.fill("By hand: {{ victims.identified }}.")
    assert page.locator("#picks").count()
    page.get_by_role("button", name="Write this text").first.click()
    expect(page.get_by_label("Text with markup").first).to_have_value("By hand: {{ victims.identified }}.")
    assert "By hand: {{ victims.identified }}." in (bench.root / TEXT.format("en")).read_text()
    context.close()
