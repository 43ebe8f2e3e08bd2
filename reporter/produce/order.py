"""Orders to make documents, and how they ended. Imports nothing heavy, for an unchanged report costs no more."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from reporter.edition.inputs import digest_of, edition_files
from reporter.edition.job import PAGES, WORD, Job
from reporter.edition.shelf import Proof
from reporter.errors import ExitCode, Finding
from reporter.files.sources import Sources


class CheckerResult(Protocol):
    """The result of one checker of a PDF."""

    @property
    def failures(self) -> Sequence[object]:
        """What is wrong."""

    def plain(self) -> dict[str, str | int]:
        """Checker, version, profile, and how many rules were passed."""


# What is paper among the formats.
PAPER = "pdf"
SCREEN = "html"
Prove = Callable[[bytes, str], Sequence[CheckerResult]]
# What is heard of a job while it is made: its stages in words, and last of all one of these.
Show = Callable[[Job, str], None]
BEGUN, DONE, FAILED = "begun", "done", "failed"


def failures_of(judged: Iterable[CheckerResult]) -> list[object]:
    return [failure for each in judged for failure in each.failures]


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make, with the files it is made from. It is all that its maker needs, and travels: it names no
    path, so another process or machine may make it. `digest` is that of the files. Where warnings stop it, it is
    `strict`; a `proven` PDF says that it passed the checkers, so who gets it must ask them. Of a `partial` one the
    other formats are made where the maker can make no PDF."""

    job: Job
    files: Sources
    digest: str
    formats: tuple[str, ...] = ("pdf",)
    strict: bool = False
    proven: bool = False
    partial: bool = False

    @property
    def has_pages(self) -> bool:
        return any(form in (*PAGES, WORD) for form in self.formats)


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was made: bytes, and pages if any. `html` is what it was made from, if that is another and somebody
    is to compare them."""

    content: bytes
    pages: int | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class ProducedFiles:
    """The files of a document by format, in memory only. `proof` is what the checkers said of the PDF, `faults` how
    many findings are marked in a draft that would stop it. `unmade` says why a PDF that was asked for is not among
    them."""

    files: Mapping[str, Content]
    proof: Proof
    faults: int = 0
    unmade: str = ""


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A finished file: format, size in bytes, SHA-256, and pages."""

    form: str
    size: int
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The finished files of an edition, and what was removed. `removed` are the formats that told of an earlier state.
    `aside` is where what was signed of an earlier PDF lies now, if there was any. `faults` are the findings marked in a
    draft that would stop any other edition. `unmade` says why there is no PDF, which was asked for."""

    files: tuple[FinishedFile, ...]
    removed: tuple[str, ...] = ()
    aside: Path | None = None
    faults: int = 0
    unmade: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: built, failed, or unchanged when neither. A failed one has an error and perhaps findings.
    `produced` holds files that are not, or not yet, in their place. A draft with `faults` is there, but is not fit to
    be more."""

    job: Job
    built: BuildResult | None = None
    error: str = ""
    findings: tuple[Finding, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    produced: ProducedFiles | None = None
    faults: int = 0


# The orders of one document, for one worker: its volumes are composed once.
Errand = tuple[Order, ...]
# What came of an errand: an outcome for each of its orders.
Answer = tuple[Errand, list[Outcome]]


class Executor(Protocol):
    """Has errands carried out, and gives the answers as they end. It takes the next errand when somebody is free for
    it, so that few are under way. Nothing is put in its place by it."""

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        """Have some errands carried out."""

    def close(self) -> None:
        """End whoever works, at once."""


def order_of(sources: Sources, job: Job, program: str, formats: tuple[str, ...]) -> Order:
    files = edition_files(sources, job)
    return Order(job=job, files=files, digest=digest_of(files, job, program), formats=formats)
