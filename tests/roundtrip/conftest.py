"""A small package, made once for the tests of what is read back."""

import os
from collections.abc import Mapping

import pytest
from filelock import FileLock

import reporter.validate
from reporter.cli.group import run
from reporter.validate import Judgement
from tests import small
from tests.fixtures import Packaged
from tests.roundtrip.forging import BOOK, CSV, JSON, PDF, payload


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory, drawing_here: None) -> Packaged:
    """The package of a workspace of a few lines, with every part that it can have. The report of veraPDF is made up."""
    base = tmp_path_factory.getbasetemp()
    workspace = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "read-back"
    path = workspace / "build" / "XX" / "2020" / "package" / "XX-2020-office.zip"
    with FileLock(f"{workspace}.lock"), pytest.MonkeyPatch.context() as patch:
        patch.setattr(reporter.validate, "prove", lambda *_: (Judgement("veraPDF", "1", "ua1", 106, ()),))
        if not path.is_file():
            small.write(workspace, small.FINAL)
            assert 0 == run(["package", "XX", "2020", "--to", "office", "-q", "-w", str(workspace)])
    return Packaged(workspace, path)


@pytest.fixture(scope="session")
def files(packaged: Packaged) -> Mapping[str, bytes]:
    """What was sent, by path below data/."""
    return payload(packaged.package)


@pytest.fixture(scope="session")
def figures(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Of these the files of all figures."""
    return {name: files[name] for name in (CSV, JSON, BOOK, PDF)}
