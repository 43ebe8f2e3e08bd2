"""The page of the agencies: asked, heard, to be decided."""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from starlette.responses import Response

from reporter.errors import ReporterError
from reporter.extras import extra
from reporter.files.checksum import checksum
from reporter.files.received import forms_folder
from reporter.files.writing import remove, remove_oldest, write_whole
from reporter.i18n import N_
from reporter.intake.agency_proposals import AgencyAnswer, Reception
from reporter.load.received import read_received
from reporter.model import Agency
from reporter.sections.finding_words import problem_words
from reporter.web.answer_rows import AnswerRow, answer_row, disputed_figures
from reporter.web.desk import Desk
from reporter.web.frame import YearPage

LACKING = N_("Reading a workbook needs the package {package}, which is not installed.")
REMEDY = N_('Install it: pip install "reporter[forms]".')
# What was chosen waits here until somebody takes it in.
INCOMING, WAITING = "incoming", 5
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
# What is written for an agency: how its name ends, and what it is.
ENDINGS = {
    ".xlsx": N_("The questionnaire"),
    ".eml": N_("The mail with it"),
    "-reminder.eml": N_("The reminder"),
    "-comments.xlsx": N_("Its workbook, with comments"),
    "-comments.eml": N_("The mail that asks again"),
}


def keep_waiting(desk: Desk, content: bytes) -> str:
    """Keep a workbook that was chosen; gives its digest."""
    digest, folder = checksum(content), desk.workspace.own / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    # Two may choose at once.
    part = folder / secrets.token_hex(8)
    try:
        write_whole(part, content)
        part.replace(_waiting(desk, digest))
    finally:
        remove(part)
    remove_oldest(folder, "*.xlsx", WAITING)
    return digest


def waiting_book(desk: Desk, digest: str) -> bytes | None:
    """A workbook that was chosen; None where none waits."""
    place = _waiting(desk, digest)
    return place.read_bytes() if DIGEST.fullmatch(digest) and place.is_file() else None


def look_at_book(desk: Desk, content: bytes, name: str, day: str, *, writes: bool = False) -> Reception:
    """What a workbook says, and what is found in it. It is taken in where that is to be written. Raises ReporterError
    for what is no form of ours."""
    sources = desk.workspace.snapshot()
    with extra(LACKING, REMEDY):
        from reporter.intake.taking_in import take_in
    try:
        taken = take_in(desk.workspace, sources, content, name, day, moment(desk), writes=writes)
    finally:
        if writes:
            desk.take_in(decides=True)
    if writes:
        remove(_waiting(desk, checksum(content)))
    return taken


def ask_by_mail(desk: Desk, country: str, year: int, codes: Sequence[str], *, again: bool) -> None:
    """Write the questionnaires and mails of some agencies, or reminders; raises ReporterError."""
    from reporter.intake.asked_agencies import ask_agencies

    try:
        ask_agencies(desk.workspace, desk.workspace.snapshot(), country, year, codes, moment(desk), again=again)
    finally:
        desk.take_in(decides=True)


def written_files(desk: Desk, country: str, year: int, code: str) -> dict[str, Path]:
    stem = forms_folder(desk.workspace, country) / f"{country}-{year}-{code}"
    found = {ending: stem.with_name(f"{stem.name}{ending}") for ending in ENDINGS}
    return {ending: place for ending, place in found.items() if place.is_file()}


def moment(desk: Desk) -> datetime:
    return datetime.combine(desk.today(), datetime.now().time()).astimezone()


def told_day(text: str, today: date) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return today.isoformat()


def _waiting(desk: Desk, digest: str) -> Path:
    return desk.workspace.own / INCOMING / f"{digest}.xlsx"


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
    state = page.state
    for received in read_received(page.reading.sources, state.country.code, (state.year,)):
        yield from (answer_row(page, AgencyAnswer(received, each), "") for each in received.answers if each.kept)
