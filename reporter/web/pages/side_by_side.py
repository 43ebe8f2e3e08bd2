"""Years, editions or countries side by side, as `reporter compare` lays them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from reporter.comparison import Manner
from reporter.document.outline import Volume
from reporter.edition.comparison_sides import context_of, stopping_findings
from reporter.edition.job import Job, outlines_of
from reporter.edition.kept_searches import findings_of
from reporter.edition.resources import locale_of, templates_of, theme_of
from reporter.edition.state import EditionState
from reporter.errors import ReporterError
from reporter.files.memory import Memory
from reporter.files.sources import Sources, known_countries, known_years
from reporter.files.workspace import Workspace
from reporter.model import Annexes, Dataset, Observation
from reporter.produce.colophon import production_of
from reporter.produce.composed import documents_of
from reporter.produce.drawing import Drawing
from reporter.render.linked import FilesBeside
from reporter.render.web import WebRenderer
from reporter.web.frame import YearPage, page_of_year, without_dataset
from reporter.web.live_edition import FOLDER, Drawn, Editions, LiveEdition, figure_address, linked_page, live_edition
from reporter.web.made_files import SIDES, AskedSides, asked_sides, files_of
from reporter.web.pages.web_page import FRAME_POLICY, page_event, printed_numbers
from reporter.web.shell import Shell
from reporter.web.workshop import Finished, Task, Workshop


@dataclass(frozen=True, eq=False)
class ComparedPage:
    """A comparison as a page. `stopped` counts the errors for which `reporter compare` would write no file; `volumes`
    are those that it has."""

    edition: LiveEdition
    volume: Volume
    stopped: int


@dataclass(frozen=True, slots=True)
class ComparisonOrder:
    """A comparison that is asked for, with its files. `sheet` is the address of the looks of the workbench within the
    page."""

    workspace: Workspace
    files: Sources
    job: Job
    sheet: str


@cache
def _drawing() -> Drawing:
    return Drawing()


@cache
def _memory() -> Memory:
    return Memory()


def make_comparison(asked: ComparisonOrder) -> ComparedPage:
    """Make the page of a comparison, also of drafts with errors. Raises ReporterError when there is none, as when its
    sides have no figure in common."""
    job, workspace = asked.job, asked.workspace
    state = EditionState(job.edition, asked.files, folder=findings_of(workspace), memory=_memory())
    checked, locale = state.checked, locale_of(state.sources, job.language)
    context = context_of(checked.dataset, job.main, locale)
    production = production_of(state.checksum, job, context.vintage)
    lead = partial(lead_of, checked.dataset)
    volumes = documents_of(checked, job.main, locale, production, context=context, anyway=True)
    volume = job.volume if job.volume in volumes else Volume.MAIN
    drawn = Drawn(theme_of(state.sources, checked.dataset.settings), workspace, _drawing())
    renderer = WebRenderer(locale.text, templates_of(state.sources), lead)
    page = linked_page(renderer, volumes[volume], drawn, FilesBeside(FOLDER, asked.sheet))
    stopped = stopping_findings(checked, job)
    return ComparedPage(live_edition(state.checksum, volumes, page), volume, len(stopped))


def lead_of(dataset: Dataset, seen: Observation) -> str:
    """The page about a figure; nowhere for a country without a year."""
    data = dataset.country(seen.country)
    years = [each.year for each in data.years] if data else []
    year = seen.vintage if seen.vintage in years else years[-1] if years else 0
    return figure_address(seen, year) if year else ""


# Seconds that a frame waits before it says that it does.
SHORT = 0.5


def show(request: Request) -> Response:
    waiting = without_dataset(request, request.app.state.desk.reading)
    if waiting:
        return waiting
    asked = asked_of(request)
    years = known_years(request.app.state.desk.reading.sources, asked.country)
    named = [asked.year, *(int(each) for each in asked.sides if each.isdecimal())]
    found = page_of_year(
        request, asked.country, max((each for each in named if each in years), default=years[-1] if years else 0)
    )
    if not isinstance(found, YearPage):
        return found
    finished, problem, volumes = _standing(request, asked)
    made: ComparedPage | None = finished.made if finished else None
    locale = found.locale
    years_of_years = known_years(found.reading.sources, asked.country)
    return found.answer(
        "compare.html",
        "compare",
        asked=asked,
        address_of=lambda **other: f"/{asked.country}/compare?{replace(asked, **other).query}",
        names=[locale.country(each) for each in asked.sides] if asked.manner is Manner.COUNTRIES else asked.sides,
        has_neighbours=len(known_countries(found.reading.sources)) > 1,
        choices=tuple(_choices(found, asked)),
        years=years_of_years[:-1]
        if asked.manner is Manner.EDITIONS
        else years_of_years
        if asked.manner is Manner.COUNTRIES
        else (),
        volumes=volumes,
        problem=problem,
        stopped=made.stopped if made else 0,
        tried=f"{finished is not None} {problem}",
        sections=printed_numbers(found, made.edition.volumes[made.volume], partial(lead_of, found.state.dataset))
        if made
        else (),
    )


def page(request: Request) -> Response:
    """The comparison alone, as a frame shows it. One that takes a while says so, until the page around asks for it
    again."""
    if SIDES not in request.query_params:
        raise HTTPException(404)
    headers = {"content-security-policy": FRAME_POLICY}
    shell: Shell = request.app.state.shell
    try:
        finished = _workshop(request).wait(_task(request, asked_of(request)), SHORT)
        problem = finished.problem if finished else None
    except ReporterError as found:
        finished, problem = None, found
    if finished is None or finished.made is None:
        return shell.page(request.scope, "no_comparison.html", {"problem": problem}, headers=headers)
    made: ComparedPage = finished.made
    _editions(request).remember(made.edition)
    return HTMLResponse(made.edition.html, headers=headers | {"etag": f'"{made.edition.digest}"'})


async def changes(request: Request) -> Response:
    have, tried = (request.query_params.get(each, "") for each in ("have", "tried"))
    finished, problem, _ = _standing(request, asked_of(request))
    told: list[tuple[str, object]] = []
    if finished and finished.made and finished.made.edition.digest != have:
        edition = finished.made.edition
        before = _editions(request).known(have)
        _editions(request).remember(edition)
        told.append(page_event(edition, before))
    now = f"{finished is not None} {problem}".replace("\n", " ")
    if now != tried:
        # The frame says that it is being made, until it is asked for again.
        told += [("page", {"parts": None})] if finished and problem else []
        told.append(("tried", now))
    return JSONResponse(told)


def asked_of(request: Request) -> AskedSides:
    """What an address asks for. Raises HTTPException for a country that there is not."""
    reading, country = request.app.state.desk.reading, request.path_params["country"]
    if reading.checked is None or country not in known_countries(reading.sources):
        raise HTTPException(404)
    shell: Shell = request.app.state.shell
    fields = {name: request.query_params.getlist(name) for name in request.query_params}
    languages, spoken = reading.checked.dataset.settings.languages, shell.locale(request.scope).language
    return asked_sides(reading.sources, country, fields, languages, spoken)


def _task(request: Request, asked: AskedSides) -> Task:
    """The comparison as a task. Raises ReporterError when there is none."""
    desk, shell = request.app.state.desk, request.app.state.shell
    job = asked.job(desk.reading.sources)
    files, digest = files_of(desk.reading, job)
    compared = ComparisonOrder(desk.workspace, files, job, shell.assets["edition.css"].path)
    return Task(thing=job, digest=digest, work=make_comparison, given=(compared,))


def _standing(request: Request, asked: AskedSides) -> tuple[Finished | None, ReporterError | None, tuple[Volume, ...]]:
    try:
        task = _task(request, asked)
    except ReporterError as problem:
        return None, problem, ()
    finished = _workshop(request).ask(task)
    volumes = tuple(outlines_of(asked.job(request.app.state.desk.reading.sources), Annexes.SHORT))
    return finished, finished.problem if finished else None, volumes


def _choices(page: YearPage, asked: AskedSides) -> Iterator[str]:
    sources = page.reading.sources
    if asked.manner is Manner.COUNTRIES:
        # In the order in which they are compared; what is not, by its name.
        known = known_countries(sources)
        yield from (each for each in asked.sides if each in known)
        yield from (each for each in known if each not in asked.sides)
    else:
        # An edition knows nothing of later years.
        first = asked.year if asked.manner is Manner.EDITIONS else 0
        yield from (
            str(each) for each in known_years(sources, asked.country) if each >= first or str(each) in asked.sides
        )


def _workshop(request: Request) -> Workshop:
    found: Workshop = request.app.state.comparisons
    return found


def _editions(request: Request) -> Editions:
    found: Editions = request.app.state.editions
    return found
