"""The application: routes, behind the guard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from reporter.errors import ReporterError
from reporter.web import refusals
from reporter.web.desk import Desk
from reporter.web.editions import Editions
from reporter.web.entrance import Entrance
from reporter.web.grounds import Terms
from reporter.web.guard import Guard
from reporter.web.kept_form import keep_form
from reporter.web.pages import ROUTES
from reporter.web.refusals import Refusal
from reporter.web.shell import Shell
from reporter.web.stepping import Stepper
from reporter.web.watching import Watcher
from reporter.web.workshop import Workshop

FAILED = 422
BY_FORM = {refusals.LOST.status: refusals.LOST}
# What was made last stays in memory: a page of a comparison is two megabytes, most of them typefaces, a PDF half a one.
MOST_COMPARISONS = MOST_PAPERS = 16
BY_STATUS = {each.status: each for each in (refusals.NO_PAGE, refusals.NO_WAY)}


def make_application(desk: Desk, shell: Shell, terms: Terms, entrance: Entrance, stepper: Stepper) -> ASGIApp:
    editions = Editions(desk, shell.assets["edition.css"].path)
    comparisons, papers = Workshop(MOST_COMPARISONS), Workshop(MOST_PAPERS)

    async def refused(request: Request, problem: Exception) -> Response:
        status = problem.status_code if isinstance(problem, HTTPException) else refusals.FAULT.status
        if request.scope.get("form"):
            return keep_form(request, BY_FORM.get(status, refusals.FAULT))
        return shell.refuse(request.scope, BY_STATUS.get(status, refusals.FAULT))

    async def failed(request: Request, problem: Exception) -> Response:
        hint = problem.hint if isinstance(problem, ReporterError) else ""
        return keep_form(request, Refusal(FAILED, str(problem).partition("\n")[0], hint))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        watcher = Watcher(desk.workspace, desk.look_again)
        editions.open()
        comparisons.open()
        papers.open()
        desk.open()
        watcher.open()
        yield
        papers.close()
        comparisons.close()
        editions.close()
        stepper.close()
        watcher.close()
        desk.close()

    application = Starlette(
        routes=ROUTES,
        exception_handlers={HTTPException: refused, ReporterError: failed, Exception: refused},
        lifespan=lifespan,
    )
    application.router.redirect_slashes = False
    application.state.editions, application.state.comparisons, application.state.papers = editions, comparisons, papers
    application.state.desk, application.state.shell, application.state.stepper = desk, shell, stepper
    application.state.entrance = entrance
    return Guard(application, terms, entrance, shell.refuse)
