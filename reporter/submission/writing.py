"""A file that appears whole or not at all, written piece by piece."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reporter.errors import ReporterError

BESIDE = ".writing-"


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write beside its place, renamed when the block ends well; raises ReporterError when it cannot be."""
    beside = path.with_name(f"{BESIDE}{os.getpid()}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as problem:
        raise ReporterError(
            f"{path} cannot be written: {problem.strerror or problem}",
            hint="free space on the disk or mend the rights of the folder; what lay there is unchanged",
        ) from problem
    finally:
        _remove(beside)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the folder vanished or is not ours; the error that matters is already raised
        return
