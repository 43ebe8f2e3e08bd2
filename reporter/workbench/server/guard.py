"""The guard checks every request before routing: who asks, from where, how much. Every page open in the browser can
reach a local server, by a name that leads to this machine or a form sent from elsewhere. So the host name must be ours,
the user must have signed in by the printed address, and changes must come from our own pages."""

import os
import re
import secrets
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path
from threading import Lock
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reporter.workbench.server import refusals
from reporter.workbench.server.refusals import Refusal

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
KEPT, SECRET = "workbench-name.key", 32
CREATE = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
# Texts and figures are small.
LARGEST = 1_000_000
BACKUP = "/settings/backup"
# Addresses that take a file, by their end: a receipt, as large as the outbox takes one, a workbook, a publication, and
# a backup, which contains what was sent in many years.
FILES = {
    "/release/receipt": 51_000_000,
    "/agencies/came": 5_100_000,
    "/new/figures": 100_100_000,
    "/import": 100_100_000,
    BACKUP: 500_000_000,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """Conditions for requests. `hosts` are the server's names, `origins` those of pages that may change something.
    `user_header` is the header in which a proxy names the user; empty without a proxy."""

    hosts: frozenset[str]
    origins: frozenset[str]
    read_only: bool = False
    user_header: str = ""


def most(path: str) -> int:
    """The most bytes that an address takes."""
    return next((size for end, size in FILES.items() if path.endswith(end)), LARGEST)


def own_name(root: Path) -> str:
    """The secret host name of a workspace's workbench, known to this user only: a browser sends a cookie to every
    server of a host name, whatever its port. Derived from a secret of this user, so that a browser keeps its data; if
    none can be stored, it lasts for this run. Browsers resolve .localhost to this machine (RFC 6761 6.3)."""
    secret = _kept_secret() or secrets.token_bytes(SECRET)
    return f"r{blake2b(str(root.resolve()).encode(), key=secret, digest_size=16).hexdigest()}.localhost"


def _kept_secret() -> bytes:
    """This user's secret, replaced if other users could read it; empty if it cannot be stored."""
    with suppress(OSError, RuntimeError):  # unknown home folder
        if sys.platform == "win32":
            folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        else:
            folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
        place = folder / "reporter" / KEPT
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists():
            file_status = place.stat()
            is_open = sys.platform != "win32" and (file_status.st_mode & 0o077 or file_status.st_uid != os.getuid())
            if is_open or file_status.st_size != SECRET:
                place.unlink()
        with suppress(FileExistsError), os.fdopen(os.open(place, CREATE, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SECRET))
        return place.read_bytes()[:SECRET]
    return b""


def terms_for(port: int, name: str = "", *, proxy: str = "", user_header: str = "", read_only: bool = False) -> Terms:
    """The terms of a server here, also with a `name` of its own, or behind a `proxy`: its public host and port."""
    if proxy:
        return Terms(
            frozenset({proxy.lower()}), frozenset({f"https://{proxy.lower()}"}), read_only, user_header.lower()
        )
    hosts = frozenset(f"{host_name}:{port}" for host_name in (*LOOPBACK, name) if host_name)
    return Terms(hosts, frozenset(f"http://{host}" for host in hosts), read_only)


BYTES = 32
PATH = "/enter/"


class Entrance:
    """The address that opens the workbench, and the users signed in; in memory only, so that both lapse at the end."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self._lock = Lock()
        self._ticket = ""
        self._admitted: list[str] = []

    def new_path(self) -> str:
        """The path of a new address; an unused earlier one lapses."""
        with self._lock:
            self._ticket = secrets.token_urlsafe(BYTES)
            return f"{PATH}{self._ticket}"

    def admit(self, ticket: str) -> str:
        """The cookie for a valid address; empty if it was used before, or never was one."""
        with self._lock:
            if not self._ticket or not compare_digest(ticket.encode(), self._ticket.encode()):
                return ""
            self._ticket = ""
            self._admitted.append(secrets.token_urlsafe(BYTES))
            return self._admitted[-1]

    def knows(self, value: str) -> bool:
        with self._lock:
            return any(compare_digest(value.encode(), cookie.encode()) for cookie in self._admitted)


SAFE = ("GET", "HEAD")
# Without data of the workspace: the sign-in page and the assets.
OPEN = (PATH, "/assets/")
# These change nothing in the workspace.
HARMLESS = ("/language", "/beside", "/keys")
OWN, BY_HAND = "same-origin", "none"
SEE_OTHER, WRITTEN = 303, "reporter-written"
WORD = re.compile(r"[\d-]{1,60}", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# A space in a query, and the line ends between the items of a list that it fills into a form.
BLANK = re.compile(rb"\+|%0A")
POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect", "frame")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
Refuse = Callable[[Scope, Refusal], ASGIApp]


class Guard:
    """Checks every request before the application sees it. `refuse` makes the page that explains a refusal."""

    def __init__(self, app: ASGIApp, terms: Terms, entrance: Entrance, refuse: Refuse) -> None:
        self.app, self.terms, self.entrance, self.refuse = app, terms, entrance, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._refusal(scope)
            await (self.refuse(scope, refusal) if refusal else self.app)(scope, receive, _with_headers(scope, send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope) -> Refusal | None:
        headers = Headers(scope=scope)
        if headers.getlist("host") != [headers.get("host")] or headers["host"].lower() not in self.terms.hosts:
            return refusals.WRONG_HOST
        if not _is_text(scope["raw_path"]) or not _is_text(BLANK.sub(b" ", scope["query_string"])):
            return refusals.NO_TEXT
        is_safe = scope["method"] in SAFE
        # Browsers name the requesting page in one of two headers. The second counts only where the first is missing.
        site = headers.get("sec-fetch-site")
        is_ours = site in (OWN, BY_HAND) if site else headers.get("origin", "").lower() in self.terms.origins
        if not is_safe and not is_ours:
            return refusals.FOREIGN
        if not scope["path"].startswith(OPEN):
            if self.terms.user_header:
                # Two of them: one is not the proxy's.
                named = headers.getlist(self.terms.user_header)
                scope["user"] = named[0].strip() if len(named) == 1 else ""
                if not scope["user"]:
                    return refusals.UNNAMED
            elif not self.entrance.knows(cookie_parser(headers.get("cookie", "")).get(self.entrance.cookie, "")):
                return refusals.UNKNOWN
        if not is_safe and self.terms.read_only and scope["path"] not in HARMLESS:
            return refusals.READ_ONLY
        # Browsers declare the size, and the server takes no more.
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > most(scope["path"]):
            return refusals.TOO_LARGE_FILE if scope["path"] == BACKUP else refusals.TOO_LARGE
        return None


def _is_text(escaped: bytes) -> bool:
    try:
        return not CONTROL.search(unquote_to_bytes(escaped).decode())
    except UnicodeDecodeError:
        return False


def _with_headers(scope: Scope, send: Send) -> Callable[[Message], Awaitable[None]]:
    """Add headers that restrict the browser, unless an answer sets its own. A processed form gets its token back."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            token = scope.get("token", "")
            if message["status"] == SEE_OTHER and WORD.fullmatch(token):
                headers.append("set-cookie", f"{WRITTEN}={token}; Path=/; Max-Age=60; SameSite=Strict")
        await send(message)

    return sending
