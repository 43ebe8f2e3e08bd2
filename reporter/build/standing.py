"""How an edition stands and what is due: what is missing, what was sent, how many days are left."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reporter.build.gate import blocking
from reporter.build.inventory import sums_of
from reporter.build.packaging import place_of
from reporter.build.plan import FORMATS, Job, current, program_digest
from reporter.build.proof import Checked
from reporter.build.release import changed_inputs, state_of, unchanged
from reporter.errors import Finding, Severity
from reporter.files.workspace import Workspace
from reporter.load.release import read_releases
from reporter.model import Deadline, EditionStatus, Release, Settings
from reporter.submission.file_names import signed_name
from reporter.submission.history import FiledReceipt, History
from reporter.submission.package_label import edition_number
from reporter.submission.state import OutboxItem, State

TRANSLATION = ("translation-missing", "translation-behind", "untranslated")
SENT = str(State.SENT)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A message about an edition, with the receipts that came back for it."""

    item: OutboxItem
    receipts: tuple[FiledReceipt, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an edition stands: its status, what was published of it, what it lacks, what was sent of it."""

    country: str
    year: int
    status: EditionStatus
    releases: tuple[Release, ...]
    missing: tuple[str, ...]
    sent: tuple[Dispatch, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """One date of a deadline: for which reference year, in how many days (negative: overdue), what it waits for.

    `done` tells when it was sent to the last of those it is for, empty when it was not.
    """

    deadline: Deadline
    year: int
    date: str
    days: int
    missing: tuple[str, ...]
    done: str


def standing_of(workspace: Workspace, checked: Checked, country: str, year: int, history: History) -> Standing:
    """How an edition stands; its year must have a file."""
    data = checked.dataset.country(country)
    file = data.year(year) if data else None
    if file is None:
        raise LookupError(f"{country} {year}")
    settings, releases = checked.dataset.settings, read_releases(workspace.root, country, year)
    missing = (
        *_of_data(checked.findings, file.status, year),
        *_of_files(workspace, country, year, settings, releases),
        *_of_releases(workspace, releases),
        *_of_sending(workspace, country, year, settings, history, releases),
    )
    return Standing(
        country=country,
        year=year,
        status=file.status,
        releases=releases,
        missing=missing,
        sent=sent_of(history, country, year),
    )


def sent_of(history: History, country: str, year: int) -> tuple[Dispatch, ...]:
    """The messages whose package says that it is of an edition, in the order they were queued."""
    mine = (each for each in history.items if (each.country, each.year) == (country, year))
    return tuple(
        Dispatch(each, tuple(back for back in history.receipts if back.dispatch == each.dispatch)) for each in mine
    )


def served_of(history: History, country: str, year: int, number: int = 0) -> dict[str, str]:
    """When each recipient was sent a package of an edition, of that number or a later one, all its parts."""
    sent = [each.item for each in sent_of(history, country, year) if each.item.edition >= number]
    waiting = {each.dispatch for each in sent if each.state != SENT}
    return {each.recipient: each.changed for each in sent if each.dispatch not in waiting}


def _of_data(findings: Sequence[Finding], status: EditionStatus, year: int) -> Iterator[str]:
    if status is not EditionStatus.FINAL:
        yield f"the status is {status}, not final"
    errors = len(blocking(findings, year, strict=False))
    if errors:
        yield f"errors open: {errors}"
    counts = Counter(each.code in TRANSLATION for each in findings if _is_open(each, year))
    if counts[False]:
        yield f"warnings open: {counts[False]}"
    if counts[True]:
        yield f"translations: {counts[True]}"


def _is_open(finding: Finding, year: int) -> bool:
    return finding.severity is Severity.WARNING and not finding.accepted and year in (finding.year, finding.since)


def _of_releases(workspace: Workspace, releases: Sequence[Release]) -> Iterator[str]:
    """Whether it is published, and each file that is not what was published."""
    if not releases:
        yield "it is not published: reporter publish"
        return
    yield from (f"changed since it was published: {each.name}" for each in changed_inputs(workspace, releases[-1]))


def _of_files(
    workspace: Workspace, country: str, year: int, settings: Settings, releases: Sequence[Release]
) -> Iterator[str]:
    published, program = releases[-1].files if releases else (), program_digest()
    release = unchanged(workspace, country, year)
    frozen = dict(release.files) if release else {}
    for job in (Job(country, year, language) for language in settings.languages):
        known = current(workspace, job, state_of(workspace, job, program, release))
        for form in FORMATS:
            path = job.file(workspace, form)
            # What was published stays what it is, by whatever program it was made.
            if path.is_file() and sums_of({path.name: path.read_bytes()})[0] in published:
                continue
            if path.is_file() and path.name in frozen:
                yield f"{path.name} is not what was published"
            elif form not in known:
                yield f"{path.name} is {'older than what it is made from' if path.exists() else 'not built'}"
            elif form == "pdf" and not known[form]["validated"]:
                yield f"{path.name} is not validated"


def _of_sending(
    workspace: Workspace,
    country: str,
    year: int,
    settings: Settings,
    history: History,
    releases: Sequence[Release],
) -> Iterator[str]:
    """Who was not sent what was published last; a corrigendum is to be sent to everybody anew."""
    number = releases[-1].number if releases else 0
    sent, ever = served_of(history, country, year, number), served_of(history, country, year)
    for code in (each.code for each in settings.recipients if each.code not in sent):
        there = _is_packed(place_of(workspace, country, year, code), number)
        earlier = ", an earlier number was sent" if code in ever else ""
        yield f"{code}: {_lacking(number, there=there)}{earlier}"


def _lacking(number: int, *, there: bool) -> str:
    """What a recipient lacks: a package, or that it was sent."""
    if number:
        return f"corrigendum {number} is not sent" if there else f"no package of corrigendum {number}"
    return "not sent" if there else "no package"


def _is_packed(place: Path, number: int) -> bool:
    """Whether a package of that number lies where it is packed, or at least what was signed of it."""
    return any(edition_number(each) == number for each in (place, place.with_name(signed_name(place.name))))


def dues(
    deadlines: Iterable[Deadline], today: date, country: str, years: Sequence[int], history: History
) -> tuple[Due, ...]:
    """Of each deadline the last date that has passed and the next one, the earliest first."""
    found = (due for each in deadlines for due in _dues(each, today, country, years, history))
    return tuple(sorted(found, key=lambda each: (each.date, each.deadline.code)))


def _dues(deadline: Deadline, today: date, country: str, years: Sequence[int], history: History) -> Iterator[Due]:
    days = {year: (date.fromisoformat(deadline.date(year)) - today).days for year in deadline.years(today.year)}
    passed, coming = ([year for year in days if (days[year] < 0) is late] for late in (True, False))
    for year in (*passed[-1:], *coming[:1]):
        reference = year - deadline.after
        missing, done = _waits(deadline, country, reference, years, history)
        yield Due(
            deadline=deadline, year=reference, date=deadline.date(year), days=days[year], missing=missing, done=done
        )


def _waits(
    deadline: Deadline, country: str, year: int, years: Sequence[int], history: History
) -> tuple[tuple[str, ...], str]:
    """What a date waits for and, when it waits for nothing, when the last of those it is for was served."""
    if year not in years:
        return (f"data/{country}/{year}.yaml",), ""
    served = served_of(history, country, year)
    wanted = deadline.recipients or tuple(served)
    missing = tuple(f"not sent to {each}" for each in wanted if each not in served)
    if missing or not wanted:
        return missing or ("not sent to anybody",), ""
    return (), max(served[each] for each in wanted)
