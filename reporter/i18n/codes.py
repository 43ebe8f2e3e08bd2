"""Codes of languages, and what people write in their place."""

import re

from babel import Locale as Cldr
from babel import UnknownLocaleError

from reporter.errors import UsageError
from reporter.model.label import ENGLISH, OFFICIAL

CODE = re.compile(r"[a-z]{2,3}")
PARTS = re.compile(r"[_-]")


def require_language(word: str) -> str:
    """A code of a language as it is.

    Raises UsageError for anything else; of FI, fi_FI, Finnish and suomi it says which code is meant.
    """
    if CODE.fullmatch(word) and _is_known(word):
        return word
    names = {name.casefold(): code for code in sorted(OFFICIAL) for name in _names(code)}
    first, whole = PARTS.split(word.casefold())[0], word.casefold()
    meant = names.get(whole) or (first if CODE.fullmatch(first) and _is_known(first) else "")
    hint = f"write {meant}" if meant else f"write one of {', '.join(sorted(OFFICIAL))}"
    raise UsageError(f"no language has the code {word!r}", hint=hint)


def _is_known(code: str) -> bool:
    try:
        return bool(Cldr.parse(code))
    except (UnknownLocaleError, ValueError):
        return False


def _names(code: str) -> tuple[str, ...]:
    """The name of a language in English and in itself."""
    cldr = Cldr.parse(code)
    return str(cldr.get_language_name(ENGLISH)), str(cldr.get_language_name(code))
