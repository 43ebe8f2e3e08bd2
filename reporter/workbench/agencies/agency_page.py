"""Figures from outside: agencies (asked, imported and decided on) and another publication."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response

from reporter.data.errors import Finding, ReporterError, Severity, WordedError
from reporter.data.extras import extra
from reporter.data.files.received import forms_folder
from reporter.data.files.sources import checksum, known_years
from reporter.data.files.writing import remove, remove_oldest, write_whole
from reporter.data.i18n import N_
from reporter.data.read.dataset import ACTIVITIES
from reporter.data.read.received import read_received
from reporter.data.records import Agency, Received, vintage
from reporter.data.write.amendment import Conflict
from reporter.data.write.applying import Step, Writer, laid_over
from reporter.data.write.figure_fields import displayed_value, year_file
from reporter.editions.checked import load_checked
from reporter.editions.job import spans
from reporter.exchange.agencies.agency_proposals import (
    AgencyAnswer,
    Proposal,
    Reception,
    UnknownFigureError,
    accepting,
    accepting_steps,
    answers_of_year,
    deciding,
    field_of,
    keeping,
)
from reporter.exchange.publications.importing import ImportPlan, plan_figures, write_plan
from reporter.report.context import Context
from reporter.report.sections.quality import words_of
from reporter.workbench.lists.listings import figure_label
from reporter.workbench.server.amending import GROUP, write
from reporter.workbench.server.form_post import CONFLICT, SEE_OTHER, UNFIT, ask_person
from reporter.workbench.server.frame import YearPage, about_year, form_about_year
from reporter.workbench.server.workspace_reader import Desk
from reporter.workbench.texts.live_edition import Wanted, editions_of, field_address, places_of
from reporter.workbench.year.year_state import chapter_of_address


def answer_words(page: YearPage) -> dict[str, Any]:
    """Values for templates that show answers of agencies."""
    return {
        "figure_of": partial(_figure, page),
        "agency_names": {item.agency.code: item.agency.name.text(page.locale.language) for item in page.state.agencies},
        "shown": displayed_value,
    }


def disputed_figures(page: YearPage, figure: str = "") -> tuple[Proposal, ...]:
    """The figures on which agencies disagree, or only the named one."""
    proposal_by_figure: dict[str, Proposal] = {}
    for proposal in (waiting for agency in page.state.agencies for waiting in agency.waiting):
        if proposal.rivals and figure in ("", proposal.figure):
            proposal_by_figure.setdefault(proposal.figure, proposal)
    return tuple(proposal_by_figure.values())


def _figure(page: YearPage, figure: str) -> tuple[str, str]:
    locale, catalogue, state = page.locale, page.vintage.catalogue, page.state
    value = page.vintage.observation(figure)
    try:
        place = field_of(catalogue, year_file(state.country.code, state.year), figure)
    except UnknownFigureError:
        return figure, ""
    if place is None:
        owner = figure.removeprefix(ACTIVITIES).rpartition(".")[0]
        titles = (activity.title.text(locale.language) for activity in state.data.activities if activity.code == owner)
        label = locale.label_of(value, catalogue) if value else figure
        return locale.joined(": ", (next(titles, owner), label)), field_address(value, state.data) if value else ""
    here = f"/{state.country.code}/{state.year}/figures/{chapter_of_address(place.indicator, state.data)}"
    return figure_label(figure, page.vintage, locale), f"{here}?at={figure}#f-{figure}"


MEANWHILE = N_("Since you opened this page, the files changed or another workbook arrived.")
AGAIN = N_("Review the open decisions and choose again.")
NO_REASON, SAY_IT = N_("No reason is given."), N_("Give a reason for those who come after you.")
NO_BOOK, CHOOSE_IT = N_("No file was chosen."), N_("Choose the workbook you received, a file ending in .xlsx.")
MAIL = "message/rfc822"


@about_year
def show(page: YearPage) -> Response:
    return agencies_page(page, page.request.query_params)


@about_year
def look(page: YearPage) -> Response:
    """Show the content of a workbook; nothing is written yet."""
    return _look(page, page.request.query_params)


@about_year
def download(page: YearPage) -> Response:
    state, name = page.state, page.request.path_params["name"]
    for agency in state.agencies:
        for place in written_files(page.desk, state.country.code, state.year, agency.agency.code).values():
            if place.name == name:
                return FileResponse(place, media_type=MAIL if name.endswith(".eml") else None, filename=name)
    raise HTTPException(404)


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    person, act = page.person, form.get("act", "")
    here = f"{page.base}/agencies"
    if not person:
        return ask_person(page.request, form)
    try:
        if act in ("ask", "remind"):
            _ask_by_mail(page, form)
            return RedirectResponse(f"{here}#asked", SEE_OTHER)
        outcome = write(page.desk, person, _steps(page, form, person))
    except ReporterError as problem:
        return _stopped(page, form, problem)
    if outcome.conflict or outcome.problem:
        return _stopped(page, form, outcome.problem or WordedError(MEANWHILE, AGAIN))
    return RedirectResponse(_back(page, form, here), SEE_OTHER)


def _ask_by_mail(page: YearPage, form: Mapping[str, str]) -> None:
    """Write the forms and mails for some agencies, or reminders; raises ReporterError."""
    from reporter.exchange.agencies.asking import ask_agencies

    desk, state, codes = page.desk, page.state, [form["agency"]] if form.get("agency") else []
    again, now = form["act"] == "remind", moment(desk)
    try:
        ask_agencies(desk.workspace, desk.workspace.snapshot(), state.country.code, state.year, codes, now, again=again)
    finally:
        desk.take_in(decides=True)


def _stopped(page: YearPage, form: Mapping[str, str], problem: ReporterError) -> Response:
    status = CONFLICT if isinstance(problem, WordedError) and problem.words == MEANWHILE else UNFIT
    return about_year(lambda now: agencies_page(now, form, problem, status=status))(page.request)


def _back(page: YearPage, form: Mapping[str, str], here: str) -> str:
    """The page the user came from: a sheet, or this one."""
    back = form.get("back", "")
    sheets = f"{page.base}/figures/"
    if back.startswith(sheets) and "\\" not in back:
        return f"{sheets}{quote(back.removeprefix(sheets), safe='?=&.#_-')}"
    return f"{here}#decide"


def _steps(page: YearPage, form: Mapping[str, str], person: str) -> list[Step]:
    """The decisions in a form; raises ReporterError where one is impossible."""
    state, act = page.state, form.get("act", "")
    reason, figure, agency = " ".join(form.get("reason", "").split()), form.get("figure", ""), form.get("agency", "")
    answers = answers_of_year(page.reading.sources, state.country.code, state.year)
    if act == "all":
        groups = (rows for of, rows, digest in agency_groups(page) if (of.code, digest) == (agency, form.get("seen")))
        wanted = {proposal.figure for proposal in next(groups, ())}
        if not wanted:
            raise WordedError(MEANWHILE, AGAIN)
        own = [item for item in answers.proposals if item.reply.received.agency == agency and item.figure in wanted]
        return accepting(answers, own, "", person)
    if act == "reopen":
        items = (item for item in rejected(page) if (item.figure, item.reply.received.agency) == (figure, agency))
        return [step for proposal in items for step in deciding(proposal.reply, None, None)]
    of_figure = [proposal for proposal in answers.proposals if proposal.figure == figure]
    if not of_figure or any(proposal.now != form.get("seen") for proposal in of_figure):
        raise WordedError(MEANWHILE, AGAIN)
    if not reason and (not agency or act == "keep" or of_figure[0].rivals):
        raise WordedError(NO_REASON, SAY_IT)
    if not agency or act == "keep":
        return keeping([item for item in of_figure if agency in ("", item.reply.received.agency)], reason, person)
    # It may have been rejected before.
    claims = {answer.received.agency: answer for one in of_figure for answer in (one.reply, *one.rivals)}
    mine = claims.get(agency)
    if mine is None or mine.answer.value != form.get(f"value.{agency}", form.get("value")):
        raise WordedError(MEANWHILE, AGAIN)
    rivals = tuple(rival for rival in claims.values() if rival is not mine and rival.answer.value != mine.answer.value)
    return accepting(answers, [Proposal(figure, mine, of_figure[0].now, rivals)], reason, person)


def _place_of(page: YearPage, came: Received) -> str:
    """The agencies page of the year that a workbook is about."""
    is_known_year = came.year in known_years(page.reading.sources, came.country)
    return f"/{came.country}/{came.year}/agencies" if is_known_year else f"{page.base}/agencies"


@form_about_year
def choose(_: Mapping[str, str], page: YearPage) -> Response:
    name, content = page.files.get("workbook", ("", b""))
    if not content:
        return agencies_page(page, {}, WordedError(NO_BOOK, CHOOSE_IT), status=UNFIT)
    try:
        book = look_at_book(page.desk, content, name, page.desk.today().isoformat())
        digest = keep_waiting(page.desk, content)
    except ReporterError as problem:
        return agencies_page(page, {}, problem, status=UNFIT)
    return RedirectResponse(f"{_place_of(page, book.received)}/came/{digest}?{urlencode({'name': name})}", SEE_OTHER)


def _look(page: YearPage, asked: Mapping[str, str], problem: ReporterError | None = None) -> Response:
    content = waiting_book(page.desk, page.request.path_params["digest"])
    if content is None:
        raise HTTPException(404)
    name, day = asked.get("name", ""), valid_day(asked.get("day", ""), page.desk.today())
    try:
        reception = look_at_book(page.desk, content, name, day)
    except ReporterError as error:
        return agencies_page(page, {}, problem or error, status=UNFIT)
    # The report of another year cannot be judged from this page.
    is_here = (reception.received.country, reception.received.year) == (page.state.country.code, page.state.year)
    return page.answer(
        "agencies/agency_book.html",
        PLACE,
        came=reception.received,
        agency=reception.asked.agency,
        file_name=name,
        day=day,
        proposals=reception.proposals,
        **answer_words(page),
        problems=reception.problems,
        empty=[reception.places.get(figure, figure) for figure in reception.open],
        found=[*_findings_then(page, reception.proposals)] if is_here else (),
        printed=_printed(page, reception.proposals) if is_here else {},
        new=sum(page.vintage.observation(item.figure) is None for item in reception.proposals) if is_here else 0,
        problem=problem,
    )


@form_about_year
def take_in(form: Mapping[str, str], page: YearPage) -> Response:
    content = waiting_book(page.desk, page.request.path_params["digest"])
    if content is None:
        raise HTTPException(404)
    name, day = form.get("name", ""), valid_day(form.get("day", ""), page.desk.today())
    try:
        came = look_at_book(page.desk, content, name, day, writes=True).received
    except ReporterError as problem:
        return _look(page, form, problem)
    return RedirectResponse(f"{_place_of(page, came)}#decide", SEE_OTHER)


LACKING = N_("Reading a workbook needs the package {package}, which is not installed.")
REMEDY = N_('Install it: pip install "reporter[forms]".')
# The folder where a chosen file waits to be imported.
INCOMING, WAITING = "incoming", 5
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
# The files written for an agency, by the end of their names.
ENDINGS = {
    ".xlsx": N_("The questionnaire"),
    ".eml": N_("The accompanying mail"),
    "-reminder.eml": N_("The reminder"),
    "-comments.xlsx": N_("The agency’s workbook, with comments"),
    "-comments.eml": N_("The follow-up mail"),
}


def keep_waiting(desk: Desk, content: bytes) -> str:
    """Store a chosen workbook; return its digest."""
    digest, folder = checksum(content), desk.workspace.own / INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    # Two users may choose a file at the same time.
    part = folder / token_hex(8)
    try:
        write_whole(part, content)
        part.replace(_waiting(desk, digest))
    finally:
        remove(part)
    remove_oldest(folder, "*.xlsx", WAITING)
    return digest


def waiting_book(desk: Desk, digest: str) -> bytes | None:
    """The chosen workbook with this digest, or None."""
    place = _waiting(desk, digest)
    return place.read_bytes() if DIGEST.fullmatch(digest) and place.is_file() else None


def look_at_book(desk: Desk, content: bytes, name: str, day: str, *, writes: bool = False) -> Reception:
    """Read and check a workbook; with `writes`, import it. Raises ReporterError unless it is one of our forms."""
    sources = desk.workspace.snapshot()
    with extra(LACKING, REMEDY):
        from reporter.exchange.agencies.taking_in import take_in
    try:
        reception = take_in(desk.workspace, sources, content, name, day, moment(desk), writes=writes)
    finally:
        if writes:
            desk.take_in(decides=True)
    if writes:
        remove(_waiting(desk, checksum(content)))
    return reception


def written_files(desk: Desk, country: str, year: int, code: str) -> dict[str, Path]:
    stem = forms_folder(desk.workspace, country) / f"{country}-{year}-{code}"
    path_by_ending = {ending: stem.with_name(f"{stem.name}{ending}") for ending in ENDINGS}
    return {ending: place for ending, place in path_by_ending.items() if place.is_file()}


def moment(desk: Desk) -> datetime:
    return datetime.combine(desk.today(), datetime.now().time()).astimezone()


def valid_day(text: str, today: date) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return today.isoformat()


def _waiting(desk: Desk, digest: str) -> Path:
    return desk.workspace.own / INCOMING / f"{digest}.xlsx"


PLACE, SHORT = "agencies", 16


def agencies_page(
    page: YearPage, form: Mapping[str, str], problem: ReporterError | None = None, *, status: int = 200
) -> Response:
    proposals: tuple[Proposal, ...] = ()
    try:
        proposals = tuple(rejected(page))
    except ReporterError as unread:
        problem = problem or unread
    return page.answer(
        "agencies/agencies.html",
        PLACE,
        status=status,
        files=lambda code: written_files(page.desk, page.state.country.code, page.state.year, code),
        endings=ENDINGS,
        disputed=disputed_figures(page),
        groups=tuple(agency_groups(page)),
        kept=proposals,
        form=form,
        problem=problem,
        **answer_words(page),
    )


def agency_groups(page: YearPage) -> Iterator[tuple[Agency, tuple[Proposal, ...], str]]:
    """The undisputed answers of each agency, and a digest by which a page notices that others have arrived."""
    for agency in page.state.agencies:
        proposals = tuple(proposal for proposal in agency.waiting if not proposal.rivals)
        parts = (f"{proposal.figure} {proposal.reply.answer.value} {proposal.now}" for proposal in proposals)
        if proposals:
            yield agency.agency, proposals, checksum("\n".join(parts))[:SHORT]


def rejected(page: YearPage) -> Iterator[Proposal]:
    for received in read_received(page.reading.sources, page.state.country.code, (page.state.year,)):
        answers = (answer for answer in received.answers if answer.reason)
        yield from (Proposal(answer.figure, AgencyAnswer(received, answer), "") for answer in answers)


MARKS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def _findings_then(page: YearPage, proposals: tuple[Proposal, ...]) -> Iterator[tuple[str, str, bool]]:
    """New findings, and those resolved, if all answers were accepted."""
    state, sources = page.state, page.reading.sources
    country, catalogue = state.country.code, page.vintage.catalogue
    after = laid_over(sources, accepting_steps(proposals, [agency.agency for agency in state.agencies], catalogue))
    if isinstance(after, Conflict):
        return
    before, checked_after = load_checked(sources, country), load_checked(after, country)

    def name(finding: Finding) -> tuple[str, str, str]:
        return finding.code, finding.figure, finding.message

    old_names, new = ({name(other) for other in checked.findings} for checked in (before, checked_after))
    for checked, others, comes in ((checked_after, old_names, True), (before, new, False)):
        context = Context(vintage(checked.dataset, country, state.year), page.locale)
        for item in checked.findings:
            if item.severity in MARKS and item.year == state.year and name(item) not in others and not item.accepted:
                yield MARKS[item.severity] if comes else "done", page.locale.opened(words_of(item, context)), comes


def _printed(page: YearPage, proposals: tuple[Proposal, ...]) -> Counter[str]:
    state, locale = page.state, page.locale
    languages = state.dataset.settings.languages
    language = locale.language if locale.language in languages else languages[0]
    attempt = editions_of(page.request).wait(Wanted(state.country.code, state.year, language))
    observations = (observation for one in proposals if (observation := page.vintage.observation(one.figure)))
    printed = (places_of(attempt.edition.volumes, value, locale) if attempt.edition else () for value in observations)
    return Counter(section for places in printed for section in dict.fromkeys(place.section for place in places))


CHOOSE_FILE = N_("Choose the file of the publication.")
# Fields that the form repeats: the waiting file's digest and name, and its format.
KEPT = ("digest", "name", "form")
_planned = lru_cache(maxsize=4)(plan_figures)


@about_year
def show_import(page: YearPage) -> Response:
    return _import_answer(page, page.request.query_params)


@form_about_year
def take_import(form: Mapping[str, str], page: YearPage) -> Response:
    if "digest" in form:
        return _write_import(form, page)
    name, content = page.files.get("file", ("", b""))
    if not content:
        return _import_answer(page, form, WordedError(NO_BOOK, CHOOSE_FILE))
    try:
        asked = {"digest": keep_waiting(page.desk, content), "name": name, "form": form.get("form", "")}
        _plan(page, asked)
    except ReporterError as problem:
        return _import_answer(page, form, problem)
    return RedirectResponse(f"{page.request.url.path}?{urlencode(asked)}", SEE_OTHER)


def _write_import(form: Mapping[str, str], page: YearPage) -> Response:
    person, country = page.person, page.state.country.code
    if not person:
        return ask_person(page.request, form)
    try:
        plan, new_files = _plan(page, form)
        writer = Writer(person, datetime.now(UTC), token_hex(GROUP))
        write_plan(page.desk.workspace, page.reading.sources, plan, new_files, writer)
    except ReporterError as problem:
        return _import_answer(page, form, problem)
    page.desk.take_in()
    changed = (*plan.new_years, *(year for _, year in plan.filled))
    proposed = max((year for year, _ in plan.proposals), default=0)
    leads = f"{proposed}/agencies#decide" if proposed else f"{max(changed, default=page.state.year)}/findings"
    return RedirectResponse(f"/{country}/{leads}", SEE_OTHER)


def _plan(page: YearPage, asked: Mapping[str, str]) -> tuple[ImportPlan, Mapping[str, bytes]]:
    content = waiting_book(page.desk, asked.get("digest", ""))
    if content is None:
        raise WordedError(NO_BOOK, CHOOSE_FILE)
    file, kind = (asked.get("name", ""), content), asked.get("form", "")
    return _planned(page.reading.sources, page.state.country.code, kind, file, page.desk.today())


def _import_answer(page: YearPage, asked: Mapping[str, str], problem: ReporterError | None = None) -> Response:
    """The form, or a preview of the import."""
    plan: ImportPlan | None = None
    if "digest" in asked and not problem:
        try:
            plan, _ = _plan(page, asked)
        except ReporterError as error:
            problem = error
    return page.answer(
        "agencies/import.html",
        PLACE,
        status=UNFIT if problem else 200,
        kept={name: asked.get(name, "") for name in KEPT},
        plan=plan,
        spans=spans,
        left=Counter(figure.reason for figure in plan.figures.left).most_common() if plan else (),
        problem=problem,
    )
