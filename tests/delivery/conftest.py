"""What the tests of publishing share."""

from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.files.workspace import Workspace
from tests.delivery.editions import FINAL
from tests.small import write


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(write(tmp_path, FINAL))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose edition of 2020 was published by the command."""
    root = write(tmp_path_factory.mktemp("first"), FINAL)
    assert 0 == run(["publish", "XX", "2020", "--by", "R. P.", "-w", str(root)])
    return root
