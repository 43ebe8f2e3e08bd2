"""A server whose disk is full or read-only, or which is killed, at whatever moment of a pasted column."""

import http.client
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.write.applying import read_journal
from tests.fixtures import ROOT
from tests.workbench.figures_bench import HELP, begun
from tests.workbench.serving import Asker

# The server hears before each way of writing below the workspace whether something is to go wrong there.
SCRIPT = """
import errno, os, signal, sys
from datetime import date
from pathlib import Path
from reporter.data.files.workspace import Workspace
from reporter.workbench.server.server import ServeRequest, Workbench

root, told = sys.argv[1], Path(sys.argv[2])
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
BARS = {"full": errno.ENOSPC, "read-only": errno.EROFS}
moments = []


def hear(event, arguments):
    is_open = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    if not (is_open or event in ("os.mkdir", "os.rename", "os.chmod")) or not str(arguments[0]).startswith(root):
        return
    if str(arguments[0]).endswith("edit.lock") or not told.exists():
        return
    fault, at = told.read_text().split()
    moments.append(arguments[0])
    if len(moments) == int(at) and fault == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if len(moments) >= int(at) and fault in BARS:
        raise OSError(BARS[fault], os.strerror(BARS[fault]))


sys.addaudithook(hear)
bench = Workbench(ServeRequest(Workspace(Path(root)), lambda: date(2022, 3, 9)))
print(bench.new_address(), flush=True)
bench.serve_requests()
"""
COLUMN = {"figure": "assistance.persons", "column": "231\n178\n53\n119", "write": "1"}
VALUES = ("total: 231  #", "victims: 178  #", "at_risk: 53  #", "men: 119  #")
SAID = {"full": "The disk is full", "read-only": "may not be changed"}


@dataclass
class Served:
    """A server of its own, and who asks it."""

    process: subprocess.Popen[str]
    asker: Asker


@contextmanager
def served(root: Path, told: Path) -> Iterator[Served]:
    command = [sys.executable, "-c", SCRIPT, str(root), str(told)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        _, _, rest = process.stdout.readline().strip().rpartition(":")
        port, _, path = rest.partition("/")
        asker, last = Asker(int(port)), monotonic() + 60
        while monotonic() < last:
            try:
                answer = asker.get(f"/{path}")
                break
            except ConnectionError:
                sleep(0.05)
        cookie = answer.headers["set-cookie"].partition(";")[0]
        asker = asker.knowing(Cookie=f"{cookie}; reporter-person=Ana")
        while asker.get(HELP).title == "The workspace is being read" and monotonic() < last:
            sleep(0.1)
        yield Served(process, asker)
    finally:
        process.kill()
        process.communicate(timeout=30)


def start_again(root: Path, before: bytes) -> None:
    (root / "data/LT/2021.yaml").write_bytes(before)
    shutil.rmtree(Workspace(root).own / "journal", ignore_errors=True)


@pytest.mark.parametrize(("fault", "moments"), [("full", (1, 4)), ("read-only", (2, 7))])
def test_a_disk_that_takes_nothing_loses_nothing_and_says_so(tmp_path: Path, fault: str, moments) -> None:
    root, told = begun(tmp_path), tmp_path / "told"
    file = root / "data/LT/2021.yaml"
    before = file.read_bytes()
    for at in moments:
        start_again(root, before)
        with served(root, told) as server:
            told.write_text(f"{fault} {at}")
            answer = server.asker.post(HELP, COLUMN)
            assert 422 == answer.status
            assert SAID[fault] in answer.text
            # The column stands in its fields again, to be written.
            assert html_column(answer.text) == COLUMN["column"]
            now = file.read_text()
            stands = [value in now for value in VALUES]
            assert sorted(stands, reverse=True) == stands
            assert not all(stands)
            number = sum(stands)
            reasons_of = f"{number} value{'s were' if number > 1 else ' was'} written before."
            assert not number or reasons_of in answer.text
            told.unlink()
            assert 303 == server.asker.post(HELP, COLUMN).status
            assert all(value in file.read_text() for value in VALUES)


def html_column(page: str) -> str:
    found = re.search(r'name="column" value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_server_that_is_killed_between_journal_and_file_goes_on_as_the_files_are(tmp_path: Path) -> None:
    root, told = begun(tmp_path), tmp_path / "told"
    file = root / "data/LT/2021.yaml"
    before = file.read_bytes()
    for at in range(1, 16, 3):
        start_again(root, before)
        with served(root, told) as server:
            told.write_text(f"kill {at}")
            with pytest.raises((ConnectionError, http.client.HTTPException)):
                server.asker.post(HELP, COLUMN)
            assert -signal.SIGKILL == server.process.wait(30)
        told.unlink()
        now = file.read_text()
        stands = [value in now for value in VALUES]
        assert sorted(stands, reverse=True) == stands
        workspace = Workspace(root)
        lines = read_journal(workspace, workspace.snapshot()).lines
        assert sum(stands) == sum(each.is_written for each in lines)
        with served(root, told) as server:
            assert 200 == server.asker.get(HELP).status
            assert any(stands) == bool(server.asker.undoable(HELP))
            if any(stands):
                assert 303 == server.asker.undo(HELP).status
            assert before == file.read_bytes()
            assert 303 == server.asker.post(HELP, COLUMN).status
            assert all(value in file.read_text() for value in VALUES)
        assert [] == [each.name for each in file.parent.glob(".writing*")]
