"""Rebuild the files of a package from the sources in it and compare every byte with those received."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import zip_longest

from reporter import __version__
from reporter.data.errors import NoPaperError, ReporterError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.data.records import Recipient
from reporter.editions.audit.collecting import read_numbers
from reporter.editions.audit.read_figures import (
    UNREADABLE,
    Figures,
    MalformedFileError,
    figure_differences,
    figures_of,
    read_json,
    read_lines,
    read_workbook,
    sheet_rows,
    value_text,
)
from reporter.editions.audit.read_pdf import attached_files, page_texts
from reporter.editions.changes import changed_tools
from reporter.editions.job import Job
from reporter.editions.making.build_editions import produce_all
from reporter.editions.making.order import PAPER, MadeFile, Outcome, Prove, order_of
from reporter.editions.program import program_digest
from reporter.editions.state import EditionState
from reporter.exchange.package.package_contents import (
    VALIDATION,
    Consignment,
    languages_of,
    packed_edition,
    path_of,
    received_sources,
)
from reporter.exchange.package.packaging import (
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
from reporter.exchange.package.pdf_update import signing_flaw
from reporter.exchange.send.outgoing import stated_labels
from reporter.formats.bagit import Package
from reporter.formats.bagit.bag import DATA, INFO, Measured, info_text, measure, pieces, signed_name
from reporter.formats.export import observations_csv
from reporter.formats.export.tidy import COMPARABLE, WORKED_OUT
from reporter.formats.pdf import require_paper

# Files that state all figures: alone, or attached to a PDF.
ALL = re.compile(r".*-observations\.(csv|json)|.*\.xlsx")
TEXT = re.compile(r".*\.(csv|json|html|md|txt|yaml|po|css|toml)", re.IGNORECASE)
TAG, WORD = re.compile(r"<[^<>]*>"), re.compile(r"[^\s,]+")
# Files for people, whose cells name their figures.
PAGES = (".pdf", ".html", ".docx")
# Columns that identify a row; characters shown around a difference; the longest text shown.
NAMING, AROUND, MOST_SHOWN = 4, 24, 60
MALFORMED = (MalformedFileError, UnicodeDecodeError, csv.Error, RecursionError, *UNREADABLE)
# Facts stated with a figure's value by every version of the program.
STATED = ("status", "qualifier", "confidentiality", "flags")
# Words for people, which another version may put differently: columns, members and labels.
WORDS = re.compile(r".*label|row|column|within|title|reason|note|markdown|External-Description|Small-Counts")
# A column missing from files of earlier versions.
LATER = COMPARABLE
# The other members of the JSON of figures.
JSON_STATES = ("country", "years", "status", "audience", "language", "published", "data_cutoff", "coverage")
NUMERIC = re.compile(r"-?[0-9][0-9.E+-]*")
# Accepted as stated: who made a package, and the sum of its files.
UNPROVABLE = ("Made-By", "Payload-Oxum")


def first_difference(name: str, sent: bytes, made: bytes) -> str:
    """The first difference between a file and its rebuilt copy: the figure, line or page, else the byte."""
    try:
        flaw = altered_figure(name, sent, {name: made}) or next(_differences(name, sent, made), "")
    except MALFORMED as problem:
        flaw = f"cannot be read: {problem}"[:200]
    at = next((place for place, (one, other) in enumerate(zip(sent, made, strict=False)) if one != other), None)
    return flaw or f"differs from byte {(min(len(sent), len(made)) if at is None else at) + 1} on"


def altered_figure(name: str, sent: bytes, made: Mapping[str, bytes]) -> str:
    """The first figure of a file that its sources do not give, in any file format; empty for none, and for files
    without machine-readable figures. `made` are rebuilt files by name; for a PDF not among them, its attachments."""
    try:
        cells = _altered_cells(name, sent, made[name]) if name in made and name.endswith(PAGES) else ()
        return next((flaw for found in (_altered(name, sent, made), cells) for flaw in found), "")
    except MALFORMED as problem:
        return f"cannot be read: {problem}"[:200]


def _altered(name: str, sent: bytes, made: Mapping[str, bytes]) -> Iterator[str]:
    if name.endswith(".pdf") and name in made:
        yield from _attached(dict(attached_files(sent)), dict(attached_files(made[name])), _altered_values)
    elif name.endswith(".pdf"):
        for each, data in (pair for pair in attached_files(sent) if ALL.fullmatch(pair[0])):
            yield from (f"in the file {each} attached to it, {flaw}" for flaw in _altered(each, data, made))
    states_all = ALL.fullmatch(name)
    if not (states_all or name.lower().endswith(".csv")):
        return
    if name not in made:
        yield "was added: nothing in the package gives it"
    elif states_all:
        due, stated = (_figures(name, content) for content in (made[name], sent))
        # Earlier versions did not write derived zeros.
        due = {each: line for each, line in due.items() if each in stated or line["status"] != WORKED_OUT}
        yield from figure_differences(due, stated, STATED)
        if name.endswith(".json"):
            yield from _altered_members(sent, made[name])
        elif name.endswith(".xlsx"):
            yield from _sheets(sent, made[name])
    else:
        yield from _altered_rows(
            *(list(csv.reader(io.StringIO(each.decode()), strict=True)) for each in (sent, made[name]))
        )


def _altered_members(sent: bytes, made: bytes) -> Iterator[str]:
    """The members of the JSON of figures, other than figures, that differ."""

    def wordless(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return {key: value for key, value in pairs if not WORDS.fullmatch(key)}

    one, other = (json.loads(each, object_pairs_hook=wordless) for each in (sent, made))
    for key in JSON_STATES:
        here, there = (json.dumps(each.get(key)) for each in (one, other))
        if here != there:
            yield f"{key}: {_changed(here, there)}"


def _altered_rows(sent: list[list[str]], made: list[list[str]]) -> Iterator[str]:
    """The lines of a table that differ in the columns for machines."""
    heads = (sent or [[]])[0]
    known = [head for head in (made or [[]])[0] if not WORDS.fullmatch(head) and (head in heads or head != LATER)]
    if lacking := [head for head in known if head not in heads]:
        yield f"has no column {lacking[0]!r}"
        return
    one, other = (
        [[row[at] for at in map(table[0].index, known) if at < len(row)] for row in table] for table in (sent, made)
    )
    nothing: list[str] = []
    for number, (here, there) in enumerate(zip_longest(one, other, fillvalue=nothing), 1):
        named = f"line {number} ({', '.join(each for each in (there or here)[:NAMING] if each)})"
        if len(here) != len(there):
            yield f"{named} {'was added' if not there else 'is missing' if not here else 'has other columns'}"
        for head, cell, due in zip(known, here, there, strict=False):
            if cell != due:
                yield f"{named}: {head} is {value_text(cell)}, made again {value_text(due)}"


def _altered_cells(name: str, sent: bytes, made: bytes) -> Iterator[str]:
    """The numbers of a page's tables and charts that differ at a figure. Earlier versions printed no derived zeros."""
    try:
        due, stated = read_numbers(name, made).numbers, read_numbers(name, sent).numbers
    except MALFORMED:
        return
    known: dict[tuple[object, ...], set[Decimal | None]] = {}
    for each in due:
        known.setdefault((each.country, each.figures, each.year), set()).add(each.value)
    for each in stated:
        values = known.get((each.country, each.figures, each.year), {each.value})
        if each.value is not None and each.value not in values and (each.value or values != {None}):
            there = next((value for value in values if value is not None), None)
            place = f"{' + '.join(each.figures)}{f' {each.year}' if each.year else ''}"
            yield f"{place} is {value_text(each.value)} in {each.place}, made again {value_text(there)}"


