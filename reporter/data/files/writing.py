"""Write files completely or not at all: each is written next to its place, then renamed."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from typing import BinaryIO

from reporter.data.errors import ReporterError

DRAFT_PREFIX = ".writing-"
DISK = "free space on the disk, or correct the access rights of the folder"


@contextmanager
def open_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears only if the block succeeds. Raises ReporterError if it cannot be written."""
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
    """Write a file in one step; an earlier one stays until then. Raises ReporterError if it cannot be written."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], outdated: Iterable[Path] = ()) -> None:
    """Write files that belong together, replacing none until all are written. `outdated` files are removed first, so
    that they are never mixed with the new state. Raises ReporterError."""
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
    """Replace an existing file in one step, keeping its permissions. Raises ReporterError if it cannot be written."""
    rights = require_writable(path)
    with open_whole(path) as file:
        file.write(content)
        draft_path(path).chmod(rights)


def create_whole(path: Path, content: bytes) -> None:
    """Create a file in one step, never overwriting another. Raises ReporterError if it cannot be written."""
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


def require_writable(path: Path) -> int:
    """The permissions of a file. Raises ReporterError if it is not writable: a rename would replace it all the same."""
    try:
        rights = stat.S_IMODE(path.stat().st_mode)
        if not rights & stat.S_IWUSR or not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
    except OSError as problem:
        raise write_error(path, problem) from problem
    return rights


def append_line(path: Path, line: str) -> None:
    """Append a line and wait for the disk; an earlier incomplete line stays separate. Raises ReporterError."""
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
    """Remove all drafts of a pattern, even of live processes: the caller holds the lock of these files."""
    for path in folder.glob(f"{DRAFT_PREFIX}*-{pattern}"):
        remove(path)


def remove_dead_drafts(path: Path) -> None:
    """Remove drafts of a file left by ended processes, not those of running ones."""
    for draft in path.parent.glob(f"{DRAFT_PREFIX}*-{escape(path.name)}"):
        number = draft.name.removeprefix(DRAFT_PREFIX).partition("-")[0]
        if number.isdecimal() and not is_running(int(number)):
            remove(draft)


def is_running(number: int) -> bool:
    """Whether a process runs on this machine; true if that cannot be determined."""
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
    except OSError:  # the folder is gone or not ours; the error that matters is already raised
        return


def remove_oldest(folder: Path, pattern: str, most: int) -> None:
    """Keep the newest `most` files of a folder. Raises OSError if one is removed meanwhile."""
    for path in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-most]:
        remove(path)


def write_error(path: Path, problem: OSError) -> ReporterError:
    barred = isinstance(problem, FileExistsError | NotADirectoryError)
    remedy = "there is a file where a folder should be: move it" if barred else DISK
    return ReporterError(
        f"{path} cannot be written: {problem.strerror or problem}", hint=f"{remedy}; existing files are unchanged"
    )


def _put(draft: Path, path: Path) -> None:
    """Move a draft to its path if no file is there. A link never overwrites; some disks do not support links."""
    try:
        os.link(draft, path)
    except OSError as problem:
        if isinstance(problem, FileExistsError) or path.exists():
            message = f"{path} was created meanwhile"
            raise ReporterError(message, hint="check it, then try again; it is unchanged") from problem
        draft.replace(path)


def _settle(file: BinaryIO) -> None:
    # Otherwise the rename may reach the disk first, and a power failure leaves an empty file.
    file.flush()
    os.fsync(file.fileno())
