"""The state of an edition, its deadlines and the days left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reporter.data.errors import Finding, unanswered_warnings, waiting_texts
from reporter.data.files.published import published_years
from reporter.data.files.sources import Sources, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.read.yaml_tree import read_status
from reporter.data.records import Deadline, EditionStatus, Release, Settings
from reporter.editions.approvals import ApprovalState
from reporter.editions.checked import CheckedDataset, edition_findings, require_year
from reporter.editions.job import PUBLISHED, Job
from reporter.editions.program import program_digest
from reporter.editions.state import EditionState, edition_state
from reporter.exchange.package.packaging import place_of
from reporter.exchange.send.message import OutboxItem, State
from reporter.exchange.send.outgoing import edition_number
from reporter.formats.bagit.bag import signed_name

TRANSLATION = ("translation-missing", "translation-behind", "part-missing", "untranslated")
UNANSWERED = "unanswered"
History = Sequence[OutboxItem]


@dataclass(frozen=True, slots=True)
class EditionProgress:
    """What of an edition is published, missing and sent. `status` is its figures'; `approval` is set while required."""

    country: str
    year: int
    status: EditionStatus
    releases: tuple[Release, ...]
    missing: tuple[str, ...]
    sent: tuple[OutboxItem, ...]
    approval: ApprovalState | None = None


@dataclass(frozen=True, slots=True)
class DueDate:
    """One date of a deadline, and what is still to do. `year` is the reference year; `days` are those left, negative
    when overdue; `done` is when the last of its recipients was served, empty until then."""

    deadline: Deadline
    year: int
    date: str
    days: int
    missing: tuple[str, ...]
    done: str


def watched_years(sources: Sources, country: str) -> tuple[int, ...]:
    """The latest year of a country, first, and every published year. There is at least one."""
    years = known_years(sources, country)
    return tuple(sorted({years[-1], *set(published_years(sources, country)).intersection(years)}, reverse=True))


def state_of(sources: Sources, country: str, year: int) -> EditionState:
    """The state of an edition: as published, if it was, even while it is a draft again."""
    is_published = year in published_years(sources, country)
    is_draft = not is_published and read_status(sources, country, year) == EditionStatus.DRAFT
    return edition_state(sources, Job(country, year, "", draft=is_draft))


def edition_progress(
    workspace: Workspace, checked: CheckedDataset, state: EditionState, history: History, approval: ApprovalState | None
) -> EditionProgress:
    """How far an edition has come. `checked` are all files of its country; `approval` is None where none is required.
    Raises DataError when the file of its year cannot be read."""
    country, year = state.job.country, state.job.year
    file = require_year(checked, country, year).year(year)
    status = file.status if file else EditionStatus.DRAFT
    missing = (
        *_of_data(edition_findings(checked, checked.findings, country, year), status, year),
        *(approval.missing if approval else ()),
        *_of_files(state),
        *(("it is not published: reporter publish",) if state.release is None else ()),
        *(f"changed since it was published: {change.name}{change.words}" for change in state.changes),
        *_of_sending(workspace, state, checked.dataset.settings, history),
    )
    return EditionProgress(
        country=country,
        year=year,
        status=status,
        releases=state.releases,
        missing=missing,
        sent=tuple(item for item in history if (item.country, item.year) == (country, year)),
        approval=approval,
    )


def _delivery_times(history: History, country: str, year: int, number: int = 0) -> dict[str, str]:
    """When each recipient was sent a package of an edition with this number or a later one."""
    mine = (item for item in history if (item.country, item.year) == (country, year) and item.edition >= number)
    return {item.recipient: item.changed for item in mine if item.state == State.SENT}


def _of_data(findings: Sequence[Finding], status: EditionStatus, year: int) -> Iterator[str]:
    if status is not EditionStatus.FINAL:
        yield f"the status is {status}, not final"
    yield from (finding.message for finding in findings if finding.code == UNANSWERED and finding.year == year)
    if waiting := waiting_texts(findings):
        yield f"texts to decide: {len(waiting)}"
    if errors := sum(finding.stops and not finding.undecided for finding in findings):
        yield f"errors open: {errors}"
    counts = Counter(finding.code in TRANSLATION for finding in unanswered_warnings(findings))
    if counts[False]:
        yield f"warnings open: {counts[False]}"
    if counts[True]:
        yield f"translations: {counts[True]}"


def _of_files(state: EditionState) -> Iterator[str]:
    """The files under `build/` that are missing, outdated or not validated."""
    program = program_digest()
    for shelf in state.shelves.values():
        entry_by_form = shelf.recorded_entries(state.expected_digest(shelf.job, program))
        published = state.published_files(shelf.job)
        for form in shelf.job.formats:
            name, file = f"{shelf.job.name}.{form}", shelf.files.get(form)
            if form not in PUBLISHED and file is None:
                continue
            # A published file stays as it is, whichever program made it.
            if file and published.get(name) == file.sha256:
                continue
            if name in published:
                again = f"reporter publish {state.job.country} {state.job.year} restores it"
                yield f"{name} is {'not what was published' if file else 'lost'}: {again}"
            elif file is None or form not in entry_by_form or entry_by_form[form]["sha256"] != file.sha256:
                yield f"{name} is {'older than its sources' if file else 'not built'}"
            elif form == "pdf" and not entry_by_form[form]["validated"]:
                yield f"{name} is not validated"


def _of_sending(workspace: Workspace, state: EditionState, settings: Settings, history: History) -> Iterator[str]:
    """Recipients who were not sent the last published number; a corrigendum is due to all of them again."""
    country, year = state.job.country, state.job.year
    number = state.release.number if state.release else 0
    sent, ever = _delivery_times(history, country, year, number), _delivery_times(history, country, year)
    for code, audience in ((entry.code, entry.audience) for entry in settings.recipients if entry.code not in sent):
        place = place_of(workspace, country, year, code, audience)
        # The signed form of a package counts, too.
        there = any(edition_number(path) == number for path in (place, place.with_name(signed_name(place.name))))
        if number:
            lacking = f"corrigendum {number} is not sent" if there else f"no package of corrigendum {number}"
        else:
            lacking = "not sent" if there else "no package"
        earlier = ", an earlier number was sent" if code in ever else ""
        yield f"{code}: {lacking}{earlier}"


def due_dates(
    deadlines: Iterable[Deadline], today: date, country: str, years: Sequence[int], history: History
) -> tuple[DueDate, ...]:
    """The latest past date and the next date of each deadline, earliest first."""
    dates = []
    for deadline in deadlines:
        days = {year: (date.fromisoformat(deadline.date(year)) - today).days for year in deadline.years(today.year)}
        passed, coming = ([year for year in days if (days[year] < 0) is late] for late in (True, False))
        for year in (*passed[-1:], *coming[:1]):
            missing, done = _waits(deadline, country, year - deadline.after, years, history)
            dates.append(DueDate(deadline, year - deadline.after, deadline.date(year), days[year], missing, done))
    return tuple(sorted(dates, key=lambda due_date: (due_date.date, due_date.deadline.code)))


def _waits(
    deadline: Deadline, country: str, year: int, years: Sequence[int], history: History
) -> tuple[tuple[str, ...], str]:
    """What a date waits for, and when its last recipient was served (empty while it waits)."""
    if year not in years:
        return (f"data/{country}/{year}.yaml",), ""
    served = _delivery_times(history, country, year)
    wanted = deadline.recipients or tuple(served)
    missing = tuple(f"not sent to {recipient}" for recipient in wanted if recipient not in served)
    if missing or not wanted:
        return missing or ("not sent to anybody",), ""
    return (), max(served[recipient] for recipient in wanted)
