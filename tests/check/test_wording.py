"""Terms of justice need the figure that they name."""

from dataclasses import replace

from reporter.check import check
from reporter.errors import Mark
from reporter.model import Dataset, Passage
from tests import small
from tests.check.broken import told


def test_a_term_of_several_words_is_found_by_all_of_them(ruritania: Dataset):
    """Persons prosecuted and persons assisted begin alike; only the whole term says which figure is meant."""
    passage = Passage("victims", "en", 2022, "There were 13 persons convicted.", Mark("2022.md", 2))
    findings = check(replace(ruritania.countries[0], passages=(passage,)), ruritania)
    expected = (
        "2022.md:2:12: error: '13' is typed by hand beside 'persons convicted' [hand-typed-number]\n"
        "  hint: print the value itself, such as {{ persons.convicted }}"
    )
    assert [expected] == [str(each) for each in findings if each.code == "hand-typed-number"]


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
