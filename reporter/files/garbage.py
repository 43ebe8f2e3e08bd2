"""Look for garbage rarely while much is made that lives on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

OFTEN = (100_000, 50, 100)


class _Inside:
    """How many are within, in whatever thread, and what was set before."""

    def __init__(self) -> None:
        self.count, self.before, self.ours = 0, gc.get_threshold(), False
        self.lock = Lock()

    def enter(self) -> None:
        with self.lock:
            self.count += 1
            if self.count == 1:
                self.before = gc.get_threshold()
                gc.set_threshold(*OFTEN)
                # What is there already is not looked at, unless somebody else has seen to that.
                self.ours = not gc.get_freeze_count()
                if self.ours:
                    gc.freeze()

    def settle(self) -> None:
        with self.lock:
            if self.count and self.ours:
                gc.freeze()

    def leave(self) -> None:
        with self.lock:
            self.count -= 1
            if not self.count:
                if self.ours:
                    gc.unfreeze()
                gc.set_threshold(*self.before)


_INSIDE = _Inside()


@contextmanager
def rarely_freeing() -> Iterator[None]:
    """Look for garbage rarely. Reading, composing and layout make millions of objects that live to their end; looking
    for garbage there takes up to a third of their time. Several threads may be within."""
    _INSIDE.enter()
    try:
        yield
    finally:
        _INSIDE.leave()


def settle() -> None:
    """Look no more at what is there now, until all are out. It is what the rest of the work stands on."""
    _INSIDE.settle()
