"""A form of every record: unchanged it writes nothing, and one field changes one path."""

import pytest

from reporter.web.forms.record_form import posted_record, record_form, record_steps
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import snapshot
from tests.web.forms.record_forms import change_each, every_place, ground, posted


@pytest.mark.parametrize(("root", "language"), [(LITHUANIA, "lt"), (RURITANIA, "en"), (RURITANIA, "lt")])
def test_a_form_that_nobody_typed_into_writes_nothing(root, language: str) -> None:
    speaking, sources = ground(language), snapshot(root)
    found = []
    for place in every_place(sources):
        form = record_form(place, speaking, sources)
        read = posted_record(place, speaking, sources, posted(form))
        assert ({}, None) == (read.form.problems, read.conflict), place.path
        found += [place.path] if record_steps(place, speaking, sources, read.target) else []
    assert [] == found


def test_what_is_typed_in_one_field_changes_that_path_and_no_other_byte() -> None:
    assert len(change_each(snapshot(RURITANIA))) > 5
