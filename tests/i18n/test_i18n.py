"""Numbers, dates, names and running text in each language."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from babel import Locale as Cldr

from reporter.data.errors import DataError, Mark, UsageError
from reporter.data.files.sources import NO_SOURCES, Sources
from reporter.data.i18n import PROTOCOL, Locale, calendar_words, country_codes, load_locale
from reporter.data.i18n.locale import numeral, opening, with_article, within
from reporter.data.i18n.territories import EU, ON_MAP
from reporter.data.languages import fitted
from reporter.data.records import Country, Label, Qualifier, Status, Unit
from reporter.data.records.label import OFFICIAL, altered, language_of, rendered_in, united
from reporter.editions.resources import locale_of
from reporter.report.document.note_lines import other_sources
from tests.small import value


def test_months_and_weekdays_are_named_in_the_forms_of_a_language():
    assert {"march", "mar", "monday"} <= calendar_words("en")
    assert {"maaliskuu", "maaliskuuta", "maalis", "maanantaina"} <= calendar_words("fi")
    assert frozenset() == calendar_words("xx")


ENGLISH, LITHUANIAN = load_locale("en"), load_locale("lt")


def test_english_has_words_for_one_to_nine_and_says_them_again_in_figures():
    numbers = (1, Decimal(9), 0, 10, Decimal("1.5"), -1)
    assert ["one", "nine", "", "", "", ""] == [numeral(each, "en") for each in numbers]
    assert [""] * 6 == [numeral(each, "lt") for each in numbers]
    assert ("four", "24", "0") == (ENGLISH.numeral(4), ENGLISH.numeral(24), ENGLISH.numeral(0))
    assert ("4", "four") == (rendered_in(ENGLISH.numeral(4), "lt"), rendered_in(LITHUANIAN.numeral(4), "en"))
    # Numbers of one kind are all words or all figures.
    assert [("two", "nine"), ("2", "10"), ("0", "3")] == [ENGLISH.numerals(*each) for each in [(2, 9), (2, 10), (0, 3)]]


@pytest.mark.parametrize(
    ("article", "names"),
    [
        ("the ", ["United Kingdom", "United States", "Netherlands", "Philippines", "Czech Republic"]),
        ("the ", ["Kingdom of Ruritania", "Republic of Moldova", "Russian Federation"]),
        ("", ["The Gambia", "Czechia", "Ireland", "Republika Srpska", "Norfolk Island"]),
    ],
)
def test_a_country_has_its_article_within_a_sentence(article, names):
    assert [f"{article}{name}" for name in names] == [with_article(name, "en") for name in names]
    assert names == [with_article(name, "lt") for name in names]


def test_of_the_countries_of_the_cldr_the_plurals_and_the_states_have_an_article():
    names = Cldr("en").territories
    european = ("BE", "CZ", "DE", "NL", "GB", "CH", "MK", "BA", "TR", "UA", "VA", "RU", "MD", "IM", "FO", "AX")
    found = [names[code] for code in european if with_article(names[code], "en") != names[code]]
    assert ["Netherlands", "United Kingdom", "Isle of Man", "Faroe Islands", "Åland Islands"] == found


def test_a_country_goes_by_its_own_name_also_within_a_sentence():
    own = Label((("en", "Kingdom of Ruritania"), ("lt", "Ruritanijos Karalystė")))
    home = Country(code="XX", name=own, rapporteur=own, publisher=own, source="police", mark=Mark("country.yaml"))
    said = ENGLISH.named_inside("XX", home)
    assert ("the Kingdom of Ruritania", "Ruritanijos Karalystė") == (said, rendered_in(said, "lt"))
    assert ("the Netherlands", "Nyderlandai") == (
        ENGLISH.named_inside("NL", home),
        rendered_in(ENGLISH.named_inside("NL", home), "lt"),
    )
    assert "Bosnia and Herzegovina" == ENGLISH.named_inside("BA", home)


def test_a_label_within_a_sentence_keeps_the_capitals_of_abbreviations_countries_german_and_quotations():
    labels = ("Identified victims", "A list", "EU citizens", "T-visas", "")
    assert ["identified victims", "a list", "EU citizens", "T-visas", ""] == list(map(ENGLISH.inside, labels))
    label = "Nustatytos aukos"
    assert ("nustatytos aukos", label) == (LITHUANIAN.inside(label), LITHUANIAN.inside(label, quoted=True))
    names = ("Brazil", "Brazil, women", "Czechia")
    assert (*names, "Brazilija") == (*map(ENGLISH.inside, names), LITHUANIAN.inside("Brazilija"))
    assert ("Opfer", "opfer") == (within("Opfer", "de"), within("Opfer", "lt"))


def test_a_sentence_opens_with_a_capital_but_not_with_a_code_or_a_file() -> None:
    assert "Parts add up to 19, total is 18" == opening("parts add up to 19, total is 18")
    assert "Štai." == opening("štai.")
    for kept in ("victims.identified is a value of 2021", "data/LT/2021.yaml: no key", ""):
        assert kept == opening(kept)


def test_a_number_has_separators_and_a_true_minus_and_a_difference_its_sign(english):
    numbers = (0, 35, 5001, 1234567, -5, Decimal("2.5"), Decimal("-0"), Decimal("1.50"), Decimal("1.5"))
    assert ["0", "35", "5,001", "1,234,567", "−5", "2.5", "−0", "1.5", "1.5"] == list(map(english.number, numbers))
    assert ["+3", "−5", "0", "+1,200"] == [english.signed(Decimal(each)) for each in (3, -5, 0, 1200)]
    assert ("5\u00a0001", "Lietuva") == (LITHUANIAN.number(5001), LITHUANIAN.country("LT"))


def test_a_percentage_is_rounded_half_up(english):
    shares = ("0.5", "0.005", "0.0049", "0.125", "0.145", "-0.125", "1", "12.5")
    expected = ["50%", "1%", "0%", "13%", "15%", "−13%", "100%", "1,250%"]
    assert expected == [english.percent(Decimal(each), 0) for each in shares]
    assert "12.35%" == english.percent(Decimal("0.12345"), 2)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (None, ":"),
        (value(2020, 0), "0"),
        (value(2020, 1200), "1,200"),
        (value(2020, 100, qualifier=Qualifier.AT_LEAST), "≥\u00a0100"),
        (value(2020, 250, qualifier=Qualifier.ABOUT), "≈\u00a0250"),
        (value(2020, None, status=Status.MISSING), ":"),
        (value(2020, None, status=Status.NOT_COLLECTED), ":"),
        (value(2020, None, status=Status.NOT_APPLICABLE), "–"),
        (value(2020, None, status=Status.SUPPRESSED), "c"),
    ],
)
def test_a_table_prints_a_sign_for_each_kind_of_nothing(english, seen, expected):
    assert expected == english.value(seen)


def test_running_text_says_bounds_in_words(english):
    said = [english.spoken(value(2020, 1200, qualifier=each)) for each in Qualifier]
    assert {"1,200", "at least 1,200", "over 1,200", "about 1,200"} == set(said)
    assert "about 1,200" == english.spoken(value(2020, 1200, qualifier=Qualifier.ABOUT))


def test_a_date_is_as_exact_as_it_is_stated(english):
    dates = ("2015-06-03", "2015-06", "2015", "")
    assert ["3 June 2015", "June 2015", "2015", ""] == list(map(english.date, dates))


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2017", "2017", "2017"),
        ("2013", "2015", "2013–2015"),
        ("2015-06-03", "2015-06-04", "3–4 June 2015"),
        ("2015-05-31", "2015-06-01", "31 May 2015 – 1 June 2015"),
        ("2015-06", "2016", "June 2015 – 2016"),
        ("2017", "", "2017"),
    ],
)
def test_a_period_has_one_dash(english, since, until, expected):
    assert expected == english.period(since, until)


def test_days_of_one_month_stand_where_the_language_has_them():
    said = [load_locale(each).period("2015-06-03", "2015-06-04") for each in ("lt", "de", "es")]
    assert ["2015 m. birželio 3–4 d.", "3.–4. Juni 2015", "3–4 de junio de 2015"] == said


def test_member_states_come_in_protocol_order_before_the_others_by_name(english):
    mixed = ["UK", "SE", "US", "DE", "AT", "EL", "BE", "NO", "ES", "LT"]
    assert ["BE", "DE", "EL", "ES", "LT", "AT", "SE", "NO", "UK", "US"] == english.ordered(mixed)


def test_every_country_on_the_map_has_a_name_in_every_language_of_the_union():
    codes = [EU.get(code, code) for code in sorted(ON_MAP)]
    for language in sorted(OFFICIAL):
        locale = load_locale(language)
        assert [] == [code for code in codes if locale.country(code) == code], language


@pytest.mark.parametrize(
    ("language", "codes", "expected"),
    [
        ("lt", ["UA", "CH", "TH", "SG"], ["Singapūras", "Šveicarija", "Tailandas", "Ukraina"]),
        ("lt", ["CF", "CL", "TD", "NO"], ["Centrinės Afrikos Respublika", "Čadas", "Čilė", "Norvegija"]),
        ("de", ["AU", "EG", "AZ"], ["Ägypten", "Aserbaidschan", "Australien"]),
        ("fr", ["US", "EG", "ET", "FJ"], ["Égypte", "États-Unis", "Éthiopie", "Fidji"]),
        ("sv", ["AX", "ZA", "UA"], ["Sydafrika", "Ukraina", "Åland"]),
        ("bg", ["YE", "IQ", "JP"], ["Ирак", "Йемен", "Япония"]),
        ("hu", ["UZ", "UA", "AM", "RU"], ["Oroszország", "Örményország", "Ukrajna", "Üzbegisztán"]),
        ("lv", ["LA", "CN", "KW"], ["Kuveita", "Ķīna", "Laosa"]),
        ("pl", ["MZ", "MC", "MD"], ["Mołdawia", "Monako", "Mozambik"]),
    ],
)
def test_countries_stand_in_the_order_of_the_alphabet_of_their_language(language, codes, expected):
    locale = load_locale(language)
    assert expected == [locale.country(code) for code in locale.ordered(codes)]


def test_the_codes_of_countries_are_those_of_iso_as_the_eu_writes_them():
    codes = country_codes()
    assert 250 == len(codes)
    assert {"EL", "UK", "XK", *PROTOCOL} <= codes
    assert codes.isdisjoint({"GR", "GB", "EU", "UN", "ZZ"})
    assert 27 == len(set(PROTOCOL)) == len(PROTOCOL)
    named = {"EL": "Greece", "UK": "United Kingdom", "LT": "Lithuania", "CZ": "Czechia", "XK": "Kosovo", "ZY": "ZY"}
    assert named == {code: ENGLISH.country(code) for code in named}


def test_a_list_ends_with_and_and_values_are_put_into_sentences_as_they_are(english):
    lists = ([], ["a"], ["a", "b"], ["a", "b", "c"])
    assert ["", "a", "a and b", "a, b and c"] == list(map(english.listed, lists))
    assert "On {braces}: 3" == english.text("On {name}: {n}", name="{braces}", n=3)
    assert "{unchanged}" == english.text("{unchanged}")


@pytest.mark.parametrize("language", ["xx", "", "../en", "en_US_x", "€"])
def test_an_unknown_language_is_refused_with_a_remedy(language):
    with pytest.raises(UsageError, match="unknown language") as refused:
        load_locale(language)
    assert "write a code such as en or lt" == refused.value.hint


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            'msgid "Figure {n}"\nmsgstr "{n} {m} pav."\n',
            "{m} is in the translation of 'Figure {n}', but not in the message",
        ),
        (
            'msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "{n} metai"\n',
            "'{n} year' needs 3 plural forms, but has 1",
        ),
    ],
)
def test_a_faulty_catalogue_is_refused_with_its_place(content, expected):
    with pytest.raises(DataError) as refused:
        load_locale("lt", Sources.from_contents({"translations/lt.po": content.encode()}).values())
    assert [(expected, "translations/lt.po", 1)] == [
        (each.message, each.mark.path, each.mark.line) for each in refused.value.findings
    ]


def test_the_words_of_a_workspace_go_before_those_of_the_program():
    own = {"translations/lt.po": 'msgid "Contents"\nmsgstr "Rodyklė"\n'.encode()}
    locale = locale_of(Sources.from_contents(own), "lt")
    assert ("Rodyklė", "Leidinio duomenys") == (locale.text("Contents"), locale.text("Imprint"))


def test_a_value_that_may_not_be_published_is_not_said_with_its_unit_either(english):
    hidden = value(2020, None, status=Status.SUPPRESSED)
    assert ["confidential", "c"] == [english.spoken(hidden), english.measured(hidden, Unit.YEARS)]
    assert ":" == english.measured(value(2020, None, status=Status.MISSING), Unit.YEARS)


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
    own = Sources.from_contents({"translations/fi.po": FINNISH.encode()})
    return load_locale("fi", own.values(), lambda code: locale_of(NO_SOURCES, code))


def told(locale: Locale, label: Label) -> str:
    return locale.text(
        "{label}: {after}, {n} more than in {year}",
        label=label.text(locale.language),
        after=locale.number(12345),
        n=locale.number(1000),
        year=2020,
    )


def test_a_sentence_is_in_its_own_language_where_all_of_it_is_translated_else_in_english(finnish):
    said = told(finnish, VICTIMS)
    assert ("Uhrit: 12\u00a0345, 1\u00a0000 enemmän kuin vuonna 2020", "") == (said, language_of(said))
    said = told(finnish, POLICE)
    assert ("Police: 12,345, 1,000 more than in 2020", "en") == (said, language_of(said))
    words = {"label": VICTIMS.text("fi"), "before": finnish.number(1000), "after": finnish.number(12345)}
    said = finnish.text(RISE, first=2019, last=2020, **words)
    assert ("Victims rose from 1,000 in 2019 to 12,345 in 2020.", "en") == (said, language_of(said))


@pytest.mark.parametrize(
    ("value", "english"),
    [
        (lambda locale: locale.percent(Decimal("-0.02")), "−2%"),
        (lambda locale: locale.date("2020-03-05"), "5 March 2020"),
        (lambda locale: locale.period("2020-03-05", "2020-04-06"), "5 March 2020 – 6 April 2020"),
        (lambda locale: locale.period("2020-03-05", "2020-03-06"), "5–6 March 2020"),
        (lambda locale: locale.listed([locale.country("DE"), POLICE.text("fi")]), "Germany and Police"),
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


def test_in_greek_what_is_joined_has_no_question_mark_between():
    assert "Ελλάδα· Κύπρος" == (greek := load_locale("el")).joined("; ", map(greek.country, ("EL", "CY")))
    assert "Κύπρος" == other_sources("Ελλάδα· Κύπρος", ["Ελλάδα"])
    french = load_locale("fr").joined("; ", ("Insee", "Eurostat"))
    assert ("Insee\xa0; Eurostat", "Eurostat") == (french, other_sources(french, ["Insee"]))


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
    said = finnish.text("{label} in {year}: {value}.", label=POLICE.text("fi"), year=2019, value=number)
    assert "Police in 2019: 12,345." == said
    assert "Policija, 2019 m.: 12\u00a0345." == rendered_in(said, "lt")
    assert ("plain", 7) == (rendered_in("plain", "lt"), rendered_in(7, "lt"))


def test_a_country_is_called_as_its_file_says_only_where_it_says_it_in_that_language(finnish, ruritania):
    country = replace(ruritania.countries[0].country, code="EL", name=Label((("en", "The Hellenic Republic"),)))
    assert ("Kreikka", "") == (finnish.name_of(country), language_of(finnish.name_of(country)))


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("bg", "с 8, с 16, с 1\u00a0000", "със 7, със 17, със 70, със 100, със 7\u00a0000"),
        ("cs", "z 1, z 11, z 2020", "ze 7, ze 160"),
        ("hr", "s 5 na 6", "sa 16 na 6"),
        ("pl", "z 7, z 11, z 1\u00a0000, z 2020", "ze 100, ze 123,5, ze 150\u00a0000"),
        ("sk", "z 5", "zo 6"),
        ("en", "c 7, z 100", ""),
    ],
)
def test_a_preposition_is_as_long_as_the_number_after_it_needs(language, short, long):
    assert short == fitted(short, language)
    assert long == fitted(re.sub(r"(?<=\b[сzs])(?:ъс|e|o|a)(?= )", "", long), language)


def test_the_number_of_an_article_is_raised_where_the_language_does_so():
    told = {language: locale_of(Sources.from_contents({}), language).article("147-1") for language in ("en", "lt")}
    assert {"en": "147-1", "lt": "147¹"} == told
    assert "147" == locale_of(Sources.from_contents({}), "lt").article("147")


def test_an_item_has_the_letter_of_the_language() -> None:
    letters = {code: "".join(map(load_locale(code).item_letter, "abcdef")) for code in ("en", "el", "bg")}
    assert {"en": "abcdef", "el": "αβγδεστ", "bg": "абвгде"} == letters
    assert "c" == rendered_in(load_locale("el").item_letter("c"), "en")


def test_semicolon_and_colon_are_those_of_the_language():
    lists = {code: load_locale(code).joined("; ", ["a", "b"]) for code in ("en", "el", "fr", "lt")}
    assert {"en": "a; b", "el": "a· b", "fr": "a\u00a0; b", "lt": "a; b"} == lists
    assert "a; b" == rendered_in(lists["el"], "en")
    assert "a, b" == load_locale("el").joined(", ", ["a", "b"])
    assert "A\u00a0: b (c\u00a0: 2)" == load_locale("fr").put("{}: {} ({}: {})", "A", "b", "c", 2)
    assert "A: b" == load_locale("el").put("{}: {}", "A", "b")


def test_a_list_in_a_sentence_stays_in_the_nominative_where_a_language_has_cases():
    message = (
        "Of the {things} recorded here, none is known to have begun, been amended or ended between {first} and {last}."
    )
    for code in ("lt", "fi", "pl", "el", "bg", "de", "nl"):
        said = locale_of(NO_SOURCES, code).text(message, things="X", first=2019, last=2020)
        assert "(X)" in said or ": X." in said, said
