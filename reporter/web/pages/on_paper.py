"""Pages as they will be on paper, and published files."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reporter.edition.job import WORD, Job
from reporter.edition.kept_searches import FOLDER
from reporter.edition.shelf import NUMBER
from reporter.edition.state import EditionState, beside_published
from reporter.errors import ReporterError, WordedError
from reporter.files.checksum import checksum
from reporter.files.workspace import Workspace
from reporter.i18n import N_
from reporter.produce.formats import make_part, maker_of
from reporter.produce.order import PAPER, Order
from reporter.produce.run import Beside, produce, produce_section
from reporter.web.desk import Reading
from reporter.web.frame import YearPage, about_year, without_dataset
from reporter.web.pages.side_by_side import asked_of, drawing, files_of, memory
from reporter.web.pages.web_page import wanted_edition
from reporter.web.shell import shell_of
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


def file_task(workspace: Workspace, reading: Reading, job: Job, form: str = "pdf", section: str = "") -> Task:
    files, digest = files_of(reading, job)
    order = Order(job=job, files=files, digest=digest, formats=(form,))
    digest = "-".join(filter(None, (digest, form, section, job.audience)))
    return Task(thing=(job, form, section), digest=digest, work=make_file, given=(workspace.cache, order, section))


def make_file(cache: Path, order: Order, section: str) -> tuple[str, bytes]:
    """Make a file in memory, its name and content, as `reporter build` and `compare` make it. What is slow is kept in
    the folder `cache`. Of a `section` its pages alone, also where findings stop the whole. Raises ReporterError when it
    cannot be made."""
    job = order.job if order.job.manner else beside_published(order.files, order.job)
    order = replace(order, job=job)
    state = EditionState(job.edition, order.files, folder=cache / FOLDER, memory=memory())
    (form,) = order.formats
    if form == PAPER:
        from reporter.pdf.paper import require_paper

        require_paper()
    beside = Beside(cache, drawing())
    if section:
        return f"{job.name}-{section}.{form}", produce_section(order, state, section, make_part, beside)
    made = produce(order, state, {form: maker_of(form)}, beside, lambda _: None).files[form]
    return f"{job.name}.{form}", made.content


# What a page says that waits for a file: what is made, and the addresses of the page that led here and of the findings.
PaperWords = Mapping[str, str]


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
    state, wanted = page.state, wanted_edition(page.request)
    task = file_task(page.desk.workspace, page.reading, wanted.profile(page.reading.sources), form, section)
    name = page.locale.name_of(state.country)
    titles = {PAPER: N_("{name} {year} on paper"), WORD: N_("{name} {year} for Word")}
    here = f"/{state.country.code}/{state.year}"
    wording = {
        "title": page.locale.text(titles[form], name=name, year=state.year),
        "back": f"{here}/page/{wanted.language}{wanted.query}",
        "findings": f"{here}/findings",
    }
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
    wording = {"title": shell.locale(request.scope).text("Side by side, as a file"), "back": back}
    try:
        task = file_task(desk.workspace, desk.reading, asked.job(desk.reading.sources), form)
    except ReporterError as problem:
        return _refused(request, problem, wording)
    return answer_file(request, task, wording)


def answer_file(request: Request, task: Task, wording: PaperWords) -> Response:
    workshop: Workshop = request.app.state.papers
    shell = shell_of(request)
    finished = workshop.ask(task)
    if finished is None:
        return shell.page(request.scope, "paper.html", {"wording": wording, "task": task, "ready": None})
    if finished.problem:
        return _refused(request, finished.problem, wording)
    name, content = finished.made
    is_shown = name.endswith(".pdf")
    if not is_shown and "get" not in request.query_params:
        # A page of ours holds none of the workspace's; it is saved, and opened by itself.
        named = urlencode([*request.query_params.multi_items(), ("get", "1")])
        locale = shell.locale(request.scope)
        size = locale.text("{n} MB", n=locale.fixed(Decimal(len(content)) / 1_000_000, 1))
        ready = {"name": name, "size": size, "address": f"{request.url.path}?{named}"}
        return shell.page(request.scope, "paper.html", {"wording": wording, "task": task, "ready": ready})
    return Response(content, headers=_headers(name, is_shown=is_shown))


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
        problem = WordedError(*ALTERED, name=name, country=country, year=year)
        return _refused(page.request, problem, {"title": page.locale.text("Published"), "back": f"/{country}/{year}"})
    return Response(content, headers=_headers(name, is_shown=name.endswith(".pdf")))


async def made(request: Request) -> Response:
    digest = request.path_params["digest"]
    if not NAME.fullmatch(digest):
        raise HTTPException(404)
    workshop: Workshop = request.app.state.papers
    return JSONResponse([] if workshop.is_due(digest) else [("made", digest)])


def _refused(request: Request, problem: ReporterError, wording: PaperWords) -> Response:
    return shell_of(request).page(request.scope, "no_paper.html", {"wording": wording, "problem": problem})


def _headers(name: str, *, is_shown: bool) -> Mapping[str, str]:
    kind = KINDS.get(name.rpartition(".")[2], OTHER_KIND)
    how = "inline" if is_shown else "attachment"
    return {
        "content-type": kind,
        "content-disposition": f'{how}; filename="{name}"',
        "content-security-policy": PDF_POLICY,
    }
