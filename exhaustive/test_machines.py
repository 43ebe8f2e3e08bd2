"""The program works on machines that lack what ours have: Pango, what only Unix has, UTF-8."""

import json
import os
import socket
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from reporter.cli import _speak_utf8
from reporter.workbench.server import server
from reporter.workbench.server.shell import load_assets
from tests import small
from tests.fixtures import ROOT

# Every module but those below the door of paper; the extras may be there or not.
LOADING = """
import json
from importlib import import_module
from pathlib import Path
from exhaustive.without import PAPER, UNIX, lack
lack(*PAPER, *UNIX)
paths = [path.with_suffix("") for path in sorted(Path("reporter").rglob("*.py")) if path.stem != "__main__"]
said = {}
for name in [".".join(path.parts).removesuffix(".__init__") for path in paths]:
    try:
        import_module(name)
    except ModuleNotFoundError as problem:
        said[name] = problem.name.partition(".")[0]
print(json.dumps(said))
"""


def test_only_what_lays_out_pages_needs_paper_and_nothing_needs_unix() -> None:
    done = subprocess.run([sys.executable, "-c", LOADING], cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    assert "reporter.formats.pdf.pieces.engine" in said
    assert set() == {name for name in said if not name.startswith("reporter.formats.pdf.")}
    assert {"weasyprint"} == set(said.values())


def test_what_is_printed_into_a_file_is_utf_8_whatever_the_machine_would_write(tmp_path: Path) -> None:
    root = small.write(tmp_path, {small.YEAR: f"{small.HEAD}figures: {{victims.identifi\u0117d: 1}}\n"})
    command = [sys.executable, "-m", "reporter", "check", "XX", "--format", "json", "-w", str(root)]
    windows = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, cwd=ROOT, env=windows, capture_output=True, check=False)
    assert "victims.identifi\u0117d" in done.stdout.decode()


def test_lines_printed_into_a_file_end_as_they_were_written() -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding="cp1252", newline="\r\n")
    _speak_utf8(stream)
    stream.write("\u0105\r\n\u0117\n")
    stream.flush()
    assert "\u0105\r\n\u0117\n".encode() == written.getvalue()


def test_a_script_is_a_script_whatever_the_machine_says_of_its_ending() -> None:
    assert {"text/javascript"} == {each.kind for each in load_assets().values() if each.name.endswith(".js")}


def test_on_windows_no_other_program_takes_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    monkeypatch.setattr(socket.socket, "setsockopt", lambda *told: asked.append(told[2]))
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", -5, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    server._open_socket("127.0.0.1", free).close()
    assert [-5] == asked
