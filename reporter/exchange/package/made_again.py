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
    BY_COLUMN,
    CODES,
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
# Columns and a member with the codes of a figure; files of earlier versions have none.
BY_DIMENSION = (BY_COLUMN, CODES)
# Words for people, which another version may put differently: columns, members and labels.
WORDS = re.compile(r".*label|row|column|within|title|reason|note|markdown|External-Description|Small-Counts")
# A column missing from files of earlier versions.
LATER = COMPARABLE
# The other members of the JSON of figures.
JSON_STATES = ("country", "years", "status", "audience", "language", "published", "data_cutoff", "coverage")
NUMERIC = re.compile(r"-?[0-9][0-9.E+-]*")
# Accepted as stated: who made a package, and the sum of its files.
UNPROVABLE = ("Made-By", "Payload-Oxum")


def first_difference(name: str, sent: bytes, rebuilt_copy: bytes) -> str:
    """The first difference between a file and its rebuilt copy: the figure, line or page, else the byte."""
    try:
        flaw = altered_figure(name, sent, {name: rebuilt_copy}) or next(_differences(name, sent, rebuilt_copy), "")
    except MALFORMED as problem:
        flaw = f"cannot be read: {problem}"[:200]
    at = next((place for place, (one, other) in enumerate(zip(sent, rebuilt_copy, strict=False)) if one != other), None)
    return flaw or f"differs from byte {(min(len(sent), len(rebuilt_copy)) if at is None else at) + 1} on"


def altered_figure(name: str, sent: bytes, copies: Mapping[str, bytes]) -> str:
    """The first figure of a file that its sources do not give, in any file format; empty for none, and for files
    without machine-readable figures. `copies` are rebuilt files by name; for a PDF not among them, its attachments."""
    try:
        cells = _altered_cells(name, sent, copies[name]) if name in copies and name.endswith(PAGES) else ()
        return next((flaw for flaws in (_altered(name, sent, copies), cells) for flaw in flaws), "")
    except MALFORMED as problem:
        return f"cannot be read: {problem}"[:200]


def _altered(name: str, sent: bytes, rebuilt_files: Mapping[str, bytes]) -> Iterator[str]:
    if name.endswith(".pdf") and name in rebuilt_files:
        yield from _attached(dict(attached_files(sent)), dict(attached_files(rebuilt_files[name])), _altered_values)
    elif name.endswith(".pdf"):
        for part, data in (pair for pair in attached_files(sent) if ALL.fullmatch(pair[0])):
            yield from (f"in the file {part} attached to it, {flaw}" for flaw in _altered(part, data, rebuilt_files))
    states_all = ALL.fullmatch(name)
    if not (states_all or name.lower().endswith(".csv")):
        return
    if name not in rebuilt_files:
        yield "was added: nothing in the package gives it"
    elif states_all:
        due, stated = (_figures(name, content) for content in (rebuilt_files[name], sent))
        # Earlier versions did not write derived zeros.
        due = {key: line for key, line in due.items() if key in stated or line["status"] != WORKED_OUT}
        columns = {column for line in stated.values() for column in line if column.startswith(BY_DIMENSION)}
        yield from figure_differences(due, stated, (*STATED, *sorted(columns)))
        if name.endswith(".json"):
            yield from _altered_members(sent, rebuilt_files[name])
        elif name.endswith(".xlsx"):
            yield from _sheets(sent, rebuilt_files[name])
    else:
        yield from _altered_rows(
            *(list(csv.reader(io.StringIO(content.decode()), strict=True)) for content in (sent, rebuilt_files[name]))
        )


def _altered_members(sent: bytes, rebuilt_copy: bytes) -> Iterator[str]:
    """The members of the JSON of figures, other than figures, that differ."""

    def wordless(pairs: list[tuple[str, object]]) -> dict[str, object]:
        return {key: value for key, value in pairs if not WORDS.fullmatch(key)}

    one, other = (json.loads(content, object_pairs_hook=wordless) for content in (sent, rebuilt_copy))
    for key in JSON_STATES:
        here, there = (json.dumps(members.get(key)) for members in (one, other))
        if here != there:
            yield f"{key}: {_changed(here, there)}"


