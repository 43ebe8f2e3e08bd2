"""Whoever saves a file is noticed, however the editor does it."""

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
def root(tmp_path: Path) -> Path:
    return small.write(tmp_path)


@pytest.fixture
def noticed(root, monkeypatch) -> Iterator[Callable[[], bool]]:
    """Whether a change is noticed, and not only because somebody looks now and then."""
    monkeypatch.setattr(watching, "PATIENCE", 60.0)
    told = Semaphore(0)
    watcher = Watcher(Workspace(root), told.release)
    watcher.open()
    sleep(1)
    while told.acquire(blocking=False):
        pass
    yield lambda: told.acquire(timeout=10)
    watcher.close()


def test_a_file_that_is_written_is_noticed(root, noticed) -> None:
    (root / small.YEAR).write_text("year: 2020\n")
    assert noticed()


def test_a_file_that_takes_the_place_of_another_is_noticed_again_and_again(root, noticed) -> None:
    for number in range(3):
        draft = root / "data" / "XX" / ".draft"
        draft.write_text(f"year: {number}\n")
        draft.replace(root / small.YEAR)
        assert noticed()


def test_the_settings_are_noticed(root, noticed) -> None:
    draft = root / "draft"
    draft.write_text(small.FILES["reporter.yaml"])
    draft.replace(root / "reporter.yaml")
    assert noticed()


def test_a_folder_that_comes_is_watched_from_then_on(root, noticed) -> None:
    (root / "templates").mkdir()
    assert noticed()
    sleep(1)
    (root / "templates" / "cover.html").write_text("x")
    assert noticed()


def test_what_is_built_is_nobodys_business(root, monkeypatch) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 60.0)
    (root / "build").mkdir(exist_ok=True)
    told = Semaphore(0)
    watcher = Watcher(Workspace(root), told.release)
    watcher.open()
    sleep(1)
    while told.acquire(blocking=False):
        pass
    (root / "build" / "LT.pdf").write_bytes(b"%PDF")
    assert not told.acquire(timeout=1.5)
    watcher.close()


def test_where_nothing_can_be_watched_somebody_looks_now_and_then(root, monkeypatch) -> None:
    def fails(*_: object, **__: object) -> Iterator[object]:
        raise OSError("no space left for watches")

    monkeypatch.setattr(watching, "watch", fails)
    monkeypatch.setattr(watching, "PATIENCE", 0.05)
    told = Semaphore(0)
    watcher = Watcher(Workspace(root), told.release)
    watcher.open()
    assert all(told.acquire(timeout=10) for _ in range(5))
    watcher.close()
