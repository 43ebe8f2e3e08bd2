"""Look for garbage rarely while much is made that lives on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

OFTEN = (100_000, 50, 100)
# What was set before, for each that is within, in whatever thread; and whether what was there is looked at then.
_INSIDE: list[tuple[tuple[int, int, int], bool]] = []
_LOCK = Lock()


@contextmanager
def rarely_freeing() -> Iterator[None]:
    """Look for garbage rarely. Reading, composing and layout make millions of objects that live to their end; looking
    for garbage there takes up to a third of their time. Several threads may be within."""
    with _LOCK:
        _INSIDE.append((gc.get_threshold(), not gc.get_freeze_count()))
        gc.set_threshold(*OFTEN)
    settle()
    try:
        yield
    finally:
        with _LOCK:
            before, is_ours = _INSIDE.pop()
            if not _INSIDE:
                gc.set_threshold(*before)
                if is_ours:
                    gc.unfreeze()


def settle() -> None:
    """Look no more at what is there now, until all are out. It is what the rest of the work stands on."""
    with _LOCK:
        if _INSIDE and _INSIDE[0][1]:
            gc.freeze()
