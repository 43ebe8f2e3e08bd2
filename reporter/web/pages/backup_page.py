"""The workspace as one file: taken away, and put back."""

import re
import secrets
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from reporter.delivery.backup_contents import held_files, left_out, write_backup
from reporter.delivery.backup_reading import open_backup
from reporter.delivery.putting_back import FileFate, earlier_states, finish_putting_back, look_ahead, put_back
from reporter.edit.applying import Writer
from reporter.errors import ReporterError
from reporter.files.writing import remove, remove_oldest
from reporter.web.backup_view import OUTBOXES, HeldPart, held_parts, part_changes, size_words
from reporter.web.desk import Desk
from reporter.web.form_fields import read_form
from reporter.web.guard import BINARY
from reporter.web.person import ask_person, person_of, remember_person
from reporter.web.shell import Shell
from reporter.web.uploads import receive_file

SEE_OTHER, CONFLICT, UNFIT = 303, 409, 422
PAGE = "/settings/backup"
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
PIECE = 1 << 20
# What was chosen waits here until somebody puts it back.
INCOMING, WAITING = "incoming", 3
MOMENT = "%Y-%m-%dT%H-%M-%S"


def show(request: Request) -> Response:
    """What a back-up would hold, and how large it is."""
    return _page(request)


def download(request: Request) -> Response:
    """The workspace as one file, made before its first byte goes."""
    desk: Desk = request.app.state.desk
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
    return _OfFile(file, headers)


async def choose(request: Request) -> Response:
    """Take a back-up that somebody chose, and lead to what it would change."""
    desk: Desk = request.app.state.desk
    # Two may choose at once.
    waiting = desk.workspace.own / INCOMING / secrets.token_hex(8)
    try:
        if request.headers.get("content-type", "").startswith(BINARY):
            await receive_file(request, "archive", waiting)
        else:
            await run_in_threadpool(_take_earlier, desk, (await read_form(request)).get("earlier", ""), waiting)
        archive = await run_in_threadpool(open_backup, waiting)
        waiting.replace(waiting.with_name(f"{archive.sha256}.zip"))
        remove_oldest(waiting.parent, "*.zip", WAITING)
    except ReporterError as problem:
        return await run_in_threadpool(_page, request, problem)
    finally:
        remove(waiting)
    return RedirectResponse(f"{PAGE}/{archive.sha256}", SEE_OTHER)


def look(request: Request) -> Response:
    return _look(request, _chosen(request))


async def restore(request: Request) -> Response:
    """Put a back-up back as it was looked at."""
    form = await read_form(request)
    return await run_in_threadpool(_restore, request, form)


def _restore(request: Request, form: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    place, person = _chosen(request), person_of(request, form)
    if not person:
        return ask_person(request, form)
    try:
        finish_putting_back(desk.workspace)
        prospect = look_ahead(desk.workspace, open_backup(place))
        if prospect.changes and prospect.seen != form.get("seen"):
            raise ReporterError("files were changed since you looked", hint="look again at what would change")
        if prospect.changes:
            put_back(desk.workspace, prospect, Writer(person, datetime.now(UTC)))
    except ReporterError as problem:
        return _look(request, place, problem)
    finally:
        desk.read_now()
    remove(place)
    return remember_person(request, RedirectResponse("/", SEE_OTHER), person)


def _page(request: Request, problem: ReporterError | None = None) -> Response:
    desk: Desk = request.app.state.desk
    shell: Shell = request.app.state.shell
    locale = shell.locale(request.scope)
    parts: tuple[HeldPart, ...] = ()
    beside: tuple[str, ...] = ()
    total = 0
    if not desk.reading.is_empty:
        try:
            sizes = {path: len(content) for path, content in held_files(desk.workspace).items()}
            parts, total, beside = held_parts(sizes, locale), sum(sizes.values()), left_out(desk.workspace)
        except ReporterError as found:
            problem = problem or found
    values = {
        "parts": parts,
        "total": size_words(total, locale),
        "beside": beside,
        "problem": problem,
        "earlier": [(each.name, _moment(each)) for each in earlier_states(desk.workspace)],
        "is_empty": desk.reading.is_empty,
    }
    return shell.page(request.scope, "backup.html", values, status=UNFIT if problem else 200)


def _look(request: Request, place: Path, problem: ReporterError | None = None) -> Response:
    desk: Desk = request.app.state.desk
    shell: Shell = request.app.state.shell
    try:
        prospect = look_ahead(desk.workspace, open_backup(place))
    except ReporterError as found:
        return _page(request, problem or found)
    values = {
        "changes": part_changes(prospect, shell.locale(request.scope)),
        "prospect": prospect,
        "fates": tuple(FileFate),
        "outbox": OUTBOXES.get(prospect.outbox, ""),
        "problem": problem,
        "is_empty": desk.reading.is_empty,
    }
    return shell.page(request.scope, "backup_look.html", values, status=CONFLICT if problem else 200)


def _chosen(request: Request) -> Path:
    """The file that waits; raises HTTPException where there is none."""
    desk: Desk = request.app.state.desk
    name = request.path_params["archive"]
    place = desk.workspace.own / INCOMING / f"{name}.zip"
    if not DIGEST.fullmatch(name) or not place.is_file():
        raise HTTPException(404)
    return place


def _take_earlier(desk: Desk, name: str, place: Path) -> None:
    found = next((each for each in earlier_states(desk.workspace) if each.name == name), None)
    if found is None:
        raise ReporterError("no file was chosen", hint="choose the back-up, a file that ends in .zip")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(found, place)


def _moment(path: Path) -> tuple[str, str]:
    try:
        found = datetime.strptime(path.stem, MOMENT)
    except ValueError:
        return "", path.name
    return found.date().isoformat(), f"{found:%H:%M}"


class _OfFile(StreamingResponse):
    """A file in pieces, closed also when who asked has gone."""

    def __init__(self, file: IO[bytes], headers: Mapping[str, str]) -> None:
        super().__init__(iter(lambda: file.read(PIECE), b""), media_type="application/zip", headers=headers)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()
