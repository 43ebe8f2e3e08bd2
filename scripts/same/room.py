"""Works through rooms of the table with the program that PYTHONPATH names. All that could differ from run to run is
fixed here: the clock, the tokens, the name of the machine. Each command runs in a copy of this process (a fork): none
feels what another left in memory, and none pays for loading the program.

    python -P -m scripts.same.room full|quick PROGRAM INPUTS TARGET ROOM…
"""

import datetime as calendar
import gc
import os
import random
import re
import secrets
import shlex
import shutil
import socket
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import walk_packages
from unittest.mock import patch

import docx
from docx.document import Document
from openpyxl import Workbook, load_workbook

from scripts.same.contents import ROOMS, Room
from scripts.same.workbench import Workbench

TRUE_TIME = calendar.datetime
MOMENT = TRUE_TIME(2021, 11, 2, 9, 30, tzinfo=calendar.UTC)
# What is kept to be faster is no output, and neither is what locks or a database write beside their files.
NO_OUTPUT = re.compile(r"(^|/)(\.cache|__pycache__)/|\.lock$|\.sqlite3?(-\w+)?$")
PROCESSES = 2
ONLY_FULL = "  # full"
PDF = re.compile(r"(--format \S*?)\bpdf,")


class _AnyTime(type):
    """Every time is one of the fixed clock, whoever made it."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, TRUE_TIME)


class FixedTime(TRUE_TIME, metaclass=_AnyTime):
    """A clock on which it is always the same moment."""

    @classmethod
    def now(cls, tz: calendar.tzinfo | None = None) -> TRUE_TIME:  # type: ignore[override]
        """The moment, in a zone."""
        return MOMENT.astimezone(tz) if tz else MOMENT.replace(tzinfo=None)


def load_program(program: Path) -> Callable[[], None]:
    """Load every module of the program, with fixed tokens and a fixed clock, and give what runs a command line."""
    socket.gethostname = lambda: "desk"
    numbers = iter(range(1, 1_000_000))
    secrets.token_hex = lambda size=32: f"{next(numbers):0{2 * size}x}"
    secrets.token_urlsafe = lambda size=32: f"{next(numbers):0{size}d}"
    package = import_module("reporter")
    found = Path(str(package.__file__)).resolve().parent.parent
    if found != program.resolve():
        sys.exit(f"the program is that of {found}, not of {program}")
    for module in walk_packages(package.__path__, "reporter."):
        if not module.name.endswith("__main__"):
            loaded = import_module(module.name)
            for name in FIXED.keys() & vars(loaded).keys():
                setattr(loaded, name, FIXED[name])
            # What is written is checked at once: by then a page could have been asked for, or not.
            if desk := vars(loaded).get("Desk"):
                desk.take_in = lambda self, **_: self.read_now()
    # What is loaded stays; looking through it for garbage would copy it into each process.
    gc.freeze()
    run: Callable[[], None] = import_module("reporter.cli").main
    return run


# What modules of the program have by these names. The checksum of the program's files is in packages and records: it
# says nothing but that two programs are two.
FIXED = {"datetime": FixedTime, "program_digest": lambda: "0" * 64, "program_sum": lambda: "1" * 64}


class Visit:
    """A workspace in which the lines of a room are typed. What they make goes to a folder of outputs."""

    def __init__(self, run: Callable[[], None], program: Path, scratch: Path, target: Path) -> None:
        self.run, self.scratch, self.target = run, scratch, target
        self.here = scratch / "workspace"
        self.workbench: Workbench | None = None
        self.words = ((str(scratch).encode(), b"SCRATCH"), (str(program.resolve()).encode(), b"PROGRAM"))
        self.known = dict(self._files())

    def do(self, line: str) -> None:
        """Do what a line says, and keep what came of it. What cannot be done, with a program that has no such page or
        file, is an output as well."""
        folder = self._folder(line)
        try:
            self._do(line, folder)
        except (LookupError, OSError, ValueError) as problem:
            told = f"{line}: {problem}\n"
            sys.stderr.write(told)
            self.keep(folder / "not-done", told.encode())
        self._keep_files(folder)

    def _do(self, line: str, folder: Path) -> None:
        if line.startswith(("GET ", "POST ")):
            if not self.workbench:
                shutil.rmtree(self.scratch / "serve", ignore_errors=True)
                process = self._start(["serve", "--no-open"], self.scratch / "serve")
                self.workbench = Workbench(process, self.scratch / "serve" / "out")
            self.workbench.ask(line, self.here, lambda name, content: self.keep(folder / name, content))
        else:
            self.close()
            act, *words = shlex.split(line)
            if act in ACTS:
                ACTS[act](self.here, *words)
            else:
                self._type([act, *words], folder)

    def close(self) -> None:
        """End the workbench, if it runs."""
        if self.workbench:
            self.workbench.close()
            self.workbench = None

    def _type(self, words: list[str], folder: Path) -> None:
        """Type a command, and keep what it says."""
        code = os.waitstatus_to_exitcode(os.waitpid(self._start(words, folder), 0)[1])
        self.keep(folder / "code", f"{code}\n".encode())
        for name in ("out", "err"):
            self.keep(folder / name, (folder / name).read_bytes())

    def _start(self, words: list[str], folder: Path) -> int:
        """Start a command in a copy of this process, and give the number of that."""
        folder.mkdir(parents=True, exist_ok=True)
        child = os.fork()
        if child:
            return child
        code: object = 0
        try:
            for number, name in ((0, os.devnull), (1, folder / "out"), (2, folder / "err")):
                os.dup2(os.open(name, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
            os.chdir(self.here)
            random.seed(0)
            sys.argv = ["reporter", *words]
            self.run()
        except SystemExit as left:
            code = left.code
        except BaseException:
            traceback.print_exc()
            code = 70
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(str(code or 0)))

    def keep(self, path: Path, content: bytes) -> None:
        """Keep an output. Where the program and the workspace lie is no part of it."""
        for word, instead in self.words:
            content = content.replace(word, instead)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def _folder(self, line: str) -> Path:
        """The folder of the outputs of a line; the same line a second time has one of its own."""
        name = re.sub(r"[^\w.,=+-]+", "_", line.lstrip("@"))[:120].strip("_")
        count = sum(1 for each in self.target.glob(f"{name}*") if re.fullmatch(r"(~\d+)?", each.name[len(name) :]))
        return self.target / (f"{name}~{count + 1}" if count else name)

    def _files(self) -> Iterator[tuple[str, tuple[int, int]]]:
        for folder, _, names in os.walk(self.here):
            for name in names:
                path = Path(folder, name)
                short = path.relative_to(self.here).as_posix()
                if not NO_OUTPUT.search(short):
                    yield short, (path.stat().st_mtime_ns, path.stat().st_size)

    def _keep_files(self, folder: Path) -> None:
        """Keep what was written since the line before, and the names of what went."""
        now = dict(self._files())
        for name, state in now.items():
            if state != self.known.get(name):
                self.keep(folder / "files" / name, (self.here / name).read_bytes())
        gone = sorted(self.known.keys() - now.keys())
        if gone:
            self.keep(folder / "gone", "".join(f"{each}\n" for each in gone).encode())
        self.known = now


def replace(here: Path, name: str, old: str, new: str) -> None:
    """`@replace FILE OLD NEW`: a person edits a file."""
    path = here / name
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{name} has no {old!r}")
    path.write_text(text.replace(old, new), encoding="utf-8")


def fill(here: Path, name: str, *answers: str) -> None:
    """`@fill FILE FIGURE=VALUE …`: an agency fills in its workbook."""
    book = load_workbook(here / name)
    wanted = dict(each.split("=") for each in answers)
    for sheet in book.worksheets:
        cells = [each for row in sheet.iter_rows() for each in row]
        columns = [each.column_letter for each in cells if each.value == "answer"]
        for cell in cells:
            if columns and cell.value in wanted:
                sheet[f"{columns[0]}{cell.row}"] = wanted.pop(cell.value)
    if wanted:
        raise ValueError(f"{name} asks for none of {wanted}")
    _save(book, here / name)


def comment(here: Path, name: str, words: str, remark: str) -> None:
    """`@comment FILE WORDS REMARK`: a reviewer remarks on the paragraph with some words."""
    document = docx.Document(str(here / name))
    paragraph = next(iter(each for each in document.paragraphs if words in each.text))
    with patch.object(calendar, "datetime", FixedTime):
        document.add_comment(list(paragraph.runs), remark, "R. Reviewer", "RR")
    _save(document, here / name)


def folder(here: Path, name: str) -> None:
    """`@folder NAME`: somebody makes a folder."""
    (here / name).mkdir()


def _save(document: Workbook | Document, path: Path) -> None:
    """Save a workbook or a Word file at the fixed time, which is in it and beside each of its parts."""
    made = BytesIO()
    with patch.object(calendar, "datetime", FixedTime):
        document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, MOMENT.timetuple()[:6]), old.read(name))


ACTS: dict[str, Callable[..., None]] = {"@replace": replace, "@fill": fill, "@comment": comment, "@folder": folder}


def lines_of(room: Room, *, quick: bool) -> Iterator[str]:
    """The lines of a room; the quick form leaves out what is slow, and PDFs."""
    for line in room.lines:
        words = line.removesuffix(ONLY_FULL)
        if not quick:
            yield words
        elif words == line:
            yield PDF.sub(r"\1", line)


def work_through(name: str, run: Callable[[], None], program: Path, inputs: Path, target: Path, *, quick: bool) -> None:
    """Work through a room."""
    room = ROOMS[name]
    for source in sorted(inputs.glob(room.workspace)):
        # The same place for both sides: by it a browser keeps apart what is typed in different workspaces.
        scratch = Path(tempfile.gettempdir(), f"same{str(target.parents[1]).replace(os.sep, '-')}-{name}-{source.name}")
        shutil.rmtree(scratch, ignore_errors=True)
        shutil.copytree(source, scratch / "workspace")
        shutil.copytree(inputs / "files", scratch / "files")
        part = target / name / source.name if "*" in room.workspace else target / name
        visit = Visit(run, program, scratch, part)
        for line in lines_of(room, quick=quick):
            visit.do(line)
        visit.close()
        shutil.rmtree(scratch)


def main(names: list[str], program: Path, inputs: Path, target: Path, *, quick: bool) -> int:
    """Work through rooms, two at a time. The exit code."""
    run, busy, failed = load_program(program), 0, 0
    for number, name in enumerate([*names, *[""] * PROCESSES]):
        if number >= PROCESSES and busy:
            failed |= os.wait()[1]
            busy -= 1
        if name and os.fork():
            busy += 1
        elif name:
            try:
                work_through(name, run, program, inputs, target, quick=quick)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
    return int(bool(failed))


if __name__ == "__main__":
    quick = sys.argv[1] == "quick"
    sys.exit(main(sys.argv[5:], *map(Path, sys.argv[2:5]), quick=quick))
