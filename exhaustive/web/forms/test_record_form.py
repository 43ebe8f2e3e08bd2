"""A field of each record of two countries, changed alone."""

from pathlib import Path

import pytest

from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot
from tests.web.forms.record_forms import change_each


@pytest.mark.parametrize(("root", "kinds"), [(LITHUANIA, 9), (RURITANIA, 6)])
def test_what_is_typed_in_one_field_changes_that_path_and_no_other_byte(root: Path, kinds: int) -> None:
    assert len(change_each(snapshot(root))) >= kinds
