"""What a changed number costs until the page of the workbench shows it, and where the time goes: `make bench`. Seconds
of processor time: of the server by its steps, drawing aside, and of Chromium, which puts new parts over those
there are. Prints medians; a number is no test."""

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from reporter.data.files.workspace import Workspace
from reporter.editions.job import Job
from reporter.workbench.server.background_jobs import drawing, files_of
from reporter.workbench.server.workspace_reader import Desk
from reporter.workbench.texts.live_edition import changed_parts, make_edition
from tests.chromium import chromium
from tests.workbench.serving import running

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
GOAL = 1.0
FILE, NUMBER = "data/LT/2020.yaml", "total: 208"
PAGE = "/LT/2020/page/en"
SHOWN = "() => document.getElementById('edition')?.contentDocument?.documentElement?.dataset.edition"
TICKS = os.sysconf("SC_CLK_TCK")
# Seconds: a first page on a busy machine, and the rest of a change after the new parts are there.
PATIENCE, SETTLING = 120.0, 1.0


def change(root: Path, number: int) -> None:
    """Another number in the file of the year, as an editor saves it: a new file in the place of the old one."""
    file = root / FILE
    new = file.with_suffix(".new")
    new.write_text((ROOT / FILE).read_text().replace(NUMBER, f"total: {number}"))
    new.replace(file)


def process_stats() -> Iterator[tuple[int, int, float]]:
    """Every process with its parent, and the processor time that it has used."""
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = each.read_text().rpartition(") ")[2].split()
        except OSError:
            continue  # it has ended
        yield int(each.parent.name), int(told[1]), (int(told[11]) + int(told[12])) / TICKS


def used_by_browser() -> float:
    """The processor time of all processes of Chromium that this one began."""
    known = {pid: (parent, used) for pid, parent, used in process_stats()}

    def is_ours(pid: int) -> bool:
        return pid == os.getpid() or (pid in known and is_ours(known[pid][0]))

    def is_chromium(pid: int) -> bool:
        try:
            return b"chrom" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[0]
        except OSError:
            return False

    return sum(used for pid, (_, used) in known.items() if is_ours(pid) and is_chromium(pid))


def used_here() -> float:
    own = getrusage(RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def of_server(root: Path) -> list[dict[str, float]]:
    """Seconds of each step of the server, for every change."""
    workspace = Workspace(root)
    desk = Desk(workspace, date.today)
    laps, before = [], None
    for turn in range(ROUNDS + 2):
        change(root, 207 + turn)
        began = used_here()
        reading = desk.read_now()
        read = used_here()
        job = Job("LT", 2020, "en")
        edition = make_edition(workspace, files_of(reading, job)[0], job, "/assets/edition.css")
        made = used_here()
        assert before is None or changed_parts(edition, before)
        before = edition.digests
        # The first has nothing to stand on, and the second one meets what was made for it once.
        laps += [{"read and check": read - began, "compose and lay out": made - read}] if turn > 1 else []
    drawing().end()
    return laps


def of_browser(root: Path) -> list[float]:
    """Seconds of Chromium for every change, from the old page to the new one."""
    found = []
    with running(root) as bench, chromium() as browser, closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(bench.new_address())
        page.wait_for_url(lambda url: "/enter/" not in url)
        page.goto(f"http://127.0.0.1:{bench.port}{PAGE}")
        shown = ""
        for turn in range(ROUNDS + 1):
            if turn:
                change(root, 300 + turn)
            began, deadline = used_by_browser(), time.monotonic() + PATIENCE
            while page.evaluate(SHOWN) in ("", None, shown):
                assert time.monotonic() < deadline, "the page does not come"
                page.wait_for_timeout(100)
            page.wait_for_timeout(SETTLING * 1000)
            found += [used_by_browser() - began] if turn else []
            shown = page.evaluate(SHOWN)
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        shutil.copytree(ROOT / "data", root / "data")
        shutil.copy(ROOT / "reporter.yaml", root)
        laps, browser = of_server(root), of_browser(root)
    told = {name: statistics.median(lap[name] for lap in laps) for name in laps[0]}
    told["in the browser"] = statistics.median(browser)
    for name, seconds in told.items():
        print(f"{name:<24}{seconds:>7.2f} s")
    print(f"a changed number is on the page after {sum(told.values()):.2f} s of processor time (goal {GOAL})")


if __name__ == "__main__":
    main()
