"""Make the files of a package again from the sources in it. Every byte is compared with what came."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest

from reporter import __version__
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
from reporter.edition.changes import changed_tools
from reporter.edition.job import Job
from reporter.edition.program import program_digest
from reporter.edition.signed_files import SIGNATURE
from reporter.edition.state import EditionState
from reporter.errors import NoPaperError, ReporterError
from reporter.files.workspace import Workspace
from reporter.model import Recipient
from reporter.pdf import require_paper
from reporter.produce.batch import produce_all
from reporter.produce.order import PAPER, Outcome, Prove, order_of
from reporter.roundtrip.machine import UNREADABLE, figure_differences, read_workbook
from reporter.roundtrip.read_pdf import attached_files
from reporter.roundtrip.stated import MalformedFileError, value_text
from reporter.roundtrip.text.tagged_text import PdfText, read_tagged
from reporter.submission import Package
from reporter.submission.bag import DATA, INFO, Measured, digest_of, info_text, measure, pieces
from reporter.submission.file_names import signed_name
from reporter.submission.package_label import labels_of

TEXT = re.compile(r".*\.(html|md|txt|yaml|po|css|toml)")
TAG = re.compile(r"<[^<>]*>")
# So many columns of a table name a line of it; so many letters are shown beside what differs.
NAMING, AROUND, MOST_SHOWN = 4, 24, 60
# Comparing words takes time that grows with the square of their number.
MOST_WORDS = 4000


def first_difference(name: str, sent: bytes, made: bytes) -> str:
    """What differs first between a file and itself made again. It names the figure, the line or the part; of a kind
    that nobody can read it is the byte."""
    try:
        told = next(_differences(name, sent, made), "")
    except (MalformedFileError, UnicodeDecodeError, csv.Error, RecursionError, *UNREADABLE) as problem:
        told = f"cannot be read: {problem}"[:200]
    at = next((place for place, (one, other) in enumerate(zip(sent, made, strict=False)) if one != other), None)
    return told or f"differs from byte {(min(len(sent), len(made)) if at is None else at) + 1} on"


def _differences(name: str, sent: bytes, made: bytes) -> Iterator[str]:
    ending = name[name.rfind(".") :].lower()
    if ending == ".csv":
        yield from _rows(*(list(csv.reader(io.StringIO(each.decode()), strict=True)) for each in (sent, made)))
    elif ending == ".json":
        yield from _members("", json.loads(sent), json.loads(made))
    elif TEXT.fullmatch(name.lower()):
        yield from _lines(sent.decode(), made.decode())
    elif ending == ".pdf":
        yield from _attached(dict(attached_files(sent)), dict(attached_files(made)))
        yield from _passages(read_tagged(sent), read_tagged(made))
    elif ending == ".xlsx":
        yield from figure_differences(read_workbook(made), read_workbook(sent), same_words=True)
        yield from _parts(sent, made)


def _rows(sent: list[list[str]], made: list[list[str]]) -> Iterator[str]:
    heads = made[0] if made else []
    nothing: list[str] = []
    for number, (one, other) in enumerate(zip_longest(sent, made, fillvalue=nothing), 1):
        if one == other:
            continue
        known = other or one
        named = f"line {number} ({', '.join(each for each in known[:NAMING] if each)})"
        if len(one) != len(other):
            yield f"{named} {'was added' if not other else 'is missing' if not one else 'has other columns'}"
        for head, here, there in zip(heads, one, other, strict=False):
            if here != there:
                yield f"{named}: {head} is {value_text(here)}, made again {value_text(there)}"


def _members(place: str, sent: object, made: object) -> Iterator[str]:
    if isinstance(sent, dict) and isinstance(made, dict):
        for key in dict.fromkeys((*made, *sent)):
            way = f"{place}.{key}".lstrip(".")
            if key not in sent or key not in made:
                yield f"{way} {'is missing' if key not in sent else 'was added'}"
            else:
                yield from _members(way, sent[key], made[key])
    elif isinstance(sent, list) and isinstance(made, list):
        for number, (one, other) in enumerate(zip(sent, made, strict=False)):
            yield from _members(f"{place}[{number}]", one, other)
        if len(sent) != len(made):
            yield f"{place} has {len(sent)} entries, made again {len(made)}"
    elif sent != made or type(sent) is not type(made):
        yield f"{place} is {value_text(sent)}, made again {value_text(made)}"


def _lines(sent: str, made: str) -> Iterator[str]:
    pairs = zip_longest(sent.splitlines(), made.splitlines(), fillvalue=None)
    for number, (one, other) in enumerate(pairs, 1):
        if one is None or other is None:
            yield f"line {number} {'was added' if other is None else 'is missing'}: {_cut(other or one or '')}"
        elif one != other:
            yield f"line {number}: {_changed(one, other)}"


def _changed(sent: str, made: str) -> str:
    """The words of two lines that differ first. Those within tags are told where nothing else differs."""
    here, there = (TAG.sub(" ", each).split() for each in (sent, made))
    if here == there:
        here, there = sent.split(), made.split()
    here, there = here[:MOST_WORDS], there[:MOST_WORDS]
    for kind, i, j, k, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if kind != "equal":
            before = " ".join(here[max(0, i - 3) : i])[-AROUND:]
            return f"after “{before}” it says “{_cut(here[i:j])}”, made again “{_cut(there[k:m])}”"
    return "blanks differ"


def _cut(words: Iterable[str]) -> str:
    text = words if isinstance(words, str) else " ".join(words)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _attached(sent: Mapping[str, bytes], made: Mapping[str, bytes]) -> Iterator[str]:
    for name in dict.fromkeys((*made, *sent)):
        if name not in sent or name not in made:
            yield f"the file {name} attached to it {'is missing' if name not in sent else 'was added'}"
        elif sent[name] != made[name]:
            yield f"in the file {name} attached to it, {first_difference(name, sent[name], made[name])}"


def _passages(sent: PdfText, made: PdfText) -> Iterator[str]:
    for one, other in zip_longest(sent.passages, made.passages):
        if one is None or other is None:
            known = one or other
            yield f"page {known.page}: {_cut(known.text)!r} {'was added' if other is None else 'is missing'}"
        elif one.text != other.text:
            yield f"page {one.page}: {_changed(one.text, other.text)}"
    for (page, one), (_, other) in zip(sent.outside, made.outside, strict=False):
        if one != other:
            yield f"page {page}, in its margin: {_changed(one, other)}"


def _parts(sent: bytes, made: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(sent)) as one, zipfile.ZipFile(io.BytesIO(made)) as other:
        names, known = one.namelist(), other.namelist()
        for name in dict.fromkeys((*known, *names)):
            if name not in names or name not in known:
                yield f"its part {name} {'is missing' if name not in names else 'was added'}"
            elif one.getinfo(name).CRC != other.getinfo(name).CRC:
                yield f"its part {name} is another one"


NO_LETTER, UNJUDGED = "no letter was laid out here", "nothing here judges PDFs"
AS_PAGE, PAGE = "its page was made again instead", "html"


class Likeness(StrEnum):
    """What came of making a file again. UNMADE: its bytes say nothing, for another program made it, or this machine
    cannot."""

    SAME = "same"
    OTHER = "other"
    UNMADE = "unmade"


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
        undone[f"{sent.name}{LETTER}"] = Likeness.UNMADE, NO_LETTER
    if prove is None:
        reports = (f"{VALIDATION}{sent.stem}-pdf.{ending}" for ending in ("json", "txt"))
        undone |= dict.fromkeys(reports, (Likeness.UNMADE, UNJUDGED))
    # Where this machine makes no letter, it is the one that came.
    files = package_files(
        sent, letter or (lambda own, _: letter_file(own, _content(package, f"{DATA}{own.name}{LETTER}")))
    )
    info = info_text({f"{DATA}{name}": each.digest for name, each in files.items()}, package_info(sent))
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
    """What writes a letter, where this machine makes PDFs."""
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
        produced = outcome.produced if outcome else None
        if produced and form in produced.files:
            made = _made(came, produced.files[form].content)
            if maker and made.content.digest != came.content.digest:
                undone[came.path] = Likeness.UNMADE, maker
            else:
                came = replace(made, proof=produced.proof) if prove and form == PAPER else made
        elif outcome and outcome.error:
            undone[came.path] = Likeness.OTHER, f"cannot be made again: {outcome.error}"
        else:
            undone[came.path] = Likeness.UNMADE, produced.unmade if produced else AS_PAGE
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
    content = measure(_content(package, f"{DATA}{came.path}"))
    told = next((each for each in _reports(package) if each.get("path") == came.name), {})
    sha256, proof = str(told.get("unsigned_sha256", content.sha256)), told.get("results")
    return replace(came, content=content, sha256=sha256, proof=proof if isinstance(proof, list) else [])


def _made(came: FinishedDocument, made: bytes) -> FinishedDocument:
    """The document that was made again. A signature comes as an incremental update: nothing before it changes (ISO
    32000-1, 7.5.6), and what it adds is looked at where signatures are."""
    content, unsigned = b"".join(pieces(came.content.source)), measure(made)
    if content.startswith(made) and SIGNATURE in content[len(made) :]:
        return replace(came, sha256=unsigned.sha256)
    return replace(came, content=unsigned, sha256=unsigned.sha256)


def _reports(package: Package) -> Iterator[Mapping[str, object]]:
    """What a package says of the validation of its PDFs. As far as it can be read."""
    for name in package.payload:
        if name.startswith(f"{DATA}{VALIDATION}") and name.endswith("-pdf.json"):
            with suppress(ReporterError, ValueError, RecursionError):
                told = json.loads(package.read(name))
                yield from (each for each in told if isinstance(each, dict)) if isinstance(told, list) else ()


def _content(package: Package, name: str) -> bytes:
    return b"".join(package.pieces(name)) if name in package.names else b""


def _compared(package: Package, name: str, made: Measured | None, undone: Undone | None, maker: str) -> MadeAgain:
    """Hold a file against the one made again. `maker` is whoever made it, if that was another program."""
    likeness = Likeness.UNMADE if maker else Likeness.OTHER
    if undone:
        return MadeAgain(name, Likeness.UNMADE if maker else undone[0], undone[1])
    if made is None:
        return MadeAgain(name, likeness, "was added: nothing in the package gives it")
    if name not in package.names:
        return MadeAgain(name, likeness, "is missing: the sources in the package give it")
    if digest_of(package.pieces(name)) == made.digest:
        return MadeAgain(name, Likeness.SAME)
    if maker:
        return MadeAgain(name, likeness, maker)
    return MadeAgain(name, likeness, first_difference(name, _content(package, name), b"".join(pieces(made.source))))


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
