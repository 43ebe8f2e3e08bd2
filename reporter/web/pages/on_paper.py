"""Pages as they will be on paper, and published files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reporter.edition.job import WORD
from reporter.edition.shelf import NUMBER
from reporter.errors import DataError, ReporterError
from reporter.files.checksum import checksum
from reporter.i18n import N_, Locale
from reporter.produce.order import PAPER
from reporter.sections.finding_words import problem_words
from reporter.web.frame import YearPage, about_year, without_dataset
from reporter.web.live_edition import Wanted
from reporter.web.made_files import MadeFile, asked_audience, audience_query, file_task, profile_of
from reporter.web.pages.side_by_side import asked_of
from reporter.web.shell import Shell
from reporter.web.workshop import Task, Workshop

NAME = re.compile(r"[\w-]+", re.ASCII)
# The viewer of a browser shows a PDF whatever this says; what the file itself would load or run, nothing may.
PDF_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
KINDS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
OTHER_KIND = "application/octet-stream"
ALTERED = (
    N_("{name} is not in its folder as it was published."),
    N_("reporter publish {country} {year} puts it back, the same as it was."),
)


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What a page says that waits for a file. `title` is what is made, `back` the address of the page that led here,
    `findings` that of what stops it."""

    title: str
    back: str
    findings: str


@about_year
def chapter(page: YearPage) -> Response:
    code = page.request.path_params["section"]
    if not NAME.fullmatch(code):
        raise HTTPException(404)
    return _paper(page, code)


@about_year
def whole(page: YearPage) -> Response:
    return _paper(page, "")


@about_year
def for_word(page: YearPage) -> Response:
    return _paper(page, "", WORD)


def _paper(page: YearPage, section: str, form: str = PAPER) -> Response:
    state, language = page.state, page.request.path_params["language"]
    if language not in state.dataset.settings.languages:
        raise HTTPException(404)
    wanted = Wanted(state.country.code, state.year, language, asked_audience(page.request.query_params))
    job = profile_of(page.reading, wanted)
    task = file_task(page.desk.workspace, page.reading, job, form, section)
    name = page.locale.name_of(state.country)
    titles = {PAPER: N_("{name} {year} on paper"), WORD: N_("{name} {year} for Word")}
    here = f"/{state.country.code}/{state.year}"
    wording = PaperWords(
        title=page.locale.text(titles[form], name=name, year=state.year),
        back=f"{here}/page/{language}{audience_query(wanted.audience)}",
        findings=f"{here}/findings",
    )
    return answer_file(page.request, task, wording)


def comparison(request: Request) -> Response:
    """A comparison as a file, as `reporter compare` makes it."""
    form, desk = request.path_params["form"], request.app.state.desk
    if form not in KINDS:
        raise HTTPException(404)
    waiting = without_dataset(request, desk.reading)
    if waiting:
        return waiting
    asked, shell = asked_of(request), request.app.state.shell
    back = f"/{asked.country}/compare?{asked.query}"
    wording = PaperWords(shell.locale(request.scope).text("Side by side, as a file"), back, "")
    try:
        task = file_task(desk.workspace, desk.reading, asked.job(desk.reading.sources), form)
    except ReporterError as problem:
        return _refused(request, problem, wording)
    return answer_file(request, task, wording)


def answer_file(request: Request, task: Task, wording: PaperWords) -> Response:
    workshop: Workshop = request.app.state.papers
    shell: Shell = request.app.state.shell
    finished = workshop.ask(task)
    if finished is None:
        return shell.page(request.scope, "paper.html", {"wording": wording, "task": task, "ready": None})
    if finished.problem:
        return _refused(request, finished.problem, wording)
    made: MadeFile = finished.made
    form = made.name.rpartition(".")[2]
    is_shown = form == "pdf"
    if not is_shown and "get" not in request.query_params:
        # A page of ours holds none of the workspace's; it is saved, and opened by itself.
        named = urlencode([*request.query_params.multi_items(), ("get", "1")])
        locale = shell.locale(request.scope)
        size = locale.text("{n} MB", n=locale.fixed(Decimal(len(made.content)) / 1_000_000, 1))
        ready = {"name": made.name, "size": size, "address": f"{request.url.path}?{named}"}
        return shell.page(request.scope, "paper.html", {"wording": wording, "task": task, "ready": ready})
    return Response(made.content, headers=_headers(made.name, is_shown=is_shown))


@about_year
def published(page: YearPage) -> Response:
    """A file of a published edition, as it lies in its folder. No other file is reached: its name and checksum stand in
    the file of the edition."""
    number, name = page.request.path_params["number"], page.request.path_params["name"]
    releases = page.state.progress.releases
    release = next((each for each in releases if each.number == number), None)
    listed = dict(release.files) if release else {}
    if release is None or name not in listed:
        raise HTTPException(404)
    country, year = page.state.country.code, page.state.year
    folder = page.desk.workspace.output / country / str(year)
    if release is not releases[-1]:
        folder /= NUMBER.format(number)
    try:
        content = (folder / name).read_bytes()
    except OSError:
        content = b""
    if checksum(content) != listed[name]:
        locale = page.locale
        words, remedy = (locale.text(each, name=name, country=country, year=year) for each in ALTERED)
        wording = PaperWords(locale.text("Published"), f"/{country}/{year}", "")
        return _told(page.request, wording, (words, remedy))
    return Response(content, headers=_headers(name, is_shown=name.endswith(".pdf")))


async def made(request: Request) -> Response:
    digest = request.path_params["digest"]
    if not NAME.fullmatch(digest):
        raise HTTPException(404)
    workshop: Workshop = request.app.state.papers
    return JSONResponse([] if workshop.is_due(digest) else [("made", digest)])


def _refused(request: Request, problem: ReporterError, wording: PaperWords) -> Response:
    locale: Locale = request.app.state.shell.locale(request.scope)
    if isinstance(problem, DataError):
        count = len(problem.findings)
        words = locale.count("{n} error stops the file.", "{n} errors stop the file.", count)
        remedy = locale.text("Mend what is found, then try again.")
        return _told(request, wording, (words, remedy))
    return _told(request, wording, problem_words(problem, locale))


def _told(request: Request, wording: PaperWords, problem: tuple[str, str]) -> Response:
    shell: Shell = request.app.state.shell
    return shell.page(request.scope, "no_paper.html", {"wording": wording, "problem": problem})


def _headers(name: str, *, is_shown: bool) -> Mapping[str, str]:
    kind = KINDS.get(name.rpartition(".")[2], OTHER_KIND)
    how = "inline" if is_shown else "attachment"
    return {
        "content-type": kind,
        "content-disposition": f'{how}; filename="{name}"',
        "content-security-policy": PDF_POLICY,
    }
