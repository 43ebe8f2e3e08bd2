"""A workbench of a year that was just begun, for the tests of its figures."""

import difflib
import re
from datetime import date
from pathlib import Path
from shutil import copytree

from playwright.sync_api import Locator, Page

from reporter.files.workspace import Workspace
from reporter.start.making import begun_files, write_new
from reporter.web.server import Workbench
from tests.fixtures import LITHUANIA
from tests.web.serving import Asker, come_in

DAY = date(2022, 3, 9)
JUSTICE, HELP = "/LT/2021/figures/justice", "/LT/2021/figures/assistance_and_support"

PASTE = """column => document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: (() => { const data = new DataTransfer(); data.setData("text/plain", column); return data; })(),
    bubbles: true, cancelable: true,
}))"""


def begun(folder: Path) -> Path:
    """Lithuania with a year that was just begun."""
    root = copytree(LITHUANIA, folder / "lithuania")
    workspace = Workspace(root)
    sources = workspace.snapshot()
    assert write_new(workspace, sources, begun_files(sources, "LT", 2021))
    return root


class Bench:
    """A workbench, and the file of the year that it writes."""

    def __init__(self, bench: Workbench, root: Path) -> None:
        self.bench, self.file = bench, root / "data/LT/2021.yaml"
        self.begun = self.file.read_bytes()

    @property
    def text(self) -> str:
        return self.file.read_text()

    @property
    def lines(self) -> list[str]:
        """What differs from the year as it was begun, as git shows it."""
        pair = (self.begun.decode().splitlines(), self.text.splitlines())
        return [each for each in difflib.unified_diff(*pair, n=0, lineterm="") if re.match(r"[+-](?![+-])", each)]

    def person(self, name: str) -> Asker:
        asker = come_in(self.bench)
        return asker.knowing(Cookie=f"{asker.headers['Cookie']}; reporter-person={name}")

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.bench.port}{path}"

    def start_again(self) -> None:
        """The year as it was begun, and nothing in the journal."""
        self.file.write_bytes(self.begun)
        for path in (self.bench.desk.workspace.own / "journal").glob("*"):
            path.unlink()
        self.bench.desk.read_now()


def known(page: Page, bench: Bench) -> Page:
    """Somebody whose name this browser knows."""
    page.context.add_cookies([{"name": "reporter-person", "value": "Ana", "url": bench.address("/")}])
    return page


def field(page: Page, address: str) -> Locator:
    return page.locator(f'[id="f-{address}"]')
