"""Words that look otherwise in running text: low numbers, and countries with an article."""

from decimal import Decimal

import pytest
from babel import Locale as Cldr

from reporter.errors import Mark
from reporter.i18n import load_locale
from reporter.i18n.running_text import numeral, opening, with_article, within
from reporter.model import Country, Label
from reporter.model.label import said_again

ENGLISH, LITHUANIAN = load_locale("en"), load_locale("lt")


@pytest.mark.parametrize(
    ("number", "word"), [(1, "one"), (Decimal(9), "nine"), (0, ""), (10, ""), (Decimal("1.5"), ""), (-1, "")]
)
def test_english_has_words_for_one_to_nine(number, word):
    assert word == numeral(number, "en")
    assert "" == numeral(number, "lt")


def test_a_number_in_words_is_said_again_in_figures():
    assert ("four", "24", "0") == (ENGLISH.numeral(4), ENGLISH.numeral(24), ENGLISH.numeral(0))
    assert ("4", "four") == (said_again(ENGLISH.numeral(4), "lt"), said_again(LITHUANIAN.numeral(4), "en"))


def test_numbers_of_one_kind_are_all_words_or_all_figures():
    assert [("two", "nine"), ("2", "10"), ("0", "3")] == [ENGLISH.numerals(*each) for each in [(2, 9), (2, 10), (0, 3)]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("United Kingdom", "the United Kingdom"),
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Philippines", "the Philippines"),
        ("Czech Republic", "the Czech Republic"),
        ("Kingdom of Ruritania", "the Kingdom of Ruritania"),
        ("Republic of Moldova", "the Republic of Moldova"),
        ("Russian Federation", "the Russian Federation"),
        ("The Gambia", "The Gambia"),
        ("Czechia", "Czechia"),
        ("Ireland", "Ireland"),
        ("Republika Srpska", "Republika Srpska"),
        ("Norfolk Island", "Norfolk Island"),
    ],
)
def test_a_country_has_its_article_within_a_sentence(name, expected):
    assert expected == with_article(name, "en")
    assert name == with_article(name, "lt")


def test_of_the_countries_of_the_cldr_the_plurals_and_the_states_have_an_article():
    names = Cldr("en").territories
    european = ("BE", "CZ", "DE", "NL", "GB", "CH", "MK", "BA", "TR", "UA", "VA", "RU", "MD", "IM", "FO", "AX")
    found = [names[code] for code in european if with_article(names[code], "en") != names[code]]
    assert ["Netherlands", "United Kingdom", "Isle of Man", "Faroe Islands", "Åland Islands"] == found


def test_a_country_goes_by_its_own_name_also_within_a_sentence():
    own = Label((("en", "Kingdom of Ruritania"), ("lt", "Ruritanijos Karalystė")))
    home = Country(code="XX", name=own, rapporteur=own, publisher=own, source="police", mark=Mark("country.yaml"))
    said = ENGLISH.named_inside("XX", home)
    assert ("the Kingdom of Ruritania", "Ruritanijos Karalystė") == (said, said_again(said, "lt"))
    assert ("the Netherlands", "Nyderlandai") == (
        ENGLISH.named_inside("NL", home),
        said_again(ENGLISH.named_inside("NL", home), "lt"),
    )
    assert "Bosnia and Herzegovina" == ENGLISH.named_inside("BA", home)


def test_a_label_within_a_sentence_keeps_the_capitals_of_an_abbreviation():
    labels = ("Identified victims", "A list", "EU citizens", "T-visas", "")
    assert ["identified victims", "a list", "EU citizens", "T-visas", ""] == list(map(ENGLISH.inside, labels))


def test_a_label_within_a_sentence_has_no_capital_but_between_quotation_marks_and_in_german():
    label = "Nustatytos aukos"
    assert ("nustatytos aukos", label) == (LITHUANIAN.inside(label), LITHUANIAN.inside(label, quoted=True))
    assert ("Opfer", "opfer") == (within("Opfer", "de"), within("Opfer", "lt"))


def test_a_sentence_opens_with_a_capital_but_not_with_a_code_or_a_file() -> None:
    assert "Parts make 19, total is 18" == opening("parts make 19, total is 18")
    assert "Štai." == opening("štai.")
    for kept in ("victims.identified is a value of 2021", "data/LT/2021.yaml: no key", ""):
        assert kept == opening(kept)
