"""Take back what somebody wrote last, or do it again."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.i18n import N_
from reporter.web.amending import take_back
from reporter.web.form_fields import read_form
from reporter.web.kept_form import keep_form, person_of
from reporter.web.pages.door import OWN_PAGE, SEE_OTHER
from reporter.web.refusals import Refusal, trouble_of
from reporter.web.shell import shell_of

UNFIT = 422

STALE = Refusal(
    409,
    N_("Somebody changed this since you wrote it"),
    N_("Nothing was taken back: what they wrote would be lost. Go to the field and change it there."),
)
NOT_LAST = Refusal(
    409, N_("This is not what you wrote last"), N_("Nothing was taken back. Go back and look at the page anew.")
)


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
