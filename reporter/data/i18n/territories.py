"""Names of countries, months and days by CLDR: their codes, their order, their letters."""

from functools import cache
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from reporter.data.languages import known_language
from reporter.data.records.geography import EU, iso_of
from reporter.data.records.label import ENGLISH

# Codes of former countries that the CLDR leads to their successors: ISO 3166-3.
WITHDRAWN = ("BUR", "DDR", "FXX", "TMP", "YMD", "ZAR")
PROTOCOL = (
    "BE", "BG", "CZ", "DK", "DE", "EE", "IE", "EL", "ES", "FR", "HR", "IT", "CY", "LV", "LT", "LU", "HU", "MT",
    "NL", "AT", "PL", "PT", "RO", "SI", "SK", "FI", "SE",
)  # fmt: skip
# Codes of territories that the CLDR names and ISO 3166-1 does not list, but for XK.
NO_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
# Marks that make another letter, č beside c, й beside и; others, as in é or ü, are passed over.
OWN_LETTERS = frozenset("\u030c\u0306")
# Letters with a stroke come after those without it, as those with a caron.
STROKES = str.maketrans({"ł": "l\u030c", "đ": "d\u030c", "ħ": "h\u030c"})


def three_letters(code: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country, as CLDR has it. The code itself when CLDR has none."""
    aliases = get_global("territory_aliases").items()
    found = (alias for alias, names in aliases if len(alias) == 3 and alias.isalpha() and names == [iso_of(code)])
    return next((alias for alias in found if alias not in WITHDRAWN), code)


def country_codes() -> frozenset[str]:
    """The codes of all countries as the EU writes them. ISO 3166-1 alpha-2, with EL for Greece, UK for the United
    Kingdom and XK for Kosovo besides."""
    territories = {code for code in map(str, Cldr(ENGLISH).territories) if len(code) == 2} - NO_COUNTRIES
    return frozenset(EU.get(code, code) for code in territories)


def official_languages(country: str) -> tuple[str, ...]:
    return tuple(map(str, get_official_languages(iso_of(country))))


def letters_of(name: str, language: str) -> list[tuple[int, str, bool]]:
    """The sort key of a name in the alphabet of a language. A letter with a mark of its own comes after that without
    it."""
    known = known_language(language)
    marks = OWN_LETTERS.union(known.own_marks)
    parts = [(known.last_letters.find(each), normalize("NFD", each.translate(STROKES))) for each in name.casefold()]
    return [(place, marked[0], not marks.isdisjoint(marked)) for place, marked in parts]


def likely_region(language: str) -> str:
    """The country in which most speak a language, by CLDR; perhaps none."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@cache
def calendar_words(language: str) -> frozenset[str]:
    """Return the names of months and weekdays, in small letters. Months are abbreviated as well; both in every form
    that CLDR has. None in a language that it does not know."""
    try:
        known = Cldr.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    widths = [(forms, width) for forms in known.months.values() for width in ("wide", "abbreviated")]
    widths += [(forms, "wide") for forms in known.days.values()]
    words = (word for forms, width in widths if width in forms for word in forms[width].values())
    return frozenset(word.strip(".").casefold() for word in words if not word.isdigit())
