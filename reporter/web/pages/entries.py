"""Lists of what is neither figure nor text, with their forms."""

from collections.abc import Mapping
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.edit.amendment import NOTHING
from reporter.edit.figure_fields import FigureField, value_step, year_file
from reporter.edit.written_steps import Step
from reporter.model import EditionStatus, Status
from reporter.web.figure_sheet import OF_THINGS
from reporter.web.forms.entry_codes import coded_place
from reporter.web.forms.form_inputs import NEW
from reporter.web.forms.record_form import record_form, remove_record, write_record
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.lists_view import (
    CONFLICT,
    AskedEntry,
    asked_entry,
    conflict_page,
    field_of,
    form_page,
    ground_of,
    is_indicator,
    list_page,
    overview_page,
    removal_page,
    settings_page,
)
from reporter.web.person import ask_person, person_of, remember_person

SEE_OTHER, UNFIT = 303, 422

overview = about_year(overview_page)
settings = about_year(settings_page)


@about_year
def show(page: YearPage) -> Response:
    asked = asked_entry(page)
    if asked.listed:
        return list_page(page, asked, asked.listed)
    if page.request.query_params.get("remove"):
        return removal_page(page, asked)
    form = record_form(asked.place, ground_of(page, asked), page.reading.sources)
    if form.is_new and not asked.is_new:
        raise HTTPException(404)
    return form_page(page, asked, form)


@form_about_year
def change(posted: Mapping[str, str], page: YearPage) -> Response:
    asked, person = asked_entry(page), person_of(page.request, posted)
    if "later" in posted:
        form = record_form(asked.place, ground_of(page, asked), page.reading.sources)
        return form_page(page, asked, replace(form, typed=posted))
    if not person:
        return ask_person(page.request, posted)
    done = _removed if "remove" in posted else _written
    return remember_person(page.request, done(page, asked, posted, person), person)


def _written(page: YearPage, asked: AskedEntry, posted: Mapping[str, str], person: str) -> Response:
    ground, place, request = ground_of(page, asked), asked.place, page.request
    if asked.above and asked.above.is_keyed and asked.is_new:
        place, problem = coded_place(asked.above, posted, page.desk.workspace.snapshot())
        if problem:
            form = record_form(asked.place, ground, page.reading.sources)
            return form_page(page, asked, replace(form, typed=posted, problems={"code": problem}), status=UNFIT)
    beside: tuple[Step, ...] = ()
    is_new_indicator = asked.is_new and is_indicator(asked) and not place.path[-1].startswith(OF_THINGS)
    if is_new_indicator and page.state.progress.status is EditionStatus.DRAFT:
        # A year that is a draft is asked for its value.
        field = FigureField(year_file(page.state.country.code, page.state.year), place.path[-1])
        beside = (value_step(field, page.vintage.catalogue, str(Status.UNANSWERED), ""),)
    done = write_record(page.desk, person, place, ground, posted, beside)
    if done.form:
        again = done.form
        return about_year(lambda now: form_page(now, asked, again, status=UNFIT))(request)
    conflict = done.outcome.conflict
    if conflict:
        # Shown as the files are now, with what others wrote.
        return about_year(lambda now: conflict_page(now, asked, conflict, posted))(request)
    path = place.path or asked.path
    if asked.is_new and is_indicator(asked):
        return about_year(lambda now: RedirectResponse(field_of(now, path[-1]), SEE_OTHER))(request)
    if asked.above and path[-1] == NEW:
        path = (*path[:-1], str(len(asked.above.entries(page.desk.reading.sources)) - 1))
    return RedirectResponse("/".join((asked.files.address, *path)), SEE_OTHER)


def _removed(page: YearPage, asked: AskedEntry, posted: Mapping[str, str], person: str) -> Response:
    outcome = remove_record(page.desk, person, asked.place, posted.get("seen", NOTHING))
    if outcome.problem or outcome.conflict:
        status = CONFLICT if outcome.conflict else UNFIT
        return about_year(lambda now: removal_page(now, asked, outcome, status=status))(page.request)
    return RedirectResponse("/".join((asked.files.address, *asked.path[:-1])), SEE_OTHER)