def _sheets(sent: bytes, made: bytes) -> Iterator[str]:
    """The numbers of a workbook that differ in rows of the same name and place."""
    due = {name: list(rows) for name, rows in sheet_rows(made)}
    for name, rows in sheet_rows(sent):
        for number, (one, other) in enumerate(zip(list(rows), due.get(name, []), strict=False), 1):
            if next(filter(None, one), "") == next(filter(None, other), ""):
                for here, there in zip_longest(one, other, fillvalue=""):
                    if here != there and (NUMERIC.fullmatch(here) or NUMERIC.fullmatch(there)):
                        place = f"{name.rpartition('/')[2]}, row {number} ({next(filter(None, other), '')})"
                        yield f"{place}: is {value_text(here)}, made again {value_text(there)}"


def altered_labels(sent: str, made: str) -> Iterator[str]:
    """The labels of a package that differ from its sources', except unprovable ones. Words need only be present."""
    one, other = ([line.partition(": ") for line in text.splitlines()] for text in (sent, made))
    for label in dict.fromkeys(name for name, _, _ in (*one, *other) if name not in UNPROVABLE):
        here, there = (", ".join(text for name, _, text in each if name == label) for each in (one, other))
        if here != there and not (WORDS.fullmatch(label) and here and there):
            yield f"{label} is {value_text(here)}, made again {value_text(there)}"


