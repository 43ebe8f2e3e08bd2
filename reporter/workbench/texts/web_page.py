"""The present edition of a year on the screen, on paper and for Word; and its published files."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from reporter.data.errors import ReporterError, WordedError
from reporter.data.files.sources import checksum, known_years
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_
from reporter.data.records import Audience, Observation
from reporter.editions.build_record import NUMBER
from reporter.editions.job import WORD, Job
from reporter.editions.making.document_files import Beside, make_part, maker_of, produce, produce_section
from reporter.editions.making.order import PAPER, Order
from reporter.editions.search_cache import FOLDER
from reporter.editions.state import EditionState, relation_of
from reporter.report.document.content import printed_values
from reporter.report.document.document import Document
from reporter.workbench.server.background_jobs import Task, Workshop, drawing, files_of, memory
from reporter.workbench.server.form_post import SEE_OTHER
from reporter.workbench.server.frame import YearPage, about_year, find_year
from reporter.workbench.server.shell import LASTING, shell_of
from reporter.workbench.server.workspace_reader import Reading
from reporter.workbench.texts.live_edition import (
    LiveEdition,
    Made,
    Wanted,
    changed_parts,
    editions_of,
    field_address,
    figure_address,
)

# Drawings contain styles; there is no script, whatever a text or template of the workspace contains.
FRAME_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups "
    "allow-popups-to-escape-sandbox allow-downloads"
)

EDITIONS = {Audience.PUBLIC: N_("Public"), Audience.RESTRICTED: N_("Restricted, including withheld figures")}

PrintedNumbers = list[tuple[str, list[tuple[str, ...]]]]


def wanted_edition(request: Request) -> Wanted:
    """The edition that an address names. Raises HTTPException for an unknown one."""
    country, year, language = (request.path_params[name] for name in ("country", "year", "language"))
    reading = request.app.state.desk.reading
    is_there = year in known_years(reading.sources, country)
    languages = reading.checked.dataset.settings.languages if reading.checked else (language,)
    if not is_there or language not in languages or not language.isalpha():
        raise HTTPException(404)
    is_restricted = request.query_params.get("for") == Audience.RESTRICTED
    return Wanted(country, year, language, Audience.RESTRICTED if is_restricted else Audience.PUBLIC)


@about_year
def first(page: YearPage) -> Response:
    return RedirectResponse(f"{page.base}/page/{page.state.dataset.settings.languages[0]}", SEE_OTHER)


def show(request: Request) -> Response:
    """The page of an edition, with the origin of its numbers. With unreadable files the last page stays."""
    wanted = wanted_edition(request)
    editions = editions_of(request)
    page = find_year(request)
    if isinstance(page, YearPage):
        editions.seen[wanted] = page.state
    elif wanted in editions.seen and editions.watch(wanted).edition:
        desk, shell = request.app.state.desk, request.app.state.shell
        page = YearPage(request=request, desk=desk, shell=shell, state=editions.seen[wanted], reading=desk.reading)
    else:
        return page
    return _show(page, wanted, editions.watch(wanted))


def _show(page: YearPage, wanted: Wanted, attempt: Made) -> Response:
    locale, document = page.locale, attempt.edition.document if attempt.edition else None
    # The pages of a section on paper. The PDF has the pages of the whole part, and opens at the section. A viewer that
    # cannot read the title of a PDF shows the last name of its address.
    name = f"{wanted.country}-{wanted.year}-{wanted.language}-{{code}}.pdf"
    paper = f"{page.base}/paper/{wanted.language}/{{code}}/{name}{wanted.query}#nameddest=section-{{code}}"
    return page.answer(
        "texts/page.html",
        "page",
        wanted=wanted,
        audiences=[(replace(wanted, audience=reader).query, locale.text(words)) for reader, words in EDITIONS.items()],
        query=wanted.query,
        is_public=wanted.audience is Audience.PUBLIC,
        made=attempt,
        editions=[(language, locale.language_name(language)) for language in page.state.dataset.settings.languages],
        sections=printed_numbers(
            page,
            document,
            lambda observation: field_address(observation, page.state.data),
            lambda observation: figure_address(observation, page.state.year),
        )
        if document
        else None,
        chapters=[(paper.format(code=part.code), part.title) for part in (document.sections if document else ())],
    )


def edition(request: Request) -> Response:
    """The edition alone, for the frame. Waits for the first one, and otherwise only briefly."""
    attempt = editions_of(request).wait(wanted_edition(request))
    headers = {"content-security-policy": FRAME_POLICY}
    if attempt.edition is None:
        words = str(attempt.problem or "").partition("\n")[0]
        return shell_of(request).page(request.scope, "texts/no_edition.html", {"words": words}, headers=headers)
    return HTMLResponse(attempt.edition.html, headers=headers | {"etag": f'"{attempt.edition.digest}"'})


def companion_file(request: Request) -> Response:
    file = request.app.state.editions.file(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return Response(file.content, media_type=file.media_type, headers={"cache-control": LASTING})


async def changes(request: Request) -> Response:
    """News for a frame with an edition, as pairs of a kind and a message."""
    have, tried = (request.query_params.get(name, "") for name in ("have", "tried"))
    editions = editions_of(request)
    attempt, events = editions.watch(wanted_edition(request)), []
    if attempt.edition and attempt.edition.digest != have:
        events.append(page_event(attempt.edition, editions.parts_of(have)))
    if attempt.digest != tried:
        # The page around the frame shows whether it could be made, and lists its numbers.
        events.append(("tried", attempt.digest))
    return JSONResponse(events)


def page_event(edition: LiveEdition, before: Mapping[str, str]) -> tuple[str, object]:
    """The message that a frame's page has changed. `before` are the digests of its parts."""
    return "page", {"parts": changed_parts(edition, before), "all": list(edition.page.parts), "digest": edition.digest}


