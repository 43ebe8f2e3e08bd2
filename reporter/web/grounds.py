"""Who may ask: the names of the server, and the person."""

import os
import secrets
import sys
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
KEPT, SECRET = "workbench-name.key", 32
CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
# Texts and figures are small.
LARGEST = 1_000_000
# A back-up holds what was sent in many years.
LARGEST_FILE = 500_000_000
# What takes a file, by the end of its address: a receipt, as large as the outbox takes one, a workbook, a publication.
FILES = {
    "/release/receipt": 51_000_000,
    "/agencies/came": 5_100_000,
    "/new/figures": 100_100_000,
    "/import": 100_100_000,
}


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


def own_name(root: Path) -> str:
    """The host name of the workbench of a workspace, which only this user knows. A browser gives a cookie to every
    server of a host name, whatever its port; one that is secret leads to no other server. It follows from a
    secret of this user, so that a browser finds again what it kept under it; where none can be kept, it is of this run
    alone. Browsers take what ends in .localhost for this machine (RFC 6761 6.3)."""
    secret = _kept_secret() or secrets.token_bytes(SECRET)
    return f"r{blake2b(str(root.resolve()).encode(), key=secret, digest_size=16).hexdigest()}.localhost"


def _kept_secret() -> bytes:
    """The secret of this user, replaced where other users could read it; empty where none can be kept."""
    with suppress(OSError, RuntimeError):  # the home of the user is unknown
        if sys.platform == "win32":
            folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        else:
            folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        place = folder / "reporter" / KEPT
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists():
            known = place.stat()
            is_open = sys.platform != "win32" and (known.st_mode & 0o077 or known.st_uid != os.getuid())
            if is_open or known.st_size != SECRET:
                place.unlink()
        with suppress(FileExistsError), os.fdopen(os.open(place, CREATE, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET))
        return place.read_bytes()[:SECRET]
    return b""


def terms_for(port: int, name: str = "", *, proxy: str = "", user_header: str = "", read_only: bool = False) -> Terms:
    """The terms of a server on this machine, also by a `name` of its own, or behind a proxy. `proxy` is the public
    host, with its port where that is not the usual one."""
    if proxy:
        return Terms(
            frozenset({proxy.lower()}), frozenset({f"https://{proxy.lower()}"}), read_only, user_header.lower()
        )
    hosts = frozenset(f"{each}:{port}" for each in (*LOOPBACK, name) if each)
    return Terms(hosts, frozenset(f"http://{each}" for each in hosts), read_only)
