"""Read what a form says."""

from email.message import Message
from email.parser import HeaderParser
from mmap import ACCESS_READ, mmap
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from reporter.errors import ReporterError
from reporter.files.writing import open_whole, write_error

# A form of the workbench has a few dozen fields.
MOST = 1000
MOST_HEAD = 4000
MULTIPART = "multipart/form-data"
# By this word a browser knows that what it sent is written, and forgets it.
TOKEN = "token"  # noqa: S105 - the name of a field


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each with the last value given. Raises ReporterError when there are more than any form
    has."""
    body = (await request.body()).decode()
    try:
        form = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST))
    except ValueError:
        raise ReporterError(f"the form has more than {MOST} fields", hint="go back and try again") from None
    # Where it cannot be answered, it is given back.
    request.scope["form"] = form
    request.scope["token"] = form.get(TOKEN, "")
    return form


async def read_parts(request: Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and files of a form, the latter with their names. Raises ReporterError for what no browser sends."""
    boundary = _boundary(request)
    if not boundary:
        form = await read_form(request)
        # What goes with files may hold a secret, which no page shows again.
        request.scope.pop("form", None)
        return form, {}
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    parts = (b"\r\n" + await request.body()).split(boundary)
    # What stands before the first boundary and behind the last one is no part (RFC 2046 5.1.1).
    for part in parts[1:-1]:
        heading, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = _head(heading)
        name, file = (told.get_param(each, "", "content-disposition") for each in ("name", "filename"))
        if not isinstance(name, str) or not isinstance(file, str) or len(fields) > MOST:
            raise ReporterError("the form cannot be read", hint="go back and try again")
        if told.get_param("filename", None, "content-disposition") is None:
            fields[name] = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
        elif content or file:
            files[name] = (PurePosixPath(file.replace("\\", "/")).name, content)
    request.scope["token"] = fields.get(TOKEN, "")
    return fields, files


async def receive_file(request: Request, field: str, place: Path) -> None:
    """Write the file of a form with one field, whole or not at all, without holding it in memory. Raises ReporterError
    for a form without it, or one that does not arrive to its end."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=place.parent) as body:
            body.write(b"\r\n")
            async for piece in request.stream():
                body.write(piece)
            body.flush()
            await run_in_threadpool(_write_part, body, _boundary(request), field, place)
    except OSError as problem:
        raise write_error(place, problem) from problem


def _write_part(body: IO[bytes], boundary: bytes, field: str, place: Path) -> None:
    with mmap(body.fileno(), 0, access=ACCESS_READ) as form, memoryview(form) as content:
        first = form.find(boundary, 0, MOST_HEAD) if boundary else -1
        start = form.find(b"\r\n\r\n", first + len(boundary), first + MOST_HEAD)
        end = form.find(boundary, start + 4)
        name = _head(form[first + len(boundary) + 2 : start]).get_param("name", "", "content-disposition")
        if min(first, start) < 0 or end == start + 4 or name != field:
            raise ReporterError("no file was chosen", hint="choose the back-up, a file that ends in .zip")
        if end < 0:
            raise ReporterError("the file did not arrive whole", hint="nothing was changed; choose it again")
        with open_whole(place) as file:
            file.write(content[start + 4 : end])


def _boundary(request: Request) -> bytes:
    """What stands before each part of a form with files (RFC 2046 5.1.1), empty for another form."""
    head = Message()
    head["content-type"] = request.headers.get("content-type", "")
    boundary = head.get_boundary("")
    return b"\r\n--" + boundary.encode() if head.get_content_type() == MULTIPART and boundary else b""


def _head(heading: bytes) -> Message:
    return HeaderParser().parsestr(heading.decode("utf-8", errors="replace"))
