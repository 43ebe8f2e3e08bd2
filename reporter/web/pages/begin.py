"""Begin a workspace, a country or a year. What is written is what `reporter init` and `reporter new` write."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.edition.resources import lacks_words
from reporter.errors import DataError, ReporterError
from reporter.files.sources import NO_SOURCES, known_countries, known_years
from reporter.files.workspace import Workspace
from reporter.i18n import Locale, country_codes, official_languages
from reporter.i18n.territories import letters_of
from reporter.intake.imports.importing import plan_figures
from reporter.languages import known_language
from reporter.load.year import YEAR
from reporter.model.label import ENGLISH, OFFICIAL
from reporter.start.making import begun_files, brought_files, make_workspace, new_country, new_workspace, write_new
from reporter.web.desk import Desk
from reporter.web.form_fields import read_form, read_parts
from reporter.web.frame import folder_gone, without_dataset
from reporter.web.shell import Shell

SEE_OTHER, UNFIT = 303, 422
ALSO = "also."
FOLDER = re.compile(r"""[^/\\:*?"<>|\x00-\x1f.][^/\\:*?"<>|\x00-\x1f]{0,99}""")
PAGE = "begin.html"


@dataclass(frozen=True, slots=True)
class Begun:
    """What somebody wants to begin, as the form says it. `languages` are those of a new workspace, the one that leads
    first."""

    country: str
    year: str
    languages: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The year; raises ReporterError for what is none."""
        if not YEAR.fullmatch(self.year):
            raise ReporterError(f"{self.year!r} is no year", hint="write four digits, such as 2019")
        return int(self.year)


def new_workspace_page(request: Request) -> Response:
    """Ask for the country and the languages of an empty folder."""
    desk: Desk = request.app.state.desk
    gone = folder_gone(request)
    if gone:
        return gone
    if not desk.reading.digest:
        return _shell(request).page(request.scope, "waiting.html", {"reading": desk.reading})
    if not desk.reading.is_empty:
        return RedirectResponse("/", SEE_OTHER)
    return _workspace_page(request, Begun("", str(desk.today().year - 1), ("",)))


async def begin_workspace(request: Request) -> Response:
    """Make the workspace of an empty folder: of a country, with what another publication says of it, or the example. In
    a folder that is not there yet it may have another name; where no leading language is named, the country's leads."""
    (form, sent), desk = await read_parts(request), _desk(request)
    country, also = form.get("country", ""), tuple(name.removeprefix(ALSO) for name in form if name.startswith(ALSO))
    own = official_languages(country) if country in country_codes() else ()
    asked = Begun(
        country,
        form.get("year", ""),
        (form.get("first") or next((each for each in own if each in OFFICIAL), ENGLISH), *also),
    )
    is_example, is_import = "example" in form, request.url.path.endswith("figures")
    name, root, leads = form.get("folder", "").strip(), desk.workspace.root, "/" if is_example or is_import else ""

    def files() -> Mapping[str, bytes]:
        if not is_import:
            return new_workspace(country, asked.languages, asked.number, brought_files())
        day, kind, file = desk.today(), form.get("form", ""), sent.get("file", ("the file", b""))
        plan, begun = plan_figures(NO_SOURCES, country, kind, file, day, languages=asked.languages)
        return {**begun, **plan.files}

    def make() -> None:
        if not desk.read_now().is_empty:
            raise ReporterError("the folder is a workspace already", hint="go to the first page")
        if name and name != root.name and not root.exists():
            if not FOLDER.fullmatch(name) or (root.parent / name).exists():
                raise ReporterError(f"{name!r} is no new folder", hint="write the name of a folder that is not there")
            desk.workspace = Workspace(root.parent / name)
        make_workspace(desk.workspace.root, {} if is_example else files())

    return folder_gone(request) or await _done(request, asked, make, _workspace_page, leads)


