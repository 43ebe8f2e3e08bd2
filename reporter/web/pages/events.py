"""Tell open pages that files have changed, by server-sent events."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from reporter.web.desk import Desk
from reporter.web.news import SILENCE, news_of


async def events(request: Request) -> Response:
    """A stream with a line for each new reading, by its digest."""
    return StreamingResponse(_stream(request.app.state.desk), media_type="text/event-stream")


async def _stream(desk: Desk) -> AsyncIterator[str]:
    """First the reading of now: a page that lost the connection may be an old one."""
    yield "retry: 1000\n\n"
    async with aclosing(news_of(desk)) as heard:
        async for is_new in heard:
            if not is_new:
                yield SILENCE
            elif desk.reading.digest:
                yield f"event: files\ndata: {desk.reading.digest}\n\n"
