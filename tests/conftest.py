"""What the tests share: the invented country Ruritania, the real Lithuanian data, and golden references."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reporter.i18n import Locale, load_locale
from reporter.load.dataset import load_dataset
from reporter.model import Dataset

HERE = Path(__file__).parent
ROOT = HERE.parent
RURITANIA = HERE / "data" / "ruritania"

Golden = Callable[[str, str | bytes], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` writes what is made now as the reference; the diff is for the reviewer."""
    parser.addoption("--update-golden", action="store_true", help="write golden references instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(name, actual)` compares text or bytes with tests/golden/NAME, or rewrites it."""
    update = request.config.getoption("--update-golden") or os.environ.get("UPDATE_GOLDEN") == "1"

    def compare(name: str, actual: str | bytes) -> None:
        path = HERE / "golden" / name
        content = actual.encode() if isinstance(actual, str) else actual
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        expected = path.read_bytes() if path.is_file() else b""
        if isinstance(actual, str):
            assert expected.decode() == actual
        else:
            assert expected == actual

    return compare


@pytest.fixture(scope="session")
def ruritania() -> Dataset:
    """The invented country: every flag, a break, a missing year, a zero, a revision, the longest labels."""
    return load_dataset(RURITANIA, ("XX",))


@pytest.fixture(scope="session")
def lithuania() -> Dataset:
    """The data of the first country as committed."""
    return load_dataset(ROOT, ("LT",))


@pytest.fixture(scope="session")
def english() -> Locale:
    """The English locale."""
    return load_locale("en")
