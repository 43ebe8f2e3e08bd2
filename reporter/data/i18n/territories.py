"""CLDR names of countries, months and days: their codes, order and letters."""

from functools import cache
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from reporter.data.languages import known_language
from reporter.data.records.geography import EU, iso_of
from reporter.data.records.label import ENGLISH

# Codes of former countries (ISO 3166-3) that CLDR maps to their successors.
WITHDRAWN = ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
PROTOCOL = (
    "BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL", "ES", "FR", "HR", "IT", "CY", "LV", "LT", "LU", "HU", "MT",
    "NL", "AT", "PL", "PT", "RO", "SI", "SK", "FI", "SE",
)  # fmt: skip
# Codes of territories in CLDR that are not in ISO 3166-1, except XK.
NO_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# Marks that make another letter: č next to c, й next to и; others, as in é or ü, are ignored.
OWN_LETTERS = frozenset("\u030c\u0306")
# Letters with a stroke sort after those without, like those with a caron.
STROKES = str.maketrans({"ł": "l\u030c", "đ": "d\u030c", "ħ": "h\u030c"})


def three_letters(code: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country by CLDR, else the code itself."""
    aliases = get_global("territory_aliases").items()
    found = (alias for alias, names in aliases if len(alias) == 3 and alias.isalpha() and names == [iso_of(code)])
    return next((alias for alias in found if alias not in WITHDRAWN), code)


def country_codes() -> frozenset[str]:
    """The EU's codes of all countries: ISO 3166-1 alpha-2 with EL for Greece and, additionally, UK and XK (Kosovo)."""
    territories = {code for code in map(str, Cldr(ENGLISH).territories) if len(code) == 2} - NO_COUNTRIES
    return frozenset(EU.get(code, code) for code in territories)


def official_languages(country: str) -> tuple[str, ...]:
    return tuple(map(str, get_official_languages(iso_of(country))))


def letters_of(name: str, language: str) -> list[tuple[int, str, bool]]:
    """The sort key of a name in the alphabet of a language; a letter with a mark of its own follows the plain one."""
    known = known_language(language)
    marks = OWN_LETTERS.union(known.own_marks)
    parts = [(known.last_letters.find(each), normalize("NFD", each.translate(STROKES))) for each in name.casefold()]
    return [(place, marked[0], not marks.isdisjoint(marked)) for place, marked in parts]


def likely_region(language: str) -> str:
    """The country in which most people speak a language, by CLDR; perhaps empty."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@cache
def calendar_words(language: str) -> frozenset[str]:
    """The lower-case names of months (also abbreviated) and weekdays in all CLDR forms; none if unknown."""
    try:
        known = Cldr.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    widths = [(forms, width) for forms in known.months.values() for width in ("wide", "abbreviated")]
    widths += [(forms, "wide") for forms in known.days.values()]
    words = (word for forms, width in widths if width in forms for word in forms[width].values())
    return frozenset(word.strip(".").casefold() for word in words if not word.isdigit())
