"""Numbers, percentages and fractions that a text says. "Twenty-four", "56 %", "more than a third", "nearly half": each
with how exact it wants to be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from reporter.prose.lookup import Lookup

ENGLISH_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
ENGLISH_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000}
ENDING = r"(?:i|is|ių|iems|iais|iuose|ios|ias|ioms|iomis|iose|eri|erios|erių|eris|erias)"
TEEN = r"(?:a|os|ai|ą|oje)"
LITHUANIAN_UNITS = (
    r"vien(?:as|a|o|os|ą|am|ai|u|oje|ame|i|ų|us|iems|oms)",
    r"(?:du|dvi|dviejų|dviem|dviejuose|dviejose|dvejus|dveji|dvejų)",
    r"(?:trys|tris|trijų|trims|trimis|trijuose|trijose|treji|trejus|trejų)",
    *(rf"{stem}{ENDING}" for stem in ("ketur", "penk", "šeš", "septyn", "aštuon", "devyn")),
    r"(?:dešimt(?:is|ies|į)?|dešimčiai?)",
    *(
        rf"{stem}{TEEN}"
        for stem in (
            *("vienuolik", "dvylik", "trylik", "keturiolik", "penkiolik"),
            *("šešiolik", "septyniolik", "aštuoniolik", "devyniolik"),
        )
    ),
)
LITHUANIAN_TENS = tuple(
    rf"{stem}dešimt(?:is|ies|į|ys)?"
    for stem in ("dvi", "tris", "keturias", "penkias", "šešias", "septynias", "aštuonias", "devynias")
)
LITHUANIAN_SCALES = {
    r"šimt(?:as|o|ą|ai|ų|us|ui|u|ais|ams)": 100,
    r"tuzin(?:as|o|ą|ai|ų|us|u)": 12,
    r"tūkstan(?:tis|čio|tį|čiai|čių|čius|čiui|čiu)": 1000,
}
# What stands between the words of one number.
GLUE = {"en": r"(?:-|(?:(?<=hundred)|(?<=thousand))\s+and\s+|\s+)", "lt": r"\s+"}
FRACTIONS: Mapping[str, tuple[tuple[str, int, int], ...]] = {
    "en": (
        (r"one half|a half|half", 1, 2),
        (r"(?:a|one|every) third|one (?:in|out of(?: every)?) three", 1, 3),
        (r"two[- ]thirds|two (?:in|out of(?: every)?) three", 2, 3),
        (r"three[- ]quarters|three[- ]fourths|three (?:in|out of(?: every)?) four", 3, 4),
        (r"(?:a|one) (?:quarter|fourth)|every fourth|one (?:in|out of(?: every)?) four", 1, 4),
        (r"(?:a|one|every) fifth|one (?:in|out of(?: every)?) five", 1, 5),
        (r"two[- ]fifths|two (?:in|out of(?: every)?) five", 2, 5),
        (r"three[- ]fifths|three (?:in|out of(?: every)?) five", 3, 5),
        (r"four[- ]fifths|four (?:in|out of(?: every)?) five", 4, 5),
        (r"(?:a|one|every) tenth|one (?:in|out of(?: every)?) ten", 1, 10),
        (r"nine[- ]tenths|nine (?:in|out of(?: every)?) ten", 9, 10),
        (r"every second|one (?:in|out of(?: every)?) two", 1, 2),
    ),
    "lt": (
        (r"pus(?:ė|ę|ės|ei|e)|kas antr(?:as|a)|kiekvien\w+ antr\w+", 1, 2),
        (r"(?:du|dviejų|dviem|dvejus) trečdali\w+|(?:du|dvi|dviejų) iš trijų", 2, 3),
        (r"trečdal\w+|kas treči(?:as|a)|kiekvien\w+ treči\w+|vien\w+ iš trijų", 1, 3),
        (r"(?:trys|tris|trijų|trims|trimis) ketvirtadali\w+|trys iš keturių", 3, 4),
        (r"ketvirtadal\w+|ketvirt(?:is|į|yje) (?=\w+ų\b)|kas ketvirt(?:as|a)|vien\w+ iš keturių", 1, 4),
        (r"(?:du|dviejų|dviem) penktadali\w+", 2, 5),
        (r"(?:trys|tris|trijų|trims|trimis) penktadali\w+", 3, 5),
        (r"(?:keturi|keturis|keturių|keturiems|keturiais) penktadali\w+", 4, 5),
        (r"penktadal\w+|kas penkt(?:as|a)|vien\w+ iš penkių", 1, 5),
        (r"dešimtadal\w+|kas dešimt(?:a|as|oji)\b|vien\w+ iš dešimties", 1, 10),
    ),
}
PERCENT = {"en": r"%|per ?cent\b", "lt": r"%|proc\.|procent\w+"}


class Sign(StrEnum):
    """How a number compares with the one that is said."""

    ABOVE = ">"
    BELOW = "<"
    LEAST = ">="
    MOST = "<="
    NEARLY = "nearly"
    ABOUT = "about"
    EXACT = "="


SIGNS: Mapping[str, tuple[tuple[Sign, str], ...]] = {
    "en": (
        (Sign.LEAST, r"at least|(?:no|not) (?:fewer|less) than|as many as"),
        (Sign.MOST, r"at most|(?:no|not) more than|up to"),
        (Sign.ABOVE, r"more than|over|above|upwards? of|in excess of|well over|just over"),
        (Sign.BELOW, r"less than|fewer than|under|below"),
        (Sign.NEARLY, r"nearly|almost|close to|just under"),
        (Sign.ABOUT, r"about|around|roughly|some|approximately"),
        (Sign.EXACT, r"only|just|exactly"),
    ),
    "lt": (
        (Sign.LEAST, r"bent|mažiausiai|ne mažiau (?:kaip|nei|negu)"),
        (Sign.MOST, r"ne daugiau (?:kaip|nei|negu)|daugiausia"),
        (Sign.ABOVE, r"(?:daugiau|didesn\w+) (?:kaip|nei|negu)|virš|per"),
        (Sign.BELOW, r"(?:mažiau|mažesn\w+) (?:kaip|nei|negu)"),
        (Sign.NEARLY, r"beveik|kone|vos ne"),
        (Sign.ABOUT, r"apie|maždaug|apytiksliai"),
        (Sign.EXACT, r"tik|tiktai|vos|lygiai"),
    ),
}
# What the number is: the one before, the one after, or how much it changed.
ROLES = {"en": {"by": "by", "of": "by", "from": "from", "to": "to"}, "lt": {"nuo": "from", "iki": "to"}}
MORE = {
    "en": r"\s+(?:more|fewer|less|higher|lower|larger|smaller)\b",
    "lt": r"\s+(?:daugiau|mažiau|didesn\w+|mažesn\w+)\b",
}
# "Rose by": the instrumental of Lithuanian, and a word after the number.
BY = re.compile(r"(?:trečdali|ketvirtadali|penktadali|dešimtadali)(?:u|ais)|puse", re.I)
# Digits that count nothing: years, dates, provisions. How long and how often is no number of a figure.
LASTING = {
    "en": r"(?:-|\s+)(?:years?|months?|weeks?|days?|hours?|times|fold)\b",
    "lt": r"\s+(?:met\w+|mėnes\w+|savai\w+|dien\w+|val\.|kart\w+)",
}
NOT_COUNTED = {
    "en": r"\b(?:Articles?|Art\.|Nos?\.?|Directive|Figure|Table|Annex)\s+\d[\w/-]*|\b\d+(?:/\d+)+\w*"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:under|over|below|aged?) 18\b|\b(?:19|20)\d\d\b",
    "lt": r"\b\d[\d-]*\s+straipsn\w*|\bNr\.\s*[\w-]+|\b\d+(?:/\d+)+\w*|\b(?:19|20)\d\d\b|\b\d{1,2}\s+d\.|\b18\s+metų",
}
TOLERANCE = Decimal("0.9")
HALF_A_POINT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text says, and where it stands. `is_share` tells a percentage or fraction from a count,
    `is_spelt` a count in words from digits; `role` is "by", "from", "to" or empty."""

    text: str
    start: int
    end: int
    number: Decimal
    sign: Sign = Sign.EXACT
    is_share: bool = False
    is_percent: bool = False
    role: str = ""
    is_spelt: bool = False

    def fits(self, value: Decimal) -> bool:
        """Return whether a number is what the text says. A share that is said without "about" is right to half a
        percentage point."""
        near = HALF_A_POINT if self.is_share and self.sign is Sign.EXACT else Decimal(0)
        return {
            Sign.ABOVE: value > self.number,
            Sign.BELOW: value < self.number,
            Sign.LEAST: value >= self.number,
            Sign.MOST: value <= self.number,
            Sign.NEARLY: TOLERANCE * self.number <= value < self.number,
            Sign.ABOUT: TOLERANCE * self.number <= value <= self.number / TOLERANCE,
            Sign.EXACT: abs(value - self.number) <= near,
        }[self.sign]


