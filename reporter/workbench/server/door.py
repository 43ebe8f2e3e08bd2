"""Sign in by the printed address, choose display settings, and undo edits."""

from collections.abc import Container, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.i18n import N_
from reporter.workbench.server import refusals
from reporter.workbench.server.amending import take_back
from reporter.workbench.server.form_post import (
    OWN_PAGE,
    SEE_OTHER,
    UNFIT,
    ask_person,
    keep_form,
    person_of,
    plain_name,
    read_form,
    remember_person,
)
from reporter.workbench.server.refusals import Refusal, trouble_of
from reporter.workbench.server.shell import BESIDE, CLOSED, COOKIE, LETTERS, OFF, OPEN, PLACES, shell_of

YEAR = 365 * 24 * 3600


async def enter(request: Request) -> Response:
    """Exchange the address for a cookie, on a page that leads on: after a foreign link, redirects lose the cookie."""
    shell = shell_of(request)
    # A mere preview, such as a messenger's, does not use the address up.
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
        return Response(status_code=204)
    entrance = request.app.state.entrance
    value = entrance.admit(request.path_params["ticket"])
    if not value:
        return shell.refuse(request.scope, refusals.UNKNOWN)
    response = shell.page(request.scope, "server/enter.html")
    response.set_cookie(entrance.cookie, value, path="/", httponly=True, samesite="strict")
    return response


async def choose_language(request: Request) -> Response:
    return _keep(await read_form(request), "language", COOKIE, shell_of(request).locales)


def show_person(request: Request) -> Response:
    return ask_person(request, {"here": request.query_params.get("here", "")})


async def choose_person(request: Request) -> Response:
    """Write under another name from now on."""
    form = await read_form(request)
    if not plain_name(form.get("person", "")):
        return ask_person(request, form)
    return remember_person(request, _keep(form, "", "", ()))


async def choose_preview(request: Request) -> Response:
    return _keep(await read_form(request), "page", BESIDE, (OPEN, CLOSED))


async def choose_letters(request: Request) -> Response:
    return _keep(await read_form(request), "letters", LETTERS, (OFF, "on"), otherwise="/keys")


def all_keys(request: Request) -> Response:
    return shell_of(request).page(
        request.scope, "server/keys.html", {"titles": {place.code: place.title for place in PLACES}}
    )


def _keep(form: Mapping[str, str], field: str, cookie: str, choices: Container[str], otherwise: str = "/") -> Response:
    here = form.get("here", "")
    response = RedirectResponse(here if OWN_PAGE.fullmatch(here) else otherwise, SEE_OTHER)
    if form.get(field) in choices:
        response.set_cookie(cookie, form[field], YEAR, path="/", httponly=True, samesite="strict")
    return response


STALE = Refusal(
    409,
    N_("Another user has changed this since"),
    N_("Nothing was undone: another user’s change would be lost. Go to the field and change it there."),
)
NOT_LAST = Refusal(409, N_("This is not your last change"), N_("Nothing was undone. Go back and reload the page."))


async def undo_last(request: Request) -> Response:
    form, person = await read_form(request), person_of(request)
    shell = shell_of(request)
    here = form.get("here", "") if OWN_PAGE.fullmatch(form.get("here", "")) else ""
    outcome = await run_in_threadpool(take_back, request.app.state.desk, person, form.get("line", ""), here)
    if outcome.problem:
        trouble = trouble_of(outcome.problem, shell.locale(request.scope))
        return keep_form(request, Refusal(UNFIT, trouble.fact, trouble.remedy))
    if not outcome.edits:
        return shell.refuse(request.scope, STALE if outcome.conflict else NOT_LAST)
    return RedirectResponse(here or "/", SEE_OTHER)
