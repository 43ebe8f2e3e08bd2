"""A file that is saved is noticed, however the editor does it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Semaphore
from time import sleep

import pytest

from reporter.files.workspace import Workspace
from reporter.web import watching
from reporter.web.watching import Watcher
from tests import small


@pytest.fixture
def noticed(tmp_path: Path, monkeypatch) -> Iterator[Callable[..., bool]]:
    """Whether a change is noticed, and not only because somebody looks now and then."""
    monkeypatch.setattr(watching, "PATIENCE", 60.0)
    small.write(tmp_path)
    (tmp_path / "build").mkdir()
    told = Semaphore(0)
    watcher = Watcher(Workspace(tmp_path), told.release)
    watcher.open()
    settle(told)
    yield lambda seconds=10.0: told.acquire(timeout=seconds)
    watcher.close()


def settle(told: Semaphore) -> None:
    """Waits until what is watched is watched."""
    sleep(1)
    while told.acquire(blocking=False):
        pass


def test_a_file_that_is_written_or_takes_the_place_of_another_is_noticed_again_and_again(tmp_path, noticed) -> None:
    (tmp_path / small.YEAR).write_text("year: 2020\n")
    assert noticed()
    for name in (small.YEAR, small.YEAR, "reporter.yaml"):
        draft = tmp_path / "draft"
        draft.write_text("year: 2020\n")
        draft.replace(tmp_path / name)
        assert noticed(), name


def test_a_folder_that_comes_is_watched_from_then_on(tmp_path, noticed) -> None:
    (tmp_path / "templates").mkdir()
    assert noticed()
    sleep(1)
    (tmp_path / "templates" / "cover.html").write_text("x")
    assert noticed()


def test_what_is_built_is_not_noticed(tmp_path, noticed) -> None:
    (tmp_path / "build" / "LT.pdf").write_bytes(b"%PDF")
    assert not noticed(1.5)


def test_where_nothing_can_be_watched_somebody_looks_now_and_then(tmp_path, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> Iterator[object]:
        raise OSError("no space left for watches")

    monkeypatch.setattr(watching, "watch", fails)
    monkeypatch.setattr(watching, "PATIENCE", 0.05)
    told = Semaphore(0)
    watcher = Watcher(Workspace(small.write(tmp_path)), told.release)
    watcher.open()
    assert all(told.acquire(timeout=10) for _ in range(5))
    watcher.close()
