"""A small package, made once for the tests of what is read back."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

import reporter.validate
from reporter.cli.group import run
from reporter.validate import Judgement
from tests import small
from tests.fixtures import Packaged, once
from tests.roundtrip.forging import BOOK, CSV, JSON, PDF, payload


def pack(workspace: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # No process beside this one.
        patch.setattr(os, "cpu_count", lambda: 1)
        patch.setattr(reporter.validate, "prove", lambda *_: (Judgement("veraPDF", "1", "ua1", 106, ()),))
        small.write(workspace, small.FINAL)
        assert 0 == run(["package", "XX", "2020", "--to", "office", "-q", "-w", str(workspace)])


@pytest.fixture(scope="session")
def packaged(tmp_path_factory: pytest.TempPathFactory, drawing_here: None) -> Packaged:
    """The package of a workspace of a few lines, with every part that it can have. The report of veraPDF is made up."""
    workspace = once(tmp_path_factory, "read-back", pack)
    return Packaged(workspace, workspace / "build" / "XX" / "2020" / "package" / "XX-2020-office.zip")


@pytest.fixture(scope="session")
def files(packaged: Packaged) -> Mapping[str, bytes]:
    return payload(packaged.package)


@pytest.fixture(scope="session")
def figures(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {name: files[name] for name in (CSV, JSON, BOOK, PDF)}
