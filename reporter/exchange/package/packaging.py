"""Make the package of an edition for a recipient: check, collect and describe its files, and put it in place whole."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from reporter import __version__
from reporter.data.errors import DataError, ReporterError
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.records import Audience, EditionStatus, PackagePart, Recipient, Release, vintage
from reporter.editions.build_record import Entry
from reporter.editions.changes import refuse_changed
from reporter.editions.checked import blocking_findings, require_narrative, require_year
from reporter.editions.job import PUBLISHED, Job
from reporter.editions.making.exports import extract_of, translate_extract
from reporter.editions.making.order import MadeFile
from reporter.editions.program import engine_digest, program_sum
from reporter.editions.resources import locale_lookup
from reporter.editions.signed_files import signed_form
from reporter.editions.state import EditionState
from reporter.exchange.package.crate import NAME as CRATE
from reporter.exchange.package.crate import crate_text, permission_text
from reporter.exchange.package.package_contents import (
    PARTS,
    Consignment,
    Enclosed,
    enclose,
    enclose_sources,
    languages_of,
    packed_edition,
    packed_sources,
)
from reporter.exchange.package.pdf_update import signing_flaw
from reporter.exchange.package.start_page import start_page
from reporter.exchange.publish.publishing import refuse_small_counts
from reporter.exchange.send.message import OutboxItem, State
from reporter.figures.analysis.small_counts import grants, undecided
from reporter.formats.bagit import BagInfo
from reporter.formats.bagit.bag import AUDIENCE, COUNTRY, NUMBER, RECIPIENT, YEAR, Measured, measure, package_name

AGAIN = "run it again when no program is writing there"


def finished_documents(
    workspace: Workspace, state: EditionState, job: Job, forms: tuple[str, ...], program: str
) -> dict[str, MadeFile]:
    """The built files of a document by format, signed PDFs where there are any. `program` is `program_digest`. Raises
    ReporterError for a file that differs from what was published or from its record."""
    published, shelf = state.published_files(job), state.shelves.get(job.name)
    entries = shelf.recorded_entries(state.expected_digest(job, program)) if shelf else {}
    for form, entry in entries.items():
        name = f"{job.name}.{form}"
        if published.get(name, entry["sha256"]) != entry["sha256"]:
            again = f"reporter publish {job.country} {job.year}"
            hint = f"{again} restores the published file, or says why it cannot be rebuilt"
            raise ReporterError(f"{name} is not the published file: {state.release}", hint=hint)
    built_forms = [form for form in forms if form in job.formats]
    return {form: _finished(job.file(workspace, form), form, entries, state.release) for form in built_forms}


def _finished(file: Path, form: str, entries: Mapping[str, Entry], release: Release | None) -> MadeFile:
    entry = entries.get(form)
    content = measure(file)
    if entry is None or content.sha256 != entry["sha256"] or (form == "pdf" and not entry["validated"]):
        raise ReporterError(f"{file} changed while it was packed", hint=AGAIN)
    signed, proof = signed_form(file) if form == "pdf" else None, entry.get("proof")
    if signed and (flaw := signing_flaw(file.read_bytes(), signed.read_bytes())):
        hint = "verification would reject it: move it away, and sign the PDF with reporter sign"
        raise ReporterError(f"{signed.name} {flaw}", hint=hint)
    return MadeFile(
        name=(signed or file).name,
        content=measure(signed) if signed else content,
        unsigned=content.sha256 if signed else "",
        # The user who restores a published file did not make it.
        program=release.program if release else str(entry["program"]),
        proof=proof if isinstance(proof, list) else [],
    )


FOLDER, LETTER = "package", "-letter.pdf"
STATUS, REPLACED, REPLACES = "Edition-Status", "Replaces-Edition", "Replaces"
SMALL_COUNTS, MADE_BY, APPROVED = "Small-Counts", "Made-By", "Approved-By"
CORRIGENDUM = "corrigendum"
# In these states the recipient has the package, or may have it.
LEFT = (State.SENT, State.UNKNOWN)

Write = Callable[[Consignment, Mapping[str, Enclosed]], dict[str, Enclosed]]


def refuse_unready(state: EditionState, recipient: Recipient, sources: Sources) -> None:
    """Raise ReporterError for an edition that is not final, has an open error, or changed after it was published; to
    the public also one with small counts, even if published. `sources` are all files of the workspace."""
    checked, country, year = state.checked, state.job.country, state.job.year
    if state.release:
        refuse_changed(state.release, state.changes, checked.dataset.settings.languages[0])
    require_year(checked, country, year)
    require_narrative(checked, country, year)
    edition_vintage = vintage(checked.dataset, country, year)
    if edition_vintage.edition.status is not EditionStatus.FINAL:
        raise ReporterError(
            f"the status of {year} is {edition_vintage.edition.status}; only final editions are packed",
            hint="write status: final when its figures are final",
            mark=edition_vintage.edition.mark,
        )
    if stopped := blocking_findings(checked, year):
        raise DataError(stopped)
    if recipient.audience is Audience.PUBLIC:
        refuse_small_counts(edition_vintage, undecided(edition_vintage), sources)


def consign(
    workspace: Workspace,
    state: EditionState,
    recipient: Recipient,
    program: str,
    history: Sequence[OutboxItem],
    replaces: str = "",
    *,
    now: EditionState | None = None,
) -> Consignment:
    """Gather an edition for a recipient from `build/`. A corrigendum supersedes what was sent before, unless `replaces`
    names another package. `program` is `program_digest`; `now` is today's state where the edition goes out as
    published. Raises ReporterError for a file that differs from what was published."""
    sources, forms = packed_sources(state, now or state, recipient), tuple(set(PUBLISHED) & set(recipient.gets))
    languages = languages_of(recipient, state.checked.dataset.settings.languages)
    documents = {job: finished_documents(workspace, state, job, forms, program) for job in state.jobs(languages)}
    number = state.release.number if state.release else 0
    mine = (state.job.country, state.job.year, recipient.code)
    earlier = (item for item in history if item.edition < number and item.state in LEFT)
    left = [item for item in earlier if (item.country, item.year, item.recipient) == mine]
    before = package_reference(left[-1].package, left[-1].parcel) if left else ""
    return consignment_of(*packed_edition(sources, workspace), documents, made_by(), replaces or before)


def consignment_of(
    state: EditionState,
    recipient: Recipient,
    documents: Mapping[Job, Mapping[str, MadeFile]],
    maker: str,
    replaces: str,
) -> Consignment:
    """The content of an edition's package; all of it follows from the files that travel with it."""
    speak = locale_lookup(state.sources)
    locale, languages = speak(recipient.language), state.checked.dataset.settings.languages
    extract = extract_of(state.checked, state.job, locale, erratum=state.erratum)
    return Consignment(
        sources=packed_sources(state, state, recipient),
        recipient=recipient,
        locale=locale,
        extracts={code: translate_extract(extract, speak(code)) for code in languages_of(recipient, languages)},
        documents=documents,
        replaces=replaces,
        releases=state.releases,
        made_by=maker,
    )