def quantities(text: str, language: str) -> Iterator[Quantity]:
    """Find the numbers, percentages and fractions that a text says. None in a language whose numbers are not known.
    "One" alone counts nothing: "one of the"."""
    if language not in GLUE:
        return
    masked = _not_counted(language).sub(lambda match: "·" * len(match[0]), text)
    for _, match in _lookup(language).matches(masked):
        yield _quantity(match, language, text)


def numbers_spelt(text: str, language: str) -> Iterator[re.Match[str]]:
    return (match for _, match in _spelt(language).matches(text)) if language in GLUE else iter(())


def number_words(language: str) -> str:
    units, tens, scales = _words(language)
    word = rf"(?:{'|'.join((*tens, *units, *scales))})\b"
    return rf"{word}(?:{GLUE[language]}{word})*"


def number_of(words: str, language: str) -> int:
    units, tens, scales = _words(language)
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        for number, each in enumerate(units, 1):
            current += number if re.fullmatch(each, word) else 0
        for number, each in enumerate(tens, 2):
            current += 10 * number if re.fullmatch(each, word) else 0
        for each, scale in scales.items():
            if re.fullmatch(each, word):
                total, current = total + max(current, 1) * scale, 0
    return total + current


def _words(language: str) -> tuple[tuple[str, ...], tuple[str, ...], Mapping[str, int]]:
    if language == "en":
        return tuple(ENGLISH_UNITS.split()), tuple(ENGLISH_TENS.split()), ENGLISH_SCALES
    return LITHUANIAN_UNITS, LITHUANIAN_TENS, LITHUANIAN_SCALES


