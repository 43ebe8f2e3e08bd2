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
    return tuple(chapter for chapter in CHAPTERS if not chapter.from_data or chapter.code == FIGURES)


def chapter_of_address(address: str, data: CountryData) -> str:
    word, _, rest = address.partition(".")
    if word == TEXT:
        return chapter_of_section(rest.partition(".")[0])
    if word == ACTIVITIES:
        code = rest.partition(".")[0]
        return next((BY_KIND[activity.kind] for activity in data.activities if activity.code == code), FIGURES)
    return BY_WORD.get(word, FIGURES)


def chapter_of_section(section: str) -> str:
    """The code of the chapter of a section or chart, empty for none."""
    return _places().get(section.removeprefix(OVER[0]).removeprefix(OVER[1]), "")


def part_of_section(section: str) -> Part | None:
    """The part whose text contains a section or the headline of a chart; None for none."""
    name = section.removeprefix(OVER[0]).removeprefix(OVER[1])
    written = (part for chapter in written_chapters() for part in chapter.walk() if not part.from_data)
    return next((part for part in written if name == part.code or name in part.blocks), None)


def chapter_of_finding(finding: Finding, data: CountryData) -> str:
    """The code of the chapter that a finding is about; empty for files or settings."""
    if OF_TEXT.match(finding.mark.path):
        passage = passage_at(finding, data.passages)
        return chapter_of_section(passage.section) if passage else ""
    return chapter_of_address(finding.figure, data) if finding.figure else ""


@cache
def _places() -> Mapping[str, str]:
    chapter_by_place: dict[str, str] = {}
    for chapter in CHAPTERS:
        for part in chapter.walk():
            chapter_by_place |= dict.fromkeys((part.code, *part.blocks), chapter.code)
    return chapter_by_place


