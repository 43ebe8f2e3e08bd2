"""Other processes take over some work."""

import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing

import pytest

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
