"""Run the workbench on a port of this machine."""

import errno
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from uvicorn import Config, Server

from reporter.delivery.release_tools import ReleaseTools
from reporter.errors import ReporterError, UsageError
from reporter.files.workspace import Workspace
from reporter.web.application import make_application
from reporter.web.assets import load_assets
from reporter.web.desk import Desk
from reporter.web.entrance import Entrance
from reporter.web.grounds import terms_for
from reporter.web.shell import Shell
from reporter.web.stepping import Stepper

IPV4, IPV6 = "127.0.0.1", "::1"
# Open pages hold a connection on which they hear of changes; nobody waits for them to go.
PATIENCE = 1


@dataclass(frozen=True, slots=True)
class ServeRequest:
    """How the workbench is to be served. `port` 0 is any that is free. `listen` is the address of the machine on which
    it listens, empty for this machine alone; `proxy` the public host of the server before it, which names who asks in
    `user_header`. `tools` are what publishing, packing and signing need."""

    workspace: Workspace
    today: Callable[[], date]
    port: int = 0
    listen: str = ""
    proxy: str = ""
    user_header: str = ""
    read_only: bool = False
    tools: ReleaseTools | None = None


class Workbench(Server):
    """The workbench of a workspace, ready to run. Its port is taken when it is made. Raises UsageError when it cannot
    be."""

    def __init__(self, asked: ServeRequest) -> None:
        self.sockets = _open_sockets(asked)
        self.port: int = self.sockets[0].getsockname()[1]
        self.entrance = Entrance(f"reporter-{self.port}")
        self.asked = asked
        terms = terms_for(self.port, proxy=asked.proxy, user_header=asked.user_header, read_only=asked.read_only)
        self.desk = Desk(asked.workspace, asked.today)
        self.stepper = Stepper(asked.tools, self.desk.read_now)
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
        if self.asked.proxy:
            return f"https://{self.asked.proxy}/"
        return f"http://{IPV4}:{self.port}{self.entrance.new_path()}"

    def serve_requests(self) -> None:
        self.run(self.sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End it: open pages, which hear of changes, are let go."""
        self.desk.close()
        self.stepper.close()
        await super().shutdown(sockets)


def _open_sockets(asked: ServeRequest) -> list[socket.socket]:
    if asked.listen:
        return [_open_socket(asked.listen, asked.port)]
    first = _open_socket(IPV4, asked.port)
    try:
        return [first, _open_socket(IPV6, first.getsockname()[1])]
    except ReporterError:
        # A machine without IPv6; where another program has the port there, nobody is led to it: we name the other way.
        return [first]


def _open_socket(host: str, port: int) -> socket.socket:
    opened = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, protocol)
        # On Windows that would let another program take the port away from us, and its pages would be taken for ours.
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
            hint = "another reporter serve may run there: use its window, or leave --port out to take a free one"
            raise UsageError(f"port {port} is in use", hint=hint) from None
        hint = "name an address of this machine, and a port from 1024 on"
        raise UsageError(f"{host}:{port} cannot be listened on: {problem.strerror or problem}", hint=hint) from None
    return opened
