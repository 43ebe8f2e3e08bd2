"""Make the files of a package again from the sources in it. Every byte is compared with what came."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum

from reporter import __version__
from reporter.delivery.file_differences import altered_figure, altered_labels, first_difference
from reporter.delivery.package_contents import (
    VALIDATION,
    Consignment,
    FinishedDocument,
    languages_of,
    packed_edition,
    received_sources,
)
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
from reporter.delivery.pdf_update import signing_flaw
from reporter.edition.changes import changed_tools
from reporter.edition.job import Job
from reporter.edition.program import program_digest
from reporter.edition.state import EditionState
from reporter.errors import NoPaperError, ReporterError
from reporter.export import observations_csv
from reporter.extras import extra
from reporter.files.workspace import Workspace
from reporter.model import Recipient
from reporter.pdf import require_paper
from reporter.produce.batch import produce_all
from reporter.produce.order import PAPER, Outcome, Prove, order_of
from reporter.submission import Package
from reporter.submission.bag import DATA, INFO, Measured, info_text, measure, pieces
from reporter.submission.file_names import signed_name
from reporter.submission.package_label import labels_of

PDF, OBSERVATIONS = ".pdf", "-observations.csv"
NO_LETTER, UNJUDGED = "no letter was laid out here", "nothing here judges PDFs"
AS_PAGE, PAGE = "its page was made again instead", "html"
# Whatever says how a page looks.
STYLE = re.compile(rb"<style.*?</style\s*>|<link\b[^>]*>|\sstyle\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*)", re.I | re.S)


class Likeness(StrEnum):
    """What came of making a file again. UNMADE: its bytes say nothing, for another program made it, or it says so.
    LEFT: this machine, or who asked, leaves it out. Of both the figures are compared, as far as machines read them."""

    SAME = "same"
    OTHER = "other"
    UNMADE = "unmade"
    LEFT = "left"


# What came of a file that was not made again, and why.
Undone = tuple[Likeness, str]


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A file that was made again, with what there is to say. `proven` when it is a PDF that was judged as it was made,
    and nothing was added to it since."""

    name: str
    likeness: Likeness
    told: str = ""
    proven: bool = False


def make_again(
    package: Package, workspace: Workspace, prove: Prove | None = None, *, quick: bool = False
) -> tuple[MadeAgain, ...]:
    """Make every file of a package again, and compare. Each is held against the one that came. In the workspace nothing
    is written but what is kept of slow results. Raises ReporterError when the sources in the package give no
    edition. What shows the same as a page is passed over where pages are made: `quick`."""
    state, recipient = packed_edition(received_sources(package), workspace)
    claimed = labels_of(package.read(INFO).decode(errors="replace"))
    documents, undone = _documents(package, workspace, state, recipient, prove, quick=quick)
    sent = consignment_of(state, recipient, documents, claimed.get(MADE_BY, ""), claimed.get(REPLACES, ""))
    letter = None if quick else _letter_writer(prove)
    if letter is None:
        undone[f"{sent.name}{LETTER}"] = Likeness.LEFT, NO_LETTER
    if prove is None:
        reports = (f"{VALIDATION}{sent.stem}-pdf.{ending}" for ending in ("json", "txt"))
        undone |= dict.fromkeys(reports, (Likeness.LEFT, UNJUDGED))
    # Where this machine makes no letter, it is the one that came.
    came = package.files.get(f"{DATA}{sent.name}{LETTER}", b"")
    files = package_files(sent, letter or (lambda own, _: letter_file(own, came)))
    observed = observations_csv(sent.known, sent.locale.language, recipient.audience).encode()
    figures = {f"{sent.stem}{OBSERVATIONS}": observed}
    for path in (each for each in undone if each.endswith(PDF) and f"{DATA}{each}" in package.names):
        if wrong := altered_figure(path, package.read(f"{DATA}{path}"), figures):
            undone[path] = Likeness.OTHER, wrong
    info = info_text({f"{DATA}{name}": each for name, each in files.items()}, package_info(sent))
    made = {f"{DATA}{name}": each for name, each in files.items()} | {INFO: measure(info.encode())}
    found = (
        _compared(package, each, made.get(each), undone.get(each.removeprefix(DATA)), _maker_of(each, sent, state))
        for each in dict.fromkeys((*made, *package.payload))
    )
    # The letter is judged as it is made, and so are the documents without a signature.
    papers = [forms[PAPER] for forms in sent.documents.values() if PAPER in forms]
    judged = {f"{DATA}{each.path}" for each in papers if each.content.sha256 == each.sha256}
    proven = judged | {f"{DATA}{sent.name}{LETTER}"} if prove else set()
    return tuple(replace(each, proven=each.likeness is Likeness.SAME and each.name in proven) for each in found)


