"""Which files an edition's figures and words come from, as one number that anybody can work out again."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from reporter.build.plan import Job
from reporter.files.workspace import Workspace


def data_checksum(files: Mapping[str, bytes]) -> str:
    """The SHA-256 of a list that has a line `SHA-256  path` for each file, as sha256sum prints it, sorted by path."""
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def data_files(workspace: Workspace, job: Job) -> dict[str, bytes]:
    """The files an edition is made from by their paths in the workspace: of a profile none of a later year."""
    data = workspace.root / "data"
    paths = [workspace.root / "reporter.yaml", data / "catalogue.yaml"]
    for country in job.countries:
        # Of every language: a section that is not translated is printed in another one.
        files = (*(data / country).glob("*.yaml"), *(data / country).glob("text/*/*.md"))
        paths += [data / country / "country.yaml", *(path for path in files if _is_known(path, job))]
    return {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in paths}


def _is_known(path: Path, job: Job) -> bool:
    """Whether an edition knows a file of a year; a comparison knows what all of them say of its years."""
    return path.stem.isdecimal() and (job.manner is not None or int(path.stem) <= job.year)
