"""Receive a file that a form sends, without holding it in memory."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.requests import Request

from reporter.errors import ReporterError
from reporter.files.writing import open_whole

# As a browser writes it into the head of what it sends (RFC 7578 4.1).
BOUNDARY = re.compile(r'multipart/form-data;.*\bboundary="?([\w\'()+,./:=? -]{1,70}?)"?', re.ASCII | re.I)
NAMED = re.compile(rb'name="([^"]*)"')
MOST_HEAD = 4000
LINE, ENDING = b"\r\n", b"\r\n\r\n"


async def receive_file(request: Request, field: str, place: Path) -> None:
    """Write the file of a form with one field, whole or not at all. Raises ReporterError for a form without it, or one
    that does not arrive to its end."""
    found = BOUNDARY.fullmatch(request.headers.get("content-type", ""))
    if not found:
        raise _none_chosen()
    ending = LINE + b"--" + found[1].encode()
    stream = aiter(request.stream())
    # As if a line ended before the first one.
    held = await _beyond(LINE, ending, stream)
    head, held = await _head(held, stream)
    named = NAMED.search(head)
    if not named or named[1].decode("utf-8", "replace") != field or held.startswith(ending):
        raise _none_chosen()
    with open_whole(place) as file:
        while (at := held.find(ending)) < 0:
            # The last bytes may be the beginning of the end.
            keep = max(0, len(held) - len(ending))
            file.write(held[:keep])
            held = held[keep:] + await _next(stream)
        file.write(held[:at])
    async for _ in stream:
        # What follows is read to its end, so that the browser hears the answer.
        continue


async def _beyond(held: bytes, sign: bytes, stream: AsyncIterator[bytes]) -> bytes:
    while sign not in held:
        held += await _next(stream)
        if len(held) > MOST_HEAD and sign not in held:
            raise _none_chosen()
    return held.partition(sign)[2]


async def _head(held: bytes, stream: AsyncIterator[bytes]) -> tuple[bytes, bytes]:
    while ENDING not in held:
        if len(held) > MOST_HEAD:
            raise _none_chosen()
        held += await _next(stream)
    head, _, rest = held.partition(ENDING)
    # An empty file ends at once, and its end begins with the line end of its head.
    return head, rest


async def _next(stream: AsyncIterator[bytes]) -> bytes:
    try:
        return await anext(stream)
    except StopAsyncIteration:
        raise ReporterError("the file did not arrive whole", hint="nothing was changed; choose it again") from None


def _none_chosen() -> ReporterError:
    return ReporterError("no file was chosen", hint="choose the back-up, a file that ends in .zip")
