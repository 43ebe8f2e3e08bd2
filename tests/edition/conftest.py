"""What the tests of editions share: an authority, and a package signed by it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.authority import PASSPHRASE, Made, authority
from tests.edition.signing import PDF, REPORT, called
from tests.fixtures import Packaged


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    with authority(tmp_path_factory.mktemp("authority")) as here:
        yield here


@pytest.fixture
def signed(packaged: Packaged, tmp_path: Path, made: Made, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a report lies that was packed, and signed since."""
    workspace = tmp_path / "copy"
    shutil.copytree(packaged.workspace, workspace)
    monkeypatch.setenv("REPORTER_PASSPHRASE", PASSPHRASE)
    monkeypatch.chdir(workspace)
    called("sign", str(REPORT / PDF), "--key", made.key(), "-q")
    return workspace / REPORT
