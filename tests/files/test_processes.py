"""Other processes take over some work, and garbage is looked for rarely."""

import gc
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from threading import Barrier

import pytest

from reporter.files.garbage import OFTEN, rarely_freeing
from reporter.files.processes import Helpers


def loaded(module: str) -> bool:
    return module in sys.modules


def test_helpers_are_other_processes_that_have_loaded_what_they_need():
    with closing(Helpers(1, "colorsys")) as helpers:
        assert os.getpid() != helpers.give(os.getpid).result() == helpers.give(os.getpid).result()
        assert [True, False] == [helpers.give(loaded, name).result() for name in ("colorsys", "wave")]


def test_helpers_to_whom_nothing_is_given_are_never_started():
    helpers = Helpers(1, "colorsys")
    helpers.close()
    Helpers(0, "colorsys").begin()
    with pytest.raises(ValueError, match="nobody helps"):
        Helpers(0, "colorsys").give(os.getpid)


def test_a_helper_that_was_killed_says_so_and_is_not_waited_for():
    with closing(Helpers(1, "colorsys")) as helpers:
        os.kill(helpers.give(os.getpid).result(), signal.SIGKILL)
        with pytest.raises(BrokenProcessPool):
            helpers.give(os.getpid).result()


def test_helpers_end_with_the_process_that_started_them():
    code = (
        "import os, time; from reporter.files.processes import Helpers\n"
        "if __name__ == '__main__':\n"
        "    print(Helpers(1, 'colorsys').give(os.getpid).result(), flush=True)\n"
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
