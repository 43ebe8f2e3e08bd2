"""What the pages about a year share."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.errors import DataError, Finding, ReporterError, Severity, UsageError
from reporter.data.files.sources import DATA, SETTINGS, Sources, known_countries, known_years, missing_file
from reporter.data.i18n import STATUS_WORDS, Locale
from reporter.data.records import Indicator, Vintage, vintage
from reporter.data.write.amendment import Edit
from reporter.data.write.applying import correctable
from reporter.editions.job import check_country
from reporter.report.context import Context
from reporter.report.sections.quality import label_at, words_of
from reporter.workbench.lists.listings import listing_title
from reporter.workbench.server.amending import edit_summary, last_edits, time_words
from reporter.workbench.server.form_post import SEE_OTHER, keep_form, person_of, read_form, remember_person
from reporter.workbench.server.refusals import FOLDER_GONE, NOT_YET, UNREAD, trouble_of, trouble_of_finding
from reporter.workbench.server.shell import PLACES, Shell, shell_of
from reporter.workbench.server.workspace_reader import Desk, Reading, desk_of
from reporter.workbench.year.year_state import ACTIVITIES, OF_THINGS, YearState, chapter_of_address, year_state


@dataclass(frozen=True, eq=False)
class YearPage:
    """A requested page about a year."""

    request: Request
    desk: Desk
    shell: Shell
    state: YearState
    reading: Reading

    @cached_property
    def vintage(self) -> Vintage:
        return vintage(self.state.dataset, self.state.country.code, self.state.year)

    @cached_property
    def yearly_figures(self) -> tuple[Indicator, ...]:
        """Indicators counted for the year, not for one activity or provision."""
        indicators = self.vintage.catalogue.indicators
        return tuple(indicator for indicator in indicators if not indicator.code.startswith((*OF_THINGS, ACTIVITIES)))

    @cached_property
    def figure_chapters(self) -> tuple[str, ...]:
        """The chapters that have a sheet of figures."""
        own = {chapter_of_address(indicator.code, self.state.data) for indicator in self.yearly_figures}
        return tuple(chapter.code for chapter in self.state.chapters if chapter.code in own)

    @cached_property
    def context(self) -> Context:
        return Context(self.vintage, self.locale)

    def words_of(self, finding: Finding) -> str:
        return words_of(finding, self.context)

    def label(self, address: str, years: tuple[int | None, ...] = ()) -> str:
        """The name of a figure in the year's file."""
        return label_at(address, self.context, years)

    def time_words(self, edit: Edit) -> str:
        return time_words(edit, self.locale)

    @property
    def base(self) -> str:
        """The address of the year, with which those of its pages begin."""
        return f"/{self.state.country.code}/{self.state.year}"

    @property
    def locale(self) -> Locale:
        return self.shell.locale(self.request.scope)

    @property
    def person(self) -> str:
        """The user's name; empty while unknown."""
        return person_of(self.request)

    @property
    def files(self) -> Mapping[str, tuple[str, bytes]]:
        """The files of the form that was sent, with their names."""
        files: Mapping[str, tuple[str, bytes]] = self.request.scope["files"]
        return files

    def answer(self, template: str, place: str, *, status: int = 200, **values: object) -> Response:
        state, locale, sources = self.state, self.locale, self.reading.sources
        others = ((code, known_years(sources, code)) for code in known_countries(sources) if code != state.country.code)
        # Of another country, the nearest year.
        near = [(code, min(years, key=lambda number: abs(number - state.year))) for code, years in others if years]
        frame = {
            "others": [(locale.country(code), code, year) for code, year in near],
            "state": state,
            "name": locale.name_of(state.country),
            "status": STATUS_WORDS[state.progress.status],
            "places": PLACES,
        }
        person, here = self.person, self.request.url.path
        last = last_edits(self.desk.workspace, sources, person, here)
        takes = [edit_summary(lines, self.vintage, locale, here, listing_title) if lines else None for lines in last]
        frame |= {"reading": self.reading, "person": person, "takes": takes, "place": place, "page": self}
        return self.shell.page(self.request.scope, template, {**frame, **values}, status=status)


