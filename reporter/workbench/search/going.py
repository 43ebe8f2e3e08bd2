"""Find a page by a few letters of its name."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.files.sources import known_countries, known_years
from reporter.workbench.lists.listings import settings_file
from reporter.workbench.server.form_post import SEE_OTHER
from reporter.workbench.server.frame import YearPage, latest_year, page_of_year, without_dataset
from reporter.workbench.server.shell import PLACES
from reporter.workbench.year.year_state import chapter_of_address, written_chapters

WORD = re.compile(r"\w+")


# A destination: title, kind, address, and further words that find it but are not shown.
Goal = tuple[str, str, str, str]


def goals_of(page: YearPage) -> Iterator[Goal]:
    """All destinations from a year, the nearest first."""
    state, text = page.state, page.locale.text
    here, own = f"/{state.country.code}/{state.year}", frozenset(page.figure_chapters)
    for place in PLACES:
        yield text(place.title), text("page"), place.address(state), place.code
    for part in written_chapters():
        if part.code in own:
            yield text(part.title), text("figures"), f"{here}/figures/{part.code}", part.code
    languages = state.dataset.settings.languages
    language = page.locale.language if page.locale.language in languages else languages[0]
    for part in (inner for chapter in written_chapters() for inner in chapter.walk() if not inner.from_data):
        yield text(part.title), text("text"), f"{here}/text/{language}/{part.code}", part.code
    for indicator in page.yearly_figures:
        chapter = chapter_of_address(indicator.code, state.data)
        if chapter in own:
            address = f"{here}/figures/{chapter}?all=1&at={indicator.code}#f-{indicator.code}"
            yield indicator.label.text(page.locale.language), text("figure"), address, indicator.code
    for code in sorted(known_countries(page.reading.sources), key=lambda other: other != state.country.code):
        data = state.dataset.country(code)
        name = page.locale.name_of(data.country) if data else page.locale.country(code)
        for year in reversed(known_years(page.reading.sources, code)):
            yield page.locale.put("{} {}", name, year), text("year"), f"/{code}/{year}", code
    yield text("New year…"), text("page"), f"/{state.country.code}/new", ""
    yield text("New country…"), text("page"), "/new/country", ""
    yield text("Import figures…"), text("page"), f"{here}/import", ""
    yield text("Keys"), text("page"), "/keys", ""
    files = settings_file()
    for listing in files.listings:
        yield text(listing.title), text("Settings"), f"{files.address}/{listing.key}", listing.key
    yield text("Backup"), text("Settings"), f"{files.address}/backup", ""


def matching_goals(goals: Iterable[Goal], asked: str) -> list[Goal]:
    wanted = _plain(asked)
    ranked = ((_rank(goal, wanted), goal) for goal in goals)
    return [goal for rank, goal in sorted((pair for pair in ranked if pair[0]), key=lambda pair: pair[0])]


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(character for character in decomposed if not unicodedata.combining(character)).split())


def _rank(goal: Goal, wanted: str) -> int:
    """The distance of a match; 0 is no match."""
    title, kind, _, further = goal
    title = _plain(title)
    everything = f"{title} {_plain(kind)} {_plain(further)}"
    words = wanted.split()
    if title.startswith(wanted):
        return 1
    if _begins(title, words):
        return 2
    if _begins(everything, words):
        return 3
    return 4 if all(word in everything for word in words) else 0


def _begins(text: str, words: Iterable[str]) -> bool:
    text_words = [*text.split(), *WORD.findall(text)]
    return all(any(text_word.startswith(word) for text_word in text_words) for word in words)


OF_YEAR = re.compile(r"/([A-Z]{2})/([12]\d{3})(?:/.*)?", re.ASCII)
# The most results shown, and the longest query.
MOST, LONGEST = 12, 100


def go(request: Request) -> Response:
    reading = request.app.state.desk.reading
    if waiting := without_dataset(request, reading):
        return waiting
    here, asked = (request.query_params.get(name, "") for name in ("here", "q"))
    named = OF_YEAR.fullmatch(here)
    is_there = named and int(named[2]) in known_years(reading.sources, named[1])
    country, year = (named[1], int(named[2])) if named and is_there else latest_year(reading.sources)
    page = page_of_year(request, country, year) if country else RedirectResponse("/new/country", SEE_OTHER)
    if not isinstance(page, YearPage):
        return page
    goals = matching_goals(goals_of(page), asked)
    return page.answer("search/go.html", "go", found=goals, most=MOST, asked=asked[:LONGEST], start=here)
