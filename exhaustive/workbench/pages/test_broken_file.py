"""A file that cannot be read, corrected in the browser: where its field opens."""

from playwright.sync_api import Browser

from tests.workbench.figures_bench import JUSTICE, Bench, known
from tests.workbench.pages.test_broken_file import broken


def test_the_field_opens_at_the_line_that_is_wrong(bench: Bench, browser: Browser) -> None:
    lines = "".join(f"# line {number}\n" for number in range(3, 300))
    broken(bench, f"year: 2021\nstatus: draft\n{lines}figures:\n\tpersons.convicted: 7\n")
    page = known(browser.new_page(), bench)
    page.goto(bench.bench.new_address())
    page.wait_for_url(lambda url: "/enter/" not in url)
    page.goto(bench.address(JUSTICE))
    field = page.locator("#file-text")
    chosen = "each => each.value.slice(each.selectionStart, each.selectionEnd)"
    page.locator("#file-text:focus").wait_for()
    assert "\tpersons.convicted: 7" == field.evaluate(chosen)
    assert field.evaluate("each => each.scrollTop") > 1000
    page.keyboard.type("  persons.convicted: 7")
    page.get_by_role("button", name="Write this file").click()
    page.wait_for_selector("text=not answered yet")
    assert "\n  persons.convicted: 7\n" in bench.text
    page.close()