def about_year(show: Callable[[YearPage], Response]) -> Callable[[Request], Response]:
    """Answer an address with a country and a year. While files are being read, or make no dataset, the page says so."""

    def answer(request: Request) -> Response:
        page = find_year(request)
        return show(page) if isinstance(page, YearPage) else page

    return answer


def form_about_year(
    act: Callable[[Mapping[str, str], YearPage], Response], *, fresh: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """Answer a form sent to an address with a country and a year; if `fresh`, with the files as they are now."""

    async def answer(request: Request) -> Response:
        form = await read_form(request)
        if fresh:
            await run_in_threadpool(desk_of(request).read_if_changed)
        return remember_person(request, await run_in_threadpool(about_year(partial(act, form)), request))

    return answer


def find_year(request: Request) -> YearPage | Response:
    """The requested page, or why there is none. Pages of no country use the latest year of the default one."""
    params, reading = request.path_params, request.app.state.desk.reading
    if "country" in params:
        return page_of_year(request, params["country"], params.get("year", 0))
    country, year = latest_year(reading.sources)
    waiting = without_dataset(request, reading)
    return page_of_year(request, country, year) if country else waiting or RedirectResponse("/new/country", SEE_OTHER)


def page_of_year(request: Request, country: str, year: int) -> YearPage | Response:
    desk = desk_of(request)
    reading = desk.reading
    if waiting := without_dataset(request, reading):
        return waiting
    years = known_years(reading.sources, country)
    # Pages of a country use its latest year.
    year = year or (years[-1] if years else 0)
    if year not in years:
        if year and request.scope.get("form"):
            return keep_form(request, UNREAD, [missing_file(f"{DATA}/{country}/{year}.yaml")])
        raise HTTPException(404)
    try:
        state = year_state(desk.workspace, reading, country, year, desk.today())
    except DataError as problem:
        return unread_page(request, reading, problem, problem.findings)
    return YearPage(request=request, desk=desk, shell=shell_of(request), state=state, reading=reading)


def latest_year(sources: Sources) -> tuple[str, int]:
    """The latest year of the workspace's country; 0 for none."""
    try:
        countries = check_country(sources, None)
    except UsageError:
        countries = known_countries(sources)
    years = ((code, known_years(sources, code)) for code in countries)
    return next(((code, country_years[-1]) for code, country_years in years if country_years), ("", 0))


def without_dataset(request: Request, reading: Reading) -> Response | None:
    """The answer where there is nothing to show; None otherwise."""
    if gone := folder_gone(request):
        return gone
    has_form = bool(request.scope.get("form"))
    if reading.is_empty:
        return keep_form(request, UNREAD, [missing_file(SETTINGS)]) if has_form else RedirectResponse("/new", SEE_OTHER)
    if not reading.digest:
        if has_form:
            return keep_form(request, NOT_YET)
        return shell_of(request).page(request.scope, "server/waiting.html", {"reading": reading})
    return unread_page(request, reading, reading.problem, reading.findings) if reading.checked is None else None


def folder_gone(request: Request) -> Response | None:
    """The answer where the folder is gone; None while it is there."""
    desk = desk_of(request)
    return None if desk.workspace.root.is_dir() or not desk.was_there else keep_form(request, FOLDER_GONE)


def unread_page(
    request: Request,
    reading: Reading,
    problem: ReporterError | None,
    findings: tuple[Finding, ...],
    status: int = 200,
    **more: object,
) -> Response:
    """The obstacles to reading files, with the text of the first one, to be corrected."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if request.scope.get("form") and not more:
        return keep_form(request, UNREAD, errors)
    shell = shell_of(request)
    locale = shell.locale(request.scope)
    broken = [error.mark for error in errors if correctable(reading.sources, error.mark.path) is not None]
    values = {
        "reading": reading,
        "problem": trouble_of(problem, locale) if problem else None,
        "found": [(trouble_of_finding(finding, locale), finding) for finding in findings],
        "broken": broken,
        "text": correctable(reading.sources, broken[0].path) if broken else "",
        "typed": {},
        **more,
    }
    return shell.page(request.scope, "begin/unread.html", values, status=status)
