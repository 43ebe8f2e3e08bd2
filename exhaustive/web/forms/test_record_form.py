"""Each field of each form of a real country, changed alone."""

from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot
from tests.web.forms.record_forms import change_each


def test_each_field_of_each_record_of_the_invented_country_changes_its_path_alone() -> None:
    assert len(change_each(snapshot(RURITANIA), every=True)) > 8


def test_a_field_of_each_record_of_lithuania_changes_its_path_alone() -> None:
    assert len(change_each(snapshot(LITHUANIA))) > 8
