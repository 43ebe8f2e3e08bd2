"""A cluster makes the same bytes, whatever happens to its workers; who would make others gets no work."""

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from distributed import Client

from exhaustive.cluster.errands import YEARS, Deadly, built, files_of, orders_of, workspace_in
from exhaustive.cluster.farm import Farm, farm
from exhaustive.left_over import alive, descendants, interrupted
from reporter.data.errors import ReporterError
from reporter.editions.making import dask_executor
from reporter.editions.making.build_editions import InThisProcess
from reporter.editions.making.dask_executor import DaskExecutor
from reporter.editions.making.order import Outcome

OTHER = """import reporter.editions.program as mark
known = dict(mark.engine_versions())
mark.engine_versions = lambda: tuple({**known, "weasyprint": "1.2"}.items())
"""


def wait_for(begun: Farm, count: int) -> None:
    with closing(Client(begun.address, set_as_default=False)) as client:
        client.wait_for_workers(count, timeout=60)


def test_a_worker_that_dies_is_made_up_for_and_one_that_differs_is_not_used(tmp_path: Path) -> None:
    there, here, told = workspace_in(tmp_path / "there"), workspace_in(tmp_path / "here"), list[str]()
    with farm(tmp_path) as begun:
        first, second = begun.worker("--no-nanny"), begun.worker("--no-nanny")
        begun.worker("--no-nanny", preload=OTHER)
        wait_for(begun, 3)
        executor = DaskExecutor(begun.address, there.cache, told.append)

        def kill(_outcome: Outcome) -> None:
            second.kill()

        outcomes = [*built(there, orders_of(there), executor, kill)]
        assert first.poll() is None
    alone = [*built(here, orders_of(here), InThisProcess(here.cache))]
    assert [""] * 2 * len(YEARS) == [each.error for each in (*outcomes, *alone)]
    assert files_of(here) == files_of(there)
    assert ["weasyprint is 1.2 there and 70.0 here"] == [each.partition("\n")[0][-37:] for each in told]
    # What its workers kept lies below their own folders.
    assert [] == [*there.cache.glob("charts/*")]


def test_where_every_worker_differs_it_says_how(tmp_path: Path) -> None:
    told = list[str]()
    with farm(tmp_path) as begun:
        begun.worker("--no-nanny", preload=OTHER)
        wait_for(begun, 1)
        with pytest.raises(
            ReporterError, match=r"no worker makes the same bytes as this machine\n  hint: install the "
        ):
            DaskExecutor(begun.address, tmp_path, told.append)
    assert 1 == len(told)
    worker = r"not used, because it makes other bytes: worker tcp://127\.0\.0\.1:\d+"
    assert re.match(rf"{worker}: weasyprint is 1\.2 there and 70\.0 here\n", told[0])


def test_without_a_worker_or_a_scheduler_it_says_what_to_start(tmp_path: Path) -> None:
    with (
        farm(tmp_path) as begun,
        pytest.raises(ReporterError, match=r"tcp://.* has no worker\n  hint: start one: dask worker tcp:"),
    ):
        DaskExecutor(begun.address, tmp_path, print)
    with pytest.raises(ReporterError, match=rf"no scheduler at {begun.address}: nothing answers there\n  hint: start "):
        DaskExecutor(begun.address, tmp_path, print)
    with pytest.raises(
        ReporterError, match=r"no scheduler at tls://127\.0\.0\.1:9: TypeError: .*check your TLS config"
    ):
        DaskExecutor("tls://127.0.0.1:9", tmp_path, print)


def killed_for_long(begun: Farm) -> None:
    """Dask gives up looking for a scheduler after five seconds."""
    begun.started[0].kill()
    time.sleep(7)


SILENT = "the scheduler at tcp://.* does not answer: "


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda begun: begun.started[0].kill(), SILENT),
        (killed_for_long, f"{SILENT}.*the connection was lost"),
        (lambda begun: begun.started[0].send_signal(signal.SIGSTOP), f"{SILENT}TimeoutError"),
        (lambda begun: begun.started[1].kill(), "tcp://.* has no worker\n  hint: start "),
    ],
    ids=["scheduler", "scheduler-for-long", "frozen-scheduler", "worker"],
)
def test_without_its_scheduler_or_workers_the_rest_fails_and_what_was_made_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Farm], None], said: str
) -> None:
    monkeypatch.setattr(dask_executor, "PATIENCE", 3.0)
    monkeypatch.setattr(dask_executor, "ANSWER", 20.0)
    workspace = workspace_in(tmp_path / "here")
    with farm(tmp_path) as begun:
        begun.worker("--no-nanny")
        wait_for(begun, 1)
        executor = DaskExecutor(begun.address, workspace.cache, print)
        outcomes = [*built(workspace, orders_of(workspace), executor, lambda _: harm(begun))]
    made = [each for each in outcomes if not each.error]
    assert len(YEARS) == len(outcomes)
    assert made
    assert {f"XX/{each.job.year}" for each in made} == {path.rpartition("/")[0] for path in files_of(workspace)}
    assert all(re.match(said, each.error) for each in outcomes if each.error)
    assert len(made) < len(YEARS)


@pytest.mark.parametrize("cluster", ["local:1", "local:2"])
def test_a_document_that_kills_workers_fails_and_the_others_are_made(tmp_path: Path, cluster: str) -> None:
    workspace, ours = workspace_in(tmp_path / "here"), descendants(os.getpid())
    executor = DaskExecutor(cluster, workspace.cache, print)
    begun = descendants(os.getpid()) - ours
    orders = [Deadly(), *orders_of(workspace, ("xlsx",))]
    outcomes = {each.job.year: each for each in built(workspace, orders, executor)}
    assert ["the worker that made it died, twice", "", "", ""] == [outcomes[year].error for year in sorted(outcomes)]
    time.sleep(1)
    assert begun
    assert set() == alive(begun & {pid for pid in begun if "resource_tracker" not in command(pid)})


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def test_ctrl_c_leaves_no_worker_and_what_was_placed_is_whole(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path / "here")
    first = workspace.output / "XX/2018/XX-2018-en.html"
    words = ["build", "--all", "--format", "html", "--cluster", "local:2", "-q", "-w", str(workspace.root)]
    code, said, left = interrupted(words, first, group=True)
    assert (130, "\nreporter: interrupted; earlier reports are unchanged\n", set()) == (code, said, left)
    assert first.read_bytes().rstrip().endswith(b"</html>")
