"""What the tests of commands share."""

from pathlib import Path

import pytest

from reporter.cli.group import run
from tests import small
from tests.cli.comparing import OTHER
from tests.cli.running import RIGHT


@pytest.fixture
def workspace(tmp_path) -> Path:
    """The small workspace, whose parts do not make their total; with a cache, so that no drawing is prepared."""
    (tmp_path / "build" / ".cache" / "charts").mkdir(parents=True)
    return small.write(tmp_path)


@pytest.fixture
def right(tmp_path) -> Path:
    """The small workspace without an error."""
    return small.write(tmp_path, RIGHT)


@pytest.fixture
def countries(tmp_path) -> Path:
    """Two countries that can be compared, with pages that are laid out at once."""
    small.write(tmp_path, RIGHT | OTHER)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "profile.html").write_text(small.PAGE)
    return tmp_path


@pytest.fixture
def compare(countries, capsys):
    """`compare(*words)` gives exit code, stdout and stderr."""

    def command(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(["compare", *words, "-w", str(countries)])
        return code, *capsys.readouterr()

    return command