def new_country_page(request: Request) -> Response:
    waiting = without_dataset(request, _desk(request).reading)
    return waiting or _country_page(request, Begun("", str(_desk(request).today().year - 1)))


async def begin_country(request: Request) -> Response:
    form, desk = await read_form(request), _desk(request)
    asked = Begun(form.get("country", ""), form.get("year", ""))

    def make() -> None:
        sources = desk.read_now().sources
        write_new(desk.workspace, sources, new_country(sources, asked.country, asked.number))

    return await _done(request, asked, make, _country_page)


def new_year_page(request: Request) -> Response:
    """Ask which year of a country begins; by default the next one."""
    desk, country = _desk(request), request.path_params["country"]
    waiting = without_dataset(request, desk.reading)
    if waiting:
        return waiting
    years = known_years(desk.reading.sources, country)
    if not years:
        raise HTTPException(404)
    return _year_page(request, Begun(country, str(years[-1] + 1)))


async def begin_year(request: Request) -> Response:
    form, desk, country = await read_form(request), _desk(request), request.path_params["country"]
    if country not in known_countries(desk.reading.sources):
        raise HTTPException(404)
    asked = Begun(country, form.get("year", ""))

    def make() -> None:
        sources = desk.read_now().sources
        write_new(desk.workspace, sources, begun_files(sources, asked.country, asked.number))

    return await _done(request, asked, make, _year_page)


Ask = Callable[..., Response]


async def _done(request: Request, asked: Begun, make: Callable[[], None], ask: Ask, leads: str = "") -> Response:
    """Lead to the year that was begun, or elsewhere; ask again when it could not be."""
    desk = _desk(request)
    try:
        await run_in_threadpool(make)
    except DataError as problem:
        found = problem.findings[0]
        return ask(request, asked, ReporterError(f"{found.mark}: {found.message}", hint=found.hint))
    except ReporterError as problem:
        return ask(request, asked, problem)
    await run_in_threadpool(desk.read_now)
    return RedirectResponse(leads or f"/{asked.country}/{asked.number}", SEE_OTHER)


def _workspace_page(request: Request, asked: Begun, problem: ReporterError | None = None) -> Response:
    locale = _locale(request)
    codes = sorted(OFFICIAL, key=lambda each: letters_of(locale.language_name(each), locale.language))
    # Each with its name, and whether the rules read it.
    spoken = [(each, locale.opened(locale.language_name(each)), bool(known_language(each).claims)) for each in codes]
    groups = [
        (title, lacks, [each for each in spoken if lacks_words(each[0]) == lacks])
        for title, lacks in ((locale.text("Complete"), False), (locale.text("Partly in English"), True))
    ]
    own = {code: next(iter(official_languages(code)), ENGLISH) for code in country_codes()}
    root = _desk(request).workspace.root
    values = {"spoken": groups, "own": own, "root": root, "is_new": not root.exists()}
    return _page(request, asked, problem, kind="workspace", countries=_countries(locale, ()), **values)


def _country_page(request: Request, asked: Begun, problem: ReporterError | None = None) -> Response:
    known = known_countries(_desk(request).reading.sources)
    return _page(request, asked, problem, kind="country", countries=_countries(_locale(request), known))


def _year_page(request: Request, asked: Begun, problem: ReporterError | None = None) -> Response:
    return _page(request, asked, problem, kind="year", name=_locale(request).country(asked.country))


def _page(request: Request, asked: Begun, problem: ReporterError | None, **values: object) -> Response:
    given = {"asked": asked, "problem": problem, **values}
    return _shell(request).page(request.scope, PAGE, given, status=UNFIT if problem else 200)


def _countries(locale: Locale, without: Iterable[str]) -> list[tuple[str, str]]:
    return [(code, locale.country(code)) for code in locale.ordered(country_codes() - set(without))]


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _shell(request: Request) -> Shell:
    shell: Shell = request.app.state.shell
    return shell


def _locale(request: Request) -> Locale:
    return _shell(request).locale(request.scope)
