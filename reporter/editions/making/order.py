"""Orders to make documents, and how they ended. Imports nothing heavy, for an unchanged report costs no more."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from reporter.data.errors import ExitCode, Finding, ReporterError
from reporter.data.files.sources import Sources
from reporter.editions.build_record import Proof
from reporter.editions.job import PAGES, WORD, Job, digest_of, edition_files
from reporter.formats.package.bag import Measured, measure, pieces


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
class MadeFile:
    """A file that was made of a document: its content, measured, and how many pages it has, if any. `html` is what it
    was made from, if that is another and somebody is to compare them; `proof` is what the checkers said of a PDF. One
    that lies in its place has a `name` and the version of the `program` that made it. Where it was signed since, that
    is its content, and `unsigned` the SHA-256 that it had before."""

    content: Measured
    pages: int | None = None
    html: str = ""
    proof: Proof = field(default_factory=list)
    name: str = ""
    program: str = ""
    unsigned: str = ""

    @property
    def sha256(self) -> str:
        """The checksum of the file as it was made."""
        return self.unsigned or self.content.sha256

    def read(self) -> bytes:
        """The bytes of its content. Raises ReporterError when they lie in a file that cannot be read."""
        return b"".join(pieces(self.content.source))


def made_file(content: bytes, pages: int | None = None, html: str = "") -> MadeFile:
    return MadeFile(measure(content), pages, html)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with `files` by format, unchanged without any, or failed with an error and perhaps findings.
    `unmade` says why a PDF that was asked for is not among the files.
    `faults` are how many findings are marked in a draft that would stop any other edition. Where the files were put in
    their place, `removed` are the formats that told of an earlier state, and `aside` is where what was signed of an
    earlier PDF lies now, if there was any."""

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
    """Some documents of an edition could not be made, so nothing of it was published or packed. `outcomes` say why."""

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__(f"{outcomes[0].job}: {outcomes[0].error}")
        self.outcomes = outcomes


def require_made(outcomes: Sequence[Outcome]) -> None:
    if failed := [each for each in outcomes if each.error]:
        raise UnmadeError(failed)


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
