"""Remove files that no document has any more. Imports nothing heavy, for an unchanged report costs no more."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from reporter.document.outline import PROFILE, Volume
from reporter.edition.job import FORMATS, Job
from reporter.files.workspace import Workspace
from reporter.files.writing import remove
from reporter.model import Annexes


def remove_unpublished(workspace: Workspace, job: Job) -> tuple[Path, ...]:
    """Remove what was built while an edition was not as published. Only what the program wrote there. Gives what was
    removed."""
    beside = replace(job, changed=True)
    if job.is_apart or not beside.record(workspace).is_file():
        return ()
    there = tuple(path for each in PROFILE[Annexes.SHORT] for path in _remove(workspace, replace(beside, volume=each)))
    with suppress(OSError):  # something else lies there
        beside.folder(workspace).rmdir()
    return there


def remove_volumes(workspace: Workspace, job: Job, kept: Collection[Job]) -> tuple[Path, ...]:
    """Remove the volumes of a document that it has no more. Gives what was removed."""
    others = (replace(job, volume=volume) for volume in Volume)
    return tuple(path for each in others if each not in kept for path in _remove(workspace, each))


def _remove(workspace: Workspace, job: Job) -> tuple[Path, ...]:
    places = (job.record(workspace), job.sums(workspace), *(job.file(workspace, form) for form in FORMATS))
    there = tuple(path for path in places if job.record(workspace).is_file() and path.is_file())
    for path in there:
        remove(path)
    return there
