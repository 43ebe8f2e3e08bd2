"""`reporter serve`: the workbench, in the browser."""

import os
import re
import signal
import sys
import warnings
import webbrowser
from collections.abc import Callable
from threading import Thread

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace

HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?", re.ASCII)
HEADER = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
GET_WEB = """\
pip install "reporter[web]", where the program is installed by pip
        uvx and pipx get the file with it: "./reporter-VERSION-py3-none-any.whl[web]" (docs/install.md)"""
TOGETHER = "give both for a server in front: --behind-proxy HOST --user-header X-Forwarded-User"
EPILOG = """\b
Examples:
  reporter serve                    opens the browser
  reporter serve --no-open          prints the address only
  reporter serve -w my-country      if it is not a workspace, you can create one
  reporter serve --listen 0.0.0.0 --port 8400
                                    in a container; publish 127.0.0.1:8400:8400"""


@click.command("serve", epilog=EPILOG)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port; by default that of the folder, or any free one."
)
@click.option("--no-open", is_flag=True, help="Open no browser.")
@click.option("--read-only", is_flag=True, help="Allow no changes.")
@click.option(
    "--listen", default="", metavar="HOST", help="Where to listen, as a container must; by default this machine."
)
@click.option("--behind-proxy", "proxy", default="", metavar="HOST", help="The public host of a server in front.")
@click.option("--user-header", default="", metavar="NAME", help="The header in which that server names the user.")
@options.workspace_to_be
@options.verbosity
def command(
    port: int,
    no_open: bool,
    read_only: bool,
    listen: str,
    proxy: str,
    user_header: str,
    workspace: Workspace,
    quiet: bool,
) -> int:
    """Opens the workspace in a browser, on this machine only.

    It writes the files of the workspace, as an editor would. The printed link works once; Enter prints a new one for
    another browser. Ctrl-C stops it.
    """
    _check_proxy(proxy, user_header)
    with extra(remedy=GET_WEB):
        from reporter.workbench.server.server import ServeRequest, Workbench
    asked = ServeRequest(
        workspace=workspace,
        today=lambda: options.local_now().date(),
        port=port,
        listen=listen,
        proxy=proxy,
        user_header=user_header,
        read_only=read_only,
    )
    # Ctrl-C before the start is no error that Python should report.
    warnings.filterwarnings("ignore", message="coroutine .* was never awaited")
    bench = Workbench(asked)
    address = bench.new_address()
    try:
        click.echo(address)
        if not quiet:
            once = "" if proxy else "This link works once; Enter prints a new one. "
            folder = workspace.root.resolve()
            click.echo(f"the workbench is open for the folder {folder}. {once}Ctrl-C stops it", err=True)
        if not proxy:
            _print_on_enter(bench.new_address)
        if not no_open and (sys.platform != "linux" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            webbrowser.open(address)
        bench.serve_requests()
    except KeyboardInterrupt:
        if not quiet:
            click.echo("\nthe workbench is closed", err=True)
    return ExitCode.OK


def _check_proxy(proxy: str, user_header: str) -> None:
    if bool(proxy) is not bool(user_header):
        raise UsageError("--behind-proxy and --user-header must be given together", hint=TOGETHER)
    if proxy and not HOST.fullmatch(proxy):
        raise UsageError(f"--behind-proxy {proxy!r} is no host", hint="write its name alone, such as desk.example.org")
    if user_header and not HEADER.fullmatch(user_header):
        raise UsageError(f"--user-header {user_header!r} is no header", hint="write its name, such as X-Forwarded-User")


def _print_on_enter(new_address: Callable[[], str]) -> None:
    try:
        source = sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return
    if hasattr(signal, "SIGTTIN"):
        # In the background nothing can be read; without this the shell would stop the whole program.
        signal.signal(signal.SIGTTIN, signal.SIG_IGN)

    def listen() -> None:
        try:
            # Not by sys.stdin, which is locked while it waits, so that the program could not end.
            while typed := os.read(source, 1024):
                for _ in range(typed.count(b"\n")):
                    click.echo(new_address())
        except OSError:
            return

    Thread(target=listen, daemon=True).start()
