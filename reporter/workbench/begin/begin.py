"""Start a workspace, add a country or a year, as `reporter init` and `new` do; and correct an unreadable file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reporter.data.errors import DataError, ReporterError, Severity
from reporter.data.files.sources import NO_SOURCES, Sources, known_countries, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_, country_codes, official_languages
from reporter.data.i18n.territories import letters_of
from reporter.data.languages import known_language
from reporter.data.read.year import YEAR
from reporter.data.records.label import ENGLISH, OFFICIAL
from reporter.data.write.applying import Writer, correct_whole
from reporter.editions.resources import is_unreviewed
from reporter.editions.start.making import (
    begun_files,
    brought_files,
    make_workspace,
    new_country,
    new_workspace,
    write_new,
)
from reporter.exchange.publications.importing import plan_figures
from reporter.workbench.server.form_post import (
    CONFLICT,
    OWN_PAGE,
    SEE_OTHER,
    UNFIT,
    ask_person,
    keep_form,
    person_of,
    read_form,
    remember_person,
)
from reporter.workbench.server.frame import folder_gone, unread_page, without_dataset
from reporter.workbench.server.refusals import Refusal
from reporter.workbench.server.shell import shell_of
from reporter.workbench.server.workspace_reader import desk_of

ALSO = "also."
FOLDER = re.compile(r"""[^/\\:*?"<>|\x00-\x1f.][^/\\:*?"<>|\x00-\x1f]{0,99}""")


@dataclass(frozen=True, slots=True)
class Begun:
    """The request of a form. `languages` are those of a new workspace, the leading one first."""

    country: str
    year: str
    languages: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """The year; raises ReporterError if it is none."""
        if not YEAR.fullmatch(self.year):
            raise ReporterError(f"{self.year!r} is not a valid year", hint="write four digits, such as 2019")
        return int(self.year)


def new_workspace_page(request: Request) -> Response:
    """Ask for the country and the languages of an empty folder."""
    desk = desk_of(request)
    if gone := folder_gone(request):
        return gone
    if not desk.reading.digest:
        return shell_of(request).page(request.scope, "server/waiting.html", {"reading": desk.reading})
    if not desk.reading.is_empty:
        return RedirectResponse("/", SEE_OTHER)
    return _page(request, Begun("", str(desk.today().year - 1), ("",)), "workspace")


async def begin_workspace(request: Request) -> Response:
    """Create a workspace: for a country, with figures of another publication, or the example. A folder that does not
    exist yet may be given another name; the default leading language is the country's."""
    form, desk = await read_form(request), desk_of(request)
    country, also = form.get("country", ""), tuple(name.removeprefix(ALSO) for name in form if name.startswith(ALSO))
    own = official_languages(country) if country in country_codes() else ()
    first = form.get("first") or next((language for language in own if language in OFFICIAL), ENGLISH)
    asked = Begun(country, form.get("year", ""), (first, *also))
    is_example, is_import = "example" in form, request.url.path.endswith("figures")
    name, root, leads = form.get("folder", "").strip(), desk.workspace.root, "/" if is_example or is_import else ""

    def files() -> Mapping[str, bytes]:
        if not is_import:
            return new_workspace(country, asked.languages, asked.number, brought_files())
        day, kind, file = desk.today(), form.get("form", ""), request.scope["files"].get("file", ("the file", b""))
        plan, new_files = plan_figures(NO_SOURCES, country, kind, file, day, languages=asked.languages)
        return {**new_files, **plan.files}

    def make() -> None:
        if not desk.read_now().is_empty:
            raise ReporterError("the folder is a workspace already", hint="go to the first page")
        if name and name != root.name and not root.exists():
            if not FOLDER.fullmatch(name) or (root.parent / name).exists():
                raise ReporterError(f"{name!r} is not a new folder", hint="enter the name of a new folder")
            desk.workspace = Workspace(root.parent / name)
        make_workspace(desk.workspace.root, {} if is_example else files())

    return folder_gone(request) or await _done(request, asked, make, "workspace", leads)


def new_country_page(request: Request) -> Response:
    waiting = without_dataset(request, desk_of(request).reading)
    return waiting or _page(request, Begun("", str(desk_of(request).today().year - 1)), "country")


async def begin_country(request: Request) -> Response:
    form = await read_form(request)
    return await _begin(request, Begun(form.get("country", ""), form.get("year", "")), "country", new_country)