@cache
def _not_counted(language: str) -> re.Pattern[str]:
    return re.compile(NOT_COUNTED[language], re.I)


@cache
def _spelt(language: str) -> Lookup:
    units, tens, scales = _words(language)
    return Lookup([*tens, *units, *scales])


@cache
def _lookup(language: str) -> Lookup:
    signs = "|".join(f"(?P<{sign.name}>{words})" for sign, words in SIGNS[language])
    parts = "|".join(f"(?P<f{number}>{words})" for number, (words, _, _) in enumerate(FRACTIONS[language]))
    figures = r"\d+(?:[\u00a0\u202f\s,.]\d{3}(?!\d))*(?:[.,]\d+)?"
    roles = "|".join(ROLES[language])
    number = rf"(?:{parts})(?!\w)|(?P<count>{figures}|{number_words(language)})(?!-\w|{LASTING[language]})"
    before = rf"(?:(?P<role>{roles}) )?(?:(?:{signs}) )?(?:the |an? (?!third|quarter|half))?"
    whole = rf"{before}(?:{number}(?:\s*(?P<percent>{PERCENT[language]}))?)"
    return Lookup([whole])


def _quantity(match: re.Match[str], language: str, text: str) -> Quantity:
    said = match["count"]
    part = next((each for each in range(len(FRACTIONS[language])) if match[f"f{each}"]), None)
    if part is not None:
        _, above, below = FRACTIONS[language][part]
        number = Decimal(above) / below
    elif said[0].isdigit():
        number = Decimal(re.sub(r"[  ]|[.,](?=\d{3}(?!\d))", "", said).replace(",", "."))
    else:
        number = Decimal(number_of(said, language))
    percent = bool(said and match["percent"])
    role = ROLES[language].get((match["role"] or "").lower(), "")
    if not role and (re.match(MORE[language], text[match.end() :], re.I) or BY.fullmatch(match[0].split()[-1])):
        role = "by"
    return Quantity(
        text=" ".join(text[match.start() : match.end()].split()),
        start=match.start(),
        end=match.end(),
        number=number / 100 if percent else number,
        sign=next((sign for sign, _ in SIGNS[language] if match[sign.name]), Sign.EXACT),
        is_share=percent or part is not None,
        is_percent=percent,
        role=role,
        is_spelt=bool(said) and not said[0].isdigit(),
    )


def in_words(number: Decimal) -> tuple[str, ...]:
    """A whole number below a hundred as English spells it. Empty for any other."""
    units, tens = ENGLISH_UNITS.split(), ENGLISH_TENS.split()
    if number in range(1, len(units) + 1):
        return (units[int(number) - 1],)
    if number not in range(len(units) + 1, (len(tens) + 2) * 10):
        return ()
    ten, unit = divmod(int(number), 10)
    return (f"{tens[ten - 2]}-{units[unit - 1]}" if unit else tens[ten - 2],)
