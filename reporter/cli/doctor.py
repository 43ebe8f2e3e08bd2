"""`reporter admin doctor`: compares this machine with the tested one and reports what is missing or differs."""

import os
import sys
from ctypes.util import find_library
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from shlex import quote
from subprocess import list2cmdline

import click

from reporter.cli import options
from reporter.data.errors import DataError, ExitCode, NoPaperError, ReporterError
from reporter.data.files.workspace import constraints_file, find_workspace, packaged_folder
from reporter.data.theme.tokens import load_theme
from reporter.editions import program
from reporter.editions.program import ENGINES, package_key, pinned_packages, recorded

PYTHON = (3, 11)
LIBRARIES = {
    "pango": "pango-1.0",
    "pangoft2": "pangoft2-1.0",
    "harfbuzz": "harfbuzz",
    "harfbuzz-subset": "harfbuzz-subset",
}
PACKAGES = (*ENGINES, "click", "filelock", "pydantic", "pyyaml")
AGAIN = "install the program again"
KEEP = "keep it: it comes with the system and changes with its updates"
# The check of all that lays out pages; its hint has all ways to install.
PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing checked, and how to repair it: `version` is the one here, `tested` that of the tests if it differs."""

    name: str
    ok: bool
    version: str = field(metadata={"key": "seen"})
    remedy: str = ""
    tested: str = ""

    def __str__(self) -> str:
        word = "differs" if self.ok and self.tested else "ok" if self.ok else "MISSING"
        details = f"{self.version}, tested with {self.tested}" if self.ok and self.tested else self.version
        hint = f"\n  hint: {self.remedy}" if word != "ok" else ""
        return f"{word:<7}  {self.name:<16} {details}{hint}"


@click.command("doctor")
@options.output_format
@options.verbosity
def command(form: str, quiet: bool) -> int:
    """Shows what is missing on this machine, and how to install it.

    Checks Pango, fonts and packages, and compares the versions that affect the layout of pages with the tested ones.
    Other versions are reported but are no failure. Without Pango there is no PDF; everything else works.
    """
    probes = _probes()
    lines = [str(probe) for probe in probes if not (quiet and probe.ok and not probe.tested)]
    options.answer(form, probes, lines if quiet else (*lines, "", _closing(probes)))
    return ExitCode.OK if all(probe.ok for probe in probes) else ExitCode.FINDINGS


def _probes() -> list[Probe]:
    python = ".".join(map(str, sys.version_info[:3]))
    versions, tested = dict(program.engine_versions()), recorded("libraries")
    pins, themes = pinned_packages(), packaged_folder("assets") / "themes"
    paper = _paper()
    return [
        Probe("python", sys.version_info >= PYTHON, python, "install Python 3.11 or later"),
        paper,
        *(_library(name, versions.get(name), tested.get(name, ""), loaded=paper.ok) for name in LIBRARIES),
        *(_package(name, pins.get(package_key(name), "")) for name in PACKAGES),
        # Compresses PDFs, workbooks and embedded typefaces: another version gives other bytes.
        Probe("zlib", True, versions.get("zlib", "")),
        _fonts(),
        # The folder of the program's themes, to copy from.
        Probe("themes", themes.is_dir(), str(themes), AGAIN),
        # The file for `pip install -c`, with the tested version of every package.
        Probe("constraints", bool(pins and recorded("fonts")), str(constraints_file()), AGAIN),
        # The checksum in the records of editions made here.
        Probe("engines", True, program.engine_digest()),
        _workspace(),
    ]


def _closing(probes: list[Probe]) -> str:
    if missing := [probe.name for probe in probes if not probe.ok]:
        todo = f"Missing: {len(missing)}. Follow the hints, then run reporter admin doctor again."
        spared = "\nEverything but PDFs works: web pages, workbooks, the workbench."
        return f"{todo}{spared}" if {*missing} <= {PAPER, *LIBRARIES} else todo
    if differing := sum(bool(probe.tested) for probe in probes):
        return (
            f"Nothing is missing. Other versions ({differing}) may break lines or pages elsewhere:\n"
            "check the next report, or follow the hints."
        )
    return "Nothing is missing, and pages are laid out by the tested versions."


def _paper() -> Probe:
    try:
        from reporter.formats.pdf.paper import require_paper, ways_to_paper
    except ModuleNotFoundError as problem:
        return Probe(PAPER, False, f"the package {problem.name} is not installed", "see its name below")
    try:
        require_paper()
    except NoPaperError as problem:
        return Probe(PAPER, False, problem.message, "\n        ".join(ways_to_paper()))
    return Probe(PAPER, True, "pages can be laid out")


def _library(name: str, local_version: str | None, tested: str, *, loaded: bool) -> Probe:
    """Check a system library, which may report no version; a `loaded` one is there even if it cannot be found."""
    library, hint = LIBRARIES[name], f"see {PAPER} above"
    filename = find_library(library)
    if local_version == "absent" and (filename or not loaded):
        return Probe(name, False, f"library {library} {'cannot be loaded' if filename else 'not found'}", hint)
    if not filename and not loaded:
        return Probe(name, False, f"library {library} not found", hint)
    if local_version in (None, "absent") or tested in ("", local_version):
        return Probe(name, True, filename or "loaded" if local_version in (None, "absent") else local_version)
    return Probe(name, True, local_version, KEEP, tested)


def _package(name: str, tested: str) -> Probe:
    """Check a Python package; only those that lay out pages must have the tested version."""
    python = list2cmdline([sys.executable]) if sys.platform == "win32" else quote(sys.executable)
    remedy = f"{python} -m pip install {name}{tested and f'=={tested}'}"
    try:
        local_version = version(name)
    except PackageNotFoundError:
        return Probe(name, False, "not installed", remedy)
    is_other = package_key(name) in ENGINES and tested not in ("", local_version)
    return Probe(name, True, local_version, remedy, tested) if is_other else Probe(name, True, local_version)


def _fonts() -> Probe:
    try:
        faces = load_theme(packaged_folder("assets")).fonts
    except DataError as problem:
        return Probe("fonts", False, str(problem.findings[0]), AGAIN)
    there, tested = dict(program.font_sums()), recorded("fonts")
    if others := sorted(name for name in there.keys() | tested.keys() if there.get(name) != tested.get(name)):
        changed = f"changed: {', '.join(others)}"
        return Probe(name="fonts", ok=True, version=changed, remedy=AGAIN, tested="the files as released")
    return Probe("fonts", True, f"{len(faces)} faces")


def _workspace() -> Probe:
    try:
        workspace = find_workspace(Path.cwd())
    except ReporterError:
        return Probe("workspace", True, "none around this folder")
    writable = os.access(workspace.output if workspace.output.is_dir() else workspace.root, os.W_OK)
    return Probe("workspace", writable, str(workspace.root), f"make {workspace.output} writable for you")
