"""`reporter status`, `backup`, `restore`, `review` and `serve`."""

import http.client
import json
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

from reporter.cli import serve
from reporter.data.errors import ExitCode, Mark
from reporter.data.files.workspace import Workspace
from reporter.data.read.received import asked_text
from reporter.data.records import Asked
from tests import agencies, reviews, small
from tests.fixtures import here
from tests.small import write
from tests.word.reviewed import comment, reviewed, tracked

ADDRESS = "https://example.org/a-directive-with-a-very-long-name/article-nineteen-and-a-half/on-statistics"
SETTINGS = f"""\
title: {{en: Small}}
languages: [en]
deadlines:
  yearly: {{title: {{en: Yearly statistics}}, basis: {{en: "Directive, {ADDRESS}"}}, first: 2019, due: 12-31}}
"""


def test_an_address_stays_on_one_line_and_what_follows_is_indented_below(tmp_path, say):
    root = write(tmp_path, {"reporter.yaml": SETTINGS})
    code, said = say("status", "XX", "2020", "--today", "2021-12-01", "-w", str(root))
    lines, indent = said.splitlines(), " " * 26
    first = lines.index("  335 d late  2020-12-31  Yearly statistics, 2019")
    assert (0, [f"{indent}Directive,", f"{indent}{ADDRESS}"]) == (code, lines[first + 1 : first + 3])


def test_each_agency_is_told_with_when_it_was_asked_what_came_and_what_is_open(tmp_path, say):
    received = agencies.sent("courts", {"victims.identified": "79", "victims.identified.women": "60"})
    known = {"day": "2021-01-11", "sha256": "0" * 64, "reminded": ("2021-02-22",)}
    asked = Asked(agency="police", year=2020, mark=Mark(""), **known)
    root = agencies.workspace(tmp_path, received, files={"data/XX/received/asked.yaml": asked_text([asked])})
    status = ("status", "XX", "2020", "--today", "2021-02-27", "-w", str(root))
    code, said = say(*status)
    lines, indent = said.splitlines(), " " * 26
    assert [
        "  2 d left    2021-03-01  Royal Police",
        f"{indent}asked 2021-01-11",
        f"{indent}reminded 2021-02-22",
        "  received    2021-03-15  Courts",
        f"{indent}not asked yet",
        f"{indent}courts-2020.xlsx, received 2021-03-03",
        f"{indent}to decide on: 1",
        f"{indent}cells empty: 5",
    ] == lines[lines.index("Agencies, 2020") + 1 :]
    code, out = say(*status, "--format", "json")
    police, courts = json.loads(out)[0]["agencies"]
    assert ("2021-01-11", 2, [], []) == tuple(police[name] for name in ("asked", "days", "open", "empty"))
    assert (0, ["victims.identified"], False) == (code, courts["open"], "@" in out)


def test_open_remarks_are_counted_below_their_edition(tmp_path, say):
    remarks = '  "1": {kind: comment, text: "Why?"}\n  "2": {kind: comment, text: "Good.", answer: "Thanks."}\n'
    record = f'file: "a.docx"\nsha256: "{"0" * 64}"\nreceived: "2021-02-01"\nremarks:\n{remarks}'
    root = write(tmp_path, {"data/XX/received/remarks/2020-en-1.yaml": record})
    status = ("status", "XX", "2020", "--today", "2021-02-27", "-w", str(root))
    assert "  remarks     1 open: reporter review XX 2020" in say(*status)[1].splitlines()
    assert [1] == [each["remarks"] for each in json.loads(say(*status, "--format", "json")[1])[0]["editions"]]


