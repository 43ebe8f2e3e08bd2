"""What the tests of sending share."""

from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.submission import (
    pack,
)
from tests import post
from tests.submission.packages import FILES, INFO
from tests.submission.queued import SENT, opened, queued


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small package."""
    return pack(tmp_path / "LT-2020-commission.zip", FILES, INFO).path


@pytest.fixture
def outbox(tmp_path):
    with opened(tmp_path / "submission") as made:
        yield made


@pytest.fixture
def acts(tmp_path) -> Path:
    """An outbox with four acts, closed."""
    with opened(tmp_path) as outbox:
        claim = outbox.claim(queued(outbox))
        outbox.hand_over(claim)
        outbox.settle(claim, SENT)
    return tmp_path


@pytest.fixture
def drop(tmp_path) -> Path:
    (tmp_path / "edamis").mkdir()
    return tmp_path


@pytest.fixture
def office(tmp_path):
    """A workspace whose mail server does not exist."""
    folder = post.workspace(tmp_path, post.Server(port=1))
    text = (folder / "reporter.yaml").read_text()
    (folder / "reporter.yaml").write_text(text.replace("  authority: ca/ca.pem\n", ""))
    return folder


@pytest.fixture
def told(capsys):
    """`told(*arguments)` runs the program here: exit code, stdout, stderr."""

    def call(*arguments):
        code = run([*map(str, arguments)])
        return (code, *capsys.readouterr())

    return call
