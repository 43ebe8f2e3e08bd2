"""What `--cluster` names: workers of this machine (`local:2`), or the address of a scheduler."""

import re

from reporter.errors import UsageError

# The port is never left out: nobody should meet a scheduler by chance.
SCHEDULER = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:]+\]|[^:/@\s\[\]]+):(\d{1,5})", re.ASCII)
LAST_PORT = 65535
# Of the workers of one machine, this is enough for each processor.
MOST_A_PROCESSOR = 2
HERE = ("127.0.0.1", "localhost", "[::1]")


def check_cluster(word: str, processors: int) -> str:
    """The word itself, on a machine with so many processors. Raises UsageError when it names no cluster."""
    count, most, scheduler = local_workers(word), MOST_A_PROCESSOR * processors, SCHEDULER.fullmatch(word)
    if count is None and not (scheduler and 1 <= int(scheduler[3]) <= LAST_PORT):
        local = "write local:2 for two workers on this machine"
        hint = f"{local}, or the address of a scheduler, such as tls://dask.example.org:8786"
        raise UsageError(f"--cluster {word!r} names no cluster", hint=hint)
    if count is not None and not 1 <= count <= most:
        here = f"this machine has {processors} processor{'s' * (processors > 1)}"
        hint = f"write a number from 1 to {most}, such as local:{processors}"
        raise UsageError(f"--cluster {word}: {here if count else 'nobody would work'}", hint=hint)
    return word


def local_workers(cluster: str) -> int | None:
    """How many workers of this machine; None for a scheduler's address."""
    local = re.fullmatch(r"local:(\d+)", cluster, re.ASCII)
    return int(local[1]) if local else None


def is_open(cluster: str) -> bool:
    return cluster.startswith("tcp://") and cluster[6:].rpartition(":")[0] not in HERE
