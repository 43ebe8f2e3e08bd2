"""A field of each record of a real country, changed alone."""

from tests.fixtures import LITHUANIA
from tests.snapshots import snapshot
from tests.web.forms.record_forms import change_each


def test_a_field_of_each_record_of_lithuania_changes_its_path_alone() -> None:
    assert len(change_each(snapshot(LITHUANIA))) > 8
