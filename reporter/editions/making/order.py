"""Orders to make documents, and their outcomes. Imports nothing heavy, so that an unchanged report costs little."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from reporter.data.errors import ExitCode, Finding, ReporterError
from reporter.data.files.sources import Sources
from reporter.editions.build_record import Proof
from reporter.editions.job import PAGES, WORD, Job, digest_of, edition_files
from reporter.formats.bagit.bag import Measured, measure, pieces


class CheckerResult(Protocol):
    """The result of one checker of a PDF."""

    @property
    def failures(self) -> Sequence[object]:
        """What is wrong."""

    def plain(self) -> dict[str, str | int]:
        """Checker, version, profile, and the number of rules passed."""


# The format on paper.
PAPER = "pdf"
SCREEN = "html"
Prove = Callable[[bytes], Sequence[CheckerResult]]
# Called for each stage of a job, and at the end with one of these.
Show = Callable[[Job, str], None]
BEGUN, DONE, FAILED = "begun", "done", "failed"


def failures_of(judged: Iterable[CheckerResult]) -> list[object]:
    return [failure for checker_result in judged for failure in checker_result.failures]


@dataclass(frozen=True, slots=True)
class Order:
    """A document to make, with its files. It has all that its maker needs and no path, so another process or machine
    may make it. `digest` is that of the files. If `strict`, warnings stop it. A `proven` PDF says that it passed the
    checkers, so the receiver must run them. If `partial`, other formats are made where no PDF can be."""

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
class MadeFile:
    """A finished file of a document: its content with measures and its pages, if any; `proof` is the checkers' result
    for a PDF. A file in place has a `name` and the
    version of the `program` that made it. If signed since, that is its content, and `unsigned` the earlier SHA-256."""

    content: Measured
    pages: int | None = None
    proof: Proof = field(default_factory=list)
    name: str = ""
    program: str = ""
    unsigned: str = ""

    @property
    def sha256(self) -> str:
        """The checksum of the file as it was made."""
        return self.unsigned or self.content.sha256

    def read(self) -> bytes:
        """The bytes of its content. Raises ReporterError when their file cannot be read."""
        return b"".join(pieces(self.content.source))


def made_file(content: bytes, pages: int | None = None) -> MadeFile:
    return MadeFile(measure(content), pages)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with `files` by format, unchanged without any, or failed with an error and perhaps findings.
    `unmade` says why a requested PDF is not among the files.

    `faults` is the number of findings marked in a draft that would stop any other edition. Once the files are in place,
    `removed` are the formats of an earlier state, and `aside` is the new place of a signed earlier PDF, if any."""

    job: Job
    files: Mapping[str, MadeFile] = field(default_factory=dict)
    error: str = ""
    findings: tuple[Finding, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    faults: int = 0
    unmade: str = ""
    removed: tuple[str, ...] = ()
    aside: Path | None = None


class UnmadeError(ReporterError):
    """Some documents of an edition could not be made, so nothing was published or packed. `outcomes` say why."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__(f"{outcomes[0].job}: {outcomes[0].error}")
        self.outcomes = outcomes


def require_made(outcomes: Sequence[Outcome]) -> None:
    if failed := [outcome for outcome in outcomes if outcome.error]:
        raise UnmadeError(failed)


# The orders of one document, for one worker: its volumes are composed once.
Errand = tuple[Order, ...]
# The result of an errand: an outcome for each of its orders.
Answer = tuple[Errand, list[Outcome]]


class Executor(Protocol):
    """Carries out errands and yields the answers as they end. Takes the next errand when a worker is free, so that few
    are in progress. Puts nothing in place."""

    def carry_out(self, errands: Iterator[Errand], show: Show) -> Generator[Answer, None, None]:
        """Carry out some errands."""

    def close(self) -> None:
        """Stop all workers at once."""


def order_of(sources: Sources, job: Job, program: str, formats: tuple[str, ...]) -> Order:
    files = edition_files(sources, job)
    return Order(job=job, files=files, digest=digest_of(files, job, program), formats=formats)
