"""The languages of texts. Add one as a module here; translations/*.po has its messages, CLDR dates and numbers."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale as Cldr
from babel import UnknownLocaleError

from reporter.data.languages.en import English
from reporter.data.languages.language import Language, Sign, any_of
from reporter.data.languages.lt import Lithuanian

LANGUAGES: Mapping[str, Language] = {
    "en": English(),
    "lt": Lithuanian(),
    # Of these only a little is known: how they print names and articles, and their alphabetical order.
    "bg": Language(
        letters="АБВГДЕЖЗИКЛМН",
        lengthened=("[Сс]", "ъс", r"1?7|7\d|[17]\d\d"),
        never_last="[вс]|по-|най-",
        line_before=r"чл(?:ен|\.)|ал\.|т\.|№|(?i:таблица|фигура)",
        line_behind=r"г\.",
    ),
    "cs": Language(never_last="[aikosuvz]", lengthened=("[Zz]", "e", r"[23467]|1[467]|[3467]\d|[1-467]\d\d")),
    "da": Language(last_letters="æøå"),
    "de": Language(abbreviations="abs|bzw|evtl|ggf|inkl|max|min|nr|usw|vgl", has_capital_nouns=True),
    # The English semicolon is a question mark.
    "el": Language(
        never_last="[οηή]",
        letters=(*"ΑΒΓΔΕ", "ΣΤ", *"ΖΗΘΙ"),
        has_capital_languages=False,
        line_before=r"άρθρ(?:ο|ου)|αριθ\.|(?i:πίνακας|γράφημα)",
        line_behind=r"(?:Ιανουα|Φεβρουα|Μαρτ|Απριλ|Μα[ΐϊ]|Ιουν|Ιουλ|Αυγο[ύυ]|Σεπτεμ|Οκτω|Νοεμ|Δεκεμ)\w+",
        signs_between={"; ": "\u00b7 "},
    ),
    "es": Language(own_marks="\u0303"),
    "et": Language(last_letters="õäöü", raises_articles=True),
    "fi": Language(
        last_letters="åäö",
        line_before="(?i:taulukko|kuvion?|vuo(?:si|den|nna|desta|teen))",
        line_behind=r"\w+kuuta|(?:[a-d] )?artikl",
        never_last=r"(?<=\d[ \u00a0])[a-d]",
        syllable=r"(?<=\w\w)(?=[b-df-hj-np-tvwxzšž][aeiouyåäö]\w)",
    ),
    "fr": Language(signs_between={"; ": "\u00a0; ", ": ": "\u00a0: "}),
    "ga": Language(never_last="[hnt]-"),
    "hr": Language(own_marks="\u0301", lengthened=("[Ss]", "a", r"1?[67]|[67]\d|[167]\d\d")),
    "hu": Language(own_marks="\u0308\u030b"),
    "lb": Language(has_capital_nouns=True),
    "lv": Language(own_marks="\u0327"),
    "mt": Language(
        own_marks="\u0307",
        never_last=r"\w{0,5}[lrndtsxzċż]-|ta’",
        line_before="Artikol[ui]|(?i:tabella|figura)",
        line_behind="ta’",
        syllable=r"(?<=\w\w)(?<!g(?=ħ))(?=(?:għ|[b-df-hj-np-tvwxzċġħż])[aeiou]\w)",
    ),
    "pl": Language(
        own_marks="\u0328\u0301\u0307",
        never_last="[aiouwz]",
        lengthened=("[Zz]", "e", r"1\d\d"),
        line_before=r"art\.|ust\.|lit\.|nr|(?i:rok(?:u|iem)?|tabela|rysun(?:ek|ku))",
        line_behind=r"r\.|zł",
    ),
    "pt": Language(region="pt_PT"),
    "ro": Language(own_marks="\u0326\u0302"),
    "sk": Language(never_last="[aikosuvz]", lengthened=("[Zz]", "o", r"1?[467]|[467]\d|[1467]\d\d")),
    "sv": Language(last_letters="åäö"),
}
UNKNOWN = Language()
# The European Commission in the official languages of the EU, by its interinstitutional style guide.
COMMISSION = {
    "bg": "Европейска комисия", "cs": "Evropská komise", "da": "Europa-Kommissionen", "de": "Europäische Kommission",
    "el": "Ευρωπαϊκή Επιτροπή", "en": "European Commission", "es": "Comisión Europea", "et": "Euroopa Komisjon",
    "fi": "Euroopan komissio", "fr": "Commission européenne", "ga": "An Coimisiún Eorpach", "hr": "Europska komisija",
    "hu": "Európai Bizottság", "it": "Commissione europea", "lt": "Europos Komisija", "lv": "Eiropas Komisija",
    "mt": "Il-Kummissjoni Ewropea", "nl": "Europese Commissie", "pl": "Komisja Europejska", "pt": "Comissão Europeia",
    "ro": "Comisia Europeană", "sk": "Európska komisia", "sl": "Evropska komisija", "sv": "Europeiska kommissionen",
}  # fmt: skip


def known_language(code: str) -> Language:
    """The language with a code; an empty one if it is not listed here."""
    return LANGUAGES.get(code, UNKNOWN)


def sign_between(sign: str, language: str) -> str:
    """A sign with its blanks as a language prints it; the semicolon of Greek is a raised point."""
    return known_language(language).signs_between.get(sign, sign)


def fitted(text: str, language: str) -> str:
    """A text with its preposition as the number after it is read: Polish z 11, ze 100."""
    preposition, added, numbers = known_language(language).lengthened
    return re.sub(rf"\b{preposition}(?=\s(?:{numbers})(?:[\u00a0.]\d{{3}})*(?!\d))", rf"\g<0>{added}", text)


def within(text: str, language: str) -> str:
    """A text inside a sentence: abbreviations and countries keep their capitals, as do nouns in some languages."""
    is_word = (text[1:2].islower() or text[1:2] == " ") and text.partition(", ")[0] not in _countries(language)
    return text[:1].lower() + text[1:] if is_word and not known_language(language).has_capital_nouns else text


@cache
def _countries(language: str) -> frozenset[str]:
    try:
        return frozenset(map(str, Cldr.parse(language).territories.values()))
    except (UnknownLocaleError, ValueError):
        return frozenset()


def any_of_signs(*signs: Sign) -> str:
    """The words of all languages that compare a number with the one after them."""
    return any_of(pattern for language in LANGUAGES.values() for sign, pattern in language.signs if sign in signs)
