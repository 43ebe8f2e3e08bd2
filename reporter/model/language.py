"""How many plural forms each official language of the EU has.

These are the forms of a word beside a number, in the order of gettext.
"""

FORMS = {
    "bg": 2,
    "cs": 3,
    "da": 2,
    "de": 2,
    "el": 2,
    "en": 2,
    "es": 2,
    "et": 2,
    "fi": 2,
    "fr": 2,
    "ga": 5,
    "hr": 3,
    "hu": 1,
    "it": 2,
    "lt": 3,
    "lv": 3,
    "mt": 4,
    "nl": 2,
    "pl": 3,
    "pt": 2,
    "ro": 3,
    "sk": 3,
    "sl": 4,
    "sv": 2,
}
