"""Tell open pages that files have changed, by server-sent events."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from reporter.web.desk import Desk
from reporter.web.news import event_stream


async def events(request: Request) -> Response:
    """A stream with a line for each new reading, by its digest. First comes the reading of now: a page that lost the
    connection may be an old one."""
    desk: Desk = request.app.state.desk

    def say() -> Iterator[str]:
        if desk.reading.digest:
            yield f"event: files\ndata: {desk.reading.digest}\n\n"

    return event_stream(say, desk)
