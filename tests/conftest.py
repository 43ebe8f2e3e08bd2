"""What the tests of every change share beyond `tests.fixtures`: documents and charts are made in this process, and each
chart once."""

import gc
import os
from collections.abc import Iterable, Iterator
from multiprocessing import resource_tracker
from pathlib import Path

import pytest

from reporter.data.theme.tokens import Theme
from reporter.editions.making import build_editions, document_files
from reporter.editions.making.document_files import drawing_version
from reporter.formats.svg import drawn
from reporter.report.document.plot import DrawingJob

DRAWN: dict[tuple[str, DrawingJob], bytes] = {}


class DrawingHere:
    """Draws without a process of its own, which would load Matplotlib for every build of a few lines. That process has
    its tests, in tests/making/test_drawing.py, and draws the profiles that many tests read."""

    def draw(self, jobs: Iterable[DrawingJob], theme: Theme) -> dict[str, bytes]:
        version, made = drawing_version(theme), dict[str, bytes]()
        for job in jobs:
            key = version, job._replace(name="")
            if key not in DRAWN:
                DRAWN[key] = drawn(job, theme)
            made[job.name] = DRAWN[key]
        return made

    def begin(self) -> None:
        pass

    def end(self) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def drawing_here() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_files, "Drawing", DrawingHere)
        patch.setattr(build_editions, "Drawing", DrawingHere)
        # A second process would load the libraries again for every PDF of a few pages.
        patch.setattr(os, "cpu_count", lambda: 1)
        # Each build collects garbage, and would look through all that the tests before it keep: 2 s instead of 0.1 s.
        patch.setattr(gc, "collect", lambda: 0)
        # So would Python by itself, whenever some hundred objects were made.
        gc.set_threshold(200_000, 50, 100)
        # It lives on with the variables of the test that starts it, which may be secret.
        resource_tracker.ensure_running()
        # What the person remembers who runs the tests is not for them.
        patch.setenv("REPORTER_CONFIG", str(Path("nothing-remembered").resolve()))
        yield