def printed_numbers(page: YearPage, document: Document, *leads: Callable[[Observation], str]) -> PrintedNumbers:
    locale, sections = page.locale, dict[str, dict[tuple[str, ...], None]]()
    for printed_value in printed_values(document):
        value = printed_value.observation
        label = locale.label_of(value, page.vintage.catalogue)
        if value.country != page.state.country.code:
            label = locale.joined(": ", (locale.country(value.country), label))
        row = (f"{label} {value.year or ''}".strip(), locale.value(value), *(lead(value) for lead in leads))
        sections.setdefault(printed_value.section, {})[row] = None
    return [(title, list(rows)) for title, rows in sections.items()]


NAME = re.compile(r"[\w-]+", re.ASCII)
# A browser's viewer shows a PDF whatever this says; the file itself may load and run nothing.
PDF_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
KINDS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}
ALTERED = (
    N_("{name} is missing from its folder, or altered."),
    N_("reporter publish {country} {year} restores it unchanged."),
)


def file_task(workspace: Workspace, reading: Reading, job: Job, form: str = "pdf", section: str = "") -> Task:
    files, digest = files_of(reading, job)
    order = Order(job=job, files=files, digest=digest, formats=(form,))
    digest = "-".join(filter(None, (digest, form, section, job.audience)))
    return Task(thing=(job, form, section), digest=digest, work=make_file, given=(workspace.cache, order, section))


def make_file(cache: Path, order: Order, section: str) -> tuple[str, bytes]:
    """Make a file in memory, as `reporter build` and `compare` do; return its name and content. Slow results are cached
    in `cache`. With a `section` only its pages, even if findings stop the whole. Raises ReporterError."""
    job = order.job if order.job.manner else relation_of(order.files, order.job)
    order = replace(order, job=job)
    state = EditionState(job.edition, order.files, folder=cache / FOLDER, memory=memory())
    (form,) = order.formats
    if form == PAPER:
        from reporter.formats.pdf.paper import require_paper

        require_paper()
    resources = Beside(cache, drawing())
    if section:
        return f"{job.name}-{section}.{form}", produce_section(order, state, section, make_part, resources)
    file = produce(order, state, {form: maker_of(form)}, resources, lambda _: None).files[form]
    return f"{job.name}.{form}", file.read()


