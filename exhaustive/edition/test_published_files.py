"""What is published stays, whatever other file of the edition changes."""

from pathlib import Path

import pytest

from tests.edition.test_published_files import EDITS, corrected, live, published, require_published_files_stay

FIXTURES = (published, corrected, live)


@pytest.mark.parametrize("kind", sorted(EDITS.keys() - {"figure", "catalogue"}))
def test_whatever_changes_the_published_files_stay(live: Path, kind: str) -> None:
    require_published_files_stay(live, kind)
