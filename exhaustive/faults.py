"""Faults to order: a run that is killed, whose disk is full, or that is overtaken, at the n-th thing it does to a file.
`python -m exhaustive.faults` loads the program once and forks a child for every request: without that, each of some
hundred runs would wait for its libraries. In a child, charts are blank, no PDF is proven and nothing waits for the
disk; the rest is the program as it is."""

import errno
import functools
import gc
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from exhaustive.deeds import DEEDS, give_up_rights, set_clock
from reporter.editions import program
from tests import small

KILL, FULL, LIMIT, WAIT, BARRED = "kill", "full", "limit", "wait", "barred"
CHANGES = ("os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "socket.connect")
GROWS = ("open", "fsync", "os.mkdir", "os.link", "INSERT", "UPDATE", "COMMIT")
# Seconds.
PATIENCE = 2.0
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended: exit code, or minus the signal; what it said; the moments it came to, in order."""

    code: int
    out: str
    err: str
    moments: tuple[str, ...]


class Program:
    """The program, loaded and waiting: `with Program() as program: program.run(folder, "build", "XX")`."""

    def __enter__(self) -> "Program":
        command = [sys.executable, "-m", "exhaustive.faults"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, cwd=Path(__file__).parents[1], text=True, **pipes)
        return self

    def __exit__(self, *_) -> None:
        self.process.communicate()

    def run(self, folder: Path, *words: str, fault: str = "", at: int = 0, hours: int = 0, **environment: str) -> Ended:
        """Runs a command line in a folder; `at` is the moment of a fault, or the bytes of the largest file. `hours` is
        how far its clock is off. WAIT lets it wait at its moment, until `go_on` is called."""
        asked = {"folder": str(folder), "words": words, "fault": fault, "at": at, "environment": environment}
        asked["hours"] = hours
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return Ended(**told | {"moments": tuple(told["moments"])})


def gates(folder: Path) -> tuple[Path, Path]:
    """Beside a folder: what appears when a run waits there, and what lets it go on."""
    return folder.with_name(f"{folder.name}.waits"), folder.with_name(f"{folder.name}.goes-on")


class Fate:
    """Counts the moments of a run below its folder, and strikes at one of them."""

    def __init__(self) -> None:
        self.folder = self.fault = ""
        self.at = 0
        self.moments: list[str] = []

    def hear(self, event: str, arguments: tuple) -> None:
        """What Python audits: before a file is opened to be written, renamed, linked, removed."""
        writes = event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if event == "socket.connect":
            self.come(event, "")
        elif writes or (event in CHANGES and arguments[-1] == -1):  # else by the number of a folder: rmtree does so
            self.come(event, "" if isinstance(arguments[0], int) else str(Path(arguments[0]).absolute()))

    def come(self, event: str, place: str) -> None:
        """A moment: counted, and perhaps the last one."""
        if not self.folder or (place and not place.startswith(self.folder)):
            return
        self.moments.append(f"{event} {place.removeprefix(self.folder)}".strip())
        if self.fault == KILL and len(self.moments) == self.at:
            os.write(TELL[1], json.dumps(self.moments).encode())
            os.kill(os.getpid(), signal.SIGKILL)
        if self.fault == WAIT and len(self.moments) == self.at:
            waits, goes_on = gates(Path(self.folder))
            waits.touch()
            while not goes_on.exists():
                time.sleep(0.01)
        if self.fault == FULL and len(self.moments) >= self.at and event in GROWS:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), place)


FATE = Fate()
TELL = (0, 0)


def _fsync(number: int) -> None:
    """A moment, and no more: what a process has written outlives it, and no light goes out here."""
    FATE.come("fsync", str(Path(f"/proc/self/fd/{number}").readlink()))


class Base(sqlite3.Connection):
    """A connection whose steps are moments."""

    def execute(self, sql: str, *values):
        verb = sql.split(maxsplit=1)[0]
        if sql.startswith("PRAGMA synchronous"):
            sql = "PRAGMA synchronous = OFF"
        if verb in ("INSERT", "UPDATE", "COMMIT"):
            try:
                FATE.come(verb, "")
            except OSError:
                raise sqlite3.OperationalError("database or disk is full") from None
        done = super().execute(sql, *values)
        if verb == "COMMIT":
            FATE.come("COMMITTED", "")
        return done


class Blank:
    """Draws nothing, at once."""

    def draw(self, jobs, _theme):
        return {name: SVG for name, *_ in jobs}

    def begin(self) -> None:
        pass

    def end(self) -> None:
        pass


def _know_the_program() -> None:
    """What the program says of itself is found out once, not by every child."""
    for name in ("program_digest", "program_sum", "font_sums", "engine_versions", "check_digest", "engine_digest"):
        function = getattr(program, name)
        known = functools.partial(lambda told: told, function())
        for module in list(sys.modules.values()):
            if getattr(module, name, None) is function:
                setattr(module, name, known)


def _try_once() -> None:
    """What every run would read and compile is known before the first one."""
    with tempfile.TemporaryDirectory() as folder:
        small.write(Path(folder), small.FINAL | {"templates/profile.html": small.BLANK})
        with redirect_stdout(StringIO()):
            for words in (("publish",), ("build",), ("package", "--to", "files")):
                sys.modules["reporter.cli.group"].run((words[0], "XX", "2020", *words[1:], "-q", "-w", folder))


def _load() -> None:
    import reporter.cli.group
    import reporter.editions.making.build_editions
    import reporter.editions.making.document_files
    import reporter.exchange.package.letter
    import reporter.exchange.send.smtp
    import reporter.exchange.signature.signing
    import reporter.formats.export.workbook
    import reporter.formats.pdf.pieces.engine
    import reporter.formats.validate.vera
    from reporter.cli.contents import COMMANDS

    for module in {module for module, _ in COMMANDS.values()} - {""}:
        __import__(module)
    reporter.editions.making.build_editions.Drawing = reporter.editions.making.document_files.Drawing = Blank
    passed = (reporter.formats.validate.vera.Judgement("nobody", "0", "none", 0),)
    reporter.formats.validate.vera.prove = lambda *_: passed
    # Nobody waits longer for a server that is silent.
    reporter.exchange.send.smtp.SmtpChannel.__init__.__defaults__ = (PATIENCE,)
    reporter.exchange.signature.signing.PATIENCE = PATIENCE
    _know_the_program()
    _try_once()
    connect = sqlite3.connect
    sqlite3.connect = lambda *words, **named: connect(*words, **named, factory=Base)
    os.fsync = _fsync
    sys.addaudithook(FATE.hear)
    # What lies here already is looked through by no child, nor counted.
    gc.collect()
    gc.freeze()
    gc.get_freeze_count = lambda: 1


def _child(asked: dict) -> int:
    """The run itself, in a process of its own."""
    os.chdir(asked["folder"])
    os.environ.update(asked["environment"])
    tempfile.tempdir = None
    FATE.folder, FATE.fault, FATE.at = f"{asked['folder']}/", asked["fault"], asked["at"]
    if asked["fault"] == LIMIT:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["at"], asked["at"]))
    if asked["fault"] == BARRED:
        give_up_rights()
    set_clock(asked["hours"])
    words = asked["words"]
    code = DEEDS[words[0]]() if words[0] in DEEDS else sys.modules["reporter.cli.group"].run(words)
    FATE.folder = ""
    os.write(TELL[1], json.dumps(FATE.moments).encode())
    return code


def _carry_out(asked: dict) -> dict:
    global TELL
    pipes = out, err, TELL = os.pipe(), os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        code = 99
        try:
            os.dup2(out[1], 1)
            os.dup2(err[1], 2)
            code = _child(asked)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    for _, end in pipes:
        os.close(end)
    said = []
    for begin, _ in pipes:
        with os.fdopen(begin) as file:
            said.append(file.read())
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": code, "out": said[0], "err": said[1], "moments": json.loads(said[2] or "[]")}


def main() -> None:
    """Answers requests until there are none."""
    answers = os.fdopen(os.dup(1), "w")
    _load()
    for line in sys.stdin:
        answers.write(json.dumps(_carry_out(json.loads(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
