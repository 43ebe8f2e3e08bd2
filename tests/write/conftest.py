from datetime import UTC, datetime
from pathlib import Path

import pytest

from reporter.data.files.workspace import Workspace
from reporter.data.write.applying import Writer
from tests.write.styles import STYLES


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace of a few files, hand-made as files are."""
    for name, text in {
        "reporter.yaml": "title: {en: A, lt: B}\nlanguages: [en, lt]\n",
        "data/catalogue.yaml": "sources: {}\n",
        "data/XX/2020.yaml": STYLES["lines"],
        "data/XX/text/en/2020.md": "# at_a_glance\n\nIn 2020.\n\n# contacts\n\nWrite to us.\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return Workspace(tmp_path)


@pytest.fixture
def ana() -> Writer:
    return Writer("Ana", datetime(2026, 11, 27, 8, tzinfo=UTC))
