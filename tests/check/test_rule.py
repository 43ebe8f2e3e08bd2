"""A text is judged in the year it was written."""

from dataclasses import replace

from reporter.model import Dataset
from tests.check.broken import told


def test_a_text_is_judged_for_the_year_it_was_written_and_not_again_when_carried_over(ruritania: Dataset):
    data = ruritania.countries[0]
    lost = [seen for seen in data.observations if (seen.figure, seen.year) != ("persons.charged", 2022)]
    before = [seen for seen in lost if (seen.figure, seen.year) != ("persons.charged", 2021)]
    later, neither = (
        replace(ruritania, countries=(replace(data, observations=tuple(seen)),)) for seen in (lost, before)
    )
    text = "People are charged in court."
    expected = "2:12: warning: 'charged' is used, but persons.charged is not stated for {} [undefined-term]"
    assert [] == told(later, 2021, "criminal_justice", text)
    assert [expected.format(2022)] == told(later, 2022, "criminal_justice", text)
    assert [expected.format(2021)] == told(neither, 2021, "criminal_justice", text)
    # Meetings are counted since 2022 only.
    typed = "2:6: error: '12' is typed by hand beside 'meetings' [hand-typed-number]"
    assert [] == told(ruritania, 2021, "prevention", "Some 12 meetings were held.")
    assert [typed] == told(ruritania, 2022, "prevention", "Some 12 meetings were held.")
