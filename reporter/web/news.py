"""Hear, in a stream, of what another thread tells."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator
from contextlib import aclosing
from itertools import count
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

# Seconds after which a line without meaning is sent: what stands between would close a silent connection.
BREATH = 20.0
SILENCE = ": \n\n"


class Teller(Protocol):
    """What tells its listeners of something new, until it closes."""

    @property
    def is_closing(self) -> bool:
        """Whether nothing more is told."""

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have a function called, until what is returned is called."""


class Announcer:
    """Tells its listeners, in whatever thread it is."""

    def __init__(self) -> None:
        self._listeners: set[Callable[[], None]] = set()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have a function called at each announcement, in another thread. It is, until what is returned here is
        called."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def _tell(self) -> None:
        for each in tuple(self._listeners):
            each()


def event_stream(say: Callable[[], Iterable[str]], *tellers: Teller) -> StreamingResponse:
    """Server-sent events: what there is to `say` now, and again whenever something is told. It ends when any of those
    who tell closes."""
    return StreamingResponse(_events(say, tellers), media_type="text/event-stream")


async def _events(say: Callable[[], Iterable[str]], tellers: tuple[Teller, ...]) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    async with aclosing(_news_of(tellers)) as heard:
        async for is_new in heard:
            for each in say() if is_new else (SILENCE,):
                yield each


async def _news_of(tellers: tuple[Teller, ...]) -> AsyncGenerator[bool, None]:
    """Yield true at once and for all that is told, false meanwhile. False comes when nothing was told for a while, so
    that a closed connection is noticed."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    leaving = [each.listen(tell) for each in tellers]
    try:
        while not any(each.is_closing for each in tellers):
            changed.clear()
            yield True
            while not changed.is_set():
                try:
                    await asyncio.wait_for(changed.wait(), BREATH)
                except TimeoutError:
                    yield False
    finally:
        for leave in leaving:
            leave()


async def events(request: Request) -> Response:
    """The one stream of a browser: the digest of each new reading, and that something was made or has gone on, of which
    pages ask by themselves. First comes the reading of now: a page that lost the connection may be an old one."""
    state, number = request.app.state, count(1)

    def say() -> Iterator[str]:
        if state.desk.reading.digest:
            yield f"event: files\ndata: {state.desk.reading.digest}\n\n"
            yield f"event: made\ndata: {next(number)}\n\n"

    return event_stream(say, state.desk, state.editions, state.comparisons, state.papers, state.stepper)
