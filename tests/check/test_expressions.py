"""A text carried over prints values that name their year."""

from reporter.model import Dataset
from tests.check.broken import told


def test_a_text_carried_over_needs_values_that_name_their_year(ruritania: Dataset):
    bare = "{{ victims.recognised }} victims were recognised."
    message = "2:1: error: victims.recognised has no value to print [no-value]"
    assert [message] == told(ruritania, 2019, "victims", bare)
    assert told(ruritania, 2019, "victims", "{{ victims.recognised | at(2019) }} victims were recognised.") == []