def made_by() -> str:
    return f"reporter {__version__}, SHA-256 {program_sum()}, with engines {engine_digest()}"


def package_reference(name: str, sha256: str) -> str:
    return f"{name}, SHA-256 {sha256}"


def letter_file(sent: Consignment, content: bytes) -> dict[str, Enclosed]:
    title = sent.locale.text("The covering letter")
    return {f"{sent.name}{LETTER}": Enclosed(measure(content), title, sent.locale.language)}


def package_files(sent: Consignment, letter: Write | None) -> dict[str, Measured]:
    """The package's files by path below `data/`: for the recipient, its letter if any, start page and description."""
    files = enclose(sent, [enclose_sources, *(PARTS[part] for part in sent.recipient.gets if part in PARTS)])
    if letter and PackagePart.LETTER in sent.recipient.gets:
        files |= letter(sent, files)
    files |= start_page(sent, files)
    return {path: enclosure.content for path, enclosure in files.items()} | {
        CRATE: measure(crate_text(sent, files, package_info(sent)))
    }


def package_info(sent: Consignment) -> BagInfo:
    """The metadata of a package, for `bag-info.txt` (RFC 8493, 2.2.2)."""
    vintage, published = sent.vintage, sent.published
    number, before = published.number if published else 0, sent.releases[-2].date if sent.correction else ""
    further = (
        (COUNTRY, vintage.country.code),
        (YEAR, str(vintage.year)),
        (STATUS, CORRIGENDUM if number else vintage.edition.status.value),
        (NUMBER, str(number) if published else ""),
        *((APPROVED, f"{approval.by}, {approval.date}") for approval in (published.approved if published else ())),
        (RECIPIENT, sent.recipient.code),
        (REPLACED, f"{number - 1}, published on {before}" if number else ""),
        (REPLACES, sent.replaces),
        *((SMALL_COUNTS, permission_text(grant, sent.locale)) for grant in grants(vintage)),
        (AUDIENCE, sent.recipient.audience if sent.recipient.audience is Audience.RESTRICTED else ""),
        (MADE_BY, sent.made_by),
    )
    return BagInfo(
        name=sent.name,
        date=date.fromisoformat(sent.extract.date),
        organisation=vintage.country.publisher.text(sent.locale.language),
        identifier=sent.name,
        description=sent.extract.title,
        further=further,
    )


def place_of(workspace: Workspace, country: str, year: int, recipient: str, audience: Audience) -> Path:
    job = Job(country, year, "", audience=audience)
    return job.folder(workspace) / FOLDER / package_name(job.begin, recipient)