def _letter_writer(prove: Prove | None) -> Write | None:
    with suppress(NoPaperError):
        require_paper()
        from reporter.delivery.letter import letter_writer

        return letter_writer(prove or unproven)
    return None


def _documents(
    package: Package,
    workspace: Workspace,
    state: EditionState,
    recipient: Recipient,
    prove: Prove | None,
    *,
    quick: bool,
) -> tuple[dict[Job, dict[str, FinishedDocument]], dict[str, Undone]]:
    """The documents of an edition, and why others were not made. In the place of one that was not, the one that came is
    taken: other files tell of it."""
    languages = languages_of(recipient, state.checked.dataset.settings.languages)
    forms = {job: tuple(each for each in job.formats if each in recipient.gets) for job in state.jobs(languages)}
    outcomes = _outcomes(workspace, state, forms, prove, quick=quick)
    documents: dict[Job, dict[str, FinishedDocument]] = {job: {} for job in forms}
    undone: dict[str, Undone] = {}
    maker = _publisher(state)
    for job, form in ((job, form) for job, each in forms.items() for form in each):
        came, outcome = _came(package, f"{job.name}.{form}"), outcomes.get(job)
        if outcome and form in outcome.files:
            content = outcome.files[form].content
            made = _made(came, content)
            if maker and made.content.sums != came.content.sums:
                files = {came.name: content}
                sent = package.files.get(f"{DATA}{came.path}", b"")
                wrong = altered_figure(came.name, sent, files)
                look = "" if wrong else _appearance(came.name, sent, content)
                undone[came.path] = (Likeness.OTHER, wrong) if wrong else (Likeness.UNMADE, f"{maker}{look}")
            else:
                came = replace(made, proof=outcome.proof) if prove and form == PAPER else made
        elif outcome and outcome.error:
            likeness = Likeness.UNMADE if maker else Likeness.OTHER
            undone[came.path] = likeness, f"cannot be made again: {outcome.error}"
        else:
            undone[came.path] = Likeness.LEFT, (outcome and outcome.unmade) or AS_PAGE
        documents[job][form] = replace(came, program=state.release.program if state.release else __version__)
    return documents, undone


def _outcomes(
    workspace: Workspace,
    state: EditionState,
    forms: Mapping[Job, tuple[str, ...]],
    prove: Prove | None,
    *,
    quick: bool,
) -> dict[Job, Outcome]:
    orders = []
    for job, each in forms.items():
        due = tuple(form for form in each if form != PAPER) if quick and PAGE in each else each
        order = order_of(state.sources, job, program_digest(), due)
        orders += [replace(order, proven=True, partial=True)] if due else []
    outcomes = produce_all(workspace, orders, [state] * len(orders), prove or unproven)
    return {order.job: outcome for order, outcome in zip(orders, outcomes, strict=True)}


