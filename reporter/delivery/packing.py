"""Pack an edition for a recipient: what every door does alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reporter.analysis.small_counts import Grant, grants
from reporter.delivery.package_contents import languages_of
from reporter.delivery.packaging import PackagingTools, PlacedPackage, consign, refuse_unready, write_package
from reporter.delivery.recipients import load_settings, recipient_of
from reporter.edition.all_findings import refuse_wrong_permissions
from reporter.edition.approvals import refuse_unpublished
from reporter.edition.as_published import as_published
from reporter.edition.job import PUBLISHED, Job, select
from reporter.edition.program import program_digest
from reporter.edition.shelf import read_shelf
from reporter.edition.state import EditionState, edition_state
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.model import Audience, Recipient, vintage
from reporter.produce.order import Outcome
from reporter.submission.history import read_history

# Makes the formats of some documents that are due, each proven if it is a PDF.
Build = Callable[[Workspace, Sources, Sequence[Job], tuple[str, ...]], list[Outcome]]


@dataclass(frozen=True, eq=False)
class ReadyEdition:
    """An edition that may go to a recipient. `now` is what the files say, `state` what goes; `let_out` are the small
    counts that a permission lets out."""

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


@dataclass(frozen=True, slots=True)
class PackedEdition:
    """How packing ended: what lies there, or what could not be made."""

    placed: PlacedPackage | None = None
    failed: tuple[Outcome, ...] = ()


def ready_edition(workspace: Workspace, sources: Sources, country: str, year: int, code: str) -> ReadyEdition:
    """The edition as it would go to a recipient. Raises ReporterError when it may not go there."""
    select(sources, country, year, ())
    settings = load_settings(sources)
    recipient = recipient_of(settings, code)
    now = edition_state(sources, Job(country, year, recipient.language, audience=recipient.audience))
    refuse_unpublished(now, settings.approvals)
    state = as_published(now, settings.small_counts)
    refuse_unready(state, recipient)
    if recipient.audience is Audience.PUBLIC:
        refuse_wrong_permissions(sources, state.checked.dataset)
    let_out = grants(vintage(state.checked.dataset, country, year))
    return ReadyEdition(workspace, sources, recipient, now=now, state=state, let_out=tuple(let_out))


def pack_edition(ready: ReadyEdition, build: Build, tools: PackagingTools, replaces: str = "") -> PackedEdition:
    """Build what is due and pack it. `replaces` names the package that it takes the place of. Raises ReporterError, and
    an earlier package stays."""
    workspace, state, jobs = ready.workspace, ready.state, ready.jobs
    if ready.formats:
        mains = tuple(dict.fromkeys(job.main for job in jobs))
        outcomes = build(workspace, state.sources, mains, ready.formats)
        if failed := tuple(each for each in outcomes if each.error):
            return PackedEdition(failed=failed)
    built = replace(state, shelves={job.name: read_shelf(workspace, job) for job in jobs})
    history = read_history(workspace.outbox)
    sent = consign(workspace, built, ready.recipient, program_digest(), history, replaces, now=ready.now)
    return PackedEdition(write_package(workspace, ready.sources, sent, tools))