def test_a_back_up_says_what_is_in_it_and_what_is_not(called, tmp_path, monkeypatch):
    root = small.write(tmp_path / "here")
    (root / "notes.txt").write_text("")
    monkeypatch.chdir(tmp_path)
    code, out, err = called("backup", "make", "a.zip", "-w", root)
    assert (ExitCode.OK, "not included: notes.txt\n") == (code, err)
    assert out.startswith(f"a.zip  {len(small.FILES)} files  ")
    (tmp_path / "a.zip").write_text("mine")
    code, _, err = called("backup", "make", tmp_path / "a.zip", "-w", root)
    assert (2, "mine", True) == (code, (tmp_path / "a.zip").read_text(), "already exists" in err)


def test_a_back_up_is_restored_into_a_folder_that_holds_nothing(called, tmp_path, monkeypatch):
    root = small.write(tmp_path / "here")
    monkeypatch.chdir(tmp_path)
    called("backup", "make", "a.zip", "-w", root)
    (root / small.YEAR).write_text("year: 2020\n")
    code, out, err = called("backup", "restore", "a.zip", "-w", root)
    assert (2, "", True) == (code, out, "is not empty\n  hint: move it away first" in err)
    assert "year: 2020\n" == (root / small.YEAR).read_text()
    code, out, err = called("backup", "restore", "a.zip", "-w", tmp_path / "new")
    assert (0, "", "the backup is restored: new") == (code, out, err.splitlines()[0])
    assert small.FILES[small.YEAR] == (tmp_path / "new" / small.YEAR).read_text()
    # What a kill interrupted is no workspace yet, and the same command goes on.
    (tmp_path / "new/reporter.yaml").unlink()
    (tmp_path / "new/.reporter/restoring").write_text("")
    assert (0, "", "") == called("backup", "restore", "a.zip", "-w", tmp_path / "new", "-q")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/mine.txt").write_text("")
    code, _, err = called("backup", "restore", "a.zip", "-w", tmp_path / "other")
    assert (2, True) == (code, "is not empty\n  hint: move it away first" in err)


CHANGES = (
    comment("The law did not", "It did, in May.", "Rasa", 20),
    tracked("investigations were opened", "11", "12", "Jonas", 21),
)


@pytest.fixture
def back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("reporter.exchange.word_remarks.reviewing.run_limited", here)
    workspace: Workspace = reviews.workspace(tmp_path)
    monkeypatch.chdir(tmp_path)
    file = tmp_path.parent / "draft.docx"
    file.write_bytes(reviewed(reviews.word_file(workspace.snapshot()), *CHANGES))
    return file


def test_a_file_is_told_by_section_and_sentence(back, say):
    told = json.loads(say("review", str(back), "--dry-run", "--format", "json", "--quiet")[1].partition("\ndata/")[0])
    assert (["change", "comment"], {True}) == (sorted(each["kind"] for each in told), {each["open"] for each in told})
    assert ["12"] == [change["new"] for each in told for change in each["changes"]]
    assert not Path("data/XX/received").exists()
    code, out = say("review", str(back), "--day", "2026-11-25")
    assert (0, True) == (code, "XX 2020 (en): draft.docx: 2 remarks, 2 open" in out)
    assert (True, True) == ("1 Victims and the countries named" in out, "data/XX/text/en/2020.md:4" in out)
    assert "Rasa, 2026-11-20 on “The law did not”: It did, in May." in out
    assert "Jonas, 2026-11-21: 11 → 12: investigations.opened, police, data/XX/2020.yaml:4" in out
    assert (True, 2) == ("data/XX/received/remarks/2020-en-1.yaml" in out, say("review", str(back))[0])
    found = say("check", "XX", "2020")[1]
    assert ("remark 1 is open" in found, "[remark]" in found) == (True, True)


def test_remarks_are_answered_dismissed_and_opened_again(back, say):
    say("review", str(back))
    code, out = say("review", "XX", "2020", "--answer", "1", "Corrected.", "--dismiss", "2", "It is 12.", "--by", "Ana")
    assert (0, "XX 2020: 0 of 2 remarks are open") == (code, out.strip())
    _, out = say("review", "XX", "2020")
    assert (True, True) == ("answered by Ana: Corrected." in out, "dismissed by Ana: It is 12." in out)
    assert "XX 2020: 1 of 2 remarks are open" == say("review", "XX", "2020", "--reopen", "1")[1].strip()


