"""What the tests of publishing share."""

import shutil
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from tests.package.editions import FINAL, change
from tests.small import BLANK, write


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose edition of 2020 was published by the command, with a PDF that is laid out at once."""
    root = write(tmp_path_factory.mktemp("first"), FINAL | {"templates/profile.html": BLANK})
    assert 0 == run(["publish", "XX", "2020", "--by", "R. P.", "-w", str(root)])
    return root


@pytest.fixture
def live(first: Path, tmp_path: Path) -> Path:
    return shutil.copytree(first, tmp_path / "live")


@pytest.fixture(scope="module")
def corrected(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(first, tmp_path_factory.mktemp("corrected") / "live")
    change(Workspace(root))
    law = root / "data/XX/country.yaml"
    law.write_text(law.read_text().replace("prison_max: 12", "prison_max: 15").replace('"1"', '"2"'))
    text = root / "data/XX/text/en/2020.md"
    text.write_text(text.read_text() + "\nNobody was returned.\n")
    assert 1 == run(["publish", "XX", "2020", "-w", str(root)])
    reason = "en=One victim was counted twice."
    assert 0 == run(["publish", "XX", "2020", "--by", "R. P.", "--corrigendum", reason, "-w", str(root)])
    return root
