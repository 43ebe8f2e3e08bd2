"""Numbers, dates, lists and countries as they are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.edition.resources import locale_of
from reporter.errors import DataError, UsageError
from reporter.files.sources import Sources
from reporter.i18n import PROTOCOL, country_codes, load_locale
from reporter.model import Qualifier, Status, Unit
from reporter.model.geography import EU, ON_MAP
from tests.small import value

LOCALE = load_locale("en")


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0"), (35, "35"), (5001, "5,001"), (1234567, "1,234,567"), (-5, "−5"), (Decimal("2.5"), "2.5")],
)
def test_a_number_has_separators_and_a_true_minus(english, number, expected):
    assert expected == english.number(number)


@pytest.mark.parametrize(("difference", "expected"), [(3, "+3"), (-5, "−5"), (0, "0"), (1200, "+1,200")])
def test_a_difference_has_its_sign(english, difference, expected):
    assert expected == english.signed(Decimal(difference))


@pytest.mark.parametrize(
    ("share", "decimals", "expected"),
    [
        ("0.5", 0, "50%"),
        ("0.005", 0, "1%"),
        ("0.0049", 0, "0%"),
        ("0.125", 0, "13%"),
        ("0.145", 0, "15%"),
        ("-0.125", 0, "−13%"),
        ("0.12345", 2, "12.35%"),
        ("1", 0, "100%"),
        ("12.5", 0, "1,250%"),
    ],
)
def test_a_percentage_is_rounded_half_up(english, share, decimals, expected):
    assert expected == english.percent(Decimal(share), decimals)


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


@pytest.mark.parametrize(
    ("qualifier", "expected"),
    [
        (Qualifier.EXACT, "1,200"),
        (Qualifier.AT_LEAST, "at least 1,200"),
        (Qualifier.OVER, "over 1,200"),
        (Qualifier.ABOUT, "about 1,200"),
    ],
)
def test_running_text_says_bounds_in_words(english, qualifier, expected):
    assert expected == english.spoken(value(2020, 1200, qualifier=qualifier))


@pytest.mark.parametrize(
    ("iso", "expected"), [("2015-06-03", "3 June 2015"), ("2015-06", "June 2015"), ("2015", "2015"), ("", "")]
)
def test_a_date_is_as_exact_as_it_is_stated(english, iso, expected):
    assert expected == english.date(iso)


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


@pytest.mark.parametrize(
    ("language", "expected"),
    [("lt", "2015 m. birželio 3–4 d."), ("de", "3.–4. Juni 2015"), ("es", "3–4 de junio de 2015")],
)
def test_days_of_one_month_stand_where_the_language_has_them(language, expected):
    assert expected == load_locale(language).period("2015-06-03", "2015-06-04")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("EL", "Greece"),
        ("UK", "United Kingdom"),
        ("LT", "Lithuania"),
        ("CZ", "Czechia"),
        ("XK", "Kosovo"),
        ("ZY", "ZY"),
    ],
)
def test_countries_have_the_codes_of_the_eu(english, code, expected):
    assert expected == english.country(code)


def test_member_states_come_in_protocol_order_before_the_others_by_name(english):
    mixed = ["UK", "SE", "US", "DE", "AT", "EL", "BE", "NO", "ES", "LT"]
    assert ["BE", "DE", "EL", "ES", "LT", "AT", "SE", "NO", "UK", "US"] == english.ordered(mixed)


@pytest.mark.parametrize(
    "language",
    [
        "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl",
        "pl", "pt", "ro", "sk", "sl", "sv",
    ],
)  # fmt: skip
def test_every_country_on_the_map_has_a_name_in_every_language_of_the_union(language):
    locale = load_locale(language)
    codes = [EU.get(code, code) for code in sorted(ON_MAP)]
    assert [] == [code for code in codes if locale.country(code) == code]


@pytest.mark.parametrize(
    ("language", "codes", "expected"),
    [
        ("lt", ["UA", "CH", "TH", "SG"], ["Singapūras", "Šveicarija", "Tailandas", "Ukraina"]),
        ("lt", ["CF", "CL", "TD", "NO"], ["Centrinės Afrikos Respublika", "Čadas", "Čilė", "Norvegija"]),
        ("de", ["AU", "EG", "AZ"], ["Ägypten", "Aserbaidschan", "Australien"]),
        ("fr", ["US", "EG", "ET", "FJ"], ["Égypte", "États-Unis", "Éthiopie", "Fidji"]),
        ("sv", ["AX", "ZA", "UA"], ["Sydafrika", "Ukraina", "Åland"]),
        ("bg", ["YE", "IQ", "JP"], ["Ирак", "Йемен", "Япония"]),
    ],
)
def test_countries_stand_in_the_order_of_the_alphabet_of_their_language(language, codes, expected):
    locale = load_locale(language)
    assert expected == [locale.country(code) for code in locale.ordered(codes)]


def test_the_protocol_has_every_member_state_once():
    assert 27 == len(set(PROTOCOL)) == len(PROTOCOL)
    assert ["Belgium", "Bulgaria", "Czechia"] == [LOCALE.country(code) for code in PROTOCOL[:3]]


def test_the_codes_of_countries_are_those_of_iso_as_the_eu_writes_them():
    codes = country_codes()
    assert 250 == len(codes)
    assert {"EL", "UK", "XK", *PROTOCOL} <= codes
    assert codes.isdisjoint({"GR", "GB", "EU", "UN", "ZZ"})


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_ends_with_and(english, words, expected):
    assert expected == english.listed(words)


def test_values_are_put_into_sentences_as_they_are(english):
    assert "On {braces}: 3" == english.text("On {name}: {n}", name="{braces}", n=3)
    assert "{unchanged}" == english.text("{unchanged}")


@pytest.mark.parametrize("language", ["xx", "", "../en", "en_US_x", "€"])
def test_an_unknown_language_is_refused_with_a_remedy(language):
    with pytest.raises(UsageError, match="unknown language") as refused:
        load_locale(language)
    assert "write a code such as en or lt" == refused.value.hint


def test_another_language_formats_its_own_way():
    lithuanian = load_locale("lt")
    assert ("5\u00a0001", "Lietuva") == (lithuanian.number(5001), lithuanian.country("LT"))


@given(st.integers(-(10**12), 10**12))
def test_a_number_reads_back(number):
    assert number == int(LOCALE.number(number).replace(",", "").replace("−", "-"))


@given(st.decimals(0, 1, places=4))
def test_a_percentage_is_off_by_half_a_point_at_most(share):
    assert abs(Decimal(LOCALE.percent(share)[:-1]) - share * 100) <= Decimal("0.5")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            'msgid "Figure {n}"\nmsgstr "{n} {m} pav."\n',
            "{m} stands in the translation of 'Figure {n}', which has no such place",
        ),
        (
            'msgid "{n} year"\nmsgid_plural "{n} years"\nmsgstr[0] "{n} metai"\n',
            "'{n} year' has 1 forms in a language of 3",
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


def test_a_number_is_printed_alike_whatever_was_printed_before_it():
    assert ["0", "−0", "0", "1.5", "1.5"] == [LOCALE.number(Decimal(each)) for each in ("0", "-0", "0", "1.5", "1.50")]
