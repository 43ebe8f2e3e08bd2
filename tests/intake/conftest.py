"""What tests of the room share: one form, made once."""

from pathlib import Path

import pytest

from tests import forms
from tests.fixtures import here


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The form of the police, as it goes out."""
    return forms.form(forms.write(tmp_path_factory.mktemp("forms")))


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read forms in this process: another one takes a second to start."""
    monkeypatch.setattr("reporter.exchange.agencies.taking_in.run_limited", here)


@pytest.fixture
def workspace(tmp_path: Path, read_here: None) -> Path:
    """The small workspace with agencies."""
    return forms.write(tmp_path)
