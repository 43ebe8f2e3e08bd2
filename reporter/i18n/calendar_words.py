"""The names of months and weekdays in a language."""

from functools import cache

from babel import Locale as Cldr
from babel import UnknownLocaleError


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
