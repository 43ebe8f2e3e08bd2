"""Draw charts in a process of their own. Jobs come in and drawings go out by pickle, so that the main process never
loads Matplotlib."""

import pickle
import sys
import traceback
from typing import BinaryIO

from reporter.draw import drawn
from reporter.errors import ExitCode


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Read a theme and jobs from `source`, write the drawings to `target`. It goes on until `source` ends: who asks
    again need not wait for the libraries again. Each job is a DrawingJob; the answer maps names to SVGs. An exception
    is printed on stderr and gives exit code 3."""
    # The pickle comes from the process that started this one, never from a file or the net.
    try:
        while True:
            theme, jobs = pickle.load(source)
            pickle.dump({job.name: drawn(job, theme) for job in jobs}, target)
            target.flush()
    except EOFError:
        return ExitCode.OK
    except Exception:
        traceback.print_exc()
        return ExitCode.FAULT


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
