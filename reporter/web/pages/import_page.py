"""Figures of another publication, looked at before they are taken in."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from secrets import token_hex
from urllib.parse import urlencode

from starlette.responses import RedirectResponse, Response

from reporter.edit.applying import Writer
from reporter.edition.job import spans
from reporter.errors import ReporterError, WordedError
from reporter.i18n import N_
from reporter.intake.imports.importing import ImportPlan, plan_figures
from reporter.intake.imports.writing_down import write_plan
from reporter.web.amending import GROUP
from reporter.web.form_post import SEE_OTHER, UNFIT, ask_person
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.pages.agency_page import PLACE, keep_waiting, waiting_book

NO_FILE, CHOOSE_IT = N_("No file was chosen."), N_("Choose the file of the publication.")
# What a form asks again: the file that waits, its name, and what it is.
KEPT = ("digest", "name", "form")
_planned = lru_cache(maxsize=4)(plan_figures)


@about_year
def show(page: YearPage) -> Response:
    return _answer(page, page.request.query_params)


@form_about_year
def take(form: Mapping[str, str], page: YearPage) -> Response:
    if "digest" in form:
        return _write(form, page)
    name, content = page.files.get("file", ("", b""))
    if not content:
        return _answer(page, form, WordedError(NO_FILE, CHOOSE_IT))
    try:
        asked = {"digest": keep_waiting(page.desk, content), "name": name, "form": form.get("form", "")}
        _plan(page, asked)
    except ReporterError as problem:
        return _answer(page, form, problem)
    return RedirectResponse(f"{page.request.url.path}?{urlencode(asked)}", SEE_OTHER)


def _write(form: Mapping[str, str], page: YearPage) -> Response:
    person, country = page.person, page.state.country.code
    if not person:
        return ask_person(page.request, form)
    try:
        plan, begun = _plan(page, form)
        writer = Writer(person, datetime.now(UTC), token_hex(GROUP))
        write_plan(page.desk.workspace, page.reading.sources, plan, begun, writer)
    except ReporterError as problem:
        return _answer(page, form, problem)
    page.desk.take_in()
    changed = (*plan.made, *(year for _, year in plan.filled))
    proposed = max((year for year, _ in plan.proposals), default=0)
    leads = f"{proposed}/agencies#decide" if proposed else f"{max(changed, default=page.state.year)}/findings"
    return RedirectResponse(f"/{country}/{leads}", SEE_OTHER)


def _plan(page: YearPage, asked: Mapping[str, str]) -> tuple[ImportPlan, Mapping[str, bytes]]:
    content = waiting_book(page.desk, asked.get("digest", ""))
    if content is None:
        raise WordedError(NO_FILE, CHOOSE_IT)
    file, kind = (asked.get("name", ""), content), asked.get("form", "")
    return _planned(page.reading.sources, page.state.country.code, kind, file, page.desk.today())


def _answer(page: YearPage, asked: Mapping[str, str], problem: ReporterError | None = None) -> Response:
    """The form, or what the file that waits brings."""
    plan: ImportPlan | None = None
    if "digest" in asked and not problem:
        try:
            plan, _ = _plan(page, asked)
        except ReporterError as found:
            problem = found
    return page.answer(
        "import.html",
        PLACE,
        status=UNFIT if problem else 200,
        kept={name: asked.get(name, "") for name in KEPT},
        plan=plan,
        spans=spans,
        left=Counter(each.reason for each in plan.figures.left).most_common() if plan else (),
        problem=problem,
    )
