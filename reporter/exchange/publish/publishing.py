"""Publish an edition or corrigendum, or rebuild one from its frozen files."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from reporter import __version__
from reporter.data.errors import DataError, Mark, ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.published import file_of, store_of
from reporter.data.files.sources import Sources, sums_of
from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import DRAFT_PREFIX, write_error, write_through, write_whole
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import add_seal, frozen_sources, release_text
from reporter.data.read.yaml_tree import read_scope
from reporter.data.records import Annexes, Approved, Audience, EditionStatus, Label, Release, Vintage, vintage
from reporter.editions.all_findings import refuse_wrong_permissions
from reporter.editions.approvals import (
    approval_state,
    audiences_of,
    require_approvals,
    state_for,
    with_reported_changes,
)
from reporter.editions.audit.audited_edition import refuse_exposed
from reporter.editions.build_record import read_shelf
from reporter.editions.changes import Departure, changed_files, changed_tools, published_audiences, refuse_changed
from reporter.editions.checked import blocking_findings, require_narrative, require_year
from reporter.editions.job import PUBLISHED, Job, inputs_of
from reporter.editions.making.build_editions import build_lock, place_files, produce_all
from reporter.editions.making.order import Outcome, Prove, Show, order_of, require_made
from reporter.editions.program import engine_versions, font_sums, program_digest, program_sum
from reporter.editions.state import EditionState, edition_state, frozen_state
from reporter.figures.analysis.small_counts import SmallCount, permission_lines, small_counts, undecided
from reporter.figures.withhold.decisions import decide
from reporter.figures.withhold.solver import require_solver
from reporter.formats.pdf import require_paper


def check_fit(state: EditionState, sources: Sources, today: str) -> None:
    """Raise ReporterError for figures that are not final, open errors, undecided small counts for the public, or texts
    confirmed on a future day. `sources` are all files of the workspace."""
    country, year = state.job.country, state.job.year
    data = require_year(state.checked, country, year)
    file = data.year(year)
    require_narrative(state.checked, country, year)
    if file and file.status is not EditionStatus.FINAL:
        hint = "write status: final when the figures are final; only final editions are published"
        raise ReporterError(f"the status is {file.status}", hint=hint, mark=file.mark)
    if stopped := blocking_findings(state.checked, year):
        raise DataError(stopped)
    if state.job.audience is Audience.PUBLIC:
        edition_vintage = vintage(state.checked.dataset, country, year)
        refuse_wrong_permissions(sources, state.checked.dataset)
        refuse_small_counts(edition_vintage, new_counts(edition_vintage, state), sources)
    if early := next((entry for entry in data.still_holds if entry.year == year and entry.day > today), None):
        hint = "enter the day on which the texts were read"
        raise ReporterError(f"the date {early.day} is in the future", hint=hint, mark=early.mark)


@contextmanager
def publishing_lock(workspace: Workspace, country: str, year: int) -> Iterator[None]:
    """Lock an edition against simultaneous publishing. The lock ends with the process."""
    place = workspace.output / f".publish-{country}-{year}.lock"
    try:
        workspace.output.mkdir(exist_ok=True)
        lock = FileLock(place, timeout=0).acquire()
    except Timeout:
        raise ReporterError(f"{country} {year} is being published", hint="wait until it has finished") from None
    except OSError as problem:
        raise write_error(place, problem) from problem
    with lock:
        yield


MOST_LISTED = 5
PROTECT = "reporter protect {country} {year} withholds {counts}, with all values from which they could be derived"
BY_HAND = "{place}: {count} is not a figure of the year: write confidentiality: A there to withhold it"
TOGETHER = "{count} would be protected by withholding {others} too: write confidentiality: A there"
PERMIT = "if they may be published, give the reason in reporter.yaml:"
ONLY_PERMIT = "no decision withholds {counts} any more; give the reason for publication in reporter.yaml:"
PERMISSIONS = "publish_small_counts:"


def new_counts(edition_vintage: Vintage, state: EditionState) -> tuple[SmallCount, ...]:
    """Undecided small counts that the next number of an edition would be the first to print. Those printed before are
    public already: a corrigendum that withholds them shows where to look."""
    counts = undecided(edition_vintage)
    if not (counts and state.release):
        return counts
    copies, _ = load_dataset(state.past, (edition_vintage.country.code,), frozen=True)
    published_counts = small_counts(vintage(copies, edition_vintage.country.code, edition_vintage.year))
    out = {(count.name, count.year, count.number) for count in published_counts}
    return tuple(count for count in counts if (count.name, count.year, count.number) not in out)


def refuse_small_counts(vintage: Vintage, counts: Sequence[SmallCount], sources: Sources) -> None:
    """Raise ReporterError with the first undecided count and a remedy. `sources` are all files of the workspace."""
    if not counts:
        return
    rows = [f"{count.mark}: {count.name} {count.year}" for count in counts[:MOST_LISTED]]
    more = [f"and {len(counts) - MOST_LISTED} more"] if len(counts) > MOST_LISTED else []
    message = "\n  ".join(("small counts would become public:", *rows, *more))
    lines = permission_lines(counts, vintage.settings.languages)
    raise ReporterError(message, hint="\n".join((*_remedies(vintage, counts, sources), PERMISSIONS, *lines)))


def _remedies(vintage: Vintage, counts: Sequence[SmallCount], sources: Sources) -> Iterator[str]:
    """Ways to withhold the counts from readers: `reporter protect` if a trial shows that it does."""
    country, year = vintage.country.code, vintage.year
    try:
        require_solver()
        decided = decide(sources, country, year)
    except (ReporterError, LookupError) as problem:
        yield f"reporter protect {country} {year} cannot be tried here: {problem}"
        yield PERMIT
        return
    left = [count for count in counts if (count.name, count.year) in decided.open_counts]
    if helped := [count for count in counts if count not in left]:
        yield PROTECT.format(country=country, year=year, counts=_named(helped) if left else "them")
    together = {(case.key.address, case.key.year): case.instead for case in decided.plan.hopeless}
    lost = []
    for open_count in left:
        partners = together.get((open_count.name, open_count.year), ())
        if open_count.values[0].owner:
            yield BY_HAND.format(place=open_count.mark, count=open_count.name)
        elif partners:
            yield TOGETHER.format(count=f"{open_count.name} {open_count.year}", others=" and ".join(map(str, partners)))
        else:
            lost.append(open_count)
    yield ONLY_PERMIT.format(counts=_named(lost) if len(lost) < len(counts) else "them") if lost else f"or, {PERMIT}"


def _named(counts: Sequence[SmallCount]) -> str:
    names = [f"{count.name} {count.year}" for count in counts[:MOST_LISTED]]
    return ", ".join(names) + (f" and {len(counts) - MOST_LISTED} more" if len(counts) > MOST_LISTED else "")


@dataclass(frozen=True, slots=True)
class PublishResult:
    """The result of publishing or rebuilding an edition. `release` is what is published, `path` its file if new;
    `restored`: files were rebuilt under `build/`. For a rebuild in memory, `files` are by name, `departures` are the
    differences of inputs, program and engines, and `lost` the files that differ from those published."""

    release: Release
    path: Path | None = None
    restored: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)
    departures: tuple[Departure, ...] = ()
    lost: tuple[Departure, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """A request to publish: who, which edition, when, and the reason of a corrigendum. Approvals are looked up then."""

    country: str
    year: int
    languages: tuple[str, ...]
    date: str
    by: str
    reason: Label
    approved: tuple[Approved, ...] = ()


def publish(
    workspace: Workspace,
    sources: Sources,
    asked: PublishRequest,
    published: Callable[[PublishResult], None],
    hear: Show = lambda *_: None,
) -> PublishResult:
    """Publish an edition or a corrigendum, unless it is published already. Its files are frozen once, and the documents
    of every audience are made from them under one number; files published before are restored. `published` is called
    with a new number before its files are put under `build/`, which may fail; `hear` at every stage. Raises
    ReporterError when the edition is not fit to be published, UnmadeError when a document fails."""
    with publishing_lock(workspace, asked.country, asked.year):
        state = edition_state(sources, Job(asked.country, asked.year, ""))
        states = [state_for(state, audience) for audience in audiences_of(state)]
        shelves = {job.name: read_shelf(workspace, job) for job in _documents(states, asked.languages)}
        states = [replace(edition, shelves=shelves) for edition in states]
        state, last = states[0], state.release
        # A corrigendum whose command was stopped after publication may be run again.
        if last and (not asked.reason or (last.reason == asked.reason and not state.changed)):
            return _restore(workspace, asked, state, last)
        if asked.reason:
            _check_corrigendum(asked, state)
        for audience_state in states:
            check_fit(audience_state, sources, asked.date)
        approval_status = with_reported_changes(approval_state(state, sources), state, sources)
        asked = replace(asked, approved=require_approvals(approval_status, asked.by, asked.date))
        inputs = inputs_of(state.sources, state.job).contents
        release = draft_release(asked, state)
        documents = _documents([_with_release(edition, release) for edition in states], asked.languages)
        outcomes = _make(workspace, documents, PUBLISHED, hear=hear)
        public = [outcome for outcome in outcomes if outcome.job.audience is Audience.PUBLIC]
        refuse_exposed(workspace, sources, state.job, _files(public))
        release = add_seal(replace(release, files=sums_of(_files(outcomes))))
        new = PublishResult(release, freeze(workspace, release, inputs))
        published(new)
        _put(workspace, _with_release(state, release), outcomes)
        return new


def draft_release(asked: PublishRequest, state: EditionState) -> Release:
    return add_seal(
        Release(
            country=asked.country,
            year=asked.year,
            number=len(state.releases),
            date=asked.date,
            by=asked.by,
            reason=asked.reason,
            approved=asked.approved,
            program=__version__,
            code=program_sum(),
            engines=engine_versions(),
            fonts=font_sums(),
            inputs=tuple((path, file.sha256) for path, file in inputs_of(state.sources, state.job).items()),
            files=(),
            mark=Mark(""),
        )
    )


def _with_release(state: EditionState, release: Release) -> EditionState:
    """The state of an edition with one more number: its record and the copies of the inputs are added."""
    country, year, number = release.country, release.year, release.number
    store = store_of(country, year, number)
    laid = {f"{store}/{path}": source_file.content for path, source_file in inputs_of(state.sources, state.job).items()}
    laid[file_of(country, year, number)] = release_text(release).encode()
    return edition_state(state.sources.overlay(laid), state.job, state.shelves)


def _documents(
    states: Sequence[EditionState], languages: Sequence[str], annexes: Annexes | None = None
) -> dict[Job, EditionState]:
    return {job: state for state in states for job in state.jobs(languages, annexes)}


def _make(
    workspace: Workspace,
    documents: Mapping[Job, EditionState],
    formats: tuple[str, ...],
    prove: Prove | None = None,
    hear: Show = lambda *_: None,
) -> list[Outcome]:
    """Make an edition's documents in memory; by default veraPDF validates the PDFs. Raises UnmadeError where one fails;
    before any work, NoPaperError where no PDF can be made and UsageError where none can be validated."""
    require_paper()
    if prove is None:
        with extra():
            from reporter.formats.validate.vera import prove
    program = program_digest()
    forms = {job: tuple(form for form in job.formats if form in formats) for job in documents}
    orders = [
        replace(order_of(state.sources, job, program, forms[job]), proven=True) for job, state in documents.items()
    ]
    outcomes = produce_all(workspace, orders, documents.values(), prove, hear)
    require_made(outcomes)
    return outcomes


def _files(outcomes: Sequence[Outcome]) -> dict[str, bytes]:
    return {f"{outcome.job.name}.{form}": file.read() for outcome in outcomes for form, file in outcome.files.items()}


def _put(workspace: Workspace, state: EditionState, outcomes: Sequence[Outcome]) -> None:
    """Put published files under `build/`. The next build leaves them as they are."""
    program = program_digest()
    for outcome in outcomes:
        if outcome.files:
            order = order_of(state.sources, outcome.job, program, tuple(outcome.files))
            with build_lock(workspace, outcome.job):
                place_files(workspace, replace(order, proven=True), outcome)


def _restore(workspace: Workspace, asked: PublishRequest, state: EditionState, last: Release) -> PublishResult:
    """Restore missing files of a published edition; rebuilt, they must equal what was published. Raises ReporterError
    if the edition changed since: the published files are restored then, too."""
    states = [state_for(state, audience) for audience in published_audiences(last)]
    jobs = tuple(_documents(states, asked.languages, read_scope(frozen_sources(state.sources, last)).annexes))
    if all(read_shelf(workspace, job).holds_files(state.published_files(job)) for job in jobs):
        refuse_changed(last, state.changes, asked.languages[0])
        return PublishResult(last)
    frozen = frozen_state(state, last)
    outcomes = _make(workspace, {job: state_for(frozen, job.audience) for job in jobs}, last.formats)
    if changed_files(last, dict(sums_of(_files(outcomes)))):
        again = f"reporter rebuild {last.country} {last.year} --verify"
        raise ReporterError(f"{last} is published, but its files cannot be rebuilt", hint=f"{again} says why")
    _put(workspace, frozen, outcomes)
    refuse_changed(last, state.changes, asked.languages[0])
    return PublishResult(last, restored=True)


def _check_corrigendum(asked: PublishRequest, state: EditionState) -> None:
    if state.release is None:
        raise UsageError(
            f"{asked.country} {asked.year} is not published yet, so nothing can be corrected",
            hint=f"reporter publish {asked.country} {asked.year}",
        )
    if not state.changed:
        raise UsageError(
            f"no file changed since {state.release} was published", hint="correct the files first, then publish"
        )
    if asked.date < state.release.date:
        hint = "correct the clock of this computer: a corrigendum is never older than what it corrects"
        raise ReporterError(f"today is {asked.date}, and {state.release} was published later", hint=hint)


def freeze(workspace: Workspace, release: Release, inputs: Mapping[str, bytes]) -> Path:
    """Store the inputs of an edition, then write its file, without which nothing is published. Raises ReporterError."""
    name = file_of(release.country, release.year, release.number)
    path = workspace.root / name
    if path.exists():
        raise UsageError(f"{name} already exists", hint="another user published it meanwhile; run this again")
    store = workspace.root / store_of(release.country, release.year, release.number)
    draft_store = store.with_name(f"{DRAFT_PREFIX}{store.name}")
    try:
        shutil.rmtree(draft_store, ignore_errors=True)
        for input_path, content in inputs.items():
            (draft_store / input_path).parent.mkdir(parents=True, exist_ok=True)
            write_through(draft_store / input_path, content)
        # Without a file of its edition, it is the remains of an interrupted publication.
        shutil.rmtree(store, ignore_errors=True)
        draft_store.rename(store)
    except OSError as problem:
        shutil.rmtree(draft_store, ignore_errors=True)
        hint = "free space on the disk, or correct the access rights of the folder; nothing was published"
        raise ReporterError(f"{store} cannot be written: {problem.strerror}", hint=hint) from None
    write_whole(path, release_text(release).encode())
    return path


# rebuilding


def rebuild(workspace: Workspace, sources: Sources, country: str, year: int, number: int | None) -> PublishResult:
    """Rebuild a published edition in memory and compare every byte: from the present files without a number, from the
    kept copies with one. Raises UsageError when there is no such edition, UnmadeError when a document fails."""
    state = edition_state(sources, Job(country, year, ""))
    release = _find_release(state, country, year, number)
    if number is not None:
        state = frozen_state(state, release)
    differing = (*state.changes, *changed_tools(release))
    if state.changed:
        return PublishResult(release, departures=differing)
    names = {name.rpartition(".")[0] for name, _ in release.files}
    languages = sorted({name.rpartition("-")[2] for name in names})
    states = [state_for(state, audience) for audience in published_audiences(release)]
    documents = {job: job_state for job, job_state in _documents(states, languages).items() if job.name in names}
    # It was validated when published; its statement on that is part of its bytes.
    files = _files(_make(workspace, documents, release.formats, lambda *_: ()))
    return PublishResult(release, files=files, departures=differing, lost=changed_files(release, dict(sums_of(files))))


def _find_release(state: EditionState, country: str, year: int, number: int | None) -> Release:
    """A published number of an edition, by default the latest. Raises UsageError when there is none."""
    if not (releases := state.releases):
        raise UsageError(f"{country} {year} was never published", hint=f"reporter publish {country} {year}")
    if number is not None and number >= len(releases):
        numbers = ", ".join(str(release.number) for release in releases)
        raise UsageError(f"{country} {year} has no number {number}", hint=f"published: {numbers}")
    return releases[-1 if number is None else number]
