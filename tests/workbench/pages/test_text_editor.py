"""The editor of texts in Chromium: figures as chips, picked and changed in words. More is in exhaustive/workbench."""

from playwright.sync_api import Browser, Page, expect

from tests.chromium import violations
from tests.workbench.figures_bench import Bench, known
from tests.workbench.looking import opened

SOON = 60_000
TEXT = "data/LT/text/{}/2021.md"
FIRST = "In 2021, {{ victims.identified }} victims\nwere identified. They came\nfrom far away."
REST = "- one\n- two\n\nThe last paragraph has\ntwo lines.\n"


def begun(page: Page, bench: Bench, language: str = "en", first: str = FIRST) -> Page:
    """The page of a text of 2021, in which 27 victims were identified, 16 of them women."""
    figures = bench.text.replace("unanswered  # 2020: 24\n", "27\n").replace("women: unanswered", "women: 16", 1)
    bench.write(figures)
    bench.write(f"# victims\n\n{first}\n\n{REST}", TEXT.format(language))
    known(page, bench).goto(bench.address(f"/LT/2021/text/{language}/victims"))
    expect(page.locator(".editor .chip").first).to_be_visible(timeout=SOON)
    return page


def test_a_sentence_gets_a_figure_by_its_name_and_other_paragraphs_keep_their_lines(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench) as page:
        begun(page, bench)
        text = page.get_by_label("Text with markup").first
        assert ["27"] == text.locator(".chip").all_inner_texts()
        assert (
            "In 2021, 27 victims were identified. They came from far away."
            == text.locator(".cm-line").first.inner_text()
        )
        assert [] == violations(page)
        text.locator(".cm-line").first.click()
        page.keyboard.press("End")
        page.keyboard.type(" Women: ")
        page.keyboard.press("Alt+i")
        page.get_by_label("Show those with").fill("identified women")
        assert [] == violations(page)
        page.keyboard.press("Enter")
        expect(text).to_be_focused()
        page.keyboard.type(".")
        expect(text.locator(".chip")).to_have_text(["27", "16"])
        page.get_by_role("button", name="Write this text").first.click()
        expect(page.locator("#typed-note")).to_contain_text("Saved", timeout=SOON)
        first = " ".join(FIRST.split())
        written = f"# victims\n\n{first} Women: {{{{ victims.identified.women }}}}.\n\n{REST}"
        assert written == (bench.root / TEXT.format("en")).read_text()


def test_the_form_of_a_chip_takes_three_lithuanian_nouns_and_a_chip_is_deleted_whole(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench, language="lt") as page:
        rest = "iš jų {{ victims.identified.women }} moterų."
        begun(page, bench, "lt", f"Nustatyta {{{{ victims.identified }}}}, {rest}")
        text = page.locator(".cm-content").first
        text.locator(".chip").first.click()
        form = page.locator("#chip-form")
        form.get_by_label("Spausdinama", exact=True).select_option("counted")
        for label, word in (("1, 21, 31", "auka"), ("2, 3, 4", "aukos"), ("10, 11, 12", "aukų")):
            form.get_by_label(f"prie {label}").fill(word)
        expect(form.locator("[data-printed]")).to_have_text("27\u00a0aukos")
        assert [] == violations(page)
        form.get_by_role("button", name="Įrašyti į tekstą").click()
        expect(text.locator(".chip").first).to_have_text("27\u00a0aukos")
        field = page.locator("textarea[name=body]").first
        counted = '{{ victims.identified | counted("auka", "aukos", "aukų") }}'
        expect(field).to_have_value(f"Nustatyta {counted}, {rest}\n\n{REST.rstrip()}")
        page.keyboard.press("Backspace")
        expect(text.locator(".chip")).to_have_text(["16"])
        assert field.input_value().startswith(f"Nustatyta , {rest}")
        page.keyboard.press("Control+z")
        expect(text.locator(".chip")).to_have_text(["27\u00a0aukos", "16"])
        field.evaluate("each => each.form.reset()")
