"""What is asked for and how it ended; imports nothing heavy, for an unchanged report costs no more."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import Job
from reporter.edition.shelf import Proof
from reporter.errors import ExitCode, Finding
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace


class Judged(Protocol):
    """What a checker made of a PDF: what is wrong, and the same in numbers."""

    @property
    def failures(self) -> Sequence[object]:
        """What is wrong."""

    def plain(self) -> dict[str, str | int]:
        """Checker, version, profile, and how many rules were passed."""


Prove = Callable[[bytes, str], Sequence[Judged]]


def failures_of(judged: Iterable[Judged]) -> list[object]:
    """What is wrong by all of the checkers."""
    return [failure for each in judged for failure in each.failures]


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make: the files it is made from, their digest, in which formats, and whether warnings stop it.

    The files travel as a value, for another process may make it; below `workspace` it is only written. `prove` tells
    what is wrong with a PDF and the HTML it was made from; without it the PDF is not looked at.
    """

    workspace: Workspace
    job: Job
    files: Sources
    digest: str
    formats: tuple[str, ...] = ("pdf",)
    strict: bool = False
    prove: Prove | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was made: its bytes, its pages if it has any, and the HTML it was made from if that is another."""

    content: bytes
    pages: int | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class Produced:
    """The files of a document by format, not yet in their places, and what the checkers said of the PDF."""

    files: Mapping[str, Content]
    proof: Proof


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
    """How a job ended: built, failed with an error and perhaps findings, or unchanged when neither.

    `produced` holds the files of a job that was not to be put in its place.
    """

    job: Job
    built: Built | None = None
    error: str = ""
    findings: tuple[Finding, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    produced: Produced | None = None


def order_of(workspace: Workspace, sources: Sources, job: Job, program: str, formats: tuple[str, ...]) -> Order:
    """An order for some formats of a document from a snapshot of the workspace."""
    files = edition_files(sources, job)
    return Order(workspace=workspace, job=job, files=files, digest=digest_of(files, job, program), formats=formats)
