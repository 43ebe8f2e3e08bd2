"""When a value is given: zero is, what is missing or masked is not."""

from reporter.model import Series, Status, is_given, is_hidden, is_withheld, vintage
from tests import small
from tests.small import HEAD, YEAR


def test_a_series_has_only_the_years_somebody_spoke_of(dataset):
    known = vintage(dataset, "XX", 2020)
    assert [2020] == [seen.year for seen in known.series("investigations.opened", "sexual")]
    assert Series("nothing", "", ()) == known.series("nothing")


def test_zero_is_given_and_nothing_is_not():
    assert is_given(small.value(2020, 0))
    assert not any(map(is_given, (None, small.value(2020, None, status=Status.SUPPRESSED))))


def test_a_value_with_a_code_is_given_to_whoever_holds_it_and_kept_from_the_public(tmp_path):
    content = HEAD + "figures:\n  investigations.opened: {total: 11, confidentiality: C}\n"
    seen = vintage(small.load(tmp_path, {YEAR: content}), "XX", 2020).observation("investigations.opened")
    assert (True, False) == (is_given(seen), is_hidden(seen))
    assert seen is not None
    assert is_withheld(seen)
