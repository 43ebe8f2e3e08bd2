"""Files that appear whole or not at all: written beside their place, then renamed."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO

from reporter.errors import ReporterError

BESIDE = ".writing-"
DISK = "free space on the disk or mend the rights of the folder"


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write piece by piece, in its place when the block ends well; raises ReporterError when it cannot be."""
    draft = beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear(path)
        with draft.open("w+b") as file:
            yield file
            _settle(file)
        draft.replace(path)
    except OSError as problem:
        raise unwritable(path, problem) from problem
    finally:
        remove(draft)


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in its place in one step; an earlier file stays until then. Raises ReporterError when it cannot."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], outdated: Iterable[Path] = ()) -> None:
    """Puts files that belong together in their places, when every one of them is written; raises ReporterError.

    What is `outdated` goes before they come: at no moment does it lie beside them as if it were of the same state.
    """
    drafts = {path: beside(path) for path in files}
    path = next(iter(files))
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            clear(path)
            write_through(drafts[path], content)
        for path in outdated:
            path.unlink(missing_ok=True)
        for path in files:
            drafts[path].replace(path)
    except OSError as problem:
        raise unwritable(path, problem) from problem
    finally:
        for draft in drafts.values():
            remove(draft)


def write_through(path: Path, content: bytes) -> None:
    """Writes a file and waits until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        _settle(file)


def beside(path: Path) -> Path:
    """Where a file lies while this process writes it."""
    return path.with_name(f"{BESIDE}{os.getpid()}-{path.name}")


def sweep(folder: Path, pattern: str) -> None:
    """Removes what killed processes left beside the files of this pattern; called by the holder of their lock."""
    for path in folder.glob(f"{BESIDE}*-{pattern}"):
        remove(path)


def clear(path: Path) -> None:
    """Removes what killed processes of this machine left beside a file; what a running one writes there stays."""
    for draft in path.parent.glob(f"{BESIDE}*-{escape(path.name)}"):
        number = draft.name.removeprefix(BESIDE).partition("-")[0]
        if number.isdecimal() and not runs(int(number)):
            remove(draft)


def runs(number: int) -> bool:
    """Whether a process of this number runs on this machine; also true where that cannot be asked."""
    if os.name != "posix":  # there the same call would end the process
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def remove(path: Path) -> None:
    """Removes a file if that can be done."""
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the folder vanished or is not ours; the error that matters is already raised
        return


def unwritable(path: Path, problem: OSError) -> ReporterError:
    """What is said when a file cannot be written."""
    barred = isinstance(problem, FileExistsError | NotADirectoryError)
    remedy = "a file lies where a folder should be: move it away" if barred else DISK
    return ReporterError(
        f"{path} cannot be written: {problem.strerror or problem}", hint=f"{remedy}; what lay there is unchanged"
    )


def _settle(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
