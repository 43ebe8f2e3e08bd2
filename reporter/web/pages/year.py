"""The year: what comes next, what is open, due, found and sent."""

from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.context import Context
from reporter.errors import Finding
from reporter.sections.finding_words import words_of
from reporter.web.figure_sheet import chapters_with_figures
from reporter.web.figure_view import sheet_address
from reporter.web.forms.listings import chapter_lists
from reporter.web.frame import YearPage, about_year, latest_year, without_dataset
from reporter.web.next_step import next_step, step_address
from reporter.web.year_state import ChapterState

MOST_KINDS = 6


def first_page(request: Request) -> Response:
    reading = request.app.state.desk.reading
    waiting = without_dataset(request, reading)
    if waiting:
        return waiting
    country, year = latest_year(reading.sources)
    return RedirectResponse(f"/{country}/{year}" if country else "/new/country", 303)


@about_year
def show(page: YearPage) -> Response:
    """The first page of a year. Of the `kinds` each has all findings of a rule and a weight."""
    context = Context(page.vintage, page.locale)
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for each in page.state.findings:
        kinds.setdefault((each.severity, each.code), []).append(each)
    return page.answer(
        "year.html",
        "year",
        step=next_step(page.state, page.locale),
        step_address=partial(step_address, page),
        kinds=tuple(kinds.values()),
        most_kinds=MOST_KINDS,
        words_of=lambda finding: words_of(finding, context),
        sheet=partial(_sheet, page),
    )


def _sheet(page: YearPage, chapter: ChapterState) -> str:
    """Where the figures of a chapter are answered: sheet or list. Empty without any."""
    if chapter.code in chapters_with_figures(page):
        return sheet_address(page, chapter.code)
    lists = chapter_lists(chapter.code, page.state.country.code, page.state.year) if chapter.figures else ()
    return next((address for _, address in lists), "")
