"""What only a browser can show: what scripts do with a page, and what goes on without them. Whether everybody can read
each page is asked in exhaustive/workbench/test_everybody.py."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests import small
from tests.chromium import violations
from tests.workbench.figures_bench import JUSTICE, YEAR, Bench, field, known
from tests.workbench.looking import BEYOND, opened
from tests.workbench.pages import test_findings, test_withheld_page
from tests.workbench.serving import running

SOON = 60_000
FOCUSED = """() => {
    const each = document.activeElement;
    return [each.outerHTML, parseFloat(getComputedStyle(each).outlineWidth)];
}"""


def test_a_year_is_read_narrow_and_dark_in_lithuanian_and_all_of_it_reached_by_keyboard(
    browser: Browser, bench: Bench
) -> None:
    with opened(browser, bench.bench, width=360, scheme="dark", language="lt") as page:
        page.wait_for_url("**/LT/2021")
        assert ("lt", [], []) == (page.locator("html").get_attribute("lang"), violations(page), page.evaluate(BEYOND))
        # In Lithuanian no word of the page is English.
        foreign = page.locator("#desk [lang]").evaluate_all("all => all.map(each => each.textContent)")
        assert ["English", "Lietuvių"] == foreign
        for _ in range(page.locator("a[href], button").count()):
            page.keyboard.press("Tab")
            html, ring = page.evaluate(FOCUSED)
            assert 2 <= ring, html


def test_an_edit_in_an_editor_arrives_by_itself_and_the_place_is_kept(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench, width=360) as page:
        page.goto(bench.address("/LT/2021"))
        number = int(re.match(r"\d+", page.locator("h1").inner_text())[0])
        link = page.locator("section a").first
        link.focus()
        page.evaluate("window.scrollTo(0, 300)")
        # As editors do: a new file is put in the place of the old one.
        draft = bench.file.with_name(".draft")
        draft.write_text(re.sub(r"unanswered  # 2020: 24\b", "31", bench.text, count=1))
        draft.replace(bench.file)
        expect(page.locator("h1")).to_have_text(f"{number - 1} figures wait for an answer", timeout=SOON)
        expect(page.locator(".foot [role=status]")).to_have_text(f"{YEAR}: read again")
        assert 300 == page.evaluate("window.scrollY")
        assert link.evaluate("each => each === document.activeElement")


def test_without_scripts_a_figure_is_written_and_taken_back(browser: Browser, bench: Bench) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(bench.bench.new_address())
    page.wait_for_url("**/LT/2021")
    page.goto(bench.address(JUSTICE))
    field(page, "persons.convicted").fill("12")
    page.keyboard.press("Enter")
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Write under this name").click()
    assert page.url.endswith("?at=persons.convicted#f-persons.convicted")
    assert "12" == field(page, "persons.convicted").input_value()
    assert "persons.convicted: 12  # 2020: 17" in bench.text
    page.get_by_role("button", name="Undo").click()
    assert bench.begun == bench.file.read_bytes()
    context.close()


def test_the_reason_of_a_finding_is_typed_at_once_and_accepted(browser: Browser, bench: Bench) -> None:
    test_findings.jumped(bench)
    risen = test_findings.row(bench.person().get(test_findings.HERE).text, "warnings", *test_findings.RISEN)
    name = re.search(r"accept=(\w+)", risen)[1]
    with opened(browser, bench.bench) as page:
        known(page, bench).goto(bench.address(f"{test_findings.HERE}?accept={name}#accept"))
        expect(page.get_by_label("Reason: English")).to_be_focused()
        page.keyboard.type("Seen twice.")
        expect(page.get_by_label("Reason: English")).to_have_value("Seen twice.")
        page.get_by_label("Reason: Lithuanian").fill("Matyta.")
        page.get_by_role("button", name="Accept and print the reason").click()
        expect(page.locator('section[aria-labelledby="accepted"]')).to_contain_text("Seen twice.", timeout=SOON)
    assert 'reason: {en: "Seen twice.", lt: "Matyta."}' in bench.text


def test_what_is_proposed_to_be_withheld_comes_by_itself(browser: Browser, tmp_path: Path) -> None:
    root = small.write(tmp_path, {small.YEAR: test_withheld_page.FIGURES})
    with running(root) as bench, opened(browser, bench) as page:
        bench.desk.read_now()
        address = f"{bench.origin}{test_withheld_page.HERE}"
        page.context.add_cookies([{"name": "reporter-person", "value": "Ana", "url": address}])
        page.goto(address)
        expect(page.locator("button[value=propose]")).to_be_visible(timeout=SOON)
        page.locator("button[value=propose]").press("Enter")
        expect(page.get_by_text("This edition withholds 2 values.")).to_be_visible(timeout=SOON)


def test_the_cover_follows_the_country_that_is_chosen(browser: Browser, tmp_path: Path) -> None:
    with running(tmp_path) as bench, opened(browser, bench, language="lt") as page:
        page.wait_for_url("**/new")
        page.get_by_label("Šalis").select_option("FI")
        expect(page.locator("#cover-name")).to_have_text("Suomija")
        expect(page.locator("#cover-map")).to_have_js_property("complete", value=True)


# What hides the field, link or button that has the focus, in part: the head, the foot, or a bar that stays.
COVERED = """() => {
    const each = document.activeElement, box = each.getBoundingClientRect();
    if (each === document.body || each.closest("#desk > .bar, #desk > .foot, .skip")) return "";
    const bars = [...document.querySelectorAll("#desk > .bar, #desk > .foot, .decide")].filter(
        bar => ["sticky", "fixed"].includes(getComputedStyle(bar).position) && !bar.contains(each));
    return bars.filter(bar => {
        const its = bar.getBoundingClientRect();
        const isBeside = box.right <= its.left || box.left >= its.right;
        return !isBeside && box.bottom > its.top + 1 && box.top < its.bottom - 1;
    }).map(bar => each.outerHTML.slice(0, 120) + bar.className).join();
}"""


def test_head_and_foot_stay_in_sight_and_cover_nothing_that_has_the_focus(browser: Browser, bench: Bench) -> None:
    with opened(browser, bench.bench) as page:
        known(page, bench)
        for path in (JUSTICE, "/LT/2021/findings", "/LT/2021/text/en/aliens"):
            page.goto(bench.address(path))
            for key in ("Tab", "Shift+Tab"):
                for _ in range(70):
                    page.keyboard.press(key)
                    assert "" == page.evaluate(COVERED)
            for down in (0, 600, 100_000):
                page.evaluate(f"window.scrollTo(0, {down})")
                head, foot = (page.locator(f"#desk > {each}").bounding_box() for each in (".bar", ".foot"))
                assert (0, 800) == (head["y"], round(foot["y"] + foot["height"]))
        # On a phone they would eat the page.
        page.set_viewport_size({"width": 360, "height": 740})
        page.evaluate("window.scrollTo(0, 100_000)")
        assert not page.locator("#desk > .bar").evaluate("each => each.getBoundingClientRect().bottom > 0")
