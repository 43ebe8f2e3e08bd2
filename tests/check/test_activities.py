"""Aims may be told as aims."""

from reporter.model import Dataset
from tests.check.broken import told


def test_an_item_of_a_list_may_be_called_an_aim_by_the_sentence_before(ruritania: Dataset):
    item = "- {{ activities.town_meetings.meetings }} a year."
    assert len(told(ruritania, 2022, "prevention", f"Every town:\n\n- a poster;\n{item}")) == 1
    assert told(ruritania, 2022, "prevention", f"The aims for every town:\n\n- a poster;\n{item}") == []
