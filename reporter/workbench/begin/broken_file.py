"""A file that cannot be read is corrected in the browser."""

from collections.abc import Mapping
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.errors import ReporterError, Severity
from reporter.data.i18n import N_
from reporter.data.write.applying import Writer, correct_whole
from reporter.workbench.server.door import OWN_PAGE
from reporter.workbench.server.form_post import (
    CONFLICT,
    SEE_OTHER,
    ask_person,
    keep_form,
    person_of,
    read_form,
    remember_person,
)
from reporter.workbench.server.frame import unread_page
from reporter.workbench.server.refusals import Refusal
from reporter.workbench.server.workspace_reader import desk_of

OK = 200
NOT_BROKEN = Refusal(
    CONFLICT,
    N_("Nothing is wrong with this file any more"),
    N_("Somebody corrected it meanwhile, or it is no file of the workspace. Nothing was written."),
)


def show(request: Request) -> Response:
    """The text of a file in which something is wrong; else the first page."""
    return _page(request, request.query_params.get("path", ""), OK) or RedirectResponse("/", SEE_OTHER)


async def correct_file(request: Request) -> Response:
    form = await read_form(request)
    return remember_person(request, await run_in_threadpool(_correct, request, form))


def _correct(request: Request, form: Mapping[str, str]) -> Response:
    desk = desk_of(request)
    person, file, here = person_of(request), form.get("path", ""), form.get("here", "")
    if not person:
        return ask_person(request, form)
    desk.read_now()
    response: Response = RedirectResponse(here if OWN_PAGE.fullmatch(here) else "/", SEE_OTHER)
    if _page(request, file, OK) is None:
        return keep_form(request, NOT_BROKEN)
    try:
        writer = Writer(person, datetime.now(UTC))
        correct_whole(desk.workspace, file, form.get("seen", ""), form.get("text", ""), writer)
        desk.read_now()
    except ReporterError as problem:
        response = _page(request, file, CONFLICT, form, problem) or keep_form(request, NOT_BROKEN)
    return response


def _page(
    request: Request,
    file: str,
    status: int,
    form: Mapping[str, str] | None = None,
    problem: ReporterError | None = None,
) -> Response | None:
    reading = request.app.state.desk.reading
    found = tuple(each for each in reading.findings if each.mark.path == file and each.severity is Severity.ERROR)
    return unread_page(request, reading, problem, found, status, typed=form or {}) if found else None
