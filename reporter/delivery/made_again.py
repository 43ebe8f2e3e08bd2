"""Make the files of a package again from the sources in it, and compare every byte."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial

from reporter import __version__
from reporter.delivery.package_contents import VALIDATION, Consignment, Enclosed, FinishedDocument, languages_of
from reporter.delivery.package_sources import packed_edition, received_sources
from reporter.delivery.packaging import (
    LETTER,
    MADE_BY,
    REPLACES,
    Write,
    consignment_of,
    letter_file,
    made_by,
    package_files,
    package_info,
)
from reporter.edition.job import FORMATS, Job
from reporter.edition.program import program_digest
from reporter.edition.release import changed_tools
from reporter.edition.signed_files import SIGNATURE
from reporter.edition.state import EditionState
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.model import PackagePart, Recipient
from reporter.produce.order import PAPER, Order, Outcome, Prove, order_of
from reporter.roundtrip.first_difference import first_difference
from reporter.submission import Package
from reporter.submission.bag import DATA, INFO, Measured, digest_of, info_text, measure, pieces
from reporter.submission.file_names import signed_name
from reporter.submission.package_label import labels_of

NO_PAPER, UNJUDGED = "this machine lays out no pages", "the PDFs were not judged again for it"


class Turn(StrEnum):
    """What came of making a file again.

    UNMADE: its bytes say nothing, for another program made it, or this machine cannot.
    """

    SAME = "same"
    OTHER = "other"
    UNMADE = "unmade"


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A file of a package that was made again, with what there is to say of it."""

    name: str
    turn: Turn
    told: str = ""


@dataclass(frozen=True, slots=True)
class Makers:
    """What makes documents and letters, from rooms that load late.

    `letter` is None and `paper` raises NoPaperError where this machine makes no PDF; `prove` is None where nothing
    judges one.
    """

    produce: Callable[[Sequence[Order], Sequence[EditionState]], list[Outcome]]
    letter: Write | None
    prove: Prove | None
    paper: Callable[[], None]


def make_again(package: Package, workspace: Workspace, makers: Makers) -> tuple[MadeAgain, ...]:
    """Make every file of a package again, and hold it against the one that came.

    In the workspace nothing is written but what is kept of slow results. Raises ReporterError when the sources in the
    package give no edition.
    """
    state, recipient = packed_edition(received_sources(package))
    claimed = labels_of(package.read(INFO).decode(errors="replace"))
    if PackagePart.VALIDATION not in recipient.gets:
        makers = replace(makers, prove=None)
    documents, unmade = _documents(package, workspace, makers, state, recipient)
    sent = consignment_of(state, recipient, documents, claimed.get(MADE_BY, ""), claimed.get(REPLACES, ""))
    if makers.letter is None:
        unmade[f"{sent.name}{LETTER}"] = NO_PAPER
    if makers.prove is None:
        unmade |= dict.fromkeys((f"{VALIDATION}{sent.stem}-pdf.json", f"{VALIDATION}{sent.stem}-pdf.txt"), UNJUDGED)
    files = package_files(sent, makers.letter or partial(_letter_that_came, package))
    info = info_text({f"{DATA}{name}": each.digest for name, each in files.items()}, package_info(sent))
    made = {f"{DATA}{name}": each for name, each in files.items()} | {INFO: measure(info.encode())}
    names = dict.fromkeys((*made, *package.payload))
    return tuple(
        _compared(package, each, made.get(each), unmade.get(each.removeprefix(DATA), ""), _maker_of(each, sent, state))
        for each in names
    )


