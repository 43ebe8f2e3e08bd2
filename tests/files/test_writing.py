"""Files are written whole or not at all, what killed processes left goes, and other processes take over some work."""

import gc
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from reporter.data.errors import DataError, Finding, Mark, ReporterError, Severity
from reporter.data.files.processes import OFTEN, EndedError, FaultError, Pool, rarely_freeing
from reporter.data.files.writing import (
    append_line,
    draft_path,
    is_running,
    open_whole,
    remove_dead_drafts,
    rewrite_whole,
    write_together,
)


def ended() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_process_that_ended_does_not_run_and_one_that_cannot_be_asked_may() -> None:
    assert (True, False) == (is_running(os.getpid()), is_running(ended()))
    assert (True, True) == (is_running(os.getppid()), is_running(1 << 80))


def test_only_drafts_of_processes_that_ended_are_removed(tmp_path: Path) -> None:
    dead, alive = tmp_path / f".writing-{ended()}-a.pdf", tmp_path / f".writing-{os.getpid()}-a.pdf"
    other, odd = tmp_path / f".writing-{ended()}-b.pdf", tmp_path / ".writing-x-a.pdf"
    for each in (dead, alive, other, odd):
        each.touch()
    remove_dead_drafts(tmp_path / "a.pdf")
    assert {alive, other, odd} == set(tmp_path.iterdir())


def test_a_block_that_fails_leaves_the_earlier_file_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"earlier")

    def half() -> None:
        with open_whole(path) as file:
            file.write(b"half")
            raise KeyError

    with pytest.raises(KeyError):
        half()
    assert [(path, b"earlier")] == [(each, each.read_bytes()) for each in tmp_path.iterdir()]


def test_of_files_that_belong_together_none_is_replaced_when_one_cannot_be_written(tmp_path: Path) -> None:
    first, second, outdated = tmp_path / "a.pdf", tmp_path / "b" / "c.pdf", tmp_path / "d.pdf"
    first.write_bytes(b"earlier")
    outdated.write_bytes(b"earlier")
    (tmp_path / "b").write_bytes(b"no folder")
    with pytest.raises(ReporterError):
        write_together({first: b"new", second: b"new"}, (outdated,))
    assert (b"earlier", True, False) == (first.read_bytes(), outdated.exists(), draft_path(first).exists())


def test_what_is_outdated_goes_when_its_files_come(tmp_path: Path) -> None:
    path, outdated = tmp_path / "new" / "a.pdf", tmp_path / "d.pdf"
    outdated.write_bytes(b"earlier")
    write_together({path: b"new"}, (outdated, tmp_path / "never.pdf"))
    assert [tmp_path / "new", path] == sorted(tmp_path.rglob("*"))
    assert b"new" == path.read_bytes()


def test_a_file_that_is_written_anew_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"earlier")
    path.chmod(0o640)
    rewrite_whole(path, b"new")
    assert [(path, b"new", 0o640)] == [
        (each, each.read_bytes(), each.stat().st_mode & 0o777) for each in tmp_path.iterdir()
    ]


def test_a_file_that_is_read_only_or_gone_is_not_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with pytest.raises(ReporterError, match="No such file"):
        rewrite_whole(path, b"new")
    path.write_bytes(b"earlier")
    path.chmod(0o444)
    with pytest.raises(ReporterError, match="it is read-only"):
        rewrite_whole(path, b"new")
    assert [(path, b"earlier")] == [(each, each.read_bytes()) for each in tmp_path.iterdir()]


def test_a_line_is_added_and_one_that_was_broken_off_stays_apart(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.jsonl"
    append_line(path, "one")
    append_line(path, "two")
    assert b"one\ntwo\n" == path.read_bytes()
    path.write_bytes(b"one\ntw")
    append_line(path, "three")
    assert b"one\ntw\nthree\n" == path.read_bytes()


def loaded(module: str) -> bool:
    return module in sys.modules


def fail(problem: Exception) -> None:
    raise problem


def test_a_pool_works_in_processes_that_stay_and_load_what_they_need():
    with closing(Pool(1, "colorsys")) as pool:
        assert os.getpid() != pool.submit(os.getpid).result() == pool.submit(os.getpid).result()
        assert [True, False] == [pool.submit(loaded, name).result() for name in ("colorsys", "wave")]


def test_a_pool_gives_back_what_the_work_raises_and_replaces_a_process_that_died():
    with closing(Pool(1)) as pool:
        problem = DataError((Finding(Severity.ERROR, "code", "message", Mark("data/LT/2020.yaml")),))
        with pytest.raises(DataError) as raised:
            pool.submit(fail, problem).result()
        assert problem.findings == raised.value.findings
        with pytest.raises(FaultError, match="ZeroDivisionError"):
            pool.submit(divmod, 1, 0).result()
        with pytest.raises(EndedError):
            pool.submit(os._exit, 1).result()
        first = pool.submit(os.getpid).result()
        os.kill(first, signal.SIGKILL)
        os.waitid(os.P_PID, first, os.WEXITED | os.WNOWAIT)
        assert first != pool.submit(os.getpid).result()


def test_a_closed_pool_ends_what_runs_and_cancels_what_waits():
    pool = Pool(1)
    running, waiting = pool.submit(time.sleep, 300), pool.submit(os.getpid)
    while not running.running():
        time.sleep(0.01)
    pool.close()
    assert isinstance(running.exception(5), EndedError)
    assert (True, True) == (waiting.cancelled(), pool.submit(os.getpid).cancelled())


def test_processes_end_with_the_one_that_started_them():
    code = (
        "import os, time; from reporter.data.files.processes import Pool\n"
        "if __name__ == '__main__':\n"
        "    print(Pool(1, 'colorsys').submit(os.getpid).result(), flush=True)\n"
        "    time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip().isdigit()
        process.kill()
        # The helper writes to the same place, which ends when both are gone.
        assert ("", None) == process.communicate(timeout=30)


def test_what_was_set_before_is_set_again_when_the_last_one_leaves() -> None:
    before = gc.get_threshold(), bool(gc.get_freeze_count())
    together = Barrier(3)

    def within(turn: int) -> tuple[int, int, int]:
        with rarely_freeing():
            together.wait(10)
            seen = gc.get_threshold()
            # They leave one after another.
            for _ in range(turn):
                together.wait(10)
        for _ in range(2 - turn):
            together.wait(10)
        return seen

    with ThreadPoolExecutor(3) as threads:
        assert [OFTEN] * 3 == list(threads.map(within, range(3)))
    assert before == (gc.get_threshold(), bool(gc.get_freeze_count()))


def test_it_ends_with_an_error_too() -> None:
    before = gc.get_threshold()
    try:
        with rarely_freeing():
            raise ValueError
    except ValueError:
        assert before == gc.get_threshold()
