"""What the tests of the workbench share."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_all_start_methods, get_context

import pytest
from playwright.sync_api import Browser

from reporter.data.files import processes
from reporter.data.files.sources import Sources
from reporter.workbench.release import steps
from reporter.workbench.server.workspace_reader import Desk, Reading
from tests.chromium import chromium
from tests.workbench.figures_bench import DAY, Bench, begun
from tests.workbench.serving import running

MOST_REMEMBERED = 12


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """A process of its own begins as a copy of one that has loaded the program; those that load it themselves, as with
    `reporter serve`, are in exhaustive/workbench."""
    with pytest.MonkeyPatch.context() as patch:
        if "forkserver" in get_all_start_methods():
            copying = get_context("forkserver")
            copying.set_forkserver_preload(["reporter.workbench.server.server", "reporter.workbench.release.steps"])
            for room in (steps, processes):
                patch.setattr(room, "get_context", lambda _: copying)
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium without a window. Not for a whole session: while it runs, nothing else can use asyncio."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def running_bench(tmp_path_factory) -> Iterator[Bench]:
    root = begun(tmp_path_factory.mktemp("desk"))
    with running(root, today=lambda: DAY) as bench:
        remember_readings(bench.desk)
        bench.desk.read_now()
        yield Bench(bench, root)


def remember_readings(desk: Desk) -> None:
    """Lets files that say what they said a while ago be read as then; each test begins with the same ones."""
    read, seen = desk._read, OrderedDict[str, Reading]()

    def recall(sources: Sources, digest: str) -> Reading:
        found = seen.pop(digest, None) or read(sources, digest)
        seen[digest] = found
        while len(seen) > MOST_REMEMBERED:
            seen.popitem(last=False)
        return replace(found, sources=sources)

    desk._read = recall


@pytest.fixture
def bench(running_bench: Bench) -> Bench:
    running_bench.start_again()
    return running_bench
