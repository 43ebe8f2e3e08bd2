"""Let browsers in: an address that works once, then a cookie."""

import secrets
from hmac import compare_digest
from threading import Lock

BYTES = 32
PATH = "/enter/"


class Entrance:
    """The address that opens the workbench, and who came in. Nothing of that is written down: when the program ends,
    every address and cookie is worth nothing."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self._lock = Lock()
        self._ticket = ""
        self._admitted: list[str] = []

    def new_path(self) -> str:
        """The path of a new address; one that nobody used yet lapses."""
        with self._lock:
            self._ticket = secrets.token_urlsafe(BYTES)
            return f"{PATH}{self._ticket}"

    def admit(self, ticket: str) -> str:
        """The value of the cookie for who has the address. Empty when it was used before, or never was one."""
        with self._lock:
            if not self._ticket or not _alike(ticket, self._ticket):
                return ""
            self._ticket = ""
            self._admitted.append(secrets.token_urlsafe(BYTES))
            return self._admitted[-1]

    def knows(self, value: str) -> bool:
        """Return whether a cookie is that of somebody who came in."""
        with self._lock:
            return any(_alike(value, each) for each in self._admitted)


def _alike(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
