"""The state of a year: answers, decisions, findings, deadlines, deliveries."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from urllib.parse import urlencode

from reporter.data.errors import DataError, Finding, Mark, ReporterError, Severity, waiting_texts
from reporter.data.files.sources import DATA, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.outline import CHAPTERS, Outline, Part
from reporter.data.records import Country, CountryData, Dataset, EditionStatus, Passage, Settings, Status, vintage
from reporter.data.records.country import OVER, ActivityKind
from reporter.editions.approvals import demanded_approvals
from reporter.editions.checked import OF_TEXT, edition_findings, of_country, passage_at, require_year
from reporter.editions.resources import locale_lookup
from reporter.editions.state import EditionState
from reporter.exchange.agencies.asking import AgencyState, agency_states
from reporter.exchange.publish.edition_status import (
    UNANSWERED,
    DueDate,
    EditionProgress,
    due_dates,
    edition_progress,
    state_of,
    watched_years,
)
from reporter.exchange.publish.publishing import new_counts
from reporter.exchange.send.message import State
from reporter.figures.analysis.small_counts import SmallCount
from reporter.text.markdown import has_words, printed_passages
from reporter.workbench.server.workspace_reader import Reading

GENERAL, JUSTICE, HELP, LAW = "general_situation", "justice", "assistance_and_support", "framework"
PREVENTION, COOPERATION, FIGURES = "prevention_and_capacity", "international", "figures"
# By the first word of an address. Others are shown with the figures year by year.
BY_WORD: Mapping[str, str] = {
    "victims": GENERAL,
    "countries": GENERAL,
    "investigations": JUSTICE,
    "cases": JUSTICE,
    "suspects": JUSTICE,
    "persons": JUSTICE,
    "sentences": JUSTICE,
    "assistance": HELP,
    "law": LAW,
}
BY_KIND: Mapping[ActivityKind, str] = {
    ActivityKind.TRAINING: PREVENTION,
    ActivityKind.CAMPAIGN: PREVENTION,
    ActivityKind.COOPERATION: COOPERATION,
    ActivityKind.COORDINATION: LAW,
}
ACTIVITIES, TEXT = "activities", "text"
# Counted for one thing, not for the year.
OF_THINGS = "activity.", "law."


def written_chapters() -> Outline:
    return tuple(each for each in CHAPTERS if not each.made or each.code == FIGURES)


def chapter_of_address(address: str, data: CountryData) -> str:
    word, _, rest = address.partition(".")
    if word == TEXT:
        return chapter_of_section(rest.partition(".")[0])
    if word == ACTIVITIES:
        code = rest.partition(".")[0]
        return next((BY_KIND[each.kind] for each in data.activities if each.code == code), FIGURES)
    return BY_WORD.get(word, FIGURES)


def chapter_of_section(section: str) -> str:
    """The code of the chapter of a section or chart, empty for none."""
    return _places().get(section.removeprefix(OVER[0]).removeprefix(OVER[1]), "")


def part_of_section(section: str) -> Part | None:
    """The part whose text contains a section or the headline of a chart; None for none."""
    name = section.removeprefix(OVER[0]).removeprefix(OVER[1])
    written = (part for chapter in written_chapters() for part in chapter.walk() if not part.made)
    return next((part for part in written if name == part.code or name in part.blocks), None)


def chapter_of_finding(finding: Finding, data: CountryData) -> str:
    """The code of the chapter that a finding is about; empty for files or settings."""
    if OF_TEXT.match(finding.mark.path):
        passage = passage_at(finding, data.passages)
        return chapter_of_section(passage.section) if passage else ""
    return chapter_of_address(finding.figure, data) if finding.figure else ""


@cache
def _places() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for chapter in CHAPTERS:
        for part in chapter.walk():
            found |= dict.fromkeys((part.code, *part.blocks), chapter.code)
    return found


def unwritten(chapter: Part, passages: tuple[Passage, ...]) -> tuple[str, ...]:
    written = {each.section for each in passages}
    return tuple(part.code for part in chapter.walk() if not (part.made or part.parts or part.code in written))


COUNTRIES = "countries"


class TextState(StrEnum):
    """The state of a text in an edition."""

    ANEW = "anew"
    HOLDS = "holds"
    UNDECIDED = "undecided"
    UNWRITTEN = "unwritten"


@dataclass(frozen=True, slots=True)
class ChapterState:
    """The state of a chapter: its figures, texts and findings. `figures` are those required in the file of the year:
    the mark of an open one, None when it is answered. `texts` are in reading order."""

    code: str
    title: str
    figures: tuple[Mark | None, ...]
    texts: tuple[TextState, ...]
    findings: tuple[Finding, ...]

    def count(self, state: TextState) -> int:
        return self.texts.count(state)

    @property
    def texts_in_order(self) -> tuple[TextState, ...]:
        return tuple(each for each in TextState for _ in range(self.count(each)))

    @property
    def open_figures(self) -> int:
        return len(self.figures) - self.figures.count(None)

    def weighing(self, severity: Severity) -> int:
        return sum(each.severity == severity for each in self.findings)


@dataclass(frozen=True, slots=True)
class SentState:
    """The number of recipients that were sent a published edition; `receipts` is how many have a receipt."""

    progress: EditionProgress
    served: int
    wanted: int
    receipts: int


@dataclass(frozen=True, eq=False)
class YearState:
    """The state of a year. `chapters` are in reading order; the last one, without a code, is for files and settings.
    `found` are all findings, including notes and accepted ones; `unread` those that prevent reading. `small` are
    undecided counts that could identify someone. `due` has the earliest date first, `sent` the latest year."""

    dataset: Dataset
    country: Country
    data: CountryData
    year: int
    years: tuple[int, ...]
    progress: EditionProgress
    edition: EditionState
    chapters: tuple[ChapterState, ...]
    found: tuple[Finding, ...]
    unread: tuple[Finding, ...]
    small: tuple[SmallCount, ...]
    due: tuple[DueDate, ...]
    sent: tuple[SentState, ...]
    agencies: tuple[AgencyState, ...]

    @property
    def changed(self) -> bool:
        """Whether it differs from what was last published."""
        return bool(self.edition.changes)

    @property
    def waiting(self) -> int:
        return len({each.figure for agency in self.agencies for each in agency.waiting})

    @property
    def shown_agencies(self) -> tuple[AgencyState, ...]:
        return tuple(each for each in self.agencies if each.waiting or not each.is_publication)

    @property
    def figures(self) -> tuple[Mark | None, ...]:
        return tuple(each for chapter in self.chapters for each in chapter.figures)

    @property
    def open_figures(self) -> tuple[Mark, ...]:
        return tuple(sorted(filter(None, self.figures)))

    @property
    def texts(self) -> tuple[TextState, ...]:
        return tuple(each for chapter in self.chapters for each in chapter.texts)

    @property
    def permission_form(self) -> str:
        """The address of the form to permit small counts, with known values filled in."""
        years = sorted({str(each.year) for each in self.small})
        span = "/".join((years[0], years[-1]) if len(years) > 1 else years)
        figures = "\n".join(dict.fromkeys(each.values[0].address for each in self.small))
        known = {"v:country": self.country.code, "v:figures": figures, "v:years": span}
        return f"/settings/publish_small_counts/-?{urlencode(known)}"

    @property
    def asking(self) -> tuple[Finding, ...]:
        """The findings to act on. Texts that wait for a decision are counted separately."""
        waiting = waiting_texts(self.found)
        return tuple(each for each in self.found if each.asks and each.undecided not in waiting)

    @property
    def findings(self) -> tuple[Finding, ...]:
        found = [each for chapter in self.chapters for each in chapter.findings]
        return tuple(sorted(found, key=lambda each: (list(Severity).index(each.severity), each.mark)))

    def weighing(self, severity: Severity) -> int:
        return sum(each.weighing(severity) for each in self.chapters)

    @property
    def sending(self) -> SentState:
        return next(each for each in self.sent if each.progress.year == self.year)

    @property
    def next_due(self) -> DueDate | None:
        return next((each for each in self.due if each.days >= 0 and not each.done), None)


@lru_cache(maxsize=16)
def year_state(workspace: Workspace, reading: Reading, country: str, year: int, today: date) -> YearState:
    """Work out the state of a year, once for each reading. Raises DataError when files cannot be read."""
    if reading.checked is None:
        raise DataError(reading.findings)
    checked, sources = of_country(reading.checked, country), reading.sources
    found = edition_findings(checked, reading.findings, country, year)
    data = require_year(checked, country, year)
    settings, years = checked.dataset.settings, known_years(sources, country)
    states = [
        state_of(sources, country, each) for each in sorted({year, *watched_years(sources, country)}, reverse=True)
    ]
    edition = next(each for each in states if each.job.year == year)
    approvals = {each: demanded_approvals(each, sources, settings.approvals) for each in states}
    progress = {
        each.job.year: edition_progress(workspace, checked, each, reading.history, of) for each, of in approvals.items()
    }
    agencies: tuple[AgencyState, ...] = ()
    # None where it cannot be read, as its own page says.
    with suppress(ReporterError):
        locales = {each: locale_lookup(sources)(each) for each in settings.languages}
        agencies = agency_states(sources, checked.dataset, country, year, today, locales)
    return YearState(
        dataset=checked.dataset,
        country=data.country,
        data=data,
        year=year,
        years=years,
        progress=progress[year],
        edition=edition,
        chapters=tuple(_chapters(settings, found, data, year)),
        found=found,
        unread=tuple(each for each in found if each in checked.findings and each.stops and not each.title),
        small=new_counts(vintage(checked.dataset, country, year), edition),
        due=due_dates(settings.deadlines, today, country, years, reading.history),
        sent=tuple(_sent(each, settings) for each in progress.values()),
        agencies=agencies,
    )


def _sent(progress: EditionProgress, settings: Settings) -> SentState:
    states: dict[str, list[bool]] = {}
    for each in progress.sent:
        states.setdefault(each.recipient, []).append(each.state == State.SENT)
    served = {code for code, sent in states.items() if all(sent)}
    back = {each.recipient for each in progress.sent if each.receipts} & served
    wanted = {each.code for each in settings.recipients} | states.keys()
    return SentState(progress, len(served), len(wanted), len(back))


def _chapters(
    settings: Settings, findings: tuple[Finding, ...], data: CountryData, year: int
) -> Iterator[ChapterState]:
    undecided = waiting_texts(findings)
    figures, texts = _figures(data, year), _texts(settings, data, year, undecided)
    places: dict[str, list[Finding]] = {}
    recommended = {*(each.mark for each in data.recommendations), *(each.mark for each in data.follow_ups)}
    for each in findings:
        # Open figures and texts that wait for a decision are counted separately.
        counted = each.undecided in undecided or (each.code == UNANSWERED and each.mark not in recommended)
        if each.asks and not counted:
            places.setdefault(chapter_of_finding(each, data), []).append(each)
    file = data.year(year)
    is_draft = (file.status if file else EditionStatus.DRAFT) is EditionStatus.DRAFT
    for part in written_chapters():
        missing = unwritten(part, data.passages) if is_draft else ()
        state = ChapterState(
            code=part.code,
            title=part.title,
            figures=tuple(figures.get(part.code, ())),
            texts=(*texts.get(part.code, ()), *(TextState.UNWRITTEN for _ in missing)),
            findings=tuple(places.pop(part.code, ())),
        )
        if state.figures or state.texts or state.findings:
            yield state
    rest = tuple(each for found in places.values() for each in found)
    if rest:
        yield ChapterState(code="", title="", figures=(), texts=(), findings=rest)


def _figures(data: CountryData, year: int) -> Mapping[str, list[Mark | None]]:
    found: dict[str, list[Mark | None]] = {}
    path = f"{DATA}/{data.country.code}/{year}.yaml"
    for seen in data.observations:
        if seen.year == year and seen.mark.path == path:
            place = found.setdefault(chapter_of_address(seen.indicator, data), [])
            place.append(seen.mark if seen.status is Status.UNANSWERED else None)
    for activity in (each for each in data.activities if each.year == year):
        place = found.setdefault(chapter_of_address(f"{ACTIVITIES}.{activity.code}", data), [])
        place.extend(seen.mark if seen.status is Status.UNANSWERED else None for seen in activity.figures)
    for listed in (*data.lists, *data.open_lists):
        if listed.year == year:
            place = found.setdefault(chapter_of_address(COUNTRIES, data), [])
            place.append(listed.mark if listed.unanswered else None)
    return found


def _texts(
    settings: Settings, data: CountryData, year: int, undecided: frozenset[str]
) -> Mapping[str, list[TextState]]:
    found: dict[str, list[TextState]] = {}
    known = (each for each in data.passages if each.is_of(year))
    for each in printed_passages(known, settings.languages[:1], settings.languages):
        if has_words(each):
            waits = not undecided.isdisjoint((each.name, each.section))
            state = TextState.UNDECIDED if waits else TextState.ANEW if each.year == year else TextState.HOLDS
            found.setdefault(chapter_of_section(each.section), []).append(state)
    return found