def _figures(name: str, content: bytes) -> Figures:
    if name.endswith(".csv"):
        return figures_of(read_lines(io.StringIO(content.decode(), newline="")))
    return read_workbook(content) if name.endswith(".xlsx") else read_json(content)


def _differences(name: str, sent: bytes, made: bytes) -> Iterator[str]:
    """The lines of a text, or the pages of a PDF, that differ."""
    if name.endswith(".pdf"):
        if sent.startswith(made) and (flaw := signing_flaw(made, sent)):
            yield flaw
        yield from _attached(dict(attached_files(sent)), dict(attached_files(made)))
    elif not TEXT.fullmatch(name):
        return
    is_text = not name.endswith(".pdf")
    pairs = (each.decode().splitlines() if is_text else page_texts(each) for each in (sent, made))
    for number, (here, there) in enumerate(zip_longest(*pairs), 1):
        place = f"{'line' if is_text else 'page'} {number}"
        if here is None or there is None:
            words = f": {_cut(here or there or '')}" if is_text else ""
            yield f"{place} {'was added' if there is None else 'is missing'}{words}"
        elif here != there:
            yield f"{place}: {_changed(here, there)}"


def _changed(sent: str, made: str) -> str:
    """The words in which two texts differ; those within tags only where nothing else differs."""
    here, there = (WORD.findall(TAG.sub(" ", each)) for each in (sent, made))
    if here == there:
        here, there = WORD.findall(sent), WORD.findall(made)
    least = min(len(here), len(there))
    begin = next((at for at in range(least) if here[at] != there[at]), least)
    same = next((at for at in range(least - begin) if here[-1 - at] != there[-1 - at]), least - begin)
    here_words, there_words = (_cut(" ".join(each[begin : len(each) - same])) for each in (here, there))
    before = " ".join(here[max(0, begin - 3) : begin])[-AROUND:]
    return f"after “{before}” it says “{here_words}”, made again “{there_words}”" if here != there else "blanks differ"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _altered_values(name: str, sent: bytes, made: bytes) -> str:
    return altered_figure(name, sent, {name: made}) if name.endswith(".csv") else first_difference(name, sent, made)


def _attached(
    sent: Mapping[str, bytes], made: Mapping[str, bytes], tell: Callable[[str, bytes, bytes], str] = first_difference
) -> Iterator[str]:
    for name in dict.fromkeys((*made, *sent)):
        if name not in sent or name not in made:
            yield f"the file {name} attached to it {'is missing' if name not in sent else 'was added'}"
        elif sent[name] != made[name] and (flaw := tell(name, sent[name], made[name])):
            yield f"in the file {name} attached to it, {flaw}"


PDF, OBSERVATIONS = ".pdf", "-observations.csv"
NO_LETTER, UNJUDGED = "no letter was laid out here", "nothing here judges PDFs"
AS_PAGE, PAGE = "its page was made again instead", "html"
# Everything that determines a page's appearance.
STYLE = re.compile(rb"<style.*?</style\s*>|<link\b[^>]*>|\sstyle\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]*)", re.I | re.S)


