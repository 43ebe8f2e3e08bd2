"""However sheets of a form are changed, and by what, nothing is taken from a wrong cell."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import forms
from tests.reshaped import CHANGES, Change, change, numbered, taken


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("forms")
    return forms.form(forms.write(folder))


@given(st.lists(CHANGES, max_size=6))
@settings(max_examples=100, deadline=None)
def test_no_changes_of_the_sheets_lead_to_a_wrong_cell(form: bytes, changes: list[Change]) -> None:
    book, numbers = numbered(form)
    for each in changes:
        change(book, each)
    assert {} == {address: value for address, value in taken(book).items() if value not in (None, numbers.get(address))}
