"""A file into a folder from which a person uploads it: it appears whole, and nothing is ever overwritten."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from errno import EOPNOTSUPP, EPERM
from pathlib import Path

from reporter.submission.parcel import checksum
from reporter.submission.state import Answer, Claim, State

BESIDE = ".writing-"
# What a file system without hard links answers.
NO_LINKS = (EPERM, EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class Drop:
    """The drop folders of a workspace; `root` is where a relative one begins."""

    root: Path

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Lays the file in the folder; `hand_over` is called when it is written, before it gets its name."""
        folder = self.root / claim.address
        beside, place = folder / f"{BESIDE}{os.getpid()}-{claim.name}", folder / claim.name
        try:
            if place.exists():
                return _there(place, claim)
            _sweep(folder, claim.name)
            write_through(beside, claim.raw)
            hand_over()
            put(beside, place)
        except FileExistsError:
            return _there(place, claim)
        except OSError as problem:
            return Answer(State.FAILED, f"{place} cannot be written: {problem.strerror}")
        finally:
            with suppress(OSError):
                beside.unlink()
        return Answer(State.SENT, f"laid in {claim.address}")


def write_through(path: Path, content: bytes) -> None:
    """Writes a file and waits until the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put(beside: Path, place: Path) -> None:
    """Gives a file its name unless another one has it; raises FileExistsError then."""
    try:
        os.link(beside, place)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        # Second best: a file that comes between these two lines would be replaced.
        if place.exists():
            raise FileExistsError(place) from None
        beside.rename(place)


def _sweep(folder: Path, name: str) -> None:
    """Removes what a killed process left beside the place."""
    for each in folder.iterdir():
        if each.name.startswith(BESIDE) and each.name.endswith(f"-{name}"):
            each.unlink(missing_ok=True)


def _there(place: Path, claim: Claim) -> Answer:
    if place.is_file() and checksum(place.read_bytes()) == claim.sha256:
        return Answer(State.SENT, f"lies in {claim.address} already")
    return Answer(State.FAILED, f"another file of the name {claim.name} lies in {claim.address}")
