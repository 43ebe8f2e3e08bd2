"""The text for the Commission's page, put into a bare page as somebody would paste it."""

from pathlib import Path

from exhaustive.nu import faults_of_html
from reporter.edition.job import Job
from reporter.produce.exports import extract_of, make_page
from tests.chromium import chromium, violations
from tests.editions import ENGLISH, checked

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'


def test_in_a_bare_page_it_passes_axe_and_nu_and_fits_a_phone(tmp_path: Path) -> None:
    files = make_page(extract_of(checked("LT"), Job("LT", 2020, "en"), ENGLISH, None))
    (fragment,) = (content.decode() for name, content in files.items() if name.endswith(".html"))
    assert "class=" not in fragment
    file = tmp_path / "page.html"
    file.write_text(f"{HEAD}<body><main><h1>A page</h1>\n{fragment}</main></body></html>\n", encoding="utf-8")
    assert [] == faults_of_html(file)
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 700})
        page.goto(file.as_uri())
        assert [] == violations(page)
        assert page.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
