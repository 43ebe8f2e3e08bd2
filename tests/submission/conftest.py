"""What the tests of sending share."""

from pathlib import Path

import pytest

from reporter.submission import (
    pack,
)
from tests.submission.packages import FILES, INFO


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package."""
    return pack(tmp_path / "LT-2020-commission.zip", FILES, INFO).path
