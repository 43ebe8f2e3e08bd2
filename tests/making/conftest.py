"""What the tests of made files share."""

import shutil
from pathlib import Path

import pytest

from reporter.cli.group import run
from tests import small
from tests.making.refusals import BUILD, REPORT, files


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small workspace whose pages are laid out at once."""
    right = small.FILES[small.YEAR].replace("labour: 6", "labour: 7")
    return small.write(tmp_path, {small.YEAR: right, "templates/profile.html": small.PAGE})


@pytest.fixture
def made(workspace, capsys):
    def command(formats: str, *options: str) -> list[str]:
        capsys.readouterr()
        assert 0 == run(["build", "XX", "2020", "--format", formats, "-j", "1", "-w", str(workspace), *options])
        said = capsys.readouterr().out.splitlines()
        return [line.rpartition("/")[2] for line in said]

    return command


@pytest.fixture(scope="session")
def small_report(tmp_path_factory) -> Path:
    """A small workspace with a good report, of a page that is laid out at once."""
    year = small.FINAL[small.YEAR].replace("figures:\n", "figures:\n  persons.convicted: 13\n")
    root = small.write(tmp_path_factory.mktemp("reported"), {small.YEAR: year, "templates/profile.html": small.PAGE})
    assert 0 == run([*BUILD, "-q", "-w", str(root)])
    (root / "templates" / "profile.html").unlink()
    return root


@pytest.fixture
def reported(small_report, tmp_path, monkeypatch) -> Path:
    shutil.copytree(small_report, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def refused(reported, capsys):
    """`refused()` builds, which must fail and change nothing, and gives exit code and stderr."""

    def build(*options: str) -> tuple[int, str]:
        before = files(reported)
        assert REPORT in before
        code = run([*BUILD, *options])
        out, err = capsys.readouterr()
        assert (before, "") == (files(reported), out)
        return code, err

    return build


@pytest.fixture
def override(reported):
    def write(name: str, content: str) -> None:
        path = reported / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    return write
