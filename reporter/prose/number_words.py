"""Numbers in words, and names of seasons, months and days. Ordinals, fractions and multiples are among them, in every
inflection of a known language."""

import re
from collections.abc import Mapping

from reporter.i18n import calendar_words

ENGLISH = (
    r"(?:zero|nil|nought|no(?:ne)?|one?|two|three|four|five?|six|seven|eight?|nine?|ten|eleven|twel(?:ve|f)|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ie)|"
    r"hundred|thousand|million|billion|dozen|couple|pair|score|umpteen)+(?:ths?|e?s|fold|some)?|"
    r"hal(?:f|ves)|both|single|once|twice|thrice|double|triple|first|second|thirds?|fourths?|fifths?|quarters?|"
    r"quadruple|quintuple|duo|trio|handful|sole|lone|decades?|centur(?:y|ies)|fortnights?"
)
# Endings of nouns and adjectives, and of definite adjectives.
ENDING = (
    r"(?:i?(?:as|a|o|os|ą|ai|ams?|u|us|ų|ui|oms|ais|omis|uose|ose|ame|oje|e|"
    r"asis|ojo|ajam|ąjį|uoju|ajame|oji|osios|ajai|ąją|ąja|ojoje|ųjų|osioms|ąsias|osiomis|osiose|uosius|aisiais|"
    r"uosiuose)|i|is|į|ie|iems|ieji|iesiems|ims|imis|ė|ės|ę|ei|ėje|ėse|ėms|ėmis)"
)
# What a number is joined to: years of age or duration, how often, how many kinds.
JOINED = (
    r"(?:vien|dvi|tri|ketur|penk(?:ia)?|šeš(?:ia)?|septyn(?:ia)?|aštuon(?:ia)?|devyn(?:ia)?|"
    r"\w*lik(?:a)?|\w*dešimt(?:ies)?|šimt|tūkstant|pus|kel(?:er)?)"
)
TENS = "(?:dvi|tris|(?:ketur|penk|šeš|septyn|aštuon|devyn)ias)"
LITHUANIAN = (
    rf"(?:nul|vien|ketur|penk|šeš|septyn|aštuon|devyn|šimt|milijon|milijard|tuzin|por){ENDING}|"
    rf"(?:vienuo|dvy|try|keturio|penkio|šešio|septynio|aštuonio|devynio)likt?{ENDING}|"
    r"dvi|du|dviej(?:ų|uose|ose)|dviem|abu|abi|abiej(?:ų|uose|ose)|abiem|tr(?:ys|is|ijų|ims|imis|ijuose|ijose)|"
    rf"(?:dvej|trej|ketver|penker|šešer|septyner|aštuoner|devyner)(?:et)?{ENDING}|ketvert{ENDING}|"
    rf"{TENS}?dešim(?:t|tys|tyje|tyse|ties|čių|t{ENDING})|dešimtme[tč]{ENDING}|tūkstan(?:tyje|[tč]{ENDING})|"
    rf"(?:pirm|antr|treč|ketvirt|penkt|šešt|septint|aštunt|devint){ENDING}|"
    rf"(?:treč|(?:ketvirt|penkt|šešt|septint|aštunt|devint|dešimt)a)dal{ENDING}|"
    rf"pus(?:ė|ės|ei|ę|e|ėje|ių)|perpus|pusantr{ENDING}|"
    r"(?:vien|du|tris|keturis|penkis)(?:kart|syk)|kart(?:as|ą|o|us|ų|ais)|syk(?:į|ius|ių)|"
    rf"{JOINED}(?:me[tč]|mėnes|dien|valand|gub|lyp){ENDING}|(?:\w+is|\w*dešimt|antrą|trečią|pirmą)(?:kart|syk)|"
    rf"(?:dvej|trej|ketver|penker|šešer|septyner|aštuoner|devyner|dešimter|keler)(?:iop{ENDING}|i)?|(?:dvej|trej)op{ENDING}|"
    rf"keliolik{ENDING}|kelet{ENDING}|kel(?:ia|ios|is|ias)dešim(?:t|ties|t{ENDING}|čių)|vienintel{ENDING}|viene[tč]{ENDING}|"
    rf"nulin{ENDING}|(?:dv|tr|ketur|penk)ie?se|trise|abu?du|abidvi|abej{ENDING}|ketvir[tč]{ENDING}|pustreč{ENDING}|"
    rf"{TENS}?dešimči(?:a|ai)|(?:dvi|tri|ketur|penkia)?(?:šimt|tūkstant)in?{ENDING}|pusiau|savaitgal{ENDING}"
)
ENGLISH_DATES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
    r"spring|summer|autumn|winter"
)
# The third month bends as the fight does not: of the two only one case is the same.
LITHUANIAN_DATES = (
    rf"(?:saus|vasar|baland|balandž|geguž|biržel|liep|rugpjū[tč]|rugsėj|spal|lapkri[tč]|gruo(?:d|dž)){ENDING}|"
    rf"kov(?:as|o|ui|ą|u|e)|(?:pavasar|žiem|ruden){ENDING}|ruduo|(?:pirma|antra|trečia|ketvirta|penkta|šešta|sekma)dien{ENDING}"
)
NUMBERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(f"{ENGLISH}|{ENGLISH_DATES}"),
    "lt": re.compile(f"{LITHUANIAN}|{LITHUANIAN_DATES}"),
}


def is_number_word(word: str, language: str) -> bool:
    """Return whether a word is a number or part of a date. It is in small letters. Where numbers of a language are not
    known, only months and days are, as CLDR writes them."""
    known = NUMBERS.get(language)
    return known.fullmatch(word) is not None if known else word in calendar_words(language)
