"""The codes of countries and languages as people type them."""

import re

from reporter.errors import UsageError
from reporter.i18n import country_codes, load_locale, official_languages, three_letters
from reporter.load.year import YEAR
from reporter.model.geography import iso_of
from reporter.model.label import ENGLISH, OFFICIAL

LANGUAGE = re.compile("[a-z]{2,3}")


def check_country_code(word: str) -> str:
    """The code of a country; raises UsageError for what is none."""
    if word in country_codes():
        return word
    meant = _country_meant(word.strip().casefold())
    hint = f"write {meant}" if meant else "write two capital letters, such as FI; the EU writes EL and UK"
    raise UsageError(f"{word!r} is no country code", hint=hint)


def check_language(word: str) -> str:
    """The code of a language; raises UsageError for what is none."""
    if _is_language(word):
        return word
    meant = _language_meant(word.strip().casefold())
    hint = f"write {meant}" if meant else "write two small letters, such as en or fi"
    raise UsageError(f"{word!r} is no language code", hint=hint)


def check_year(year: int) -> int:
    """A year of four digits; raises UsageError for another."""
    if not YEAR.fullmatch(str(year)):
        raise UsageError(f"{year} is no year", hint="write four digits, such as 2019")
    return year


def _country_meant(word: str) -> str:
    """The code of the country that a word means; empty without one. It may be a code in small letters, of three letters
    or of ISO 3166-1, or a name in a language of the EU."""
    speak = [load_locale(each) for each in sorted(OFFICIAL)]
    for code in sorted(country_codes()):
        names = (code, iso_of(code), three_letters(code), *(locale.country(code) for locale in speak))
        if word in {each.casefold() for each in names}:
            return code
    return ""


def _is_language(word: str) -> bool:
    try:
        return bool(LANGUAGE.fullmatch(word) and load_locale(word))
    except UsageError:
        return False


def _language_meant(word: str) -> str:
    """The code of the language that a word means; empty without one. It may be in capital letters or with a country, a
    name in English or its own language, or the code of a country."""
    code = re.split("[-_]", word)[0]
    if _is_language(code):
        return code
    english = load_locale(ENGLISH)
    for each in sorted(OFFICIAL):
        if word in (english.language_name(each).casefold(), load_locale(each).language_name(each).casefold()):
            return each
    return next(iter(official_languages(word.upper())), "")
