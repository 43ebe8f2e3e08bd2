"""Read a form and its sender, and keep the input if it cannot be processed now."""

import logging
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from reporter.data.errors import Finding, ReporterError, one_line
from reporter.data.files.writing import open_whole, write_error
from reporter.workbench.server.refusals import Refusal, trouble_of_finding
from reporter.workbench.server.shell import shell_of

# A path of ours: browsers take // and /\\ for the beginning of another host.
OWN_PAGE = re.compile(r"/(?:[\w-][\w./-]*(?:\?beside=\w+)?)?", re.ASCII)
SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
# A form of the workbench has a few dozen fields, and at most one file.
MOST, MOST_FILES = 1000, 4
# The token tells a browser that its input is written and may be forgotten; the secret is shown on no page again.
TOKEN, SECRET = "token", "passphrase"
# The browser shows that a form cannot be read; the server's log need not.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each with its last value. Files, with names, and a secret are kept separately in the scope
    of the request. Raises ReporterError for input that no browser sends."""
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    form = await _form(request)
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = value
        elif value.filename or value.size:
            files[name] = PurePosixPath((value.filename or "").replace("\\", "/")).name, await value.read()
    await form.close()
    scope = request.scope
    scope["secret"] = bytearray(fields.pop(SECRET, "").encode())
    if request.headers.get("content-type", "").startswith("multipart/"):
        fields = {name: value.replace("\r\n", "\n") for name, value in fields.items()}
    elif not scope["secret"]:
        # Returned to the user if it cannot be processed.
        scope["form"] = fields
    scope["files"], scope["token"] = files, fields.get(TOKEN, "")
    scope["person"] = plain_name(fields.get(FIELD, ""))
    return fields


async def receive_file(request: Request, field: str, place: Path) -> None:
    """Write the file of a one-field form, whole or not at all, without holding it in memory. Raises ReporterError."""
    try:
        sent = (await _form(request)).get(field)
        if not isinstance(sent, UploadFile) or not sent.size:
            raise ReporterError("no file was chosen", hint="choose the backup, a file ending in .zip")
        place.parent.mkdir(parents=True, exist_ok=True)
        with open_whole(place) as file:
            await run_in_threadpool(shutil.copyfileobj, sent.file, file)
    except OSError as problem:
        raise write_error(place, problem) from problem
    finally:
        await request.close()


async def _form(request: Request) -> FormData:
    kind = request.headers.get("content-type", "")
    try:
        if not kind.startswith("multipart/"):
            body = await request.body()
            (unquote_to_bytes(body) if "urlencoded" in kind else body).decode()
        return await request.form(max_files=MOST_FILES, max_fields=MOST)
    except UnicodeDecodeError:
        raise HTTPException(400) from None
    except (HTTPException, MultiPartException):
        raise ReporterError("the form cannot be read", hint="go back and try again") from None


# Sent by the page itself, not typed.
OWN = re.compile(
    r"(?:seen|was|w:|flag\.|also\.|path).*|here|line|person|figure|all|pane|anchor|beside|write|act|token|finding|rule|of"
    r"|show|name|remark|agency|column|digest|to|withdraw|back|button|kind|lang|language|sides|later|remove|at|family|code|by"
)
# A form whose values the page suggests.
READY = "ready"


def typed_values(form: Mapping[str, str]) -> list[str]:
    """The values typed in a form: neither earlier content, nor what the page sends by itself."""
    if READY in form:
        return []
    typed = ((name, value) for name, value in form.items() if value.strip() and not OWN.fullmatch(name))
    return [value for name, value in typed if form.get(f"w:{name.removeprefix('v:')}") != value]


def keep_form(request: Request, refusal: Refusal, findings: Iterable[Finding] = ()) -> Response:
    """Explain why nothing was written, with a button that sends the input again; without input a plain refusal."""
    shell = shell_of(request)
    form: dict[str, str] = request.scope.get("form") or {}
    if not form:
        return shell.refuse(request.scope, refusal)
    locale = shell.locale(request.scope)
    values = {
        "refusal": refusal,
        "found": [(trouble_of_finding(finding, locale), finding.mark) for finding in findings],
        "kept": tuple(form.items()),
        "typed": typed_values(form),
    }
    return shell.page(request.scope, "server/kept.html", values, status=refusal.status)


COOKIE, FIELD = "reporter-person", "person"
LONGEST, YEAR = 100, 365 * 24 * 3600


def person_of(request: Request) -> str:
    """The user's name from the proxy, the form or this browser; empty for none."""
    named = str(request.scope.get("user") or request.scope.get("person") or "")
    return named or plain_name(unquote(request.cookies.get(COOKIE, "")))


def ask_person(request: Request, form: Mapping[str, str]) -> Response:
    values = {
        "kept": [(name, value) for name, value in form.items() if name != FIELD],
        "typed": typed_values(form),
        "refused": form.get(FIELD, ""),
        "now": person_of(request),
        "longest": LONGEST,
        "back": _page_before(request, form),
    }
    return shell_of(request).page(
        request.scope, "server/person.html", values, status=UNFIT if request.method == "POST" else 200
    )


def _page_before(request: Request, form: Mapping[str, str]) -> str:
    """The page from which a form was sent: the one that it names, or the nearest that the address leads to."""
    here = form.get("here", "")
    if OWN_PAGE.fullmatch(here):
        return here
    path = PurePosixPath(request.url.path)
    asked = (str(parent) for parent in (path, *path.parents))
    scopes = ({**request.scope, "method": "GET", "path": address} for address in asked if request.method == "POST")
    routes = request.app.routes
    return next((item["path"] for item in scopes if any(route.matches(item)[0] == Match.FULL for route in routes)), "/")


def remember_person(request: Request, response: Response) -> Response:
    person = person_of(request)
    if person and not request.scope.get("user"):
        response.set_cookie(COOKIE, quote(person), YEAR, path="/", httponly=True, samesite="strict")
    return response


def plain_name(name: str) -> str:
    """A name of printable characters; empty without a letter."""
    plain = one_line(name)[:LONGEST]
    return plain if any(map(str.isalpha, plain)) else ""
