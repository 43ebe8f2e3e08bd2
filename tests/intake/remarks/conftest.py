"""What tests of remarks share: a small workspace, and its Word file."""

from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from tests import reviews
from tests.fixtures import here


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small workspace; files are read in this process, for another one takes a second to start."""
    monkeypatch.setattr("reporter.exchange.word_remarks.reviewing.run_limited", here)
    return reviews.workspace(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, bytes]:
    """A workspace that stays as it is, and its Word file."""
    made = reviews.workspace(tmp_path_factory.mktemp("reviews"))
    return made, reviews.word_file(made.snapshot())
