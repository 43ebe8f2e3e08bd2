"""The container as its file describes it: instructions, and which files go into it."""

import json
import re
from fnmatch import fnmatch
from pathlib import PurePosixPath

from tests.fixtures import ROOT


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, each on one line."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.M)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines if line.strip()]


def told(name: str) -> list[str]:
    """What stands behind an instruction, wherever it is given."""
    return [rest for instruction, rest in instructions() if instruction == name]


def health_check() -> list[str]:
    """The command that says whether the container is well."""
    (line,) = told("HEALTHCHECK")
    return list(json.loads(line.partition("CMD ")[2]))


def goes_in(path: str) -> bool:
    """Whether a file is among what the container is made of, by .dockerignore: the last line that names it counts."""
    within = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!")
        if line.startswith("#") or not line:
            continue
        places = (path, *(str(each) for each in PurePosixPath(path).parents))
        names = [PurePosixPath(each).name for each in places] if pattern.startswith("**/") else list(places)
        if pattern == "*" or any(fnmatch(each, pattern.removeprefix("**/")) for each in names if each != "."):
            within = line.startswith("!")
    return within
