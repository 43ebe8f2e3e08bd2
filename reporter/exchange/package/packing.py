"""Pack an edition for a recipient: build what is due, check the package, and put it in place whole or not at all."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from reporter.data.errors import ReporterError
from reporter.data.extras import extra
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_error
from reporter.data.records import Audience, PackagePart, Recipient, vintage
from reporter.editions.all_findings import refuse_wrong_permissions
from reporter.editions.approvals import refuse_unpublished
from reporter.editions.audit.audited_edition import refuse_exposed
from reporter.editions.build_record import read_shelf
from reporter.editions.job import PUBLISHED, Job, select
from reporter.editions.making.due import BuildChoices, make_due
from reporter.editions.making.order import PAPER, Show, require_made
from reporter.editions.program import program_digest
from reporter.editions.signed_files import outdated_package, set_aside
from reporter.editions.state import EditionState, as_published, edition_state
from reporter.exchange.package.package_checks import AGAIN, checks_of, contradictions
from reporter.exchange.package.package_contents import Consignment, languages_of
from reporter.exchange.package.packaging import Write, consign, package_files, package_info, place_of, refuse_unready
from reporter.exchange.send.outgoing import load_settings, recipient_of
from reporter.exchange.send.storage import read_history
from reporter.figures.analysis.small_counts import Grant, grants
from reporter.formats.bagit import CHECKSUMS, Packed, open_package, pack, verify
from reporter.formats.bagit.bag import signed_name
from reporter.formats.pdf import require_paper

SUMS = ".sha256"
SIGNED = signed_name(".pdf")


@dataclass(frozen=True, eq=False)
class ReadyEdition:
    """An edition ready to be sent. `now` is the files' state, `state` what goes; `let_out` the small counts allowed."""

    workspace: Workspace
    sources: Sources
    recipient: Recipient
    now: EditionState
    state: EditionState
    let_out: tuple[Grant, ...]

    @property
    def jobs(self) -> tuple[Job, ...]:
        return self.state.jobs(languages_of(self.recipient, self.state.checked.dataset.settings.languages))

    @property
    def formats(self) -> tuple[str, ...]:
        return tuple(form for form in PUBLISHED if form in self.recipient.gets)


def ready_edition(workspace: Workspace, sources: Sources, country: str, year: int, code: str) -> ReadyEdition:
    """The edition as it would go to a recipient. Raises ReporterError when it may not go there."""
    select(sources, country, year)
    settings = load_settings(sources)
    recipient = recipient_of(settings, code)
    now = edition_state(sources, Job(country, year, recipient.language, audience=recipient.audience))
    refuse_unpublished(now, settings.approvals)
    state = as_published(now, settings.small_counts)
    refuse_unready(state, recipient, sources)
    if recipient.audience is Audience.PUBLIC:
        refuse_wrong_permissions(sources, state.checked.dataset)
    let_out = grants(vintage(state.checked.dataset, country, year))
    return ReadyEdition(workspace, sources, recipient, now=now, state=state, let_out=tuple(let_out))


def pack_edition(
    ready: ReadyEdition, moment: datetime, replaces: str = "", hear: Show = lambda *_: None
) -> tuple[Packed, Path | None]:
    """Build what is due and pack it. `replaces` names the package superseded; `hear` is called at every stage. Returns
    the package in place, and the new path of an earlier one's signed form, if any. Raises ReporterError (an earlier
    package stays), UnmadeError when a document fails."""
    workspace, state = ready.workspace, ready.state
    letter = _letter_writer(ready.recipient)
    if ready.formats:
        mains = tuple(dict.fromkeys(job.main for job in ready.jobs))
        choices = BuildChoices(ready.formats, validate=PAPER in ready.formats)
        require_made(make_due(workspace, state.sources, mains, choices, lambda _: nullcontext(hear)))
    built = replace(state, shelves={job.name: read_shelf(workspace, job) for job in ready.jobs})
    history = read_history(workspace.outbox)
    sent = consign(workspace, built, ready.recipient, program_digest(), history, replaces, now=ready.now)
    return write_package(workspace, ready.sources, sent, letter, moment)


def _letter_writer(recipient: Recipient) -> Write | None:
    """The writer of the letter, if any. Raises UsageError without validation, NoPaperError where no PDF can be made."""
    if {PackagePart.LETTER, PackagePart.PDF} & set(recipient.gets):
        require_paper()
    if PackagePart.LETTER not in recipient.gets:
        return None
    with extra():
        from reporter.formats.validate.vera import prove
    from reporter.exchange.package.letter import letter_writer

    return letter_writer(prove)


def write_package(
    workspace: Workspace, sources: Sources, sent: Consignment, letter: Write | None, moment: datetime
) -> tuple[Packed, Path | None]:
    """Write a package and its checksum under `build/`, or leave the earlier one. `sources` are for an audit."""
    recipient, vintage = sent.recipient, sent.vintage
    place = place_of(workspace, vintage.country.code, vintage.year, recipient.code, recipient.audience)
    with _staged(place.parent, place) as staging:
        packed = pack(staging / place.name, package_files(sent, letter), package_info(sent))
        _look_at_package(workspace, packed.path, moment)
        if sent.recipient.audience is Audience.PUBLIC:
            package = open_package(packed.path)
            files = {name: package.read(name) for name in package.payload}
            refuse_exposed(workspace, sources, Job(vintage.country.code, vintage.year, ""), files)
        sums = packed.path.with_name(f"{place.name}{SUMS}")
        sums.write_bytes(f"{packed.sha256}  {place.name}\n".encode("ascii"))
        # An old checksum or signed package must not remain next to a new one.
        place.with_name(sums.name).unlink(missing_ok=True)
        old = outdated_package(place, packed)
        aside = set_aside(old) if old else None
        packed.path.replace(place)
        sums.replace(place.with_name(sums.name))
    return replace(packed, path=place), aside


@contextmanager
def _staged(folder: Path, place: Path) -> Iterator[Path]:
    """A temporary, locked folder next to the package. Remains of a killed process are removed first."""
    prefix = f".packing-{place.stem}-"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".{place.stem}.lock", timeout=0):
            for left in folder.glob(f"{prefix}*"):
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as staging:
                yield Path(staging)
    except Timeout:
        raise ReporterError(f"another process packs {place.name}", hint="wait until it has finished") from None
    except OSError as problem:
        raise write_error(place, problem) from problem


def _look_at_package(workspace: Workspace, path: Path, moment: datetime) -> None:
    """Check a package as its recipient will. Raises ReporterError when its content differs from its labels or sources.
    A signed package was not validated since signing, so all of it is checked."""
    package = open_package(path)
    signed = any(name.endswith(SIGNED) for name in package.payload)
    checks = [check for check in checks_of(moment) if check.name != AGAIN] if signed else [CHECKSUMS]
    defects = tuple(defect for result in verify(path, checks) for defect in result.defects)
    if defects := defects or contradictions(package, workspace):
        message = "\n  ".join(("the package contradicts itself:", *map(str, defects)))
        raise ReporterError(message, hint="send the list to the maintainers; an earlier package is unchanged")
