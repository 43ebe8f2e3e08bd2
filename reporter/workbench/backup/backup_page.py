"""The workspace as one file: download and restore."""

import re
import secrets
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from reporter.data.errors import ReporterError
from reporter.data.files.published import FOLDER as EDITIONS
from reporter.data.files.sources import DATA
from reporter.data.files.writing import remove
from reporter.exchange.backup import SENT, held_files, left_out, restore, write_backup
from reporter.workbench.server.form_post import SEE_OTHER, UNFIT, receive_file
from reporter.workbench.server.shell import shell_of
from reporter.workbench.server.workspace_reader import desk_of

ORDER = ("shared", "country", "year", "published", "sent", "journal")
PUBLISHED = re.compile(rf"{DATA}/([A-Z]{{2}})/{EDITIONS}/.+", re.ASCII)
OF_COUNTRY = re.compile(rf"{DATA}/([A-Z]{{2}})/(?:.*/)?(?:([12]\d{{3}})\.[a-z]+|[^/]+)", re.ASCII)


def show(request: Request) -> Response:
    return _page(request)


def download(request: Request) -> Response:
    desk = desk_of(request)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when its last byte has gone
    try:
        write_backup(file, held_files(desk.workspace))
    except ReporterError as problem:
        file.close()
        return _page(request, problem)
    size = file.tell()
    file.seek(0)
    headers = {
        "content-length": str(size),
        "content-disposition": f'attachment; filename="reporter-backup-{desk.today().isoformat()}.zip"',
    }
    return _FileAnswer(file, headers)


async def restore_chosen(request: Request) -> Response:
    """Restore the chosen backup into an empty folder."""
    desk = desk_of(request)
    # Two users may choose a file at the same time.
    chosen = desk.workspace.own / "incoming" / f"{secrets.token_hex(8)}.zip"
    try:
        await receive_file(request, "archive", chosen)
        await run_in_threadpool(restore, desk.workspace, chosen)
    except ReporterError as problem:
        return await run_in_threadpool(_page, request, problem)
    finally:
        remove(chosen)
        await run_in_threadpool(desk.read_now)
    return RedirectResponse("/", SEE_OTHER)


def _page(request: Request, problem: ReporterError | None = None) -> Response:
    desk, shell = desk_of(request), shell_of(request)
    sizes: dict[str, int] = {}
    omitted_paths: tuple[str, ...] = ()
    if not desk.reading.is_empty:
        try:
            sizes = {path: len(content) for path, content in held_files(desk.workspace).items()}
            omitted_paths = left_out(desk.workspace)
        except ReporterError as error:
            problem = problem or error
    values = {
        "parts": tuple(_parts(sizes)),
        "total": sum(sizes.values()),
        "size_of": shell.locale(request.scope).size,
        "beside": omitted_paths,
        "problem": problem,
        "is_empty": desk.reading.is_empty,
    }
    return shell.page(request.scope, "backup/backup.html", values, status=UNFIT if problem else 200)


def _parts(sizes: Mapping[str, int]) -> Iterator[tuple[str, str, list[str], int, int]]:
    """The parts of a backup: kind, country, years, number of files, size. The years of a country are one part."""
    files_by_part: dict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    for path, size in sizes.items():
        kind, country, year = part_of(path)
        files_by_part[ORDER.index(kind), country].append((year, size))
    for (place, country), files in sorted(files_by_part.items()):
        years = sorted(year for year, _ in files if year)
        yield ORDER[place], country, years, len(files), sum(size for _, size in files)


def part_of(path: str) -> tuple[str, str, str]:
    """The part of a workspace to which a file belongs: kind and, where they apply, country and year."""
    if path.startswith(f"{SENT}/"):
        return "sent", "", ""
    if path.startswith("."):
        return "journal", "", ""
    if match := PUBLISHED.fullmatch(path):
        return "published", match[1], ""
    if match := OF_COUNTRY.fullmatch(path):
        return "year" if match[2] else "country", match[1], match[2] or ""
    return "shared", "", ""


class _FileAnswer(StreamingResponse):
    """A file sent in pieces, closed even if the browser stops reading."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str]) -> None:
        super().__init__(iter(lambda: file.read(1 << 20), b""), media_type="application/zip", headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            await super().__call__(scope, receive, send)
