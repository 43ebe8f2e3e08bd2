"""Tell open pages that something is new, by server-sent events."""

from collections.abc import Iterator
from itertools import count

from starlette.requests import Request
from starlette.responses import Response

from reporter.web.news import event_stream


async def events(request: Request) -> Response:
    """The one stream of a browser: the digest of each new reading, and that something was made or has gone on, of which
    pages ask by themselves. First comes the reading of now: a page that lost the connection may be an old one."""
    state, number = request.app.state, count(1)

    def say() -> Iterator[str]:
        if state.desk.reading.digest:
            yield f"event: files\ndata: {state.desk.reading.digest}\n\n"
            yield f"event: made\ndata: {next(number)}\n\n"

    return event_stream(say, state.desk, state.editions, state.comparisons, state.papers, state.stepper)