def _altered_rows(sent: list[list[str]], copy: list[list[str]]) -> Iterator[str]:
    """The lines of a table that differ in the columns for machines."""
    heads = (sent or [[]])[0]
    columns = [head for head in (copy or [[]])[0] if not WORDS.fullmatch(head) and (head in heads or head != LATER)]
    if lacking := [head for head in columns if head not in heads]:
        yield f"has no column {lacking[0]!r}"
        return
    one, other = (
        [[row[at] for at in map(table[0].index, columns) if at < len(row)] for row in table] for table in (sent, copy)
    )
    nothing: list[str] = []
    for number, (here, there) in enumerate(zip_longest(one, other, fillvalue=nothing), 1):
        named = f"line {number} ({', '.join(text for text in (there or here)[:NAMING] if text)})"
        if len(here) != len(there):
            yield f"{named} {'was added' if not there else 'is missing' if not here else 'has other columns'}"
        for head, cell, due in zip(columns, here, there, strict=False):
            if cell != due:
                yield f"{named}: {head} is {value_text(cell)}, made again {value_text(due)}"


def _altered_cells(name: str, sent: bytes, rebuilt_copy: bytes) -> Iterator[str]:
    """The numbers of a page's tables and charts that differ at a figure. Earlier versions printed no derived zeros."""
    try:
        due, stated = read_numbers(name, rebuilt_copy).numbers, read_numbers(name, sent).numbers
    except MALFORMED:
        return
    values_by_key: dict[tuple[object, ...], set[Decimal | None]] = {}
    for due_number in due:
        values_by_key.setdefault((due_number.country, due_number.figures, due_number.year), set()).add(due_number.value)
    for number in stated:
        values = values_by_key.get((number.country, number.figures, number.year), {number.value})
        if number.value is not None and number.value not in values and (number.value or values != {None}):
            there = next((value for value in values if value is not None), None)
            place = f"{' + '.join(number.figures)}{f' {number.year}' if number.year else ''}"
            yield f"{place} is {value_text(number.value)} in {number.place}, made again {value_text(there)}"


def _sheets(sent: bytes, rebuilt_copy: bytes) -> Iterator[str]:
    """The numbers of a workbook that differ in rows of the same name and place."""
    due = {name: list(rows) for name, rows in sheet_rows(rebuilt_copy)}
    for name, rows in sheet_rows(sent):
        for number, (one, other) in enumerate(zip(list(rows), due.get(name, []), strict=False), 1):
            if next(filter(None, one), "") == next(filter(None, other), ""):
                for here, there in zip_longest(one, other, fillvalue=""):
                    if here != there and (NUMERIC.fullmatch(here) or NUMERIC.fullmatch(there)):
                        place = f"{name.rpartition('/')[2]}, row {number} ({next(filter(None, other), '')})"
                        yield f"{place}: is {value_text(here)}, made again {value_text(there)}"


def altered_labels(sent: str, rebuilt_copy: str) -> Iterator[str]:
    """The labels of a package that differ from its sources', except unprovable ones. Words need only be present."""
    one, other = ([line.partition(": ") for line in text.splitlines()] for text in (sent, rebuilt_copy))
    for label in dict.fromkeys(name for name, _, _ in (*one, *other) if name not in UNPROVABLE):
        here, there = (", ".join(text for name, _, text in lines if name == label) for lines in (one, other))
        if here != there and not (WORDS.fullmatch(label) and here and there):
            yield f"{label} is {value_text(here)}, made again {value_text(there)}"


def _figures(name: str, content: bytes) -> Figures:
    if name.endswith(".csv"):
        return figures_of(read_lines(io.StringIO(content.decode(), newline="")))
    return read_workbook(content) if name.endswith(".xlsx") else read_json(content)


def _differences(name: str, sent: bytes, rebuilt_copy: bytes) -> Iterator[str]:
    """The lines of a text, or the pages of a PDF, that differ."""
    if name.endswith(".pdf"):
        if sent.startswith(rebuilt_copy) and (flaw := signing_flaw(rebuilt_copy, sent)):
            yield flaw
        yield from _attached(dict(attached_files(sent)), dict(attached_files(rebuilt_copy)))
    elif not TEXT.fullmatch(name):
        return
    is_text = not name.endswith(".pdf")
    pairs = (content.decode().splitlines() if is_text else page_texts(content) for content in (sent, rebuilt_copy))
    for number, (here, there) in enumerate(zip_longest(*pairs), 1):
        place = f"{'line' if is_text else 'page'} {number}"
        if here is None or there is None:
            words = f": {_cut(here or there or '')}" if is_text else ""
            yield f"{place} {'was added' if there is None else 'is missing'}{words}"
        elif here != there:
            yield f"{place}: {_changed(here, there)}"


