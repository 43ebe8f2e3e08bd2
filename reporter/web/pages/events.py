"""Tell open pages that files have changed, by server-sent events."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reporter.web.desk import Desk

# Seconds after which a line without meaning is sent: what stands between would close a silent connection.
BREATH = 20.0


async def events(request: Request) -> Response:
    """A stream with a line for each new reading, by its digest."""
    return StreamingResponse(_stream(request.app.state.desk), media_type="text/event-stream")


async def _stream(desk: Desk) -> AsyncIterator[str]:
    """First the reading of now: a page that lost the connection may be an old one."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    leave = desk.listen(tell)
    try:
        yield "retry: 1000\n\n"
        while not desk.is_closing:
            changed.clear()
            if desk.reading.digest:
                yield f"event: files\ndata: {desk.reading.digest}\n\n"
            while not changed.is_set():
                try:
                    await asyncio.wait_for(changed.wait(), BREATH)
                except TimeoutError:
                    yield ": \n\n"
    finally:
        leave()
