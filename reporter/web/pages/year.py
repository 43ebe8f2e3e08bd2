"""The year: what comes next, what is open, due, found and sent."""

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.figure_view import sheet_address
from reporter.web.forms.listings import chapter_lists
from reporter.web.frame import YearPage, about_year, latest_year, without_dataset
from reporter.web.next_step import next_steps, step_address, told_unwritten
from reporter.web.year_state import ChapterState


def first_page(request: Request) -> Response:
    reading = request.app.state.desk.reading
    waiting = without_dataset(request, reading)
    if waiting:
        return waiting
    country, year = latest_year(reading.sources)
    return RedirectResponse(f"/{country}/{year}" if country else "/new/country", 303)


@about_year
def show(page: YearPage) -> Response:
    return page.answer(
        "year.html",
        "year",
        steps=next_steps(page.state, page.locale),
        unwritten=told_unwritten(page.state, page.locale),
        step_address=partial(step_address, page),
        sheet=partial(_sheet, page),
    )


def _sheet(page: YearPage, chapter: ChapterState) -> str:
    """Where the figures of a chapter are answered: sheet or list. Empty without any."""
    if chapter.code in chapters_with_figures(page):
        return sheet_address(page, chapter.code)
    lists = chapter_lists(chapter.code, page.state.country.code, page.state.year) if chapter.figures else ()
    return next((address for _, address in lists), "")
