"""A workbench of a year that was just begun."""

import difflib
import re
import shutil
from datetime import date
from pathlib import Path
from time import sleep

from playwright.sync_api import Locator, Page

from reporter.data.files.sources import SETTINGS
from reporter.data.files.workspace import Workspace
from reporter.editions.start.making import begun_files, write_new
from reporter.workbench.server.server import Workbench
from tests.fixtures import LITHUANIA
from tests.workbench.serving import Asker, come_in

DAY = date(2022, 3, 9)
YEAR, COUNTRY, CATALOGUE = "data/LT/2021.yaml", "data/LT/country.yaml", "data/catalogue.yaml"
JUSTICE, HELP = "/LT/2021/figures/justice", "/LT/2021/figures/assistance_and_support"

PASTE = """column => document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
    clipboardData: (() => { const data = new DataTransfer(); data.setData("text/plain", column); return data; })(),
    bubbles: true, cancelable: true,
}))"""
SHORT = {
    "en": '# at_a_glance: {{ victims.identified | fell("Fewer victims identified") }}\n\n'
    "In 2020, {{ victims.identified }} victims were identified.\n\n# general_situation\n\n"
    "The Government has long treated the fight against trafficking as a priority.\n\n"
    "# administrative_violations\n\nFines are imposed.\n\n# aliens\n\nA foreigner may reflect.\n\n"
    "# victims\n\nIn 2020, {{ victims.identified }} victims were identified by the police.\n",
    "lt": "# victims\n\nPolicija suskaičiavo: {{ victims.identified }}.\n",
}


def shortened(folder: Path) -> Path:
    """Lithuania without neighbours, with two years and few words: what is typed is read thirty times as fast then."""
    root = shutil.copytree(LITHUANIA, folder / "lithuania")
    for other in ("EE", "LV"):
        shutil.rmtree(root / "data" / other)
    for path in [*(root / "data/LT").glob("201[0-8].*"), root / "data/LT/2009.yaml"]:
        path.unlink()
    # What was accepted and confirmed rests on years and texts that are not there.
    for year in ("2019", "2020"):
        last = root / f"data/LT/{year}.yaml"
        last.write_text(last.read_text().partition("accepted:\n")[0])
    shutil.rmtree(root / "data/LT/text")
    for language, text in SHORT.items():
        (root / "data/LT/text" / language).mkdir(parents=True)
        (root / f"data/LT/text/{language}/2020.md").write_text(text)
    return root


def begun(folder: Path) -> Path:
    root = shortened(folder)
    workspace = Workspace(root)
    sources = workspace.snapshot()
    assert write_new(workspace, sources, begun_files(sources, "LT", 2021))
    return root


class Bench:
    """A workbench, and the files that it writes."""

    def __init__(self, bench: Workbench, root: Path) -> None:
        self.bench, self.root, self.file = bench, root, root / YEAR
        files = [root / SETTINGS, *(root / "data").rglob("*")]
        self.all = {each: each.read_bytes() for each in files if each.is_file()}
        self.begun = self.file.read_bytes()

    @property
    def text(self) -> str:
        return self.file.read_text()

    @property
    def lines(self) -> list[str]:
        return self.changed(YEAR)

    def changed(self, file: str) -> list[str]:
        pair = (self.all[self.root / file].decode().splitlines(), (self.root / file).read_text().splitlines())
        return [each for each in difflib.unified_diff(*pair, n=0, lineterm="") if re.match(r"[+-](?![+-])", each)]

    def write(self, content: str, file: str = YEAR) -> None:
        (self.root / file).parent.mkdir(parents=True, exist_ok=True)
        (self.root / file).write_text(content)
        self.bench.desk.read_now()

    def checked(self) -> None:
        """Wait for what is found in what was just written."""
        self.bench.desk.read_now()

    def person(self, name: str = "Ana") -> Asker:
        return come_in(self.bench, name)

    def address(self, path: str) -> str:
        return f"{self.bench.origin}{path}"

    def start_again(self) -> None:
        for path in (self.root / "data").rglob("*"):
            if path.is_symlink() or (path.is_file() and path not in self.all):
                path.unlink()
        for path, content in self.all.items():
            if path.is_dir():
                path.rmdir()
            if not path.exists() or content != path.read_bytes():
                path.write_bytes(content)
        for path in (self.bench.desk.workspace.own / "journal").glob("*"):
            path.unlink()
        # What an earlier test wrote is not looked at any more while this one changes files.
        while self.bench.desk._asked.is_set():
            sleep(0.01)
        self.bench.desk.read_now()


def known(page: Page, bench: Bench) -> Page:
    page.context.add_cookies([{"name": "reporter-person", "value": "Ana", "url": bench.address("/")}])
    return page


def field(page: Page, address: str) -> Locator:
    return page.locator(f'[id="f-{address}"]')
