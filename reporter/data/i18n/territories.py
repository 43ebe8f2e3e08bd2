"""CLDR names of countries, months and days: their codes, order and letters."""

from functools import cache
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from reporter.data.languages import known_language
from reporter.data.records.label import ENGLISH, OFFICIAL

ISO = {"EL": "GR", "UK": "GB"}
EU = {iso: code for code, iso in ISO.items()}


def iso_of(code: str) -> str:
    """The ISO 3166-1 code for the EU's code of a country."""
    return ISO.get(code, code)


# ISO codes of countries that the map of Europe shows completely or mostly.
ON_MAP = frozenset((
    "AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR",
    "GB", "GG", "GR", "HR", "HU", "IE", "IM", "IS", "IT", "JE", "LI", "LT", "LU", "LV", "MD", "ME", "MK",
    "MT", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "SM", "TR", "UA", "XK",
))  # fmt: skip

# They reach far beyond Europe: maps show them whole only if they report, and never all of Russia.
IN_PART, NEVER_WHOLE = frozenset(("RU", "TR")), frozenset(("RU",))
# Countries around Europe, complete in the file of its map; each is shown on maps of its own editions.
NEIGHBOURS = frozenset(("AM", "AZ", "GE", "IL", "IQ", "JO", "LB", "PS", "SY", "TN"))


def on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries on an edition's maps: Europe, and the reporting country `home` if next to it."""
    return ON_MAP | ({iso_of(home)} & NEIGHBOURS)


def home_on_map(code: str) -> str:
    """The ISO code of a reporting country, empty if maps lack it."""
    return iso_of(code) if iso_of(code) in on_map_of(code) else ""


def whole_on_map_of(home: str) -> frozenset[str]:
    """The ISO codes of countries shown completely on a map of Europe."""
    return ON_MAP - IN_PART | ({iso_of(home)} & on_map_of(home)) - NEVER_WHOLE


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
    candidates = (alias for alias, names in aliases if len(alias) == 3 and alias.isalpha() and names == [iso_of(code)])
    return next((alias for alias in candidates if alias not in WITHDRAWN), code)


def country_codes() -> frozenset[str]:
    """The EU's codes of all countries: ISO 3166-1 alpha-2 with EL for Greece and, additionally, UK and XK (Kosovo)."""
    territories = {code for code in map(str, Cldr(ENGLISH).territories) if len(code) == 2} - NO_COUNTRIES
    return frozenset(EU.get(code, code) for code in territories)


def country_meant(word: str) -> str:
    """The code of the country that a word means: a code of some kind, or a name in a language of the EU. Else empty."""
    named = word.strip().casefold().replace(" and ", " & ")
    speak = [Cldr.parse(language).territories for language in sorted(OFFICIAL)]
    for code in sorted(country_codes()):
        names = {code, iso_of(code), three_letters(code), *(str(names.get(iso_of(code), "")) for names in speak)}
        if named in {name.casefold().replace(" and ", " & ") for name in names}:
            return code
    return ""


def successors(code: str) -> list[str]:
    """The codes of the countries that a former one became: RS and ME for YU."""
    return [code for code in map(str, get_global("territory_aliases").get(code, ())) if code in country_codes()]


def official_languages(country: str) -> tuple[str, ...]:
    return tuple(map(str, get_official_languages(iso_of(country))))


def letters_of(name: str, language: str) -> list[tuple[int, str, bool]]:
    """The sort key of a name in the alphabet of a language; a letter with a mark of its own follows the plain one."""
    rules = known_language(language)
    marks = OWN_LETTERS.union(rules.own_marks)
    parts = [(rules.last_letters.find(char), normalize("NFD", char.translate(STROKES))) for char in name.casefold()]
    return [(place, marked[0], not marks.isdisjoint(marked)) for place, marked in parts]


def likely_region(language: str) -> str:
    """The country in which most people speak a language, by CLDR; perhaps empty."""
    return str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]


@cache
def calendar_words(language: str) -> frozenset[str]:
    """The lower-case names of months (also abbreviated) and weekdays in all CLDR forms; none if unknown."""
    try:
        cldr = Cldr.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    widths = [(forms, width) for forms in cldr.months.values() for width in ("wide", "abbreviated")]
    widths += [(forms, "wide") for forms in cldr.days.values()]
    words = (word for forms, width in widths if width in forms for word in forms[width].values())
    return frozenset(word.strip(".").casefold() for word in words if not word.isdigit())
