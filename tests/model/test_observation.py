"""When a value is given: zero is, what is missing or may not be published is not."""

from reporter.model import Series, Status, is_given, vintage
from tests import small
from tests.small import HEAD, YEAR


def test_a_series_has_only_the_years_somebody_spoke_of(dataset):
    known = vintage(dataset, "XX", 2020)
    assert [2020] == [seen.year for seen in known.series("investigations.opened", "sexual")]
    assert Series("nothing", "", ()) == known.series("nothing")


def test_zero_is_given_and_nothing_is_not():
    assert is_given(small.value(2020, 0))
    assert not any(map(is_given, (None, small.value(2020, None, status=Status.SUPPRESSED))))


def test_a_confidential_value_is_not_given(tmp_path):
    content = HEAD + "figures:\n  investigations.opened: {total: 11, confidentiality: C}\n"
    known = vintage(small.load(tmp_path, {YEAR: content}), "XX", 2020)
    assert not is_given(known.observation("investigations.opened"))
