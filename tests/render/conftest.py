"""What the tests of HTML share."""

import pytest

from reporter.theme.tokens import Theme, load_theme
from tests.fixtures import ROOT


@pytest.fixture(scope="module")
def theme() -> Theme:
    return load_theme(ROOT / "assets")
