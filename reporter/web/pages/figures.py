"""The figures of a chapter: look, type, paste."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from reporter.edit.figure_fields import typed_value, value_step
from reporter.edit.written_steps import Step
from reporter.errors import ReporterError
from reporter.model import Status
from reporter.web.amending import write
from reporter.web.figure_sheet import FieldRow, FigureSheet, chapters_with_figures
from reporter.web.figure_view import AskedSheet, asked_sheet, pane_steps, pasted_column, sheet_address, sheet_page
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.person import ask_person, person_of, remember_person

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422


@about_year
def first_sheet(page: YearPage) -> Response:
    chapters = chapters_with_figures(page)
    if not chapters:
        raise HTTPException(404)
    return RedirectResponse(sheet_address(page, chapters[0]), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    return sheet_page(page, AskedSheet(page.request.query_params))


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    sheet, person = asked_sheet(page, AskedSheet(form)), person_of(page.request, form)
    row = sheet.row(form.get("figure", ""))
    if row is None:
        raise HTTPException(404)
    if "column" in form and "write" not in form:
        return sheet_page(page, AskedSheet(form, pasted=pasted_column(sheet, row, form["column"])))
    if not person:
        return ask_person(page.request, form)
    try:
        steps = _steps(page, sheet, row, form)
    except ReporterError as problem:
        return sheet_page(page, AskedSheet(form, problem=problem), status=UNFIT)
    outcome = write(page.desk, person, steps)
    again = pasted_column(sheet, row, form["column"]) if "column" in form and outcome.problem else None
    stopped = AskedSheet(form, outcome.conflict, outcome.problem, pasted=again, written=len(outcome.edits))
    if stopped.conflict or stopped.problem:
        # Shown as the files are now, with what others wrote.
        status = CONFLICT if stopped.conflict else UNFIT
        response = about_year(lambda now: sheet_page(now, stopped, status=status))(page.request)
    else:
        address = sheet_address(page, sheet.chapter, form, at=row.field.address)
        response = RedirectResponse(address, SEE_OTHER)
    return remember_person(page.request, response, person)


def _steps(page: YearPage, sheet: FigureSheet, row: FieldRow, form: Mapping[str, str]) -> list[Step]:
    """What a form changes; raises ReporterError for what is no value."""
    catalogue = page.vintage.catalogue
    if "column" in form:
        written = pasted_column(sheet, row, form["column"]).written
        fields = [(each.row.field, each.value, each.row.seen) for each in written if each.row]
        return [
            value_step(field, catalogue, value, form.get(f"seen.{field.address}", seen))
            for field, value, seen in fields
        ]
    if "pane" in form:
        return pane_steps(page, row.field, form)
    typed, seen = form.get("value", ""), form.get("seen", "")
    # An open field shows an ellipsis that nobody typed.
    empty = seen if seen == str(Status.UNANSWERED) else ""
    return [value_step(row.field, catalogue, typed_value(typed) if typed.strip() else empty, seen)]