class Likeness(StrEnum):
    """The result of rebuilding a file. UNMADE: its bytes prove nothing, since another program made it, or it says so.
    LEFT: skipped by this machine or the user. In both cases machine-readable figures are compared."""

    SAME = "same"
    OTHER = "other"
    UNMADE = "unmade"
    LEFT = "left"


# Why a file was not rebuilt.
Undone = tuple[Likeness, str]


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """A rebuilt file and its remarks. `proven`: a PDF that was validated while rebuilt, and unchanged since."""

    name: str
    likeness: Likeness
    told: str = ""
    proven: bool = False


def make_again(
    package: Package, workspace: Workspace, prove: Prove | None = None, *, quick: bool = False
) -> tuple[MadeAgain, ...]:
    """Rebuild every file of a package and compare it with the one received. Writes nothing in the workspace but cached
    results. `quick` skips what shows the same as a page made anyway. Raises ReporterError when the sources give no
    edition."""
    state, recipient = packed_edition(received_sources(package), workspace)
    claimed = stated_labels(package)
    documents, undone = _documents(package, workspace, state, recipient, prove, quick=quick)
    sent = consignment_of(state, recipient, documents, claimed.get(MADE_BY, ""), claimed.get(REPLACES, ""))
    letter: Write | None = None
    if not quick:
        with suppress(NoPaperError):
            require_paper()
            from reporter.exchange.package.letter import letter_writer

            letter = letter_writer(prove or unproven)
    if letter is None:
        undone[f"{sent.name}{LETTER}"] = Likeness.LEFT, NO_LETTER
    if prove is None:
        reports = (f"{VALIDATION}{sent.stem}-pdf.{ending}" for ending in ("json", "txt"))
        undone |= dict.fromkeys(reports, (Likeness.LEFT, UNJUDGED))
    # A machine that cannot make letters uses the one received.
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
    # Letter and unsigned documents are validated as they are made.
    papers = [forms[PAPER] for forms in sent.documents.values() if PAPER in forms]
    judged = {f"{DATA}{path_of(each)}" for each in papers if not each.unsigned}
    proven = judged | {f"{DATA}{sent.name}{LETTER}"} if prove else set()
    return tuple(replace(each, proven=each.likeness is Likeness.SAME and each.name in proven) for each in found)


def _documents(
    package: Package,
    workspace: Workspace,
    state: EditionState,
    recipient: Recipient,
    prove: Prove | None,
    *,
    quick: bool,
) -> tuple[dict[Job, dict[str, MadeFile]], dict[str, Undone]]:
    """The documents of an edition, and why others were not rebuilt: the received ones replace them in other files."""
    languages = languages_of(recipient, state.checked.dataset.settings.languages)
    forms = {job: tuple(each for each in job.formats if each in recipient.gets) for job in state.jobs(languages)}
    outcomes = _outcomes(workspace, state, forms, prove, quick=quick)
    documents: dict[Job, dict[str, MadeFile]] = {job: {} for job in forms}
    undone: dict[str, Undone] = {}
    maker = _publisher(state)
    for job, form in ((job, form) for job, each in forms.items() for form in each):
        came, outcome = _came(package, f"{job.name}.{form}"), outcomes.get(job)
        path = path_of(came)
        if outcome and form in outcome.files:
            content = outcome.files[form].read()
            made = _made(came, content)
            if maker and made.content.sums != came.content.sums:
                files = {came.name: content}
                sent = package.files.get(f"{DATA}{path}", b"")
                wrong = altered_figure(came.name, sent, files)
                look = "" if wrong else _appearance(came.name, sent, content)
                undone[path] = (Likeness.OTHER, wrong) if wrong else (Likeness.UNMADE, f"{maker}{look}")
            else:
                came = replace(made, proof=outcome.files[form].proof) if prove and form == PAPER else made
        elif outcome and outcome.error:
            likeness = Likeness.UNMADE if maker else Likeness.OTHER
            undone[path] = likeness, f"cannot be made again: {outcome.error}"
        else:
            undone[path] = Likeness.LEFT, (outcome and outcome.unmade) or AS_PAGE
        documents[job][form] = replace(came, program=state.release.program if state.release else __version__)
    return documents, undone


