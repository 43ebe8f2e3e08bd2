"""`reporter serve` opens the workspace in a browser, and says what keeps it from that."""

import http.client
import os
import pty
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporter.cli import options, serve
from reporter.errors import ExitCode
from tests import small

ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)(/enter/[\w-]+)\r?\n")


def started(*words: str, **options) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "reporter", "serve", "--no-open", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def status(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_it_prints_the_address_and_on_enter_a_new_one_and_ends_with_an_interrupt(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    running = started("-w", str(small.write(tmp_path)), stdin=theirs)
    try:
        first = ADDRESS.fullmatch(running.stdout.readline())
        assert first
        os.write(ours, b"\n")
        second = ADDRESS.fullmatch(running.stdout.readline())
        assert second
        port = int(first[1])
        old, new = first[2].decode(), second[2].decode()
        assert [401, 401, 200, 401] == [status(port, path) for path in ("/", old, new, new)]
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (ExitCode.OK, b"") == (running.returncode, out), err
        assert err.endswith(b"\nthe workbench is closed\n")
        assert b"Traceback" not in err
    finally:
        running.kill()
        os.close(ours)
        os.close(theirs)


def test_a_port_that_is_in_use_is_said_with_a_remedy(called, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = called("serve", "--no-open", "--port", str(port), "-w", str(small.write(tmp_path)))
    assert (ExitCode.USAGE, "") == (code, out)
    assert err.startswith(f"reporter: port {port} is in use\n  hint: another reporter serve may run there")


def test_without_its_packages_it_says_how_to_get_them(called, monkeypatch, tmp_path: Path) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name, name="uvicorn.part")

    monkeypatch.setattr(serve, "import_module", missing)
    said = 'reporter: the workbench needs the package uvicorn\n  hint: pip install "reporter[web]", where '
    code, out, err = called("serve", "-w", str(small.write(tmp_path)))
    assert (ExitCode.USAGE, "", said) == (code, out, err[: len(said)])
    assert '"./reporter-VERSION-py3-none-any.whl[web]"' in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--behind-proxy", "desk.example.org"], "a proxy without the header that names the person"),
        (["--behind-proxy", "https://a/b", "--user-header", "X-User"], "--behind-proxy 'https://a/b' is no host"),
        (["--behind-proxy", "a.example", "--user-header", "X: User"], "--user-header 'X: User' is no header"),
        (["--listen", "203.0.113.7"], "203.0.113.7:0 cannot be listened on"),
    ],
)
def test_what_cannot_be_served_is_said(called, tmp_path: Path, words: list[str], said: str) -> None:
    code, out, err = called("serve", "--no-open", "-w", str(small.write(tmp_path)), *words)
    assert (ExitCode.USAGE, "", True) == (code, out, err.startswith(f"reporter: {said}"))
    assert "\n  hint: " in err


def test_a_folder_with_other_things_is_no_workspace_and_an_empty_one_begins_one(called, tmp_path: Path) -> None:
    (tmp_path / "letter.odt").touch()
    code, _, err = called("serve", "--no-open", "-w", str(tmp_path))
    assert ExitCode.USAGE == code
    assert "no workspace here" in err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert empty == options._find_or_begin(None, None, empty).root


def test_without_a_screen_no_browser_is_opened(called, monkeypatch, tmp_path) -> None:
    bench, opened = SimpleNamespace(new_address=lambda: "http://here/", serve_requests=lambda: None), []
    room = SimpleNamespace(ServeRequest=lambda **_: None, Workbench=lambda _: bench)
    monkeypatch.setattr(serve, "_load_web", lambda: room)
    monkeypatch.setattr(serve, "_print_on_enter", lambda _: None)
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    for display in ("", ":0"):
        monkeypatch.setenv("DISPLAY", display)
        assert 0 == called("serve", "-w", str(small.write(tmp_path)))[0]
    assert ["http://here/"] == opened
