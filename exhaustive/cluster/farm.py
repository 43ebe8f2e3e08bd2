"""A scheduler and workers of Dask in processes of their own, as an institution runs them."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

QUIET = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_LOGGING__DISTRIBUTED": "critical",
    # What a worker keeps goes with its folder.
    "PYTHONWARNINGS": "ignore",
}


@dataclass
class Farm:
    """A scheduler on loopback, with its workers."""

    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def begin(self) -> None:
        """Start the scheduler, and wait until it listens."""
        told = self.folder / "scheduler.json"
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
        until = time.monotonic() + 60
        # The file is there before its words are.
        while not self.address and time.monotonic() < until:
            time.sleep(0.05)
            words = told.read_text() if told.is_file() else ""
            self.address = words.partition('"address": "')[2].partition('"')[0]

    def worker(self, *options: str, preload: str = "") -> "subprocess.Popen[bytes]":
        """Start a worker; `preload` is Python that it runs first."""
        if preload:
            file = self.folder / f"preload-{len(self.started)}.py"
            file.write_text(preload)
            options = (*options, "--preload", str(file))
        return self.start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1",
            "--local-directory", str(self.folder), *options,
        )  # fmt: skip

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        """Start a command of Dask."""
        command = [sys.executable, "-m", "dask", *words]
        process = subprocess.Popen(
            command,
            env=os.environ | QUIET,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        """End them all, workers first."""
        for each in reversed(self.started):
            each.kill()
            each.wait()


@contextmanager
def farm(folder: Path) -> Iterator[Farm]:
    """A scheduler without workers, which ends with all that was started."""
    begun = Farm(folder)
    try:
        begun.begin()
        yield begun
    finally:
        begun.end()
