"""Hear, in a stream, of what another thread tells."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Protocol

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


class Both:
    """Two that tell, heard as one."""

    def __init__(self, one: Teller, other: Teller) -> None:
        self.one, self.other = one, other

    @property
    def is_closing(self) -> bool:
        return self.one.is_closing or self.other.is_closing

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        leave, leave_other = self.one.listen(listener), self.other.listen(listener)

        def leave_both() -> None:
            leave()
            leave_other()

        return leave_both


async def news_of(teller: Teller) -> AsyncGenerator[bool, None]:
    """Yield true at once and for all that is told, false meanwhile. False comes when nothing was told for a while, so
    that a closed connection is noticed."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(changed.set)

    leave = teller.listen(tell)
    try:
        while not teller.is_closing:
            changed.clear()
            yield True
            while not changed.is_set():
                try:
                    await asyncio.wait_for(changed.wait(), BREATH)
                except TimeoutError:
                    yield False
    finally:
        leave()