def test_what_cannot_be_done_is_said(back, say):
    for words, problem in (
        (("nothing.docx",), "nothing.docx cannot be read"),
        (("XX", "1999"), "no file for 1999"),
        (("XX", "2020", "--answer", "9", "x"), "there is no remark 9"),
        (("draft.docx", "2020"), "import the file first"),
        (("XX", "2020", "--day", "soon"), "is no date"),
    ):
        code, out = say("review", *words)
        assert (2, True) == (code, problem in out)


PRINTED = re.compile(rb"http://r[0-9a-f]{32}\.localhost:(\d+)(/enter/[\w-]+)\r?\n")


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


def test_it_prints_the_address_and_on_enter_a_new_one_and_ends_with_an_interrupt(tmp_path):
    ours, theirs = pty.openpty()
    running = started("-w", str(small.write(tmp_path)), stdin=theirs)
    try:
        first = PRINTED.fullmatch(running.stdout.readline())
        assert first
        os.write(ours, b"\n")
        second = PRINTED.fullmatch(running.stdout.readline())
        assert second
        port = int(first[1])
        old, new = first[2].decode(), second[2].decode()
        assert [401, 401, 200, 401] == [status(port, path) for path in ("/", old, new, new)]
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
        assert (ExitCode.OK, b"") == (running.returncode, out), err
        assert (True, False) == (err.endswith(b"\nthe workbench is closed\n"), b"Traceback" in err)
    finally:
        running.kill()
        os.close(ours)
        os.close(theirs)


def test_a_port_that_is_in_use_is_said_with_a_remedy(called, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, out, err = called("serve", "--no-open", "--port", str(port), "-w", str(small.write(tmp_path)))
    assert (ExitCode.USAGE, "") == (code, out)
    assert err.startswith(f"reporter: port {port} is in use\n  hint: another reporter serve may be running there")


def test_without_its_packages_it_says_how_to_get_them(called, monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "reporter.workbench.server.server", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    said = 'reporter: the workbench needs the package uvicorn\n  hint: pip install "reporter[web]", where '
    code, out, err = called("serve", "-w", str(small.write(tmp_path)))
    assert (ExitCode.USAGE, "", said) == (code, out, err[: len(said)])
    assert '"./reporter-VERSION-py3-none-any.whl[web]"' in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--behind-proxy", "desk.example.org"], "--behind-proxy and --user-header must be given together"),
        (["--behind-proxy", "https://a/b", "--user-header", "X-User"], "--behind-proxy 'https://a/b' is no host"),
        (["--behind-proxy", "a.example", "--user-header", "X: User"], "--user-header 'X: User' is no header"),
        (["--listen", "203.0.113.7"], "the workbench cannot use 203.0.113.7:0: "),
    ],
)
def test_what_cannot_be_served_is_said(called, tmp_path, words, said):
    code, out, err = called("serve", "--no-open", "-w", str(small.write(tmp_path)), *words)
    assert (ExitCode.USAGE, "", True, True) == (code, out, err.startswith(f"reporter: {said}"), "\n  hint: " in err)


def test_without_a_screen_no_browser_is_opened(called, monkeypatch, tmp_path):
    bench, opened = SimpleNamespace(new_address=lambda: "http://here/", serve_requests=lambda: None), []
    monkeypatch.setattr("reporter.workbench.server.server.Workbench", lambda _: bench)
    monkeypatch.setattr(serve, "_print_on_enter", lambda _: None)
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("WAYLAND_DISPLAY", "")
    for display in ("", ":0"):
        monkeypatch.setenv("DISPLAY", display)
        assert 0 == called("serve", "-w", str(small.write(tmp_path)))[0]
    assert ["http://here/"] == opened