def _came(package: Package, name: str) -> FinishedDocument:
    """A document as it came, signed or not. With it goes what the package says of its validation."""
    signed = signed_name(name)
    came = FinishedDocument(signed if f"{DATA}{signed}" in package.names else name, measure(b""), "")
    content = measure(package.files.get(f"{DATA}{came.path}", b""))
    told = next((each for each in _reports(package) if each.get("path") == came.name), {})
    sha256, proof = str(told.get("unsigned_sha256", content.sha256)), told.get("results")
    return replace(came, content=content, sha256=sha256, proof=proof if isinstance(proof, list) else [])


def _made(came: FinishedDocument, made: bytes) -> FinishedDocument:
    """The document that was made again. Where nothing but a signature was written behind it, it is the signed one."""
    content, unsigned = b"".join(pieces(came.content.source)), measure(made)
    if len(content) > len(made) and content.startswith(made) and not signing_flaw(made, content):
        return replace(came, sha256=unsigned.sha256)
    return replace(came, content=unsigned, sha256=unsigned.sha256)


def _reports(package: Package) -> Iterator[Mapping[str, object]]:
    """What a package says of the validation of its PDFs. As far as it can be read."""
    for name in package.payload:
        if name.startswith(f"{DATA}{VALIDATION}") and name.endswith("-pdf.json"):
            with suppress(ReporterError, ValueError, RecursionError):
                told = json.loads(package.read(name))
                yield from (each for each in told if isinstance(each, dict)) if isinstance(told, list) else ()


def _compared(package: Package, name: str, made: Measured | None, undone: Undone | None, maker: str) -> MadeAgain:
    """Hold a file against the one made again. `maker` is whoever made it, if that was another program."""
    if made is None:
        return MadeAgain(name, Likeness.OTHER, "was added: nothing in the package gives it")
    if name not in package.names:
        likeness = Likeness.UNMADE if maker else Likeness.OTHER
        return MadeAgain(name, likeness, "is missing: the sources in the package give it")
    if undone and (maker or undone[1] != UNJUDGED):
        return MadeAgain(name, *undone)
    sent, again = package.read(name), b"".join(pieces(made.source))
    if sent == again:
        # A report on PDFs repeats what it says itself, where nothing judges them again.
        return MadeAgain(name, *undone) if undone else MadeAgain(name, Likeness.SAME)
    if not maker:
        return MadeAgain(name, Likeness.OTHER, first_difference(name, sent, again))
    if name == INFO:
        wrong = next(altered_labels(sent.decode(errors="replace"), again.decode()), "")
    else:
        wrong = altered_figure(name, sent, {name: again})
    if wrong:
        return MadeAgain(name, Likeness.OTHER, wrong)
    return MadeAgain(name, Likeness.UNMADE, f"{maker}{_appearance(name, sent, again)}")


def _appearance(name: str, sent: bytes, made: bytes) -> str:
    """What to say of the looks of a file whose bytes cannot be compared: a PDF by pictures of its pages, where they can
    be drawn, a page by its stylesheets."""
    if name.endswith(PDF):
        try:
            with extra():
                from reporter.validate.pictures import first_unlike_page
            page = first_unlike_page(sent, made)
        except ReporterError as problem:
            return f"; its pages cannot be drawn: {problem.message}"
        return f"; page {page} looks different" if page else "; every page looks the same"
    foreign = name.endswith(f".{PAGE}") and set(STYLE.findall(sent)) - set(STYLE.findall(made))
    return "; it has a stylesheet that is neither ours nor in its sources" if foreign else ""


def _publisher(state: EditionState) -> str:
    return f"made by reporter {state.release.program}" if state.release and changed_tools(state.release) else ""


def _maker_of(name: str, sent: Consignment, state: EditionState) -> str:
    documents = {f"{DATA}{each.path}" for forms in sent.documents.values() for each in forms.values()}
    if name in documents and state.release:
        return _publisher(state)
    return "" if sent.made_by == made_by() else f"made by {sent.made_by or 'an earlier program'}"


def unproven(*_: object) -> tuple[()]:
    """Say nothing of a PDF: it was proven when it was made."""
    return ()
