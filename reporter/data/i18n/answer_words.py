"""The words that a form takes instead of a number."""

from reporter.data.i18n.locale import Locale
from reporter.data.i18n.words import N_

# What is written into the file of the year, by the word of the form.
WORDS = {
    N_("not known"): "missing",
    N_("not applicable"): "not applicable",
    N_("not counted"): "not collected",
    N_("none"): "0",
    N_("withheld"): "suppressed",
}
# What each word is for, as the form explains it.
MEANINGS = {
    "none": N_("There were none; the same as 0."),
    "not known": N_("There may have been some, and nobody knows how many."),
    "not counted": N_("You do not count this."),
    "not applicable": N_("This cannot happen in what you do."),
    "withheld": N_("You know the number, and may not tell it."),
}
# Signs that people type instead, as reports print them.
SIGNS = {":": "missing"}


def offered_words(locale: Locale) -> tuple[str, ...]:
    return tuple(word for word, _ in explained_words(locale))


def explained_words(locale: Locale) -> tuple[tuple[str, str], ...]:
    return tuple((locale.text(word), locale.text(meaning)) for word, meaning in MEANINGS.items())


def understood_words(locale: Locale) -> dict[str, str]:
    """What each word means: those of the form, of English, of files."""
    own = {locale.text(each).casefold(): meant for each, meant in WORDS.items()}
    return SIGNS | {meant: meant for meant in WORDS.values()} | dict(WORDS) | own
