"""Which editions are asked for and which are due; imports nothing heavy, for an unchanged report costs no more."""

import hashlib
import json
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reporter import __version__
from reporter.build.essence import essence
from reporter.comparison import Manner
from reporter.errors import ExitCode, Finding, UsageError
from reporter.files.workspace import PACKAGE, Workspace, packaged
from reporter.load.yaml_tree import read_country_code
from reporter.model.calendar import year_runs

Proof = list[dict[str, str | int]]
Entry = dict[str, str | int | bool | Proof]
LANGUAGE = re.compile("[a-z]{2,3}")
# A comparison has pages only; a profile has its tables as a workbook, too.
PAGES = ("pdf", "html")
FORMATS = (*PAGES, "xlsx")
EDITIONS = "editions"
# The folders of the program itself, which no workspace changes.
BROUGHT = (packaged("templates"), packaged("translations"), packaged("assets"), PACKAGE)
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


class Judged(Protocol):
    """What a checker made of a PDF: what is wrong, and the same in numbers."""

    @property
    def failures(self) -> Sequence[object]:
        """What is wrong."""

    def plain(self) -> dict[str, str | int]:
        """Checker, version, profile, and how many rules were passed."""


Prove = Callable[[bytes, str], Sequence[Judged]]


def failures_of(judged: Sequence[Judged]) -> list[object]:
    """What is wrong by all of the checkers."""
    return [failure for each in judged for failure in each.failures]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to build: country, reference year, language; a profile, or a comparison in some `manner`.

    `beside` names the sides of a comparison: years or editions in their order, or countries. The year is then that of
    the last side, and the country that of the first.
    """

    country: str
    year: int
    language: str
    manner: Manner | None = None
    beside: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.stem} ({self.language})" if self.manner else f"{self.country} {self.year} ({self.language})"

    @property
    def stem(self) -> str:
        """What the names of its files begin with, whatever their language."""
        sides = "-".join(self.beside)
        if self.manner is Manner.COUNTRIES:
            return f"compare-{sides}-{self.year}"
        if self.manner is Manner.EDITIONS:
            return f"{self.country}-compare-{self.year}-editions-{sides}"
        return f"{self.country}-compare-{sides}" if self.manner else f"{self.country}-{self.year}"

    @property
    def name(self) -> str:
        """The file name without its ending."""
        return f"{self.stem}-{self.language}"

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries whose files it is made from."""
        return self.beside if self.manner is Manner.COUNTRIES else (self.country,)

    def folder(self, workspace: Workspace) -> Path:
        """Where its files are written."""
        if self.manner is Manner.COUNTRIES:
            return workspace.output / self.stem
        return workspace.output / self.country / self.stem.removeprefix(f"{self.country}-")

    def file(self, workspace: Workspace, form: str) -> Path:
        """The finished report in one of the formats."""
        return self.folder(workspace) / f"{self.name}.{form}"

    def pdf(self, workspace: Workspace) -> Path:
        """The finished report as a PDF."""
        return self.file(workspace, "pdf")

    def sums(self, workspace: Workspace) -> Path:
        """The checksum of the report, beside it."""
        return self.folder(workspace) / f"{self.name}.pdf.sha256"

    def record(self, workspace: Workspace) -> Path:
        """What its files were built from and what they are: digests, bytes and page count."""
        return self.folder(workspace) / f"{self.name}.json"


@dataclass(frozen=True, slots=True)
class Order:
    """A job to carry out: where, from which state of the inputs, in which formats, and whether warnings stop it.

    `prove` tells what is wrong with a PDF and the HTML it was made from; without it the PDF is not looked at.
    """

    workspace: Workspace
    job: Job
    state: str
    formats: tuple[str, ...] = ("pdf",)
    strict: bool = False
    prove: Prove | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its format, how many bytes it has and their sha256, and the pages if it has any."""

    form: str
    size: int
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """The finished files of an edition, and the formats removed because they told of an earlier state.

    `aside` is where what was signed of an earlier PDF lies now, if there was any.
    """

    files: tuple[Made, ...]
    removed: tuple[str, ...] = ()
    aside: Path | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: built, failed with an error and perhaps findings, or unchanged when neither."""

    job: Job
    built: Built | None = None
    error: str = ""
    findings: tuple[Finding, ...] = ()
    exit_code: ExitCode = ExitCode.OK


def select(workspace: Workspace, country: str | None, year: int | None, languages: Collection[str]) -> tuple[Job, ...]:
    """The editions a command line names: the latest year of the workspace's country unless told otherwise."""
    for language in languages:
        check_language(language)
    countries = check_country(workspace, country)
    jobs = []
    for code in countries:
        known = workspace.years(code)
        if not known or (year is not None and year not in known):
            raise UsageError(
                f"{code} has no file for {year}" if known else f"{code} has no year files",
                hint=f"years with a file: {spans(known)}" if known else f"write data/{code}/YYYY.yaml",
            )
        jobs += [Job(code, known[-1] if year is None else year, language) for language in languages]
    return tuple(jobs)


def check_language(language: str) -> None:
    """Raises UsageError when a word cannot be the code of a language."""
    if not LANGUAGE.fullmatch(language):
        raise UsageError(f"{language!r} is no language code", hint="write two or three letters, such as en")


