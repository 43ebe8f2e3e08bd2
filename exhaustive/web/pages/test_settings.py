"""Every page of the settings can be used by everybody, wide and narrow, light and dark, in both languages."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.chromium import violations
from tests.fixtures import LITHUANIA
from tests.web.looking import BEYOND, LOOKS, opened
from tests.web.serving import running

PAGES = (
    "",
    "/reports",
    "/looks",
    "/thresholds",
    "/mail",
    "/recipients",
    "/recipients/commission",
    "/recipients/-",
    "/recipients/minister?remove=1",
    "/deadlines",
    "/deadlines/-",
    "/publish_small_counts",
    "/publish_small_counts/0",
    "/backup",
)


@pytest.mark.parametrize(("language", "width", "scheme"), LOOKS)
def test_the_settings_can_be_used_by_everybody(browser: Browser, tmp_path: Path, language, width, scheme) -> None:
    shutil.copytree(LITHUANIA, tmp_path, dirs_exist_ok=True)
    with running(tmp_path) as bench:
        bench.desk.read_now()
        with opened(browser, bench, width=width, scheme=scheme, language=language) as page:
            for path in PAGES:
                page.goto(f"http://127.0.0.1:{bench.port}/settings{path}")
                assert [] == violations(page), path
                assert [] == page.evaluate(BEYOND), path
