"""The versions and typefaces that the tests of the program ran with."""

import json
import re
import sys
from dataclasses import dataclass

from reporter.files.workspace import PACKAGE, constraints_file

# Written by `make tested`: what no package of Python brings along.
RECORD = PACKAGE / "tested.json"
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: *; *python_version < '(\d+)\.(\d+)')?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pin:
    """The version that was tested, and whether this Python can have it."""

    version: str
    offered: bool = True


def package_key(name: str) -> str:
    """The name of a package of Python, spelt the one way that all its spellings have."""
    return name.lower().replace("-", "_")


def pinned_packages() -> dict[str, Pin]:
    """The tested version of each package of Python, by its key; none when the file is lost."""
    try:
        found = PIN.findall(constraints_file().read_text(encoding="utf-8"))
    except OSError:
        return {}
    return {package_key(name): Pin(version, _is_below(*below)) for name, version, *below in found}


def _is_below(major: str, minor: str) -> bool:
    """Whether this Python is older than a version, or the version is not given."""
    return not major or sys.version_info < (int(major), int(minor))


def recorded_libraries() -> dict[str, str]:
    """The tested version of each library of the system; none when the record is lost."""
    return _recorded("libraries")


def recorded_fonts() -> dict[str, str]:
    """The checksum of each typeface the tests ran with; none when the record is lost."""
    return _recorded("fonts")


def _recorded(part: str) -> dict[str, str]:
    try:
        return dict(json.loads(RECORD.read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError):
        return {}
