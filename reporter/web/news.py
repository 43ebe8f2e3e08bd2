"""Tell open pages that something is new, by server-sent events."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

# Seconds after which a line without meaning is sent: what stands between would close a silent connection.
BREATH = 20.0


class News:
    """Tells its listeners of something new, in whatever thread it is, until it is closed."""

    def __init__(self) -> None:
        self.is_closing = False
        self._listeners: set[Callable[[], object]] = set()

    def listen(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Have a function called at each announcement, in another thread. It is, until what is returned here is
        called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def tell(self) -> None:
        for each in tuple(self._listeners):
            each()

    def close(self) -> None:
        self.is_closing = True
        self.tell()


async def events(request: Request) -> Response:
    """The one stream of a browser: the digest of each new reading, and that something was made or has gone on, of which
    pages ask by themselves. First comes the reading of now: a page that lost the connection may be an old one."""
    desk = request.app.state.desk

    async def stream() -> AsyncIterator[str]:
        loop, changed = asyncio.get_running_loop(), asyncio.Event()
        leave = desk.news.listen(lambda: loop.call_soon_threadsafe(changed.set))
        try:
            yield "retry: 1000\n\n"
            for number in count(1):
                if desk.news.is_closing:
                    break
                changed.clear()
                if desk.reading.digest:
                    yield f"event: files\ndata: {desk.reading.digest}\n\n"
                    yield f"event: made\ndata: {number}\n\n"
                while not changed.is_set():
                    try:
                        await asyncio.wait_for(changed.wait(), BREATH)
                    except TimeoutError:
                        yield ": \n\n"
        finally:
            leave()

    return StreamingResponse(stream(), media_type="text/event-stream")
