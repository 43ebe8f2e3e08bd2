"""Countries and languages are known by their codes; other words get the code that they mean."""

import pytest

from reporter.errors import UsageError
from reporter.start.codes import check_country_code, check_language, check_year


@pytest.mark.parametrize("code", ["FI", "EL", "UK", "XK", "LT"])
def test_a_country_has_the_code_that_the_eu_writes(code):
    assert code == check_country_code(code)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("fi", "write FI"),
        ("GB", "write UK"),
        ("gr", "write EL"),
        ("FIN", "write FI"),
        ("Finland", "write FI"),
        ("suomi", "write FI"),
        ("XX", "write two capital letters, such as FI; the EU writes EL and UK"),
        ("", "write two capital letters, such as FI; the EU writes EL and UK"),
    ],
)
def test_another_word_is_no_country_code_and_gets_the_one_that_it_means(word, hint):
    with pytest.raises(UsageError) as told:
        check_country_code(word)
    assert (f"{word!r} is no country code", hint) == (told.value.message, told.value.hint)


@pytest.mark.parametrize("code", ["en", "fi", "ga", "mt", "is"])
def test_a_language_has_small_letters(code):
    assert code == check_language(code)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("fi-FI", "write fi"),
        ("FI", "write fi"),
        ("en_GB", "write en"),
        ("Finnish", "write fi"),
        ("suomi", "write fi"),
        ("gr", "write el"),
        ("xx", "write two small letters, such as en or fi"),
        ("x-", "write two small letters, such as en or fi"),
    ],
)
def test_another_word_is_no_language_code_and_gets_the_one_that_it_means(word, hint):
    with pytest.raises(UsageError) as told:
        check_language(word)
    assert (f"{word!r} is no language code", hint) == (told.value.message, told.value.hint)


def test_a_year_has_four_digits():
    assert 2025 == check_year(2025)
    with pytest.raises(UsageError, match="25 is no year"):
        check_year(25)
