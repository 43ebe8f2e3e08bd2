"""The versions and typefaces that the tests ran with."""

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
    """The tested version, and whether this Python can have it."""

    version: str
    offered: bool = True


def package_key(name: str) -> str:
    """The name of a Python package, spelt in one way. Packaging takes `-` and `_`, small and capital letters for one
    another (PEP 503)."""
    return name.lower().replace("-", "_")


def pinned_packages() -> dict[str, Pin]:
    """The tested version of each Python package, by its key. There is none when the file is lost."""
    try:
        found = PIN.findall(constraints_file().read_text(encoding="utf-8"))
    except OSError:
        return {}
    # A pin of older Pythons names the first one that it is not for.
    return {
        package_key(name): Pin(version, not major or sys.version_info < (int(major), int(minor)))
        for name, version, major, minor in found
    }


def recorded_libraries() -> dict[str, str]:
    """The tested version of each system library. There is none when the record is lost."""
    return _recorded("libraries")


def recorded_fonts() -> dict[str, str]:
    """The checksum of each typeface the tests ran with. There is none when the record is lost."""
    return _recorded("fonts")


def _recorded(part: str) -> dict[str, str]:
    try:
        return dict(json.loads(RECORD.read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError):
        return {}