def _changed(sent: str, rebuilt_copy: str) -> str:
    """The words in which two texts differ; those within tags only where nothing else differs."""
    here, there = (WORD.findall(TAG.sub(" ", text)) for text in (sent, rebuilt_copy))
    if here == there:
        here, there = WORD.findall(sent), WORD.findall(rebuilt_copy)
    least = min(len(here), len(there))
    begin = next((at for at in range(least) if here[at] != there[at]), least)
    same = next((at for at in range(least - begin) if here[-1 - at] != there[-1 - at]), least - begin)
    here_words, there_words = (_cut(" ".join(words[begin : len(words) - same])) for words in (here, there))
    before = " ".join(here[max(0, begin - 3) : begin])[-AROUND:]
    return f"after “{before}” it says “{here_words}”, made again “{there_words}”" if here != there else "blanks differ"


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _altered_values(name: str, sent: bytes, copy: bytes) -> str:
    return altered_figure(name, sent, {name: copy}) if name.endswith(".csv") else first_difference(name, sent, copy)


def _attached(
    sent: Mapping[str, bytes], copies: Mapping[str, bytes], tell: Callable[[str, bytes, bytes], str] = first_difference
) -> Iterator[str]:
    for name in dict.fromkeys((*copies, *sent)):
        if name not in sent or name not in copies:
            yield f"the file {name} attached to it {'is missing' if name not in sent else 'was added'}"
        elif sent[name] != copies[name] and (flaw := tell(name, sent[name], copies[name])):
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
    remarks: str = ""
    proven: bool = False


def make_again(
    package: Package, workspace: Workspace, prove: Prove | None = None, *, quick: bool = False
) -> tuple[MadeAgain, ...]:
    """Rebuild every file of a package and compare it with the one received; only caches are written. `quick` skips what
    shows the same as a page made anyway. Raises ReporterError when the sources give no edition."""
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
    observed = observations_csv(sent.vintage, sent.locale.language, recipient.audience).encode()
    figures = {f"{sent.stem}{OBSERVATIONS}": observed}
    for path in (name for name in undone if name.endswith(PDF) and f"{DATA}{name}" in package.names):
        if wrong := altered_figure(path, package.read(f"{DATA}{path}"), figures):
            undone[path] = Likeness.OTHER, wrong
    info = info_text({f"{DATA}{name}": content for name, content in files.items()}, package_info(sent))
    copies = {f"{DATA}{name}": content for name, content in files.items()} | {INFO: measure(info.encode())}
    items = (
        _compared(package, name, copies.get(name), undone.get(name.removeprefix(DATA)), _maker_of(name, sent, state))
        for name in dict.fromkeys((*copies, *package.payload))
    )
    # Letter and unsigned documents are validated as they are made.
    papers = [forms[PAPER] for forms in sent.documents.values() if PAPER in forms]
    judged = {f"{DATA}{path_of(paper)}" for paper in papers if not paper.unsigned}
    proven = judged | {f"{DATA}{sent.name}{LETTER}"} if prove else set()
    return tuple(replace(file, proven=file.likeness is Likeness.SAME and file.name in proven) for file in items)


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
    forms = {job: tuple(kind for kind in job.formats if kind in recipient.gets) for job in state.jobs(languages)}
    outcomes = _outcomes(workspace, state, forms, prove, quick=quick)
    documents: dict[Job, dict[str, MadeFile]] = {job: {} for job in forms}
    undone: dict[str, Undone] = {}
    maker = _publisher(state)
    for job, form in ((job, form) for job, job_forms in forms.items() for form in job_forms):
        came, outcome = _came(package, f"{job.name}.{form}"), outcomes.get(job)
        path = path_of(came)
        if outcome and form in outcome.files:
            content = outcome.files[form].read()
            copy = _rebuilt_file(came, content)
            if maker and copy.content.sums != came.content.sums:
                files = {came.name: content}
                sent = package.files.get(f"{DATA}{path}", b"")
                wrong = altered_figure(came.name, sent, files)
                look = "" if wrong else _appearance(came.name, sent, content)
                undone[path] = (Likeness.OTHER, wrong) if wrong else (Likeness.UNMADE, f"{maker}{look}")
            else:
                came = replace(copy, proof=outcome.files[form].proof) if prove and form == PAPER else copy
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
    for job, job_forms in forms.items():
        due = tuple(form for form in job_forms if form != PAPER) if quick and PAGE in job_forms else job_forms
        order = order_of(state.sources, job, program_digest(), due)
        orders += [replace(order, proven=True, partial=True)] if due else []
    outcomes = produce_all(workspace, orders, [state] * len(orders), prove or unproven)
    return {order.job: outcome for order, outcome in zip(orders, outcomes, strict=True)}


