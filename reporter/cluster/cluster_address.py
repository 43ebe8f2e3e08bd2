"""What `--cluster` names: workers of this machine (`local:2`), or the address of a scheduler."""

import re

from reporter.errors import UsageError

LOCAL = re.compile(r"local:(\d+)", re.ASCII)
# The port is never left out: nobody should meet a scheduler by chance.
SCHEDULER = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:]+\]|[^:/@\s\[\]]+):(\d{1,5})", re.ASCII)
WAYS = (
    "write local:2 for two workers on this machine, or the address of a scheduler, such as tls://dask.example.org:8786"
)
LAST_PORT = 65535
# Of the workers of one machine, this is enough for each processor.
MOST_A_PROCESSOR = 2
HERE = ("127.0.0.1", "localhost", "[::1]")


def check_cluster(word: str, processors: int) -> str:
    """The word itself, on a machine with so many processors. Raises UsageError when it names no cluster."""
    if local := LOCAL.fullmatch(word):
        most, count = MOST_A_PROCESSOR * processors, int(local[1])
        if not 1 <= count <= most:
            there = "1 processor" if processors == 1 else f"{processors} processors"
            what = "nobody would work" if not count else f"this machine has {there}"
            raise UsageError(
                f"--cluster {word}: {what}", hint=f"write a number from 1 to {most}, such as local:{processors}"
            )
        return word
    scheduler = SCHEDULER.fullmatch(word)
    if scheduler is None or not 1 <= int(scheduler[3]) <= LAST_PORT:
        raise UsageError(f"--cluster {word!r} names no cluster", hint=WAYS)
    return word


def local_workers(cluster: str) -> int:
    """How many workers of this machine; 0 for a scheduler's address."""
    local = LOCAL.fullmatch(cluster)
    return int(local[1]) if local else 0


def is_open(cluster: str) -> bool:
    """Whether others can read what goes there."""
    return cluster.startswith("tcp://") and cluster[6:].rpartition(":")[0] not in HERE