def new_year_page(request: Request) -> Response:
    """Ask for the new year of a country; by default the next one."""
    desk, country = desk_of(request), request.path_params["country"]
    if waiting := without_dataset(request, desk.reading):
        return waiting
    years = known_years(desk.reading.sources, country)
    if not years:
        raise HTTPException(404)
    return _page(request, Begun(country, str(years[-1] + 1)), "year")


async def begin_year(request: Request) -> Response:
    form, country = await read_form(request), request.path_params["country"]
    if country not in known_countries(desk_of(request).reading.sources):
        raise HTTPException(404)
    return await _begin(request, Begun(country, form.get("year", "")), "year", begun_files)


async def _begin(
    request: Request, asked: Begun, kind: str, files: Callable[[Sources, str, int], Mapping[str, bytes]]
) -> Response:
    desk = desk_of(request)

    def make() -> None:
        sources = desk.read_now().sources
        write_new(desk.workspace, sources, files(sources, asked.country, asked.number))

    return await _done(request, asked, make, kind)


async def _done(request: Request, asked: Begun, make: Callable[[], None], kind: str, leads: str = "") -> Response:
    """Redirect to the new year, or elsewhere; show the form again if it failed."""
    try:
        await run_in_threadpool(make)
    except DataError as problem:
        finding = problem.findings[0]
        return _page(request, asked, kind, ReporterError(f"{finding.mark}: {finding.message}", hint=finding.hint))
    except ReporterError as problem:
        return _page(request, asked, kind, problem)
    await run_in_threadpool(desk_of(request).read_now)
    return RedirectResponse(leads or f"/{asked.country}/{asked.number}", SEE_OTHER)


def _page(request: Request, asked: Begun, kind: str, problem: ReporterError | None = None) -> Response:
    desk, shell = desk_of(request), shell_of(request)
    locale = shell.locale(request.scope)
    without = known_countries(desk.reading.sources) if kind == "country" else ()
    countries = [(code, locale.country(code)) for code in locale.ordered(country_codes() - set(without))]
    values: dict[str, object] = {"asked": asked, "problem": problem, "kind": kind, "countries": countries}
    if kind == "workspace":
        codes = sorted(OFFICIAL, key=lambda code: letters_of(locale.language_name(code), locale.language))
        # Each with its name and whether the rules read it; those whose words were reviewed first.
        spoken = [
            (code, locale.opened(locale.language_name(code)), bool(known_language(code).claims)) for code in codes
        ]
        values["spoken"] = [[row for row in spoken if is_unreviewed(row[0]) == is_so] for is_so in (False, True)]
        values["own"] = {code: next(iter(official_languages(code)), ENGLISH) for code in country_codes()}
        values["root"], values["is_new"] = desk.workspace.root, not desk.workspace.root.exists()
    return shell.page(request.scope, "begin/begin.html", values, status=UNFIT if problem else 200)


NOT_BROKEN = Refusal(
    CONFLICT,
    N_("This file has no more errors"),
    N_("The file was corrected meanwhile, or is not part of the workspace. Nothing was written."),
)


def show_broken(request: Request) -> Response:
    """The text of an unreadable file; else redirects to the first page."""
    return _broken_page(request, request.query_params.get("path", "")) or RedirectResponse("/", SEE_OTHER)


async def correct_file(request: Request) -> Response:
    form = await read_form(request)
    return remember_person(request, await run_in_threadpool(_correct, request, form))


def _correct(request: Request, form: Mapping[str, str]) -> Response:
    desk = desk_of(request)
    person, file, here = person_of(request), form.get("path", ""), form.get("here", "")
    if not person:
        return ask_person(request, form)
    desk.read_now()
    if _broken_page(request, file) is None:
        return keep_form(request, NOT_BROKEN)
    try:
        writer = Writer(person, datetime.now(UTC))
        correct_whole(desk.workspace, file, form.get("seen", ""), form.get("text", ""), writer)
        desk.read_now()
    except ReporterError as problem:
        return _broken_page(request, file, form, problem) or keep_form(request, NOT_BROKEN)
    return RedirectResponse(here if OWN_PAGE.fullmatch(here) else "/", SEE_OTHER)


def _broken_page(
    request: Request, file: str, form: Mapping[str, str] | None = None, problem: ReporterError | None = None
) -> Response | None:
    reading = request.app.state.desk.reading
    wrong = tuple(item for item in reading.findings if item.mark.path == file and item.severity is Severity.ERROR)
    return (
        unread_page(request, reading, problem, wrong, CONFLICT if problem else 200, typed=form or {}) if wrong else None
    )
