"""A sentence stands in one language as a whole: its words, its labels, its numbers and its names."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.edition.resources import locale_of
from reporter.files.sources import Sources
from reporter.i18n import Locale
from reporter.model import Label
from reporter.model.label import altered, language_of, said_again, united

RISE = "{label} rose from {before} in {first} to {after} in {last}."
FINNISH = """\
msgid "Identified"
msgstr "Tunnistetut"

msgid "{label}: {after}, {n} more than in {year}"
msgstr "{label}: {after}, {n} enemmän kuin vuonna {year}"

#, fuzzy
msgid "{n} year"
msgid_plural "{n} years"
msgstr[0] "{n} vuosi"
msgstr[1] "{n} vuotta"

msgid "{n} case"
msgid_plural "{n} cases"
msgstr[0] "{n} tapaus"
msgstr[1] "{n} tapausta"
"""
VICTIMS = Label((("en", "Victims"), ("fi", "Uhrit")))
POLICE = Label((("lt", "Policija"), ("en", "Police")))
ALONE = Label((("lt", "Teismai"),))


@pytest.fixture(scope="module")
def finnish() -> Locale:
    return locale_of(Sources.from_contents({"translations/fi.po": FINNISH.encode()}), "fi")


def told(locale: Locale, label: Label) -> str:
    return locale.text(
        "{label}: {after}, {n} more than in {year}",
        label=label.text(locale.language),
        after=locale.number(12345),
        n=locale.number(1000),
        year=2020,
    )


def test_a_sentence_is_in_its_own_language_where_all_of_it_is_translated(finnish):
    said = told(finnish, VICTIMS)
    assert ("Uhrit: 12\u00a0345, 1\u00a0000 enemmän kuin vuonna 2020", "") == (said, language_of(said))


def test_a_label_that_is_not_translated_has_the_sentence_said_in_english(finnish):
    said = told(finnish, POLICE)
    assert ("Police: 12,345, 1,000 more than in 2020", "en") == (said, language_of(said))


def test_words_that_are_not_translated_have_labels_and_numbers_said_in_english(finnish):
    said = finnish.text(
        RISE, label=VICTIMS.text("fi"), before=finnish.number(1000), first=2019, after=finnish.number(12345), last=2020
    )
    assert ("Victims rose from 1,000 in 2019 to 12,345 in 2020.", "en") == (said, language_of(said))


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (lambda locale: locale.percent(Decimal("-0.02")), "−2%"),
        (lambda locale: locale.date("2020-03-05"), "5 March 2020"),
        (lambda locale: locale.period("2020-03-05", "2020-04-06"), "5 March 2020 – 6 April 2020"),
        (lambda locale: locale.period("2020-03-05", "2020-03-06"), "5–6 March 2020"),
        (lambda locale: locale.country("DE"), "Germany"),
        (lambda locale: locale.listed([locale.country("DE"), locale.country("SE")]), "Germany and Sweden"),
        (lambda locale: locale.years([2019, 2020]), "2019 and 2020"),
        (lambda locale: locale.signed(Decimal(1200)), "+1,200"),
        (lambda locale: locale.fixed(Decimal("1.4"), 2), "1.40"),
        (lambda locale: locale.language_name("sv"), "Swedish"),
        (lambda locale: locale.put("{} ({})", locale.number(1000), locale.percent(Decimal("0.5"))), "1,000 (50%)"),
        (lambda locale: locale.joined("; ", [locale.country("DE"), VICTIMS.text("fi")]), "Germany; Victims"),
        (lambda locale: altered(locale.country("DE"), str.upper), "GERMANY"),
        (lambda locale: united(" / ", [locale.country("DE"), POLICE.text("fi")]), "Germany / Police"),
    ],
)
def test_whatever_stands_in_a_sentence_is_said_again_with_it(finnish, value, english):
    said = finnish.text("Source data: {sources}", sources=value(finnish))
    assert (f"Source data: {english}", "en") == (said, language_of(said))


def test_what_is_put_together_of_signs_needs_no_translation(finnish):
    shown = finnish.text("{label}: {share}", label=VICTIMS.text("fi"), share=finnish.percent(Decimal("0.5")))
    assert ("Uhrit: 50\u00a0%", "") == (shown, language_of(shown))
    assert ("Uhrit (3)", "") == (finnish.put("{} ({})", VICTIMS.text("fi"), 3), language_of(shown))


def test_a_list_with_a_name_that_is_not_translated_is_said_in_english(finnish):
    named = finnish.listed([finnish.country("DE"), POLICE.text("fi"), VICTIMS.text("fi")])
    assert ("Germany, Police and Victims", "en") == (named, language_of(named))


def test_a_translation_that_needs_another_look_does_not_count(finnish):
    assert ("2 years", "en") == (said := finnish.count("{n} year", "{n} years", 2), language_of(said))
    assert ("2 tapausta", "") == (said := finnish.count("{n} case", "{n} cases", 2), language_of(said))


def test_a_label_that_english_lacks_too_stands_in_the_sentence_as_it_is(finnish):
    english = locale_of(Sources.from_contents({}), "en")
    assert ("Teismai: 12,345, 1,000 more than in 2020", "") == (told(english, ALONE), language_of(told(english, ALONE)))
    assert "Teismai: 12\u00a0345, 1\u00a0000 enemmän kuin vuonna 2020" == told(finnish, ALONE)
    assert "Source data: Teismai" == finnish.text("Source data: {sources}", sources=ALONE.text("fi"))


def test_text_can_be_said_in_its_own_language_again(finnish):
    number = finnish.number(12345)
    said = finnish.text(
        "{label}: {before} in {first}, none in {last}.", label=POLICE.text("fi"), before=number, first=2019, last=2020
    )
    assert "Police: 12,345 in 2019, none in 2020." == said
    assert "Policija: 2019 m. – 12\u00a0345, 2020 m. nebuvo." == said_again(said, "lt")
    assert ("plain", 7) == (said_again("plain", "lt"), said_again(7, "lt"))


def test_a_country_is_called_as_its_file_says_only_where_it_says_it_in_that_language(finnish, ruritania):
    country = replace(ruritania.countries[0].country, code="EL", name=Label((("en", "The Hellenic Republic"),)))
    assert ("Kreikka", "") == (finnish.name_of(country), language_of(finnish.name_of(country)))


def test_the_number_of_an_article_is_raised_where_the_language_does_so():
    told = {language: locale_of(Sources.from_contents({}), language).article("147-1") for language in ("en", "lt")}
    assert {"en": "147-1", "lt": "147¹"} == told
    assert "147" == locale_of(Sources.from_contents({}), "lt").article("147")
