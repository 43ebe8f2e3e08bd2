"""The program that makes an edition, as checksums and versions of its files, its layout engines and typefaces."""

import json
import os
import re
import sys
import sysconfig
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from ctypes import CDLL, c_char_p
from ctypes.util import find_library
from functools import cache
from pathlib import Path

from reporter import __version__
from reporter.data.files.sources import checksum, checksum_of, list_checksum, sums_of
from reporter.data.files.workspace import PACKAGE, constraints_file, packaged_folder
from reporter.data.records.release import Sums

PARTS = ("templates", "translations", "assets")
FONTS, TYPEFACES = "fonts", (".ttf", ".otf")
# The end of a metadata folder's name: weasyprint-68.0.dist-info.
INSTALLED = ".dist-info"
ENGINES = (
    "babel",
    "cssselect2",
    "fonttools",
    "jinja2",
    "markdown_it_py",
    "matplotlib",
    "numpy",
    "pikepdf",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "weasyprint",
    "xlsxwriter",
)
# Layout libraries outside Python packages: their names, the last for Windows, and the function for the version.
LIBRARIES = {
    "pango": (("pango-1.0", "libpango-1.0-0"), "pango_version_string"),
    "harfbuzz": (("harfbuzz", "libharfbuzz-0"), "hb_version_string"),
}


def program_digest() -> str:
    """A digest of program, typefaces and engines, on which every document depends, whatever its workspace."""
    return checksum(f"{__version__} {sys.version} {program_sum()} {font_sums()} {' '.join(engines())}")


def check_digest() -> str:
    """A digest of program and installed packages, such as the YAML reader, on which findings depend."""
    return checksum(f"{program_digest()} {' '.join(_installed())}")


@cache
def program_sum() -> str:
    """The checksum of the program wherever installed: code, templates, messages, drawings, fixed while it runs."""
    files = {path.relative_to(PACKAGE).as_posix(): path for path in visible_files(PACKAGE) if path.suffix == ".py"}
    for part in PARTS:
        folder = packaged_folder(part)
        own = (path for path in visible_files(folder) if folder / FONTS not in path.parents)
        files |= {f"{part}/{path.relative_to(folder).as_posix()}": path for path in own}
    return list_checksum({name: checksum(path.read_bytes()) for name, path in files.items()})


@cache
def font_sums() -> Sums:
    folder = packaged_folder("assets") / FONTS
    return sums_of({path.name: path.read_bytes() for path in visible_files(folder) if path.suffix in TYPEFACES})


def engines() -> list[str]:
    """The installed versions of the engines for drawing and layout, as names of metadata folders."""
    return [name for name in _installed() if name.rpartition("-")[0].startswith(ENGINES)]


def _installed() -> list[str]:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = (path.name.lower() for folder in folders if Path(folder).is_dir() for path in Path(folder).iterdir())
    return sorted(name for name in names if name.endswith(INSTALLED))


def engine_versions() -> Sums:
    named = (folder.removesuffix(INSTALLED).partition("-") for folder in engines())
    version_by_name = {name: version for name, _, version in named if name in ENGINES}
    version_by_name["python"] = ".".join(map(str, sys.version_info[:3]))
    # Compresses typefaces in pages, and the contents of PDFs and workbooks; another version may produce other bytes.
    version_by_name["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return tuple(sorted((version_by_name | {name: _library(*how) for name, how in LIBRARIES.items()}).items()))


@cache
def engine_digest() -> str:
    return checksum_of(f"{name} {what}\n" for name, what in (*engine_versions(), *font_sums()))


def unlike(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """The first four differences, in words."""
    names = [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]
    more = [f"and {len(names) - 4} more"] if len(names) > 4 else []
    first = (f"{name} is {there.get(name, 'absent')} there and {here.get(name, 'absent')} here" for name in names[:4])
    return "; ".join((*first, *more))


@cache
def makers_mark() -> dict[str, str]:
    """What determines the bytes made on this machine, each with its version or the start of its checksum."""
    fonts = {f"typeface {name}": sha256[:12] for name, sha256 in font_sums()}
    return {"reporter": program_sum()[:12], **dict(engine_versions()), **fonts}


def _library(names: Iterable[str], function: str) -> str:
    for name in names:
        with suppress(OSError, AttributeError):
            tell = getattr(CDLL(find_library(name) or name), function)
            tell.restype = c_char_p
            return bytes(tell()).decode(errors="replace")
    return "absent"


def visible_files(folder: Path) -> Iterator[Path]:
    """Every visible file below a folder, in the same order on every system."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


# Written by `make tested`: what no Python package includes.
RECORD = PACKAGE / "tested.json"
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: *; *python_version < '(\d+)\.(\d+)')?", re.MULTILINE)


def package_key(name: str) -> str:
    """The normalised name of a Python package: `-` and `_`, and upper and lower case, are equal (PEP 503)."""
    return name.lower().replace("-", "_")


def pinned_packages() -> dict[str, str]:
    """The tested version of each Python package that this Python can have, by its key. Empty without the file."""
    try:
        pins = PIN.findall(constraints_file().read_text(encoding="utf-8"))
    except OSError:
        return {}
    # A pin for older Pythons names the first one that it excludes.
    return {
        package_key(name): tested
        for name, tested, major, minor in pins
        if not major or sys.version_info < (int(major), int(minor))
    }


def recorded(part: str) -> dict[str, str]:
    """What the tests ran with: versions of the `libraries`, checksums of the `fonts`. Empty without the record."""
    try:
        return dict(json.loads(RECORD.read_text(encoding="utf-8"))[part])
    except (OSError, ValueError, KeyError):
        return {}
