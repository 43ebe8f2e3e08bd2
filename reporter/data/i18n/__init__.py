"""Languages: the program's words, numbers, dates, lists, names."""

from reporter.data.i18n.locale import (
    CURRENCIES,
    Locale,
    form_examples,
    load_locale,
    numeral,
    opening,
    plural_form,
    plural_forms,
    unbroken,
)
from reporter.data.i18n.territories import PROTOCOL, calendar_words, country_codes, official_languages, three_letters
from reporter.data.i18n.words import (
    BOUNDS,
    CHANGED,
    KIND_WORDS,
    N_,
    NN_,
    NOTHING,
    NOTHING_WORDS,
    NP_,
    RESTRICTED,
    RESTRICTION,
    STATUS_WORDS,
    UNIT_WORDS,
    WITHHELD,
    WITHHELD_WORDS,
)
