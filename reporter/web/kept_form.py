"""Keep what a form says where it cannot be answered now."""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response

from reporter.errors import Finding
from reporter.web.refusals import Refusal
from reporter.web.shell import Shell
from reporter.web.trouble_words import trouble_of_finding

# What a page asks again by itself; nobody typed it.
OWN = ("seen", "was.", "here", "line", "person", "figure", "all", "pane", "path", "anchor", "beside", "write", "act")


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
        "typed": [value for name, value in form.items() if value.strip() and not name.startswith(OWN)],
    }
    return shell.page(request.scope, "kept.html", values, status=refusal.status)
