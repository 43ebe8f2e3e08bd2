"""Lead to a place by a few letters of it."""

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.files.sources import Sources, known_years
from reporter.i18n import NN_
from reporter.web.frame import YearPage, latest_year, page_of_year, without_dataset
from reporter.web.goals import found_goals, goals_of

OF_YEAR = re.compile(r"/([A-Z]{2})/([12]\d{3})(?:/.*)?", re.ASCII)
# More of them nobody reads through.
MOST, LONGEST = 12, 100
FOUND = NN_("{n} place found", "{n} places found")
MORE = NN_("{n} more: type another letter.", "{n} more: type another letter.")


def go(request: Request) -> Response:
    reading = request.app.state.desk.reading
    waiting = without_dataset(request, reading)
    if waiting:
        return waiting
    here, asked = (request.query_params.get(each, "") for each in ("here", "q"))
    country, year = _year(here, reading.sources)
    page = page_of_year(request, country, year) if country else RedirectResponse("/new/country", 303)
    if not isinstance(page, YearPage):
        return page
    found = found_goals(goals_of(page), asked)
    shown, more = found[:MOST], len(found[MOST:])
    return page.answer(
        "go.html",
        "go",
        found=shown,
        count=page.locale.count(*FOUND, len(found)),
        more=page.locale.count(*MORE, more) if more else "",
        asked=asked[:LONGEST],
        start=here,
    )


def _year(here: str, sources: Sources) -> tuple[str, int]:
    found = OF_YEAR.fullmatch(here)
    if found and int(found[2]) in known_years(sources, found[1]):
        return found[1], int(found[2])
    return latest_year(sources)
