"""Numbers in words, in each known language.

Ordinals, fractions and multiples are among them, in every inflection.
"""

import re
from collections.abc import Mapping

ENGLISH = (
    r"(?:zero|nil|nought|none|no|one?|two|three|four|five?|six|seven|eight?|nine?|ten|eleven|twel(?:ve|f)|"
    r"(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ie)|"
    r"hundred|thousand|million|billion|dozen|couple|pair)+(?:ths?|e?s|fold|some)?|"
    r"hal(?:f|ves)|both|single|once|twice|thrice|double|triple|first|second|thirds?|fourths?|fifths?|quarters?"
)
# Endings of nouns and adjectives, and of definite adjectives.
ENDING = (
    r"(?:i?(?:as|a|o|os|ą|ai|ams?|u|us|ų|ui|oms|ais|omis|uose|ose|ame|oje|e|"
    r"asis|ojo|ajam|ąjį|uoju|ajame|oji|osios|ajai|ąją|ąja|ojoje|ųjų|osioms|ąsias|osiomis|osiose|uosius|aisiais|"
    r"uosiuose)|i|is|į|ie|iems|ieji|iesiems|ims|imis|ė|ės|ę|ei|ėje|ėse|ėms|ėmis)"
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
    rf"(?:vien|dvi|tri|ketur|penkia|šešia)gub{ENDING}"
)
NUMBERS: Mapping[str, re.Pattern[str]] = {"en": re.compile(ENGLISH), "lt": re.compile(LITHUANIAN)}


def is_number_word(word: str, language: str) -> bool:
    """Return whether a word in small letters says a number.

    Always false in a language whose numbers the program does not know.
    """
    known = NUMBERS.get(language)
    return bool(known and known.fullmatch(word))
