"""Who may ask: the names of the server, and the person."""

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
# Texts and figures are small.
LARGEST = 1_000_000
# A back-up holds what was sent in many years.
LARGEST_FILE = 500_000_000
# What takes a file, by the end of its address: a receipt, as large as the outbox takes one, a workbook, a publication.
FILES = {"/release/receipt": 51_000_000, "/agencies/came": 5_100_000, "/new/figures": 100_100_000}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms requests are answered. `hosts` are the names by which the server may be asked, `origins` those of
    pages that may change something. `user_header` is the header in which a proxy names the person; empty where none
    stands before it."""

    hosts: frozenset[str]
    origins: frozenset[str]
    read_only: bool = False
    user_header: str = ""
    largest: int = LARGEST
    largest_file: int = LARGEST_FILE

    def most(self, path: str) -> int:
        """How many bytes an address takes."""
        return next((size for end, size in FILES.items() if path.endswith(end)), self.largest)


def terms_for(port: int, *, proxy: str = "", user_header: str = "", read_only: bool = False) -> Terms:
    """The terms of a server on this machine, or behind a proxy. `proxy` is the public host, with its port where that is
    not the usual one."""
    if proxy:
        return Terms(
            frozenset({proxy.lower()}), frozenset({f"https://{proxy.lower()}"}), read_only, user_header.lower()
        )
    hosts = frozenset(f"{name}:{port}" for name in LOOPBACK)
    return Terms(hosts, frozenset(f"http://{each}" for each in hosts), read_only)
