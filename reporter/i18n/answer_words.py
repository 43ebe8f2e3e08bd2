"""The words that a form takes instead of a number."""

from reporter.i18n.locale import Locale
from reporter.i18n.words import N_

# What is written into the file of the year, by the word of the form.
WORDS = {
    N_("not known"): "missing",
    N_("not applicable"): "not applicable",
    N_("not counted"): "not collected",
    N_("none"): "0",
    N_("withheld"): "suppressed",
}
# Signs that people type instead, as reports print them.
SIGNS = {":": "missing"}


def offered_words(locale: Locale) -> tuple[str, ...]:
    """The words that a form offers, in its language."""
    return tuple(locale.text(each) for each in WORDS)


def understood_words(locale: Locale) -> dict[str, str]:
    """What each word means: those of the form, of English, of files."""
    own = {locale.text(each).casefold(): meant for each, meant in WORDS.items()}
    return SIGNS | {meant: meant for meant in WORDS.values()} | dict(WORDS) | own
