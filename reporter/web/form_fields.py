"""Read what a form says."""

import logging
import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import unquote_to_bytes

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from reporter.errors import ReporterError
from reporter.files.writing import open_whole, write_error

# A form of the workbench has a few dozen fields, and at most one file.
MOST, MOST_FILES = 1000, 4
# By this word a browser knows that what it sent is written, and forgets it.
TOKEN = "token"  # noqa: S105 - the name of a field
# The browser says that a form cannot be read; the log of the server need not.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, each with the last value given. Raises ReporterError when there are more than any form
    has."""
    form, _ = await read_parts(request)
    # Where it cannot be answered, it is given back.
    request.scope["form"] = form
    return form


async def read_parts(request: Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and files of a form, the latter with their names. What goes with files may hold a secret, which no
    page shows again. Raises ReporterError for what no browser sends."""
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    form = await _form(request)
    for name, value in form.multi_items():
        if isinstance(value, str):
            fields[name] = value
        elif value.filename or value.size:
            files[name] = PurePosixPath((value.filename or "").replace("\\", "/")).name, await value.read()
    await form.close()
    if request.headers.get("content-type", "").startswith("multipart/"):
        fields = {name: value.replace("\r\n", "\n") for name, value in fields.items()}
    request.scope["token"] = fields.get(TOKEN, "")
    return fields, files


async def receive_file(request: Request, field: str, place: Path) -> None:
    """Write the file of a form with one field, whole or not at all, without holding it in memory. Raises ReporterError
    for a form without it."""
    try:
        sent = (await _form(request)).get(field)
        if not isinstance(sent, UploadFile) or not sent.size:
            raise ReporterError("no file was chosen", hint="choose the back-up, a file that ends in .zip")
        place.parent.mkdir(parents=True, exist_ok=True)
        with open_whole(place) as file:
            await run_in_threadpool(shutil.copyfileobj, sent.file, file)
    except OSError as problem:
        raise write_error(place, problem) from problem
    finally:
        await request.close()


async def _form(request: Request) -> FormData:
    kind = request.headers.get("content-type", "")
    try:
        if not kind.startswith("multipart/"):
            body = await request.body()
            (unquote_to_bytes(body) if "urlencoded" in kind else body).decode()
        return await request.form(max_files=MOST_FILES, max_fields=MOST)
    except UnicodeDecodeError:
        raise HTTPException(400) from None
    except (HTTPException, MultiPartException):
        raise ReporterError("the form cannot be read", hint="go back and try again") from None
