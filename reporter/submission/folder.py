"""Put a file into a folder from which a person uploads it. It appears whole, and nothing is overwritten."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from errno import EOPNOTSUPP, EPERM
from glob import escape
from pathlib import Path

from reporter.files.checksum import checksum
from reporter.files.writing import draft_path, remove, remove_drafts, write_through
from reporter.submission.message_state import Answer, Claim, State

# Errors of a file system without hard links.
NO_LINKS = (EPERM, EOPNOTSUPP)


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """The drop folders of a workspace. A relative folder begins at `root`."""

    root: Path

    def deliver(self, claim: Claim, hand_over: Callable[[], None]) -> Answer:
        """Put the file into its folder. `hand_over` is called when it is written, before it gets its name. A file there
        with the same bytes counts as sent."""
        folder = self.root / claim.address
        place = folder / claim.name
        draft = draft_path(place)
        try:
            remove_drafts(folder, escape(claim.name))
            if place.exists():
                return _there(place, claim)
            write_through(draft, claim.raw)
            hand_over()
            put_without_replacing(draft, place)
        except FileExistsError:
            return _there(place, claim)
        except OSError as problem:
            return Answer(State.FAILED, f"{place} cannot be written: {problem.strerror}")
        finally:
            remove(draft)
        return Answer(State.SENT, f"laid in {claim.address}")


def put_without_replacing(draft: Path, place: Path) -> None:
    """Give a draft its final name, unless another file has it. Raises FileExistsError then. The draft may remain beside
    it."""
    try:
        os.link(draft, place)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        # Second best: a file that comes between these two lines would be replaced.
        if place.exists():
            raise FileExistsError(place) from None
        draft.rename(place)


def _there(place: Path, claim: Claim) -> Answer:
    if place.is_file() and checksum(place.read_bytes()) == claim.sha256:
        return Answer(State.SENT, f"lies in {claim.address} already")
    return Answer(State.FAILED, f"another file of the name {claim.name} lies in {claim.address}")