def _outcomes(
    workspace: Workspace, state: EditionState, forms: Mapping[Job, tuple[str, ...]], prove: Prove | None, *, quick: bool
) -> dict[Job, Outcome]:
    orders = []
    for job, each in forms.items():
        due = tuple(form for form in each if form != PAPER) if quick and PAGE in each else each
        order = order_of(state.sources, job, program_digest(), due)
        orders += [replace(order, proven=True, partial=True)] if due else []
    outcomes = produce_all(workspace, orders, [state] * len(orders), prove or unproven)
    return {order.job: outcome for order, outcome in zip(orders, outcomes, strict=True)}


def _came(package: Package, name: str) -> MadeFile:
    """A received document, signed or not, with its validation results in the package."""
    signed = signed_name(name)
    came = MadeFile(measure(b""), name=signed if f"{DATA}{signed}" in package.names else name)
    content = measure(package.files.get(f"{DATA}{path_of(came)}", b""))
    told = next((each for each in _reports(package) if each.get("path") == came.name), {})
    sha256, proof = str(told.get("unsigned_sha256", content.sha256)), told.get("results")
    unsigned = "" if sha256 == content.sha256 else sha256
    return replace(came, content=content, unsigned=unsigned, proof=proof if isinstance(proof, list) else [])


def _made(came: MadeFile, made: bytes) -> MadeFile:
    """The rebuilt document; the signed one if it only adds a signature."""
    content, unsigned = came.read(), measure(made)
    if len(content) > len(made) and content.startswith(made) and not signing_flaw(made, content):
        return replace(came, unsigned=unsigned.sha256)
    return replace(came, content=unsigned, unsigned="")


def _reports(package: Package) -> Iterator[Mapping[str, object]]:
    """The validation results of PDFs in a package, as far as they can be read."""
    for name in package.payload:
        if name.startswith(f"{DATA}{VALIDATION}") and name.endswith("-pdf.json"):
            with suppress(ReporterError, ValueError, RecursionError):
                content = json.loads(package.read(name))
                yield from (each for each in content if isinstance(each, dict)) if isinstance(content, list) else ()


def _compared(package: Package, name: str, made: Measured | None, undone: Undone | None, maker: str) -> MadeAgain:
    """Compare a file with the rebuilt one. `maker` is the other program that made it, if any."""
    if made is None:
        return MadeAgain(name, Likeness.OTHER, "was added: nothing in the package gives it")
    if name not in package.names:
        likeness = Likeness.UNMADE if maker else Likeness.OTHER
        return MadeAgain(name, likeness, "is missing: the sources in the package give it")
    if undone and (maker or undone[1] != UNJUDGED):
        return MadeAgain(name, *undone)
    sent, again = package.read(name), b"".join(pieces(made.source))
    if sent == again:
        # A report on PDFs repeats their own statement where they are not validated again.
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
    """Differences of appearance: pictures of a PDF's pages, where they can be drawn, or a page's stylesheets."""
    if name.endswith(PDF):
        try:
            with extra():
                from reporter.formats.validate.vera import first_unlike_page
            page = first_unlike_page(sent, made)
        except ReporterError as problem:
            return f"; its pages cannot be drawn: {problem.message}"
        return f"; page {page} looks different" if page else "; every page looks the same"
    foreign = name.endswith(f".{PAGE}") and set(STYLE.findall(sent)) - set(STYLE.findall(made))
    return "; it has a stylesheet that is neither ours nor in its sources" if foreign else ""


def _publisher(state: EditionState) -> str:
    return f"made by reporter {state.release.program}" if state.release and changed_tools(state.release) else ""


def _maker_of(name: str, sent: Consignment, state: EditionState) -> str:
    documents = {f"{DATA}{path_of(each)}" for forms in sent.documents.values() for each in forms.values()}
    if name in documents and state.release:
        return _publisher(state)
    return "" if sent.made_by == made_by() else f"made by {sent.made_by or 'an earlier program'}"


def unproven(*_: object) -> tuple[()]:
    """Skip the validation of a PDF that was validated when it was made."""
    return ()
