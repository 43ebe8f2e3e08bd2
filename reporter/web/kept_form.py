"""Keep what a form says where it cannot be answered now."""

import errno
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from reporter.errors import Finding, ReporterError, WordedError, one_line
from reporter.files.sources import MISSING
from reporter.i18n import N_, Locale
from reporter.i18n.problem_words import said_problem
from reporter.web.refusals import Refusal
from reporter.web.shell import Shell

Words = tuple[str, str]
FULL: Words = (
    N_("The disk is full: this could not be written"),
    N_("Make room on the disk, then write it again. What stood in the files is unchanged."),
)
BARRED: Words = (
    N_("The file, or the folder in which it lies, may not be written"),
    N_("Have its rights mended by whoever keeps this machine, then write it again. What stood in it is unchanged."),
)
BY_ERROR: Mapping[int, Words] = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: BARRED,
    errno.EACCES: BARRED,
    errno.EPERM: BARRED,
}
BY_CODE: Mapping[str, Words] = {
    MISSING: (N_("The file is not there"), N_("Put it back where it was.")),
    "unreadable": (
        N_("There is no file that can be read"),
        N_("See that a file lies there, not a folder, and that its rights let you read it."),
    ),
    "outside-workspace": (N_("A link leads out of the workspace"), N_("Put the file itself in its place.")),
    "too-large": (N_("The file is too large"), N_("Keep figures and text only in it.")),
    "not-text": (N_("The file is no plain text"), N_("Save it as plain text, with the encoding UTF-8.")),
    "not-utf-8": (N_("The file is not written in UTF-8"), N_("Save it with the encoding UTF-8.")),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands against it, the remedy, and what the program says itself. `detail` is empty where the fact says it
    all."""

    fact: str
    remedy: str
    detail: str = ""


def trouble_of(problem: ReporterError, locale: Locale) -> Trouble:
    cause = problem.__cause__
    words = BY_ERROR.get(cause.errno or 0) if isinstance(cause, OSError) else None
    if words:
        return Trouble(locale.text(words[0]), locale.text(words[1]), said_problem(problem.message, locale))
    if isinstance(problem, WordedError):
        return Trouble(*(locale.text(each, **problem.values) for each in (problem.words, problem.remedy)))
    return Trouble(said_problem(problem.message, locale), said_problem(problem.hint, locale))


def trouble_of_finding(finding: Finding, locale: Locale) -> Trouble:
    """Why a file cannot be read; English where only the loader knows."""
    words = BY_CODE.get(finding.code)
    if words:
        return Trouble(locale.text(words[0]), locale.text(words[1]))
    return Trouble(said_problem(finding.message, locale), said_problem(finding.hint, locale))


# What a page asks again by itself; nobody typed it.
OWN = re.compile(r"seen|was\.|here|line|person|figure|all|pane|path|anchor|beside|write|act|token")


def keep_form(request: Request, refusal: Refusal, findings: Iterable[Finding] = ()) -> Response:
    """Say why nothing was written, and keep what was sent. It is sent again by a button of the page. Where nothing was
    sent it is a plain refusal."""
    shell: Shell = request.app.state.shell
    form: dict[str, str] = request.scope.get("form") or {}
    if not form:
        return shell.refuse(request.scope, refusal)
    locale = shell.locale(request.scope)
    values = {
        "refusal": refusal,
        "found": [(trouble_of_finding(each, locale), each.mark) for each in findings],
        "kept": tuple(form.items()),
        "typed": [value for name, value in form.items() if value.strip() and not OWN.match(name)],
    }
    return shell.page(request.scope, "kept.html", values, status=refusal.status)


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
