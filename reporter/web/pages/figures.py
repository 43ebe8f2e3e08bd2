"""The figures of a chapter: look, type, paste."""

from collections.abc import Mapping
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from reporter.edit.figure_fields import (
    FigureField,
    shown_value,
    typed_figure,
    value_step,
    written_value,
    year_figures,
    year_file,
)
from reporter.edit.written_steps import Step
from reporter.errors import ReporterError
from reporter.model import Catalogue, Status
from reporter.web.amending import write, write_each
from reporter.web.figure_sheet import FieldRow, FigureSheet, chapters_with_figures, fields_of_year
from reporter.web.figure_view import AskedSheet, asked_sheet, pane_steps, pasted_column, sheet_address, sheet_page
from reporter.web.frame import YearPage, about_year, form_about_year
from reporter.web.person import ask_person, person_of, remember_person

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
TYPED = "value."


@about_year
def first_sheet(page: YearPage) -> Response:
    chapters = chapters_with_figures(page)
    if not chapters:
        raise HTTPException(404)
    is_open = (each.code for each in page.state.chapters if each.open_figures and each.code in chapters)
    return RedirectResponse(sheet_address(page, next(is_open, chapters[0])), SEE_OTHER)


@about_year
def show(page: YearPage) -> Response:
    return sheet_page(page, AskedSheet(page.request.query_params))


@form_about_year
def change(form: Mapping[str, str], page: YearPage) -> Response:
    if "typed" in form:
        return _write_typed(form, page)
    sheet, person = asked_sheet(page, AskedSheet(form)), person_of(page.request, form)
    row = sheet.row(form.get("figure", ""))
    if row is None:
        raise HTTPException(404)
    if "column" in form and "write" not in form:
        return sheet_page(page, AskedSheet(form, pasted=pasted_column(page, sheet, row, form["column"])))
    if not person:
        return ask_person(page.request, form)
    try:
        steps = _steps(page, sheet, row, form)
    except ReporterError as problem:
        response = sheet_page(page, AskedSheet(form, problem=problem), status=UNFIT)
        return remember_person(page.request, response, person)
    outcome = write(page.desk, person, steps)
    again = pasted_column(page, sheet, row, form["column"]) if "column" in form and outcome.problem else None
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
        written = pasted_column(page, sheet, row, form["column"]).written
        fields = [(each.row.field, each.value, each.row.seen) for each in written if each.row]
        return [
            value_step(field, catalogue, value, form.get(f"seen.{field.address}", seen))
            for field, value, seen in fields
        ]
    if "pane" in form:
        return pane_steps(page, row.field, form)
    return [_typed_step(row.field, catalogue, form.get("value", ""), form.get("seen", ""), row.seen)]


def _typed_step(field: FigureField, catalogue: Catalogue, typed: str, seen: str, now: str) -> Step:
    """Write what was typed in a field. `seen` are, line by line, what stood there and what the same person sent before:
    that it arrived is not always known. Raises ReporterError for what is no value."""
    first, *own = seen.split("\n")
    known = {first}
    for each in own:
        with suppress(ReporterError):
            known.add(_value(each, first, field, catalogue))
    return value_step(field, catalogue, _value(typed, first, field, catalogue), now if now in known else first)


def _value(typed: str, seen: str, field: FigureField, catalogue: Catalogue) -> str:
    # An open field shows an ellipsis that nobody typed.
    empty = seen if seen == str(Status.UNANSWERED) else ""
    return typed_figure(typed, field, catalogue) if typed.strip() else empty


def _write_typed(form: Mapping[str, str], page: YearPage) -> Response:
    """Write what was typed in several fields, and say of each that was written what stands there now. What is no value,
    and what somebody else changed meanwhile, is left for the form of its field. The files are checked afterwards."""
    file = year_file(page.state.country.code, page.state.year)
    fields, before = fields_of_year(page), year_figures(page.reading.sources, file)
    steps: dict[FigureField, Step] = {}
    person = person_of(page.request)
    for address in (name.removeprefix(TYPED) for name in form if person and name.startswith(TYPED)):
        if address in fields:
            field, seen = fields[address], form.get(f"seen.{address}", "")
            with suppress(ReporterError):
                now = written_value(before, field)
                steps[field] = _typed_step(field, page.vintage.catalogue, form[f"{TYPED}{address}"], seen, now)
    outcomes = zip(steps, write_each(page.desk, person, list(steps.values())), strict=True)
    after = year_figures(page.desk.reading.sources, file)
    written = {field: written_value(after, field) for field, each in outcomes if not (each.problem or each.conflict)}
    return JSONResponse({each.address: {"seen": value, "shown": shown_value(value)} for each, value in written.items()})
