"""The page of the agencies: asked, heard, to be decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from reporter.errors import ReporterError
from reporter.files.checksum import checksum
from reporter.intake.agency_proposals import AgencyAnswer
from reporter.load.received import read_received
from reporter.model import Agency
from reporter.sections.finding_words import problem_words
from reporter.web.agency_books import ENDINGS, written_files
from reporter.web.answer_rows import AnswerRow, answer_row, disputed_figures
from reporter.web.frame import YearPage

TEMPLATE, PLACE = "agencies.html", "agencies"
SHORT = 16


@dataclass(frozen=True, slots=True)
class AgencyGroup:
    """The answers of an agency that nobody else contradicts."""

    agency: Agency
    rows: tuple[AnswerRow, ...]

    @property
    def seen(self) -> str:
        """What somebody saw of these answers. By it a page knows that others came since."""
        told = (f"{each.figure} {each.said.answer.value} {each.seen}" for each in self.rows)
        return checksum("\n".join(told))[:SHORT]


@dataclass(frozen=True, slots=True)
class AskedAnswers:
    """What somebody asked of the page, and what stood against it."""

    form: Mapping[str, str] = field(default_factory=dict)
    problem: ReporterError | None = None


def agencies_page(page: YearPage, asked: AskedAnswers, *, status: int = 200) -> Response:
    state, problem = page.state, asked.problem
    kept: tuple[AnswerRow, ...] = ()
    try:
        kept = tuple(kept_rows(page))
    except ReporterError as unread:
        problem = problem or unread
    return page.answer(
        TEMPLATE,
        PLACE,
        status=status,
        files=lambda code: written_files(page.desk, state.country.code, state.year, code),
        endings=ENDINGS,
        disputed=disputed_figures(page),
        groups=agency_groups(page),
        kept=kept,
        asked=asked,
        trouble=problem_words(problem, page.locale) if problem else None,
    )


def agency_groups(page: YearPage) -> tuple[AgencyGroup, ...]:
    found = (
        (agency, tuple(answer_row(page, each.said, each.now) for each in agency.waiting if not each.rivals))
        for agency in page.state.agencies
    )
    return tuple(AgencyGroup(agency.agency, rows) for agency, rows in found if rows)


def kept_rows(page: YearPage) -> Iterator[AnswerRow]:
    """The answers that the file does not follow, each with its reason."""
    state = page.state
    for received in read_received(page.reading.sources, state.country.code, (state.year,)):
        yield from (answer_row(page, AgencyAnswer(received, each), "") for each in received.answers if each.kept)
