"""Whatever goes wrong in a build: a plain message with place and remedy, and the earlier report stays as it is."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from reporter.cli.group import run
from reporter.errors import ReporterError
from reporter.files.writing import DRAFT_PREFIX, write_whole
from tests.produce.refusals import BUILD, FOLDER, REPORT, YEAR, change, files
from tests.small import PAGE

LOCK = "build/.cache/locks/XX-2020-en.lock"


def test_a_file_where_the_folder_of_the_report_should_be(reported, capsys):
    shutil.rmtree(reported / FOLDER)
    (reported / FOLDER).write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (reported / FOLDER).read_text())
    assert f"{reported / FOLDER} cannot be written: File exists\n  hint: " in capsys.readouterr().err


def test_a_file_where_the_folder_of_a_country_should_be(reported, capsys):
    shutil.rmtree(reported / "build" / "XX")
    (reported / "build" / "XX").write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (reported / "build" / "XX").read_text())
    assert f"{reported / FOLDER} cannot be written: Not a directory\n  hint: " in capsys.readouterr().err


def start(reported: Path, *, before: str = "") -> subprocess.Popen[str]:
    """A build in a process and group of its own, after a command of the shell."""
    shell = ["sh", "-c", f'{before} exec "$0" "$@"', sys.executable, "-m", "reporter", *BUILD, "-w", str(reported)]
    return subprocess.Popen(
        shell, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip


def test_a_full_disk_while_pages_are_laid_out(reported, override):
    override("profile.html", PAGE)
    shutil.rmtree(reported / "build" / ".cache")
    before = files(reported)
    out, err = (child := start(reported, before="ulimit -f 2;")).communicate(timeout=60)
    assert (1, "", before) == (child.returncode, out, files(reported))
    assert "a file cannot be read or written: [Errno 27] File too large\n  hint: free space on the disk" in err


def test_a_full_disk_while_the_report_is_written(tmp_path):
    report = tmp_path / "report.pdf"
    report.write_bytes(b"good")
    (tmp_path / f"{DRAFT_PREFIX}{os.getpid()}-report.pdf").symlink_to("/dev/full")
    with pytest.raises(ReporterError, match="cannot be written: No space left on device\n  hint: free space"):
        write_whole(report, b"new")
    assert [("report.pdf", b"good")] == [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]


def test_the_page_of_that_test_can_be_built(reported, override):
    override("profile.html", PAGE)
    assert 0 == run([*BUILD])
    assert (reported / REPORT).read_bytes().startswith(b"%PDF")


def test_an_interruption_in_the_middle(reported):
    (reported / LOCK).unlink()
    before = files(reported)
    child = start(reported)
    deadline = time.monotonic() + 30
    while not (reported / LOCK).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (130, "", before) == (child.returncode, out, files(reported))
    assert "\nreporter: interrupted; earlier reports are unchanged\n" == err


def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_does_not_sweep(reported, refused):
    ours, others = (reported / FOLDER / f".writing-1-XX-2020-{language}.pdf" for language in ("en", "lt"))
    for path in (ours, others):
        path.write_bytes(b"half")
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    with pytest.raises(AssertionError):
        refused()
    assert (False, True) == (ours.exists(), others.exists())


def test_two_builds_at_once(reported, refused):
    with FileLock(reported / LOCK), FileLock(reported / LOCK.replace("2020", "2020-data-and-methods")):
        said = (
            f"reporter: {job}: another build of {job} is running\n  hint: wait until it has finished\n"
            for job in ("XX 2020 (en)", "XX 2020, data and methods (en)")
        )
        assert (1, "".join(said)) == refused()


def test_a_lock_left_behind_locks_nobody_out(reported, refused):
    (reported / LOCK).write_text("")
    change(reported / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    assert "is negative" in refused()[1]


def test_what_a_killed_process_left_beside_goes_and_what_a_running_one_writes_stays(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / f"{DRAFT_PREFIX}{gone.pid}-[a].yaml").write_bytes(b"half")
    (tmp_path / f"{DRAFT_PREFIX}{os.getppid()}-[a].yaml").write_bytes(b"half")
    write_whole(tmp_path / "[a].yaml", b"whole")
    assert [f"{DRAFT_PREFIX}{os.getppid()}-[a].yaml", "[a].yaml"] == sorted(path.name for path in tmp_path.iterdir())
