"""The languages that texts are written in, each with what is known of it. To add one, write its file here and name it
below; its messages are translations/*.po, its dates and numbers those of CLDR."""

from collections.abc import Mapping

from reporter.languages.en import English
from reporter.languages.language import Language, Sign, any_of
from reporter.languages.lt import Lithuanian
from reporter.languages.others import OTHERS

LANGUAGES: Mapping[str, Language] = {"en": English(), "lt": Lithuanian(), **OTHERS}
UNKNOWN = Language()


def known_language(code: str) -> Language:
    """What is known of a language by its code: nothing of one that is not here."""
    return LANGUAGES.get(code, UNKNOWN)


def any_of_signs(*signs: Sign) -> str:
    """The words of all languages that say how a number compares with the one behind them."""
    return any_of(pattern for known in LANGUAGES.values() for sign, pattern in known.signs if sign in signs)
