"""Java ends with the process that used it."""

import subprocess
import sys


def test_a_process_that_ran_java_ends_without_a_word_and_without_a_crash() -> None:
    code = "from reporter.validate import vera; vera.start(); print('started')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (0, "started\n", "") == (done.returncode, done.stdout, done.stderr)
