"""Countries and languages are known by their codes; other words get the code that they mean."""

import pytest

from reporter.errors import UsageError
from reporter.start.codes import check_country_code, check_language, check_year

COUNTRY, LANGUAGE = (
    "write two capital letters, such as FI; the EU writes EL and UK",
    "write two small letters, such as en",
)


@pytest.mark.parametrize(
    ("check", "kind", "good", "wrong"),
    [
        (
            check_country_code,
            "country",
            ("FI", "EL", "UK", "XK", "LT"),
            {"fi": "write FI", "GB": "write UK", "gr": "write EL", "FIN": "write FI", "Finland": "write FI",
             "suomi": "write FI", "XX": COUNTRY, "": COUNTRY},
        ),
        (
            check_language,
            "language",
            ("en", "fi", "ga", "mt", "is"),
            {"fi-FI": "write fi", "FI": "write fi", "en_GB": "write en", "Finnish": "write fi", "suomi": "write fi",
             "gr": "write el", "xx": LANGUAGE, "x-": LANGUAGE},
        ),
    ],
)  # fmt: skip
def test_another_word_is_no_code_and_gets_the_one_that_it_means(check, kind, good, wrong):
    assert list(good) == [check(code) for code in good]
    for word, hint in wrong.items():
        with pytest.raises(UsageError) as told:
            check(word)
        assert (f"{word!r} is no {kind} code", True) == (told.value.message, told.value.hint.startswith(hint))


def test_a_year_has_four_digits():
    assert 2025 == check_year(2025)
    with pytest.raises(UsageError, match="25 is no year"):
        check_year(25)
