"""The door: come in by the printed address, choose how it looks."""

import re
from collections.abc import Container, Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.web import refusals
from reporter.web.form_fields import read_form
from reporter.web.kept_form import ask_person, plain_name, remember_person
from reporter.web.shell import BESIDE, CLOSED, COOKIE, LETTERS, OFF, OPEN, PLACES, shell_of

SEE_OTHER = 303
# A path of ours: browsers take // and /\\ for the beginning of another host.
OWN_PAGE = re.compile(r"/(?:[\w-][\w./-]*(?:\?beside=\w+)?)?", re.ASCII)
YEAR = 365 * 24 * 3600


async def enter(request: Request) -> Response:
    """Exchange the address for a cookie. The page leads on by itself. A redirect would not do: a browser that was led
    here by another page would follow it without the cookie."""
    shell = shell_of(request)
    # Whoever only looks whether there is a page, such as a program for messages, does not use the address up.
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
        return Response(status_code=204)
    entrance = request.app.state.entrance
    value = entrance.admit(request.path_params["ticket"])
    if not value:
        return shell.refuse(request.scope, refusals.UNKNOWN)
    response = shell.page(request.scope, "enter.html")
    response.set_cookie(entrance.cookie, value, path="/", httponly=True, samesite="strict")
    return response


async def choose_language(request: Request) -> Response:
    return _keep(await read_form(request), "language", COOKIE, shell_of(request).locales)


def show_person(request: Request) -> Response:
    return ask_person(request, {"here": request.query_params.get("here", "")})


async def choose_person(request: Request) -> Response:
    """Write under another name from now on."""
    form = await read_form(request)
    person = plain_name(form.get("person", ""))
    return remember_person(request, _keep(form, "", "", ()), person) if person else ask_person(request, form)


async def show_beside(request: Request) -> Response:
    return _keep(await read_form(request), "page", BESIDE, (OPEN, CLOSED))


async def choose_letters(request: Request) -> Response:
    return _keep(await read_form(request), "letters", LETTERS, (OFF, "on"), otherwise="/keys")


def all_keys(request: Request) -> Response:
    return shell_of(request).page(request.scope, "keys.html", {"titles": {each.code: each.title for each in PLACES}})


def _keep(form: Mapping[str, str], field: str, cookie: str, known: Container[str], otherwise: str = "/") -> Response:
    here = form.get("here", "")
    response = RedirectResponse(here if OWN_PAGE.fullmatch(here) else otherwise, SEE_OTHER)
    if form.get(field) in known:
        response.set_cookie(cookie, form[field], YEAR, path="/", httponly=True, samesite="strict")
    return response
