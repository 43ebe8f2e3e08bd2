"""A message that was written down is told again as before, on screen and on pages."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.check import check
from reporter.data.records import Confidentiality, Dataset, Qualifier, Status, vintage
from reporter.data.records.message import At, Told, tell
from reporter.editions.search_cache import from_plain, to_plain
from reporter.report.context import Context
from reporter.report.sections.quality import message_text
from tests import small
from tests.snapshots import translated


def kept(part: object) -> object:
    return from_plain(json.loads(json.dumps(to_plain(part))))


def reasons_of(dataset: Dataset) -> list[Told]:
    found = (each.message for data in dataset.countries for each in check(data, dataset))
    return [each for each in found if isinstance(each, Told)]


def test_all_that_is_told_of_a_country_is_told_again_in_the_same_words(ruritania):
    code = ruritania.countries[0].country.code
    context = Context(
        vintage(ruritania, code, max(each.year for each in ruritania.countries[0].years)), translated("lt")
    )
    messages = reasons_of(ruritania)
    assert messages
    again = [kept(each) for each in messages]
    assert [(each, message_text(each, context)) for each in messages] == [
        (each, message_text(each, context)) for each in again
    ]


STATED = st.builds(
    small.value,
    st.just(2020),
    st.integers(0, 10**9) | st.none(),
    status=st.sampled_from(Status),
    qualifier=st.sampled_from(Qualifier),
    confidentiality=st.sampled_from(Confidentiality),
)
PARTS = st.recursive(
    st.none() | st.text() | st.integers() | st.decimals(allow_nan=False) | STATED | st.builds(At, st.text()),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(tuple) | inner.map(lambda each: tell("{one} more", one=each))
    ),
    max_leaves=6,
)


@given(PARTS)
def test_whatever_a_message_is_made_of_is_told_again(part):
    message = tell("{part} in all", part=part)
    assert message == kept(message)


def test_what_is_no_message_is_neither_read_nor_written_as_one():
    for damaged in (1.5, {"seen": [1]}, {"number": "one"}, {"frame": "{a}", "parts": {}}, {"at": []}):
        with pytest.raises((TypeError, LookupError, ValueError, ArithmeticError)):
            from_plain(damaged)
    with pytest.raises(TypeError):
        to_plain(tell("{what}", what=object()))
    assert Decimal("1.50") == kept(Decimal("1.50"))
