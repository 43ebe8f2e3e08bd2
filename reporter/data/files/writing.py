"""Write files whole or not at all. They are written beside their place, then renamed."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from reporter.data.errors import ReporterError

DRAFT_PREFIX = ".writing-"
DISK = "free space on the disk or mend the rights of the folder"


@contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears only when the block ends well. Raises ReporterError when it cannot be written."""
    draft = draft_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_dead_drafts(path)
        with draft.open("w+b") as file:
            yield file
            _settle(file)
        draft.replace(path)
    except OSError as problem:
        raise write_error(path, problem) from problem
    finally:
        remove(draft)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step; an earlier one stays until then. Raises ReporterError when it cannot be written."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], outdated: Iterable[Path] = ()) -> None:
    """Write files that belong together, replacing none until all are written. What is `outdated` goes before they come:
    at no moment does it lie beside them as if it were of the same state. Raises ReporterError."""
    drafts = {path: draft_path(path) for path in files}
    path = next(iter(files))
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            remove_dead_drafts(path)
            write_through(drafts[path], content)
        for path in outdated:
            path.unlink(missing_ok=True)
        for path in files:
            drafts[path].replace(path)
    except OSError as problem:
        raise write_error(path, problem) from problem
    finally:
        for draft in drafts.values():
            remove(draft)


def rewrite_whole(path: Path, content: bytes) -> None:
    """Write a file that is there in one step, keeping its rights. Raises ReporterError when it cannot be written."""
    rights = require_writable(path)
    with open_whole(path) as file:
        file.write(content)
        draft_path(path).chmod(rights)


def create_whole(path: Path, content: bytes) -> None:
    """Write a file that is not there yet in one step. One that came meanwhile is never written over. Raises
    ReporterError when it cannot be written."""
    draft = draft_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        remove_dead_drafts(path)
        write_through(draft, content)
        _put(draft, path)
    except OSError as problem:
        raise write_error(path, problem) from problem
    finally:
        remove(draft)


def take_away(path: Path) -> None:
    """Remove a file, and its folder where nothing else is in it. Raises ReporterError when it cannot be removed."""
    try:
        remove_dead_drafts(path)
        path.unlink()
    except OSError as problem:
        raise write_error(path, problem) from problem
    with suppress(OSError):
        path.parent.rmdir()


def require_writable(path: Path) -> int:
    """Refuse a file that may not be written; gives its rights. Beside one that may not be written another one may be,
    and would take its place. Raises ReporterError."""
    try:
        rights = stat.S_IMODE(path.stat().st_mode)
        if not rights & stat.S_IWUSR or not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
    except OSError as problem:
        raise write_error(path, problem) from problem
    return rights


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, and wait for the disk. A line that was broken off before stays one of its own. Raises
    ReporterError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else f"\n{line}"
            file.write(f"{line}\n".encode())
            _settle(file)
    except OSError as problem:
        raise write_error(path, problem) from problem


def write_through(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        _settle(file)


def draft_path(path: Path) -> Path:
    return path.with_name(f"{DRAFT_PREFIX}{os.getpid()}-{path.name}")


def remove_drafts(folder: Path, pattern: str) -> None:
    """Remove the drafts that killed processes left for a pattern. Whoever calls this holds the lock of these files:
    drafts of other processes go, too."""
    for path in folder.glob(f"{DRAFT_PREFIX}*-{pattern}"):
        remove(path)


def remove_dead_drafts(path: Path) -> None:
    """Remove the drafts of a file by processes that have ended. What a running one writes there stays."""
    for draft in path.parent.glob(f"{DRAFT_PREFIX}*-{escape(path.name)}"):
        number = draft.name.removeprefix(DRAFT_PREFIX).partition("-")[0]
        if number.isdecimal() and not is_running(int(number)):
            remove(draft)


def is_running(number: int) -> bool:
    """Return whether a process runs on this machine. Also true where that cannot be asked."""
    if os.name != "posix":  # on Windows os.kill would end the process
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the folder vanished or is not ours; the error that matters is already raised
        return


def remove_oldest(folder: Path, pattern: str, most: int) -> None:
    """Remove the oldest of the files of a folder. So many of them stay. Raises OSError when one goes meanwhile."""
    for path in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-most]:
        remove(path)


def write_error(path: Path, problem: OSError) -> ReporterError:
    barred = isinstance(problem, FileExistsError | NotADirectoryError)
    remedy = "a file lies where a folder should be: move it away" if barred else DISK
    return ReporterError(
        f"{path} cannot be written: {problem.strerror or problem}", hint=f"{remedy}; what lay there is unchanged"
    )


def _put(draft: Path, path: Path) -> None:
    """Let a draft be the file, if there is none. A link, unlike a renaming, takes no place that is taken; some disks
    have none."""
    try:
        os.link(draft, path)
    except OSError as problem:
        if isinstance(problem, FileExistsError) or path.exists():
            message = f"{path} has come meanwhile"
            raise ReporterError(message, hint="look at it, then write again; it is unchanged") from problem
        draft.replace(path)


def _settle(file: BinaryIO) -> None:
    # Else a rename may reach the disk before the content, and a loss of power leaves an empty file.
    file.flush()
    os.fsync(file.fileno())
