"""Read what a form says."""

from email.message import Message
from email.parser import HeaderParser
from pathlib import PurePosixPath
from urllib.parse import parse_qsl

from starlette.requests import Request

from reporter.errors import ReporterError

# A form of the workbench has a few dozen fields.
MOST = 1000
MULTIPART = "multipart/form-data"


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
    return form


async def read_parts(request: Request) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and files of a form, the latter with their names. Raises ReporterError for what no browser sends."""
    head = Message()
    head["content-type"] = request.headers.get("content-type", "")
    boundary = head.get_boundary("")
    if head.get_content_type() != MULTIPART or not boundary:
        form = await read_form(request)
        # What goes with files may hold a secret, which no page shows again.
        request.scope.pop("form", None)
        return form, {}
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    parts = (b"\r\n" + await request.body()).split(b"\r\n--" + boundary.encode())
    # What stands before the first boundary and behind the last one is no part (RFC 2046 5.1.1).
    for part in parts[1:-1]:
        heading, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        told = HeaderParser().parsestr(heading.decode("utf-8", errors="replace"))
        name, file = (told.get_param(each, "", "content-disposition") for each in ("name", "filename"))
        if not isinstance(name, str) or not isinstance(file, str) or len(fields) > MOST:
            raise ReporterError("the form cannot be read", hint="go back and try again")
        if told.get_param("filename", None, "content-disposition") is None:
            fields[name] = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
        elif content or file:
            files[name] = (PurePosixPath(file.replace("\\", "/")).name, content)
    return fields, files
