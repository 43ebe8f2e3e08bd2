"""Looking for garbage rarely."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from reporter.files.garbage import OFTEN, rarely_freeing


def test_what_was_set_before_is_set_again_when_the_last_one_leaves() -> None:
    before = gc.get_threshold(), bool(gc.get_freeze_count())
    together = Barrier(3)

    def within(turn: int) -> tuple[int, int, int]:
        with rarely_freeing():
            together.wait(10)
            seen = gc.get_threshold()
            # They leave one after another.
            for _ in range(turn):
                together.wait(10)
        for _ in range(2 - turn):
            together.wait(10)
        return seen

    with ThreadPoolExecutor(3) as threads:
        assert [OFTEN] * 3 == list(threads.map(within, range(3)))
    assert before == (gc.get_threshold(), bool(gc.get_freeze_count()))


def test_it_ends_with_an_error_too() -> None:
    before = gc.get_threshold()
    try:
        with rarely_freeing():
            raise ValueError
    except ValueError:
        assert before == gc.get_threshold()