def _came(package: Package, name: str) -> MadeFile:
    """A received document, signed or not, with its validation results in the package."""
    signed = signed_name(name)
    came = MadeFile(measure(b""), name=signed if f"{DATA}{signed}" in package.names else name)
    content = measure(package.files.get(f"{DATA}{path_of(came)}", b""))
    report = next((entry for entry in _reports(package) if entry.get("path") == came.name), {})
    sha256, proof = str(report.get("unsigned_sha256", content.sha256)), report.get("results")
    unsigned = "" if sha256 == content.sha256 else sha256
    return replace(came, content=content, unsigned=unsigned, proof=proof if isinstance(proof, list) else [])


def _rebuilt_file(came: MadeFile, copy: bytes) -> MadeFile:
    """The rebuilt document; the signed one if it only adds a signature."""
    content, unsigned = came.read(), measure(copy)
    if len(content) > len(copy) and content.startswith(copy) and not signing_flaw(copy, content):
        return replace(came, unsigned=unsigned.sha256)
    return replace(came, content=unsigned, unsigned="")


def _reports(package: Package) -> Iterator[Mapping[str, object]]:
    """The validation results of PDFs in a package, as far as they can be read."""
    for name in package.payload:
        if name.startswith(f"{DATA}{VALIDATION}") and name.endswith("-pdf.json"):
            with suppress(ReporterError, ValueError, RecursionError):
                content = json.loads(package.read(name))
                yield from (entry for entry in content if isinstance(entry, dict)) if isinstance(content, list) else ()


def _compared(package: Package, name: str, copy: Measured | None, undone: Undone | None, maker: str) -> MadeAgain:
    """Compare a file with the rebuilt one. `maker` is the other program that made it, if any."""
    if copy is None:
        return MadeAgain(name, Likeness.OTHER, "was added: nothing in the package gives it")
    if name not in package.names:
        likeness = Likeness.UNMADE if maker else Likeness.OTHER
        return MadeAgain(name, likeness, "is missing: the sources in the package give it")
    if undone and (maker or undone[1] != UNJUDGED):
        return MadeAgain(name, *undone)
    sent, again = package.read(name), b"".join(pieces(copy.source))
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


def _appearance(name: str, sent: bytes, rebuilt_copy: bytes) -> str:
    """Differences of appearance: pictures of a PDF's pages, where they can be drawn, or a page's stylesheets."""
    if name.endswith(PDF):
        try:
            with extra():
                from reporter.formats.validate.vera import first_unlike_page
            page = first_unlike_page(sent, rebuilt_copy)
        except ReporterError as problem:
            return f"; its pages cannot be drawn: {problem.message}"
        return f"; page {page} looks different" if page else "; every page looks the same"
    foreign = name.endswith(f".{PAGE}") and set(STYLE.findall(sent)) - set(STYLE.findall(rebuilt_copy))
    return "; it has a stylesheet that is neither ours nor in its sources" if foreign else ""


def _publisher(state: EditionState) -> str:
    return f"made by reporter {state.release.program}" if state.release and changed_tools(state.release) else ""


def _maker_of(name: str, sent: Consignment, state: EditionState) -> str:
    documents = {f"{DATA}{path_of(document)}" for forms in sent.documents.values() for document in forms.values()}
    if name in documents and state.release:
        return _publisher(state)
    return "" if sent.made_by == made_by() else f"made by {sent.made_by or 'an earlier program'}"


def unproven(*_: object) -> tuple[()]:
    """Skip the validation of a PDF that was validated when it was made."""
    return ()
