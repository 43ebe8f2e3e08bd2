"""What `--cluster` names: workers of this machine, or a scheduler. Imports nothing heavy, so that a wrong word is
refused at once."""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a cluster is: so many workers `local`, or a scheduler's address."""

    local: int = 0
    scheduler: str = ""

    @property
    def is_open(self) -> bool:
        return self.scheduler.startswith("tcp://") and self.scheduler[6:].rpartition(":")[0] not in HERE

    def __str__(self) -> str:
        return self.scheduler or f"local:{self.local}"


def parse_address(word: str, processors: int) -> ClusterAddress:
    """The cluster that a word names, where so many processors are. Raises UsageError for any other word."""
    if found := LOCAL.fullmatch(word):
        most, count = MOST_A_PROCESSOR * processors, int(found[1])
        if not 1 <= count <= most:
            there = "1 processor" if processors == 1 else f"{processors} processors"
            what = "nobody would work" if not count else f"this machine has {there}"
            raise UsageError(
                f"--cluster {word}: {what}", hint=f"write a number from 1 to {most}, such as local:{processors}"
            )
        return ClusterAddress(local=count)
    found = SCHEDULER.fullmatch(word)
    if found is None or not 1 <= int(found[3]) <= LAST_PORT:
        raise UsageError(f"--cluster {word!r} names no cluster", hint=WAYS)
    return ClusterAddress(scheduler=word)
