"""The keys of the workbench, and whether single letters are keys."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.web.form_fields import read_form
from reporter.web.pages.door import OWN_PAGE, SEE_OTHER, YEAR
from reporter.web.shell import LETTERS, OFF, PLACES, Shell


def show(request: Request) -> Response:
    """All keys, those of each page under its name."""
    shell: Shell = request.app.state.shell
    return shell.page(request.scope, "keys.html", {"titles": {each.code: each.title for each in PLACES}})


async def choose_letters(request: Request) -> Response:
    """Keep in the browser whether letters alone are keys."""
    form = await read_form(request)
    here = form.get("here", "")
    response = RedirectResponse(here if OWN_PAGE.fullmatch(here) else "/keys", SEE_OTHER)
    response.set_cookie(
        LETTERS, OFF if form.get("letters") == OFF else "on", YEAR, path="/", httponly=True, samesite="strict"
    )
    return response
