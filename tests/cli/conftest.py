"""What the tests of commands share."""

from pathlib import Path

import pytest

from tests import small
from tests.cli.running import RIGHT


@pytest.fixture
def workspace(tmp_path) -> Path:
    (tmp_path / "build" / ".cache" / "charts").mkdir(parents=True)
    return small.write(tmp_path)


@pytest.fixture
def right(tmp_path) -> Path:
    return small.write(tmp_path, RIGHT)
