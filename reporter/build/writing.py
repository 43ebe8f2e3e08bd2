"""Files that appear whole or not at all: written beside their place, then renamed."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from reporter.errors import ReporterError

BESIDE = ".writing-"


def write_whole(path: Path, content: bytes) -> None:
    """Puts a file in its place in one step; an earlier file stays until then. Raises ReporterError when it cannot."""
    write_together({path: content})


def write_together(files: Mapping[Path, bytes], outdated: Iterable[Path] = ()) -> None:
    """Puts files that belong together in their places, when every one of them is written; raises ReporterError.

    What is `outdated` goes before they come: at no moment does it lie beside them as if it were of the same state.
    """
    beside = {path: path.with_name(f"{BESIDE}{os.getpid()}-{path.name}") for path in files}
    path = next(iter(files))
    try:
        for path, content in files.items():
            _write(beside[path], content)
        for path in outdated:
            path.unlink(missing_ok=True)
        for path in files:
            beside[path].replace(path)
    except OSError as problem:
        raise _unwritable(path, problem) from problem
    finally:
        for each in beside.values():
            _remove(each)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sweep(folder: Path, name: str) -> None:
    """Removes what a killed process left beside the files of this name; called by the holder of their lock."""
    for path in folder.glob(f"{BESIDE}*-{name}.*"):
        _remove(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the folder vanished or is not ours; the error that matters is already raised
        return


def _unwritable(path: Path, problem: OSError) -> ReporterError:
    return ReporterError(
        f"{path} cannot be written: {problem.strerror}",
        hint="free space on the disk or mend the rights of the folder; the earlier report is unchanged",
    )
