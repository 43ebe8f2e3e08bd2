"""The agencies: asked, heard, decided on."""

from collections.abc import Mapping
from functools import partial
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from reporter.edit.written_steps import Step
from reporter.errors import ReporterError, WordedError
from reporter.files.sources import known_years
from reporter.i18n import N_
from reporter.intake.agency_proposals import AgencyAnswer, Proposal
from reporter.intake.deciding_answers import accepting, answers_of_year, keeping, reopening
from reporter.load.received import read_received
from reporter.web.agencies_view import (
    AskedAnswers,
    agencies_page,
    agency_groups,
    ask_by_mail,
    keep_waiting,
    look_at_book,
    told_day,
    waiting_book,
    written_files,
)
from reporter.web.amending import write
from reporter.web.book_view import book_page
from reporter.web.form_fields import read_parts
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.person import ask_person, person_of, remember_person

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
MEANWHILE = N_("Somebody wrote, or another workbook came, since you saw this.")
AGAIN = N_("Look again at what is to be decided, and choose anew.")
NO_REASON, SAY_IT = N_("No reason is given."), N_("Say why: whoever comes after you reads it.")
NO_BOOK, CHOOSE_IT = N_("No file was chosen."), N_("Choose the workbook that came, a file that ends in .xlsx.")
MAIL = "message/rfc822"


@about_year
def show(page: YearPage) -> Response:
    return agencies_page(page, AskedAnswers(page.request.query_params))


async def choose(request: Request) -> Response:
    _, files = await read_parts(request)
    return await run_in_threadpool(about_year(partial(_choose, files)), request)


@about_year
def look(page: YearPage) -> Response:
    """What a workbook says; nothing is written yet."""
    return _look(page, page.request.query_params)


@about_year
def download(page: YearPage) -> Response:
    state, name = page.state, page.request.path_params["name"]
    for each in state.agencies:
        for place in written_files(page.desk, state.country.code, state.year, each.agency.code).values():
            if place.name == name:
                kind = MAIL if name.endswith(".eml") else None
                return FileResponse(place, media_type=kind, filename=name)
    raise HTTPException(404)


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    person, act = person_of(page.request, form), form.get("act", "")
    here = f"/{page.state.country.code}/{page.state.year}/agencies"
    if not person:
        return ask_person(page.request, form)
    try:
        if act in ("ask", "remind"):
            codes = [form["agency"]] if form.get("agency") else []
            ask_by_mail(page.desk, page.state.country.code, page.state.year, codes, again=act == "remind")
            return RedirectResponse(f"{here}#asked", SEE_OTHER)
        steps = _steps(page, form, person)
        outcome = write(page.desk, person, steps)
    except ReporterError as problem:
        return _stopped(page, form, problem)
    if outcome.conflict or outcome.problem:
        return _stopped(page, form, outcome.problem or WordedError(MEANWHILE, AGAIN))
    return remember_person(page.request, RedirectResponse(_back(page, form, here), SEE_OTHER), person)


def _stopped(page: YearPage, form: Mapping[str, str], problem: ReporterError) -> Response:
    status = CONFLICT if isinstance(problem, WordedError) and problem.words == MEANWHILE else UNFIT
    return about_year(lambda now: agencies_page(now, AskedAnswers(form, problem), status=status))(page.request)


def _back(page: YearPage, form: Mapping[str, str], here: str) -> str:
    """Where somebody came from: a sheet, or this page."""
    back = form.get("back", "")
    sheets = f"/{page.state.country.code}/{page.state.year}/figures/"
    if back.startswith(sheets) and "\\" not in back:
        return f"{sheets}{quote(back.removeprefix(sheets), safe='?=&.#_-')}"
    return f"{here}#decide"


