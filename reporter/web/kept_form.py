"""Keep what a form says where it cannot be answered now, and ask who writes it."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from reporter.errors import Finding, one_line
from reporter.web.refusals import Refusal, trouble_of_finding
from reporter.web.shell import shell_of

# What a page asks again by itself; nobody typed it.
OWN = re.compile(r"seen|was\.|w:|here|line|person|figure|all|pane|path|anchor|beside|write|act|token")


def typed_values(form: Mapping[str, str]) -> list[str]:
    """What was typed in a form: neither what was there before, nor what the page sends by itself."""
    typed = ((name, value) for name, value in form.items() if value.strip() and not OWN.match(name))
    return [value for name, value in typed if form.get(f"w:{name.removeprefix('v:')}") != value]


def keep_form(request: Request, refusal: Refusal, findings: Iterable[Finding] = ()) -> Response:
    """Say why nothing was written, and keep what was sent. It is sent again by a button of the page. Where nothing was
    sent it is a plain refusal."""
    shell = shell_of(request)
    form: dict[str, str] = request.scope.get("form") or {}
    if not form:
        return shell.refuse(request.scope, refusal)
    locale = shell.locale(request.scope)
    values = {
        "refusal": refusal,
        "found": [(trouble_of_finding(each, locale), each.mark) for each in findings],
        "kept": tuple(form.items()),
        "typed": typed_values(form),
    }
    return shell.page(request.scope, "kept.html", values, status=refusal.status)


COOKIE, FIELD = "reporter-person", "person"
LONGEST, YEAR, UNNAMED = 100, 365 * 24 * 3600, 422


def person_of(request: Request, form: Mapping[str, str] | None = None) -> str:
    """The name of who asks; empty while nobody said it."""
    named = str(request.scope.get("user") or "")
    return named or plain_name((form or {}).get(FIELD, "")) or plain_name(unquote(request.cookies.get(COOKIE, "")))


def ask_person(request: Request, form: Mapping[str, str]) -> Response:
    kept = [(name, value) for name, value in form.items() if name != FIELD]
    refused, now = form.get(FIELD, ""), person_of(request)
    values = {"kept": kept, "typed": typed_values(form), "refused": refused, "now": now, "longest": LONGEST}
    return shell_of(request).page(
        request.scope, "person.html", values, status=UNNAMED if request.method == "POST" else 200
    )


def remember_person(request: Request, response: Response, person: str) -> Response:
    if not request.scope.get("user"):
        response.set_cookie(COOKIE, quote(person), YEAR, path="/", httponly=True, samesite="strict")
    return response


def plain_name(name: str) -> str:
    """A name without what cannot be printed; empty for what has no letter, which is nobody's name."""
    plain = one_line(name)[:LONGEST]
    return plain if any(map(str.isalpha, plain)) else ""
