"""Run the workbench on a port of this machine."""

import errno
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp
from uvicorn import Config, Server
from watchfiles import watch

from reporter.data.errors import ReporterError, UsageError
from reporter.data.files.sources import FOLDERS, SETTINGS, checksum
from reporter.data.files.workspace import Workspace
from reporter.workbench.release.steps import Stepper
from reporter.workbench.routes import ROUTES
from reporter.workbench.server import refusals
from reporter.workbench.server.background_jobs import Workshop
from reporter.workbench.server.form_post import UNFIT, keep_form
from reporter.workbench.server.guard import Entrance, Guard, Terms, own_name, terms_for
from reporter.workbench.server.refusals import Refusal
from reporter.workbench.server.shell import Shell, load_assets
from reporter.workbench.server.workspace_reader import Desk
from reporter.workbench.texts.live_edition import Editions

# Milliseconds to wait for further changes, and between checks for the end.
SETTLING, ASKING = 400, 500
# Seconds to wait for the end of a thread.
LONG = 5.0
# Seconds between two looks where the system reports no changes.
LONGEST_WAIT = 5.0


class Watcher:
    """Calls a function whenever a file of the workspace may have changed."""

    def __init__(self, workspace: Callable[[], Workspace], tell: Callable[[], None]) -> None:
        self.workspace, self.tell = workspace, tell
        self._ending = Event()
        self._thread = Thread(target=self._watch, name="watching", daemon=True)
        self.open = self._thread.start

    def close(self) -> None:
        """End it and wait for its thread: one inside the system's library when Python ends would abort the program."""
        self._ending.set()
        self._thread.join(LONG)

    def _watch(self) -> None:
        while not self._ending.is_set():
            try:
                self._watch_folders()
            except (OSError, RuntimeError):
                # A folder is gone, or the system watches no more of them.
                self._ending.wait(LONGEST_WAIT)
            self.tell()

    def _watch_folders(self) -> None:
        """Watch the folders that there are, until there are others or the settings change."""
        folders, _ = watched = self._watched()
        last_notice = monotonic()
        if not folders:
            self._ending.wait(ASKING / 1000)
            return
        for changes in watch(
            *folders,
            watch_filter=None,
            debounce=SETTLING,
            stop_event=self._ending,
            rust_timeout=ASKING,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            if changes or monotonic() - last_notice > LONGEST_WAIT:
                last_notice = monotonic()
                self.tell()
            if self._watched() != watched:
                return

    def _watched(self) -> tuple[tuple[Path, ...], object]:
        workspace = self.workspace()
        paths = (workspace.root / name for name in (*FOLDERS, workspace.outbox.name))
        settings = workspace.root / SETTINGS
        return tuple(filter(Path.is_dir, paths)), settings.is_file() and settings.stat().st_mtime_ns


# PDFs kept in memory, of half a megabyte each.
MOST_PAPERS = 16
BY_STATUS = {refusal.status: refusal for refusal in (refusals.NO_TEXT, refusals.NO_PAGE, refusals.NO_WAY)}


def make_application(desk: Desk, shell: Shell, terms: Terms, entrance: Entrance, stepper: Stepper) -> ASGIApp:
    editions = Editions(desk, shell.assets["edition.css"].path)
    papers = Workshop(MOST_PAPERS, desk.news.tell)

    async def refused(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else refusals.FAULT.status
        if request.scope.get("form"):
            return keep_form(request, refusals.LOST if status == refusals.LOST.status else refusals.FAULT)
        return shell.refuse(request.scope, BY_STATUS.get(status, refusals.FAULT))

    async def failed(request: Request, problem: Exception) -> Response:
        hint = problem.hint if isinstance(problem, ReporterError) else ""
        return keep_form(request, Refusal(UNFIT, str(problem).partition("\n")[0], hint))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watcher = Watcher(lambda: desk.workspace, desk.look_again)
        editions.workshop.begin()
        desk.open()
        watcher.open()
        yield
        papers.close()
        editions.workshop.close()
        watcher.close()
        desk.close()

    application = Starlette(
        routes=ROUTES,
        exception_handlers={
            HTTPException: refused,
            ReporterError: failed,
            ClientDisconnect: lambda *_: Response(),
            Exception: refused,
        },
        lifespan=lifespan,
    )
    application.router.redirect_slashes = False
    application.state.editions, application.state.papers = editions, papers
    application.state.desk, application.state.shell, application.state.stepper = desk, shell, stepper
    application.state.entrance = entrance
    return Guard(application, terms, entrance, shell.refuse)


IPV4, IPV6 = "127.0.0.1", "::1"
# Open pages keep a connection for news; the end does not wait for them.
PATIENCE = 1
# Below the ports that systems assign to any program.
FIRST_PORT, PORTS = 20000, 12000


@dataclass(frozen=True, slots=True)
class ServeRequest:
    """How to serve the workbench. `port` 0 is any free one. `listen` is the machine's address, empty for this machine
    only; `proxy` the public host of the server in front, which names the user in `user_header`."""

    workspace: Workspace
    today: Callable[[], date]
    port: int = 0
    listen: str = ""
    proxy: str = ""
    user_header: str = ""
    read_only: bool = False


class Workbench(Server):
    """The workbench of a workspace, ready to run, with its port taken. Raises UsageError."""

    def __init__(self, asked: ServeRequest) -> None:
        self.sockets = _open_sockets(asked)
        self.port: int = self.sockets[0].getsockname()[1]
        self.entrance = Entrance(f"reporter-{self.port}")
        self.asked = asked
        # Requests from elsewhere cannot use a name of this machine.
        name = "" if asked.proxy else IPV4 if asked.listen else own_name(asked.workspace.root)
        self.origin = f"https://{asked.proxy}" if asked.proxy else f"http://{name}:{self.port}"
        terms = terms_for(self.port, name, proxy=asked.proxy, user_header=asked.user_header, read_only=asked.read_only)
        self.desk = Desk(asked.workspace, asked.today)
        self.stepper = Stepper(self.desk.read_now, self.desk.news.tell)
        shell = Shell(asked.workspace.snapshot(), load_assets(), read_only=asked.read_only)
        super().__init__(
            Config(
                make_application(self.desk, shell, terms, self.entrance, self.stepper),
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=PATIENCE,
            )
        )

    def new_address(self) -> str:
        return f"{self.origin}{'/' if self.asked.proxy else self.entrance.new_path()}"

    def serve_requests(self) -> None:
        self.run(self.sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End it and disconnect open pages."""
        self.desk.close()
        await super().shutdown(sockets)


class PortInUseError(UsageError):
    """Another program uses the port."""


def _open_sockets(asked: ServeRequest) -> list[socket.socket]:
    """The port asked for, else the workspace's, so that a browser keeps its data, or any free one. A browser may use
    either address of this machine for our name, so both must be ours."""
    if asked.listen:
        return [_open_socket(asked.listen, asked.port)]
    if asked.port:
        return _open_both(asked.port)
    for port in (FIRST_PORT + int(checksum(str(asked.workspace.root.resolve()))[:8], 16) % PORTS, 0):
        with suppress(PortInUseError):
            return _open_both(port)
    return _open_both(0)


def _open_both(port: int) -> list[socket.socket]:
    first = _open_socket(IPV4, port)
    try:
        return [first, _open_socket(IPV6, first.getsockname()[1])]
    except PortInUseError:
        first.close()
        raise
    except ReporterError:
        return [first]  # a machine without IPv6


def _open_socket(host: str, port: int) -> socket.socket:
    opened = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
        # On Windows that would let another program take over the port and pass its pages off as ours.
        if sys.platform == "win32":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind(address)
        opened.listen()
    except OSError as problem:
        if opened:
            opened.close()
        if problem.errno == errno.EADDRINUSE:
            hint = "another reporter serve may be running there: use its window, or leave out --port to take a free one"
            raise PortInUseError(f"port {port} is in use", hint=hint) from None
        hint = "use an address of this computer, and a port from 1024 on"
        raise UsageError(f"the workbench cannot use {host}:{port}: {problem.strerror or problem}", hint=hint) from None
    return opened
