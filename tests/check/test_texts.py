"""What is typed in a text or used as a term is held to its figure and year; aims, dates and provisions may be typed."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.model import Dataset
from tests import small
from tests.check.broken import told


def test_an_item_of_a_list_may_be_called_an_aim_by_the_sentence_before(ruritania: Dataset):
    item = "- {{ activities.town_meetings.meetings }} a year."
    assert len(told(ruritania, 2022, "prevention", f"Every town:\n\n- a poster;\n{item}")) == 1
    assert told(ruritania, 2022, "prevention", f"The aims for every town:\n\n- a poster;\n{item}") == []


def test_a_text_carried_over_needs_values_that_name_their_year(ruritania: Dataset):
    bare = "{{ victims.recognised }} victims were recognised."
    message = "2:1: error: victims.recognised has no value to print [no-value]"
    assert [message] == told(ruritania, 2019, "victims", bare)
    assert told(ruritania, 2019, "victims", "{{ victims.recognised | at(2019) }} victims were recognised.") == []


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


def test_a_number_between_two_terms_is_said_of_the_one_before_it(ruritania: Dataset):
    expected = "error: '13' is typed by hand beside {!r} [hand-typed-number]"
    text = "Of all victims, 13 new investigations made nothing."
    assert [f"2:17: {expected.format('victims')}"] == told(ruritania, 2022, "victims", text)
    text = "Of new investigations, 13 victims made nothing."
    assert [f"2:24: {expected.format('new investigations')}"] == told(ruritania, 2022, "victims", text)


def test_a_word_for_a_step_of_justice_needs_its_figure(ruritania: Dataset):
    expected = ["2:12: warning: 'charged' is used, but persons.charged is not stated for 2021 [undefined-term]"]
    data = ruritania.countries[0]
    unsaid = [each for each in data.observations if (each.figure, each.year) != ("persons.charged", 2021)]
    dataset = replace(ruritania, countries=(replace(data, observations=tuple(unsaid)),))
    assert expected == told(dataset, 2021, "criminal_justice", "People are charged in court.")
    assert told(dataset, 2021, "criminal_justice", "The number of persons charged is not available.") == []
    assert told(dataset, 2021, "criminal_justice", "In 2018, persons were charged.") == []
    assert told(dataset, 2021, "criminal_code", "Whoever is charged has a lawyer.") == []
    assert told(ruritania, 2021, "criminal_justice", "People are charged in court.") == []


def test_a_number_of_an_earlier_year_is_printed_as_the_value_of_that_year(tmp_path):
    text = "# general_situation\n\nIn 2019, there were 9 investigations.\n"
    dataset = small.load(tmp_path, {small.TEXT: text})
    hints = {each.hint.splitlines()[0] for each in check(dataset.countries[0], dataset)
             if each.code == "hand-typed-number"}  # fmt: skip
    assert {"print the value itself, such as {{ investigations.opened | at(2019) }}"} == hints


@pytest.mark.parametrize(
    "text",
    [
        "Articles 147, 147-1 and 157 protect victims.",
        "Directive 2011/36/EU protects victims.",
        "The programme of 2017–2019 and its 3rd course reached clients on 18 October 2019.",
        "The STROM 2 posters warn victims aged 15 to 17.",
        "Call +370 5 271 97 93 or write to 24@victims.example, 24 hours a day.",
        "1. Victims first.\n2. Clients second.",
        "Persons assisted under 18 are children.",
        "Of the 27 Member States, some count victims.",
        "Some 5 persons came for 3 years.",
    ],
)
def test_names_dates_and_numbers_of_provisions_may_be_typed(ruritania: Dataset, text: str):
    assert told(ruritania, 2022, "victims", text) == []


@pytest.mark.parametrize(
    ("text", "place", "number"),
    [
        ("The police opened 33 investigations.", "2:19", "'33'"),
        ("Some 5 001 colourful\nposters were shown.", "2:6", "'5 001'"),
        ("Clients numbered\nabout 110.", "3:7", "'110'"),
        ("- Of victims\n- and of 12 victims", "3:10", "'12'"),
        ('Many{{ note("Not 30 victims.") }}.', "2:5", "'30'"),
    ],
)
def test_counts_typed_by_hand_are_found_at_their_place(ruritania: Dataset, text: str, place: str, number: str):
    found = told(ruritania, 2022, "prevention", text)
    assert [f"{place}: error: {number}"] == [each.split(" is typed")[0] for each in found]