def _steps(page: YearPage, form: Mapping[str, str], person: str) -> list[Step]:
    """What a form decides; raises ReporterError where it cannot be."""
    state, act = page.state, form.get("act", "")
    reason, figure, agency = " ".join(form.get("reason", "").split()), form.get("figure", ""), form.get("agency", "")
    found = answers_of_year(page.reading.sources, state.country.code, state.year)
    if act == "all":
        group = next((each for each in agency_groups(page) if each.agency.code == agency), None)
        if group is None or group.seen != form.get("seen"):
            raise WordedError(MEANWHILE, AGAIN)
        wanted = {each.figure for each in group.rows}
        mine = [each for each in found.proposals if each.said.received.agency == agency and each.figure in wanted]
        return accepting(found, mine, "", person)
    if act == "reopen":
        return [step for said in _kept(page, figure, agency) for step in reopening(said)]
    of_figure = [each for each in found.proposals if each.figure == figure]
    if not of_figure or any(each.now != form.get("seen") for each in of_figure):
        raise WordedError(MEANWHILE, AGAIN)
    if not reason and (not agency or act == "keep" or of_figure[0].rivals):
        raise WordedError(NO_REASON, SAY_IT)
    if not agency or act == "keep":
        return keeping([each for each in of_figure if agency in ("", each.said.received.agency)], reason, person)
    return accepting(found, [_chosen(of_figure, form)], reason, person)


def _chosen(of_figure: list[Proposal], form: Mapping[str, str]) -> Proposal:
    """The answer that somebody chose of those about a figure. It may be one that was decided against before."""
    first = of_figure[0]
    said = {each.received.agency: each for one in of_figure for each in (one.said, *one.rivals)}
    mine = said.get(form.get("agency", ""))
    if mine is None or mine.answer.value != form.get(f"value.{mine.received.agency}", form.get("value")):
        raise WordedError(MEANWHILE, AGAIN)
    rivals = tuple(each for each in said.values() if each is not mine and each.answer.value != mine.answer.value)
    return Proposal(first.figure, mine, first.now, rivals)


def _kept(page: YearPage, figure: str, agency: str) -> list[AgencyAnswer]:
    state = page.state
    received = read_received(page.reading.sources, state.country.code, (state.year,))
    found = ((each, each.answer(figure)) for each in received if each.agency == agency)
    return [AgencyAnswer(each, answer) for each, answer in found if answer and answer.kept]


def _choose(files: Mapping[str, tuple[str, bytes]], page: YearPage) -> Response:
    name, content = files.get("workbook", ("", b""))
    if not content:
        return agencies_page(page, AskedAnswers(problem=WordedError(NO_BOOK, CHOOSE_IT)), status=UNFIT)
    try:
        taken = look_at_book(page.desk, content, name, page.desk.today().isoformat())
        digest = keep_waiting(page.desk, content)
    except ReporterError as problem:
        return agencies_page(page, AskedAnswers(problem=problem), status=UNFIT)
    came = taken.received
    known = came.year in known_years(page.reading.sources, came.country)
    place = f"/{came.country}/{came.year}" if known else f"/{page.state.country.code}/{page.state.year}"
    return RedirectResponse(f"{place}/agencies/came/{digest}?{urlencode({'name': name})}", SEE_OTHER)


def _look(page: YearPage, asked: Mapping[str, str], problem: ReporterError | None = None) -> Response:
    content = waiting_book(page.desk, page.request.path_params["digest"])
    if content is None:
        raise HTTPException(404)
    name, day = asked.get("name", ""), told_day(asked.get("day", ""), page.desk.today())
    try:
        taken = look_at_book(page.desk, content, name, day)
    except ReporterError as found:
        return agencies_page(page, AskedAnswers(problem=problem or found), status=UNFIT)
    return book_page(page, taken, name, day, problem)


@form_about_year
def take_in(form: Mapping[str, str], page: YearPage) -> Response:
    content = waiting_book(page.desk, page.request.path_params["digest"])
    if content is None:
        raise HTTPException(404)
    name, day = form.get("name", ""), told_day(form.get("day", ""), page.desk.today())
    try:
        came = look_at_book(page.desk, content, name, day, writes=True).received
    except ReporterError as problem:
        return _look(page, form, problem)
    known = came.year in known_years(page.reading.sources, came.country)
    place = f"/{came.country}/{came.year}" if known else f"/{page.state.country.code}/{page.state.year}"
    return RedirectResponse(f"{place}/agencies#decide", SEE_OTHER)