def check_country(workspace: Workspace, country: str | None) -> tuple[str, ...]:
    """The countries a command line means: one, else that of `reporter.yaml`, else every one.

    Raises UsageError for one that has no folder.
    """
    known = workspace.countries()
    if country is None and not known:
        raise UsageError("there is no country in data/", hint="make a folder such as data/LT, or run reporter init")
    named = country or read_country_code(workspace.root)
    if named and named not in known:
        message = f"unknown country {named!r}" if country else f"reporter.yaml says country: {named}, which has no data"
        raise UsageError(message, hint=f"countries with data: {', '.join(known) or 'none'}")
    return (named,) if named else known


def digest(workspace: Workspace, job: Job, program: str = "") -> str:
    """A digest of everything the report depends on: files of the workspace, program, typefaces, engines.

    Who asks about several jobs hands in what `program_digest` says, which is the same for all of them.
    """
    told = f"{program or program_digest()} {job}\n{_listed(_inputs(workspace, job))}"
    return hashlib.sha256(told.encode()).hexdigest()


def program_digest() -> str:
    """A digest of what every report depends on, whatever its workspace: program, typefaces, engines."""
    listed = _listed((folder, path) for folder in BROUGHT for path in files(folder))
    return hashlib.sha256(f"{__version__} {sys.version}\n{listed}{' '.join(engines())}".encode()).hexdigest()


def design_digest(workspace: Workspace) -> str:
    """A digest of what the pages of a workspace depend on besides what stands on them: program, templates, themes."""
    told = f"{program_digest()}{_listed(_own(*workspace.templates, workspace.themes))}"
    return hashlib.sha256(told.encode()).hexdigest()


def _listed(inputs: Iterable[tuple[Path, Path]]) -> str:
    """A line with name and checksum for each file."""
    return "".join(f"{path.relative_to(root).as_posix()} {_checksum(path)}\n" for root, path in inputs)


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(essence(path.name, path.read_bytes())).hexdigest()
    except OSError as problem:  # whether the file was needed shows when it is read as data
        return f"unreadable: {problem.strerror}"


def is_due(
    workspace: Workspace, job: Job, state: str, form: str = "pdf", *, strict: bool = False, proven: bool = False
) -> bool:
    """Whether a format must be built: it is absent, damaged, from something else, or was checked less strictly."""
    entry = current(workspace, job, state).get(form)
    if entry is None or (strict and not entry["strict"]):
        return True
    # What was taken for proven when it was made again has no proof that could be shown.
    return proven and not (entry["validated"] and entry.get("proof"))


def current(workspace: Workspace, job: Job, state: str) -> dict[str, Entry]:
    """What the record says of each format that is in its place, undamaged and made from this state of the inputs."""
    known = recorded(workspace, job, state)
    return {form: each for form, each in known.items() if each["sha256"] == _checksum(job.file(workspace, form))}


def recorded(workspace: Workspace, job: Job, state: str) -> dict[str, Entry]:
    """What the record says of each format made from this state of the inputs; the files are not looked at."""
    try:
        files = json.loads(job.record(workspace).read_text(encoding="utf-8"))["files"]
        return {form: files[form] for form in FORMATS if form in files and _is_of(files[form], state)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _is_of(entry: Entry, state: str) -> bool:
    return {"strict", "validated", "sha256"} <= entry.keys() and entry["inputs"] == state


def _inputs(workspace: Workspace, job: Job) -> Iterator[tuple[Path, Path]]:
    """Every file of the workspace that the report depends on, with the folder its name is relative to."""
    data = workspace.root / "data"
    yield workspace.root, workspace.root / "reporter.yaml"
    yield workspace.root, data / "catalogue.yaml"
    for country in job.countries:
        yield from ((data / country, path) for path in files(data / country) if _is_read(path, data / country, job))
    yield from _own(*workspace.templates, *workspace.translations, workspace.themes)


def _own(*folders: Path) -> Iterator[tuple[Path, Path]]:
    """The files of the folders that are the workspace's own, with the folder each name is relative to."""
    return ((folder, path) for folder in folders if folder not in BROUGHT for path in files(folder))


def _is_read(path: Path, folder: Path, job: Job) -> bool:
    """Whether a file of a country has a part in the report; of what was published only that of its year has."""
    first, *rest = path.relative_to(folder).parts
    if first != EDITIONS:
        return True
    return job.manner is None and rest[0].partition(".")[0].partition("-")[0] == str(job.year)


def files(folder: Path) -> Iterator[Path]:
    """Every visible file below a folder, in an order that is the same everywhere."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def engines() -> list[str]:
    """The installed versions of what draws and lays out, as the names of their metadata folders."""
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    names = (each.name.lower() for folder in folders if Path(folder).is_dir() for each in Path(folder).iterdir())
    return sorted(name for name in names if name.endswith(".dist-info") and name.rpartition("-")[0].startswith(ENGINES))


def spans(years: Iterable[int]) -> str:
    """Years in words: 2009–2012, 2014."""
    words = (str(first) if first == last else f"{first}–{last}" for first, last in year_runs(years))
    return ", ".join(words) or "no year"
