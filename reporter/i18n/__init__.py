"""Languages: words of the program, numbers, dates, lists, names."""

from reporter.i18n.calendar_words import calendar_words
from reporter.i18n.locale import Locale, load_locale, plural_form, plural_forms, unbroken
from reporter.i18n.running_text import CURRENCIES, numeral, opening
from reporter.i18n.territories import PROTOCOL, country_codes, official_languages, three_letters
from reporter.i18n.words import (
    BOUNDS,
    CHANGED,
    KIND_WORDS,
    N_,
    NN_,
    NOTHING,
    NOTHING_WORDS,
    RESTRICTED,
    RESTRICTION,
    STATUS_WORDS,
    UNIT_WORDS,
    WITHHELD,
    WITHHELD_WORDS,
)
