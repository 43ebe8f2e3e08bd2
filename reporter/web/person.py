"""Who writes: named by the proxy, or asked once."""

from collections.abc import Mapping
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from reporter.errors import one_line
from reporter.web.kept_form import OWN
from reporter.web.shell import Shell

COOKIE, FIELD = "reporter-person", "person"
LONGEST, YEAR, UNNAMED = 100, 365 * 24 * 3600, 422


def person_of(request: Request, form: Mapping[str, str] | None = None) -> str:
    """The name of who asks; empty while nobody said it."""
    named = str(request.scope.get("user") or "")
    return named or plain_name((form or {}).get(FIELD, "")) or plain_name(unquote(request.cookies.get(COOKIE, "")))


def ask_person(request: Request, form: Mapping[str, str]) -> Response:
    shell: Shell = request.app.state.shell
    kept = [(name, value) for name, value in form.items() if name != FIELD]
    typed = [value for name, value in kept if value.strip() and not OWN.match(name)]
    refused, now = form.get(FIELD, ""), person_of(request)
    values = {"kept": kept, "typed": typed, "refused": refused, "now": now, "longest": LONGEST}
    return shell.page(request.scope, "person.html", values, status=UNNAMED if request.method == "POST" else 200)


def remember_person(request: Request, response: Response, person: str) -> Response:
    if not request.scope.get("user"):
        response.set_cookie(COOKIE, quote(person), YEAR, path="/", httponly=True, samesite="strict")
    return response


def plain_name(name: str) -> str:
    """A name without what cannot be printed; empty for what has no letter, which is nobody's name."""
    plain = one_line(name)[:LONGEST]
    return plain if any(map(str.isalpha, plain)) else ""