def unwritten(chapter: Part, passages: tuple[Passage, ...]) -> tuple[str, ...]:
    written = {passage.section for passage in passages}
    return tuple(
        part.code
        for part in chapter.walk()
        if not (part.from_data or part.optional or part.parts or part.code in written)
    )


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
        return tuple(state for state in TextState for _ in range(self.count(state)))

    @property
    def open_figures(self) -> int:
        return len(self.figures) - self.figures.count(None)

    def weighing(self, severity: Severity) -> int:
        return sum(finding.severity == severity for finding in self.findings)


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
    `all_findings` include notes and accepted ones; `unread` those that prevent reading. `small` are
    undecided counts that could identify someone. `due` has the earliest date first, `sent` the latest year."""

    dataset: Dataset
    country: Country
    data: CountryData
    year: int
    years: tuple[int, ...]
    progress: EditionProgress
    edition: EditionState
    chapters: tuple[ChapterState, ...]
    all_findings: tuple[Finding, ...]
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
        return len({proposal.figure for agency in self.agencies for proposal in agency.waiting})

    @property
    def shown_agencies(self) -> tuple[AgencyState, ...]:
        return tuple(agency for agency in self.agencies if agency.waiting or not agency.is_publication)

    @property
    def figures(self) -> tuple[Mark | None, ...]:
        return tuple(mark for chapter in self.chapters for mark in chapter.figures)

    @property
    def open_figures(self) -> tuple[Mark, ...]:
        return tuple(sorted(filter(None, self.figures)))

    @property
    def texts(self) -> tuple[TextState, ...]:
        return tuple(state for chapter in self.chapters for state in chapter.texts)

    @property
    def permission_form(self) -> str:
        """The address of the form to permit small counts, with known values filled in."""
        years = sorted({str(count.year) for count in self.small})
        span = "/".join((years[0], years[-1]) if len(years) > 1 else years)
        figures = "\n".join(dict.fromkeys(count.values[0].address for count in self.small))
        values = {"v:country": self.country.code, "v:figures": figures, "v:years": span}
        return f"/settings/publish_small_counts/-?{urlencode(values)}"

    @property
    def asking(self) -> tuple[Finding, ...]:
        """The findings to act on. Texts that wait for a decision are counted separately."""
        waiting = waiting_texts(self.all_findings)
        return tuple(finding for finding in self.all_findings if finding.asks and finding.undecided not in waiting)

    @property
    def findings(self) -> tuple[Finding, ...]:
        findings = [finding for chapter in self.chapters for finding in chapter.findings]
        return tuple(sorted(findings, key=lambda finding: (list(Severity).index(finding.severity), finding.mark)))

    def weighing(self, severity: Severity) -> int:
        return sum(chapter.weighing(severity) for chapter in self.chapters)

    @property
    def sending(self) -> SentState:
        return next(state for state in self.sent if state.progress.year == self.year)

    @property
    def next_due(self) -> DueDate | None:
        return next((due_date for due_date in self.due if due_date.days >= 0 and not due_date.done), None)


@lru_cache(maxsize=16)
def year_state(workspace: Workspace, reading: Reading, country: str, year: int, today: date) -> YearState:
    """Work out the state of a year, once for each reading. Raises DataError when files cannot be read."""
    if reading.checked is None:
        raise DataError(reading.findings)
    checked, sources = of_country(reading.checked, country), reading.sources
    findings = edition_findings(checked, reading.findings, country, year)
    data = require_year(checked, country, year)
    settings, years = checked.dataset.settings, known_years(sources, country)
    states = [
        state_of(sources, country, number) for number in sorted({year, *watched_years(sources, country)}, reverse=True)
    ]
    edition = next(state for state in states if state.job.year == year)
    approvals = {state: demanded_approvals(state, sources, settings.approvals) for state in states}
    progress = {
        item.job.year: edition_progress(workspace, checked, item, reading.history, of) for item, of in approvals.items()
    }
    agencies: tuple[AgencyState, ...] = ()
    # None where it cannot be read, as its own page says.
    with suppress(ReporterError):
        locales = {language: locale_lookup(sources)(language) for language in settings.languages}
        agencies = agency_states(sources, checked.dataset, country, year, today, locales)
    return YearState(
        dataset=checked.dataset,
        country=data.country,
        data=data,
        year=year,
        years=years,
        progress=progress[year],
        edition=edition,
        chapters=tuple(_chapters(settings, findings, data, year)),
        all_findings=findings,
        unread=tuple(item for item in findings if item in checked.findings and item.stops and not item.title),
        small=new_counts(vintage(checked.dataset, country, year), edition),
        due=due_dates(settings.deadlines, today, country, years, reading.history),
        sent=tuple(_sent(year_progress, settings) for year_progress in progress.values()),
        agencies=agencies,
    )


def _sent(progress: EditionProgress, settings: Settings) -> SentState:
    states: dict[str, list[bool]] = {}
    for item in progress.sent:
        states.setdefault(item.recipient, []).append(item.state == State.SENT)
    served = {code for code, sent in states.items() if all(sent)}
    back = {sent_item.recipient for sent_item in progress.sent if sent_item.receipts} & served
    wanted = {recipient.code for recipient in settings.recipients} | states.keys()
    return SentState(progress, len(served), len(wanted), len(back))


def _chapters(
    settings: Settings, findings: tuple[Finding, ...], data: CountryData, year: int
) -> Iterator[ChapterState]:
    undecided = waiting_texts(findings)
    figures, texts = _figures(data, year), _texts(settings, data, year, undecided)
    places: dict[str, list[Finding]] = {}
    recommended = {*(item.mark for item in data.recommendations), *(follow_up.mark for follow_up in data.follow_ups)}
    for finding in findings:
        # Open figures and texts that wait for a decision are counted separately.
        counted = finding.undecided in undecided or (finding.code == UNANSWERED and finding.mark not in recommended)
        if finding.asks and not counted:
            places.setdefault(chapter_of_finding(finding, data), []).append(finding)
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
    if rest := tuple(other_finding for group in places.values() for other_finding in group):
        yield ChapterState(code="", title="", figures=(), texts=(), findings=rest)


def _figures(data: CountryData, year: int) -> Mapping[str, list[Mark | None]]:
    marks_by_chapter: dict[str, list[Mark | None]] = {}
    path = f"{DATA}/{data.country.code}/{year}.yaml"
    for observation in data.observations:
        if observation.year == year and observation.mark.path == path:
            place = marks_by_chapter.setdefault(chapter_of_address(observation.indicator, data), [])
            place.append(observation.mark if observation.status is Status.UNANSWERED else None)
    for activity in (candidate for candidate in data.activities if candidate.year == year):
        place = marks_by_chapter.setdefault(chapter_of_address(f"{ACTIVITIES}.{activity.code}", data), [])
        place.extend(figure.mark if figure.status is Status.UNANSWERED else None for figure in activity.figures)
    for listed in (*data.lists, *data.open_lists):
        if listed.year == year:
            place = marks_by_chapter.setdefault(chapter_of_address("countries", data), [])
            place.append(listed.mark if listed.unanswered else None)
    return marks_by_chapter


def _texts(
    settings: Settings, data: CountryData, year: int, undecided: frozenset[str]
) -> Mapping[str, list[TextState]]:
    states_by_chapter: dict[str, list[TextState]] = {}
    passages = (candidate for candidate in data.passages if candidate.is_of(year))
    for passage in printed_passages(passages, settings.languages[:1], settings.languages):
        if has_words(passage):
            waits = not undecided.isdisjoint((passage.name, passage.section))
            state = TextState.UNDECIDED if waits else TextState.ANEW if passage.year == year else TextState.HOLDS
            states_by_chapter.setdefault(chapter_of_section(passage.section), []).append(state)
    return states_by_chapter
