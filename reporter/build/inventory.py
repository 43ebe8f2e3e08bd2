"""Everything an edition is made from, each part with its checksum: files, program, engines, typefaces."""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from ctypes import CDLL, c_char_p
from ctypes.util import find_library
from pathlib import Path

from reporter.build.checksum import data_checksum, data_files
from reporter.build.plan import Job, engines, files
from reporter.files.workspace import PACKAGE, Workspace, packaged
from reporter.model.release import Sums

# The folders of a workspace that go before those of the program.
OWN = ("templates", "themes", "translations")
PARTS = ("templates", "translations", "assets")
FONTS, TYPEFACES = "fonts", (".ttf", ".otf")
# What sets the lines of a page and is no Python package: its library and the function that tells its version.
LIBRARIES = {"pango": ("pango-1.0", "pango_version_string"), "harfbuzz": ("harfbuzz", "hb_version_string")}


def inputs_of(workspace: Workspace, job: Job) -> dict[str, bytes]:
    """The files of the workspace that an edition is made from, by their paths in it."""
    found = data_files(workspace, job)
    for name in OWN:
        folder = workspace.root / name
        if folder != packaged(name):
            found |= {path.relative_to(workspace.root).as_posix(): path.read_bytes() for path in files(folder)}
    return found


def sums_of(contents: Mapping[str, bytes]) -> Sums:
    """The checksums of some files, sorted by name."""
    return tuple((name, hashlib.sha256(contents[name]).hexdigest()) for name in sorted(contents))


def program_sum() -> str:
    """The checksum of the program itself: its code, templates, messages and drawings; wherever it is installed."""
    return data_checksum({name: path.read_bytes() for name, path in _program()})


def _program() -> Iterator[tuple[str, Path]]:
    brought = {packaged(part): part for part in PARTS}
    for path in files(PACKAGE):
        if path.suffix == ".py":
            yield path.relative_to(PACKAGE).as_posix(), path
    for folder, part in brought.items():
        fonts = folder / FONTS
        yield from (
            (f"{part}/{path.relative_to(folder).as_posix()}", path)
            for path in files(folder)
            if fonts not in path.parents
        )


def font_sums() -> Sums:
    """The checksum of each typeface that the program brings along."""
    folder = packaged("assets") / FONTS
    return sums_of({path.name: path.read_bytes() for path in files(folder) if path.suffix in TYPEFACES})


def engine_versions() -> Sums:
    """The version of everything that draws and lays out, by name."""
    named = (each.removesuffix(".dist-info").partition("-") for each in engines())
    found = {name: version for name, _, version in named}
    found["python"] = ".".join(map(str, sys.version_info[:3]))
    return tuple(sorted((found | {name: _library(*how) for name, how in LIBRARIES.items()}).items()))


def _library(name: str, function: str) -> str:
    try:
        tell = getattr(CDLL(find_library(name) or name), function)
    except (OSError, AttributeError):
        return "absent"
    tell.restype = c_char_p
    return bytes(tell()).decode(errors="replace")
