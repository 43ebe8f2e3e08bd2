"""Lithuania's pages in both languages, as a browser and others' checkers judge them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import chromium, faults_of_html, violations


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def pages(lithuanian_packaged) -> list[Path]:
    """The profile and what is published with it, in every language."""
    found = sorted((lithuanian_packaged.workspace / "build/LT/2020").glob("LT-2020-*.html"))
    assert 4 == len(found)
    return found


def test_the_nu_html_checker_finds_nothing(pages):
    assert [] == faults_of_html(*pages)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(pages, browser, width, scheme):
    for path in pages:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page.goto(path.as_uri())
        page.evaluate("() => document.querySelectorAll('details').forEach(each => each.open = true)")
        assert [] == violations(page)
        assert width == page.evaluate("() => document.documentElement.scrollWidth")
        page.close()
