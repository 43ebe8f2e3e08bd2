"""The page of the agencies: asked, heard, to be decided."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.responses import Response

from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.i18n import N_, NN_
from reporter.intake.agency_proposals import AgencyAnswer
from reporter.intake.agency_states import AgencyState
from reporter.load.received import read_received
from reporter.sections.finding_words import problem_words
from reporter.web.agency_books import ENDINGS, written_files
from reporter.web.answer_rows import AnswerRow, answer_row, disputed_figures
from reporter.web.frame import YearPage

TEMPLATE, PLACE = "agencies.html", "agencies"
LEFT, OVER = NN_("{n} day left", "{n} days left"), NN_("{n} day over", "{n} days over")
OPEN_ANSWERS = NN_("{n} answer to decide on", "{n} answers to decide on")
EMPTY = NN_("{n} cell empty", "{n} cells empty")
ALL = NN_("Accept {n} answer of {agency}", "Accept all {n} answers of {agency}")
WAITING = NN_("{n} figure waits for a decision.", "{n} figures wait for a decision.")
NONE = N_("Nothing waits for a decision.")
SHORT = 16


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """The answers of an agency that nobody else contradicts."""

    code: str
    name: str
    rows: tuple[AnswerRow, ...]
    seen: str
    words: str


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """How far an agency has come, in words. `files` are those that were written for it."""

    code: str
    name: str
    asked: str
    reminded: str
    due: str
    left: str
    state: str
    received: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    is_asked: bool
    is_publication: bool


@dataclass(frozen=True, slots=True)
class AskedAnswers:
    """What somebody asked of the page, and what stood against it."""

    form: Mapping[str, str] = field(default_factory=dict)
    problem: ReporterError | None = None


def agencies_page(page: YearPage, asked: AskedAnswers, *, status: int = 200) -> Response:
    locale, state = page.locale, page.state
    disputed, groups, problem = disputed_figures(page), agency_groups(page), asked.problem
    kept: tuple[AnswerRow, ...] = ()
    try:
        kept = tuple(kept_rows(page))
    except ReporterError as unread:
        problem = problem or unread
    return page.answer(
        TEMPLATE,
        PLACE,
        status=status,
        lead=locale.count(*WAITING, state.waiting) if state.waiting else locale.text(NONE),
        rows=tuple(_agency_row(page, each) for each in state.agencies),
        disputed=disputed,
        groups=groups,
        kept=kept,
        asked=asked,
        trouble=problem_words(problem, locale) if problem else None,
        country_file=f"data/{state.country.code}/country.yaml",
    )


def agency_groups(page: YearPage) -> tuple[AgencyGroup, ...]:
    locale, groups = page.locale, []
    for agency in page.state.agencies:
        rows = tuple(answer_row(page, each.said, each.now) for each in agency.waiting if not each.rivals)
        if rows:
            name = agency.agency.name.text(locale.language)
            words = locale.count(*ALL, len(rows), agency=name)
            groups.append(
                AgencyGroup(code=agency.agency.code, name=name, rows=rows, seen=seen_digest(rows), words=words)
            )
    return tuple(groups)


def seen_digest(rows: Iterable[AnswerRow]) -> str:
    """What somebody saw of some answers. By it a page knows that others came since."""
    return checksum("\n".join(f"{each.figure} {each.written} {each.seen}" for each in rows))[:SHORT]


def kept_rows(page: YearPage) -> Iterator[AnswerRow]:
    """The answers that the file does not follow, each with its reason."""
    state = page.state
    for received in read_received(page.reading.sources, state.country.code, (state.year,)):
        yield from (answer_row(page, AgencyAnswer(received, each), "") for each in received.answers if each.kept)


def _agency_row(page: YearPage, each: AgencyState) -> AgencyRow:
    locale, state = page.locale, page.state
    here = f"/{state.country.code}/{state.year}/agencies/file"
    files = written_files(page.desk, state.country.code, state.year, each.agency.code)
    counts: Sequence[tuple[tuple[str, str], int]] = ((OPEN_ANSWERS, len(each.waiting)),)
    counts = (*counts, (EMPTY, len(each.empty) if each.received else 0))
    return AgencyRow(
        code=each.agency.code,
        name=each.agency.name.text(locale.language),
        asked=locale.date(each.asked) if each.asked else "",
        reminded=locale.listed(tuple(locale.date(day) for day in each.reminded)) if each.reminded else "",
        due=locale.date(each.due) if each.due else "",
        left=days_left(page, each),
        state="done" if each.received else "warning" if each.is_late else "",
        received=tuple((one.file, locale.date(one.received)) for one in each.received),
        open=tuple(locale.count(*words, number) for words, number in counts if number),
        files=tuple((locale.text(ENDINGS[end]), f"{here}/{place.name}") for end, place in files.items()),
        is_asked=bool(each.asked),
        is_publication=each.is_publication,
    )


def days_left(page: YearPage, each: AgencyState) -> str:
    """How many days an agency has left. Empty where it has sent something."""
    return "" if each.received else page.locale.count(*(OVER if each.days < 0 else LEFT), abs(each.days))
