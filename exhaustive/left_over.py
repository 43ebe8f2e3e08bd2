"""What a command leaves running when it is interrupted."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

SECONDS, ENDING = 120, 5


def descendants(pid: int) -> set[int]:
    """Every process below one, as /proc knows them."""
    below: dict[int, list[int]] = {}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            below.setdefault(parent, []).append(int(each.name))
    return set(_below(pid, below))


def _below(pid: int, below: dict[int, list[int]]) -> Iterator[int]:
    for child in below.get(pid, []):
        yield child
        yield from _below(child, below)


def alive(pids: set[int]) -> set[int]:
    """Those of some processes that still run."""
    found = set[int]()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        found |= {pid} if state != "Z" else set()
    return found


def interrupted(words: list[str], until: Path, *, group: bool) -> tuple[int, str, set[int]]:
    """Runs a command, interrupts it when a file is there; gives its code, what it said, and what is left running.
    Ctrl-C reaches the whole `group` of a terminal; `kill -INT` one process."""
    child = subprocess.Popen(
        [sys.executable, "-m", "reporter", *words], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + SECONDS
    while not until.exists() and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    known = descendants(child.pid)
    (os.killpg if group else os.kill)(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=SECONDS)
    known |= descendants(child.pid)
    deadline = time.monotonic() + ENDING
    while (left := alive(known)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert known
    return child.returncode, said, left