def _documents(
    package: Package, workspace: Workspace, makers: Makers, state: EditionState, recipient: Recipient
) -> tuple[dict[Job, dict[str, FinishedDocument]], dict[str, str]]:
    """The documents of an edition, and why others could not be made.

    In the place of one that could not, the one that came is taken: other files tell of it.
    """
    forms = tuple(form for form in FORMATS if form in recipient.gets)
    languages = languages_of(recipient, state.checked.dataset.settings.languages)
    jobs, program = state.jobs(languages), program_digest()
    orders = [
        replace(
            order_of(workspace, state.sources, job, program, tuple(form for form in forms if form in job.formats)),
            prove=makers.prove or _unproven,
            paper=makers.paper,
        )
        for job in jobs
    ]
    due = [order for order in orders if order.formats]
    made: dict[Job, dict[str, FinishedDocument]] = {job: {} for job in jobs}
    unmade: dict[str, str] = {}
    for order, outcome in zip(due, makers.produce(due, [state] * len(due)), strict=True):
        files = outcome.produced.files if outcome.produced else {}
        for form in order.formats:
            came = _came(package, f"{order.job.name}.{form}")
            if form in files:
                came = _made(came, files[form].content)
            else:
                unmade[came.name] = outcome.error or (outcome.produced.unmade if outcome.produced else "")
            proof = outcome.produced.proof if outcome.produced and form in files and makers.prove else came.proof
            made[order.job][form] = replace(came, program=_program(state), proof=proof if form == PAPER else [])
    return made, unmade


def _came(package: Package, name: str) -> FinishedDocument:
    """A document as it came, signed or not, with what the package says of its validation."""
    signed = signed_name(name)
    found = signed if f"{DATA}{signed}" in package.names else name
    content = measure(_content(package, f"{DATA}{found}"))
    told = next((each for each in _reports(package) if each.get("path") == found), {})
    proof = told.get("results")
    return FinishedDocument(
        name=found,
        content=content,
        sha256=str(told.get("unsigned_sha256", content.sha256)),
        proof=proof if isinstance(proof, list) else [],
    )


def _made(came: FinishedDocument, made: bytes) -> FinishedDocument:
    """The document that was made again.

    A signature comes as an incremental update: nothing before it changes (ISO 32000-1, 7.5.6), and what it adds is
    looked at where signatures are.
    """
    content, unsigned = b"".join(pieces(came.content.source)), measure(made)
    if content.startswith(made) and SIGNATURE in content[len(made) :]:
        return replace(came, sha256=unsigned.sha256)
    return replace(came, content=unsigned, sha256=unsigned.sha256)


def _program(state: EditionState) -> str:
    return state.release.program if state.release else __version__


def _reports(package: Package) -> Iterator[Mapping[str, object]]:
    """What a package says of the validation of its PDFs, as far as it can be read."""
    for name in package.payload:
        if name.startswith(f"{DATA}{VALIDATION}") and name.endswith("-pdf.json"):
            with suppress(ReporterError, ValueError, RecursionError):
                told = json.loads(package.read(name))
                yield from (each for each in told if isinstance(each, dict)) if isinstance(told, list) else ()


def _letter_that_came(package: Package, sent: Consignment, _files: Mapping[str, Enclosed]) -> dict[str, Enclosed]:
    return letter_file(sent, _content(package, f"{DATA}{sent.name}{LETTER}"))


def _content(package: Package, name: str) -> bytes:
    return b"".join(package.pieces(name)) if name in package.names else b""


def _compared(package: Package, name: str, made: Measured | None, unmade: str, maker: str) -> MadeAgain:
    """Hold a file against the one made again; `maker` is whoever made it if that was another program."""
    turn = Turn.UNMADE if maker else Turn.OTHER
    if unmade:
        return MadeAgain(name, Turn.UNMADE, unmade)
    if made is None:
        return MadeAgain(name, turn, "was added: nothing in the package gives it")
    if name not in package.names:
        return MadeAgain(name, turn, "is missing: the sources in the package give it")
    if digest_of(package.pieces(name)) == made.digest:
        return MadeAgain(name, Turn.SAME)
    if maker:
        return MadeAgain(name, turn, maker)
    return MadeAgain(name, turn, first_difference(name, _content(package, name), b"".join(pieces(made.source))))


def _maker_of(name: str, sent: Consignment, state: EditionState) -> str:
    """Who made a file, if that was another program than this one."""
    documents = {f"{DATA}{each.name}" for forms in sent.documents.values() for each in forms.values()}
    if name in documents and state.release:
        return f"made by reporter {state.release.program}" if changed_tools(state.release) else ""
    return "" if sent.made_by == made_by() else f"made by {sent.made_by or 'an earlier program'}"


def _unproven(*_: object) -> tuple[()]:
    """Say nothing of a PDF: it was proven when it was made."""
    return ()
