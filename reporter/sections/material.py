"""The material from which the blocks of a section are made."""

from collections.abc import Callable
from dataclasses import dataclass

from reporter.context import Context
from reporter.errors import Finding
from reporter.i18n import Locale, load_locale


@dataclass(frozen=True, slots=True)
class SectionMaterial:
    """The material from which the blocks of a section are made.

    The edition's context, and the findings of the check that concern it. `words` is every word it prints, when they
    are known. `complete` asks for every part and share of what is compared, also for those that a page has no room for.

    `speak` gives the locale of another language, for a text that is not written in the edition's own.
    """

    context: Context
    findings: tuple[Finding, ...] = ()
    words: str = ""
    speak: Callable[[str], Locale] = load_locale
    complete: bool = False
