"""`reporter doctor`: what this machine lacks and how to mend it."""

import json
import os
import sys
from ctypes.util import find_library
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from reporter.cli import options
from reporter.errors import DataError, ExitCode, ReporterError
from reporter.files.workspace import find_workspace, packaged
from reporter.theme.tokens import load_theme

PYTHON = (3, 11)
LIBRARIES = {
    "pango": "pango-1.0",
    "pangoft2": "pangoft2-1.0",
    "harfbuzz": "harfbuzz",
    "harfbuzz-subset": "harfbuzz-subset",
}
PACKAGES = (
    "weasyprint",
    "pikepdf",
    "matplotlib",
    "jinja2",
    "babel",
    "pydantic",
    "PyYAML",
    "markdown-it-py",
    "click",
    "rich",
    "filelock",
    "XlsxWriter",
)
REMEDIES = {
    "linux": "Debian or Ubuntu: sudo apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0",
    "darwin": "macOS: brew install pango",
    "win32": "Windows: install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing looked at: whether it is there, what was seen, and the command that mends it."""

    name: str
    ok: bool
    seen: str
    remedy: str = ""


@click.command("doctor")
@options.output_format
@options.verbosity
def command(form: str, quiet: bool, verbose: bool) -> int:
    """Says what is missing on this machine (Pango, fonts, packages) and the command that mends it."""
    probes = [_python(), *_libraries(), *_packages(), _fonts(), _themes(), _workspace()]
    if form == "json":
        click.echo(json.dumps([asdict(each) for each in probes], indent=2))
    else:
        for each in probes:
            if not (quiet and each.ok):
                click.echo(f"{'ok     ' if each.ok else 'MISSING'}  {each.name:<16} {each.seen}")
            if not each.ok:
                click.echo(f"  hint: {each.remedy}")
    return ExitCode.OK if all(each.ok for each in probes) else ExitCode.FINDINGS


def _python() -> Probe:
    seen = ".".join(map(str, sys.version_info[:3]))
    return Probe("python", sys.version_info >= PYTHON, seen, "install Python 3.11 or later")


def _libraries() -> list[Probe]:
    remedy = REMEDIES.get(sys.platform, REMEDIES["linux"])
    return [
        Probe(name, bool(found := find_library(library)), found or f"library {library} not found", remedy)
        for name, library in LIBRARIES.items()
    ]


def _packages() -> list[Probe]:
    probes = []
    for name in PACKAGES:
        try:
            probes.append(Probe(name, True, version(name)))
        except PackageNotFoundError:
            probes.append(Probe(name, False, "not installed", f"{sys.executable} -m pip install {name}"))
    return probes


def _fonts() -> Probe:
    try:
        faces = load_theme(packaged("assets")).fonts
    except DataError as problem:
        return Probe("fonts", False, str(problem.findings[0]), "install the program again")
    return Probe("fonts", True, f"{len(faces)} faces")


def _themes() -> Probe:
    """Where the themes of the program lie, to be copied into a workspace."""
    folder = packaged("assets") / "themes"
    return Probe("themes", folder.is_dir(), str(folder), "install the program again")


def _workspace() -> Probe:
    try:
        found = find_workspace(Path.cwd())
    except ReporterError:
        return Probe("workspace", True, "none around this folder")
    writable = os.access(found.output if found.output.is_dir() else found.root, os.W_OK)
    return Probe("workspace", writable, str(found.root), f"make {found.output} writable for you")