# The words of a page that waits for a file: what is made, and the addresses of the page before and of the findings.
PaperWords = Mapping[str, str]


@about_year
def paper(page: YearPage) -> Response:
    code = page.request.path_params.get("section", "")
    if code and not NAME.fullmatch(code):
        raise HTTPException(404)
    return _paper(page, code)


@about_year
def for_word(page: YearPage) -> Response:
    return _paper(page, "", WORD)


def _paper(page: YearPage, section: str, form: str = PAPER) -> Response:
    state, wanted = page.state, wanted_edition(page.request)
    task = file_task(page.desk.workspace, page.reading, wanted.profile(page.reading.sources), form, section)
    name = page.locale.name_of(state.country)
    titles = {PAPER: N_("{name} {year} for printing, {language}"), WORD: N_("{name} {year} for Word, {language}")}
    wording = {
        "title": page.locale.text(
            titles[form], name=name, year=state.year, language=page.locale.language_name(wanted.language)
        ),
        "back": f"{page.base}/page/{wanted.language}{wanted.query}",
        "findings": f"{page.base}/findings",
    }
    return answer_file(page.request, task, wording)


def answer_file(request: Request, task: Task, wording: PaperWords) -> Response:
    workshop: Workshop = request.app.state.papers
    shell = shell_of(request)
    finished = workshop.ask(task)
    if finished is None:
        return shell.page(request.scope, "texts/paper.html", {"wording": wording, "task": task, "ready": None})
    if finished.problem:
        return refused_file(request, finished.problem, wording)
    name, content = finished.result
    is_shown = name.endswith(".pdf")
    if not is_shown and "get" not in request.query_params:
        # A page of ours contains nothing of the workspace's; it is saved, and opened by itself.
        named = urlencode([*request.query_params.multi_items(), ("get", "1")])
        size = shell.locale(request.scope).size(len(content))
        ready = {"name": name, "size": size, "address": f"{request.url.path}?{named}"}
        return shell.page(request.scope, "texts/paper.html", {"wording": wording, "task": task, "ready": ready})
    return Response(content, headers=_headers(name, is_shown=is_shown))


@about_year
def published(page: YearPage) -> Response:
    """A file of a published edition. Only files whose name and checksum are in the edition's own file can be read."""
    number, name = page.request.path_params["number"], page.request.path_params["name"]
    releases = page.state.progress.releases
    release = next((candidate for candidate in releases if candidate.number == number), None)
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
        return refused_file(
            page.request, problem, {"title": page.locale.text("Published"), "back": f"/{country}/{year}"}
        )
    return Response(content, headers=_headers(name, is_shown=name.endswith(".pdf")))


async def made(request: Request) -> Response:
    digest = request.path_params["digest"]
    if not NAME.fullmatch(digest):
        raise HTTPException(404)
    workshop: Workshop = request.app.state.papers
    return JSONResponse([] if workshop.is_due(digest) else [("made", digest)])


def refused_file(request: Request, problem: ReporterError, wording: PaperWords) -> Response:
    return shell_of(request).page(request.scope, "texts/no_paper.html", {"wording": wording, "problem": problem})


def _headers(name: str, *, is_shown: bool) -> Mapping[str, str]:
    how = "inline" if is_shown else "attachment"
    return {
        "content-type": KINDS.get(name.rpartition(".")[2], "application/octet-stream"),
        "content-disposition": f'{how}; filename="{name}"',
        "content-security-policy": PDF_POLICY,
    }
