"""What the tests of exports share: every file of figures of two editions."""

from pathlib import Path

import pytest

from reporter.editions.making.exports import export
from tests.export.extracts import EVERY, extract


@pytest.fixture(scope="session")
def lithuanian_files(lithuania) -> dict[str, bytes]:
    return export(extract(lithuania, "LT", 2020), EVERY)


@pytest.fixture(scope="session")
def ruritanian_files(ruritania) -> dict[str, bytes]:
    return export(extract(ruritania, "XX", 2021), EVERY)


@pytest.fixture(scope="module")
def shared(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("small")
