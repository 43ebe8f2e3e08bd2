"""Pages in Chromium, and what breaks the rules of WCAG by axe."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.fixtures import HERE

MODULES = HERE / "browser" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# A loaded machine answers late: milliseconds until what is expected counts as missing.
expect.set_options(timeout=30_000)
RULES = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window: that of the machine, or the one that CHROMIUM names."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found, "there is no Chromium: sh scripts/browser"
    with sync_playwright() as playwright:
        # Its own sandbox does not work for root, as which machines for tests often run; the pages are ours.
        running = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield running
        running.close()


def violations(page: Page) -> list[tuple[str, str, str]]:
    """What axe finds: the rule, and the first place that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"() => axe.run(document, {RULES})")["violations"]
    return [(each["id"], each["nodes"][0]["html"], each["nodes"][0]["failureSummary"]) for each in found]
