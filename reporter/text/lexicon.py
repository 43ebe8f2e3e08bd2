"""Claims about figures in words of a text, and numbers, percentages and fractions, in each known language.
"Twenty-four", "56 %", "more than a third", "nearly half": each with how exact it is meant to be."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from reporter.data.languages import LANGUAGES, Language, Sign, known_language
from reporter.data.languages.language import NONE, any_of, number_in_words


class Lookup:
    """Patterns in order: at one place the first that fits wins. Spaces in a pattern also match ends of lines."""

    def __init__(self, patterns: Sequence[str]) -> None:
        spaced = [pattern.replace(" ", r"\s+") for pattern in patterns]
        self.patterns = [re.compile(rf"\b(?:{pattern})(?:(?<!\w)|\b)", re.I) for pattern in spaced]
        # Where any of them may begin, which is found quickly in small letters.
        unnamed = any_of(re.sub(r"\?P<\w+>", "?:", pattern) for pattern in spaced)
        self.beginning = re.compile(rf"\b(?=\w)(?={unnamed})")

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match with the number of its pattern, in the order of the text and without overlap."""
        done, small = 0, text.lower()
        for place in self.beginning.finditer(small if len(small) == len(text) else text):
            for number, pattern in enumerate(self.patterns) if place.start() >= done else ():
                if match := pattern.match(text, place.start()):
                    done = match.end()
                    yield number, match
                    break


KNOWN = tuple(LANGUAGES.values())
PERCENT = re.compile(
    rf"\d+(?:[.,]\d+)?\s*(?:%|‰|{any_of(pattern for item in KNOWN for pattern in (item.percent, item.percent_points))})"
)
COMMON = (
    # websites, mail addresses, telephone numbers
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}\.\w+",
    r"\+\d[\d ()/-]{5,}\d",
    # Directive 2011/36/EU; 2017-05-30, 2020
    r"\b\d+(?:/\d+)+(?:/[A-Z]+)?",
    r"\b(?:19|20)\d\d\b(?:-\d\d){0,2}\b",
    # items of a numbered list; STROM 2
    r"^\s*\d{1,2}[.)]\s",
    r"\b(?!EUR\b)[A-Z]{2,}[ -]\d+\b",
)
# Percentages have a rule of their own.
NAMES = re.compile("|".join((PERCENT.pattern, *(name for language in KNOWN for name in language.names), *COMMON)))


@cache
def names_of(language: Language) -> re.Pattern[str]:
    return re.compile("|".join((*language.names, *COMMON)))


TOLERANCE = Decimal("0.9")
HALF_A_POINT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text: a count, perhaps `is_spelt`, or a share. `role`: "by", "from", "to" or ""."""

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
        """Return whether a number is what the text says, for a share without "about" to half a percentage point."""
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
    """Find the numbers, percentages and fractions in a text of a known language; not "one" as in "one of the"."""
    lexicon = known_language(language)
    if lexicon.units:
        masked = names_of(lexicon).sub(lambda match: "·" * len(match[0]), text)
        for _, match in _lookup(lexicon).matches(masked):
            yield _quantity(match, lexicon, text)


def numbers_spelt(text: str, language: str) -> Iterator[re.Match[str]]:
    return (match for _, match in _spelt(known_language(language)).matches(text))


def number_of(words: str, language: Language) -> int:
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        for number, pattern in enumerate(language.units, 1):
            current += number if re.fullmatch(pattern, word) else 0
        for number, pattern in enumerate(language.tens, 2):
            current += 10 * number if re.fullmatch(pattern, word) else 0
        for pattern, scale in language.scales.items():
            if re.fullmatch(pattern, word):
                total, current = total + max(current, 1) * scale, 0
    return total + current


@cache
def _spelt(language: Language) -> Lookup:
    return Lookup([*language.tens, *language.units, *language.scales])


@cache
def _lookup(language: Language) -> Lookup:
    signs = any_of(f"(?P<{sign.name}>{words})" for sign, words in language.signs)
    parts = any_of(f"(?P<f{number}>{words})" for number, (words, _, _) in enumerate(language.fractions))
    figures = r"\d+(?:[\u00a0\u202f\s,.]\d{3}(?!\d))*(?:[.,]\d+)?"
    spelt = number_in_words(language.units, language.tens, language.scales, language.glue)
    number = rf"(?:{parts})(?!\w)|(?P<count>{figures}|{spelt})(?!-\w|{language.lasting})"
    before = rf"(?:(?P<role>{any_of(language.roles)}) )?(?:(?:{signs}) )?(?:{language.leading})?"
    return Lookup([rf"{before}(?:{number}(?:\s*(?P<percent>%|{language.percent}))?)"])


def _quantity(match: re.Match[str], language: Language, text: str) -> Quantity:
    count = match["count"]
    part = next((index for index in range(len(language.fractions)) if match[f"f{index}"]), None)
    if part is not None:
        _, above, below = language.fractions[part]
        number = Decimal(above) / below
    elif count[0].isdigit():
        number = Decimal(re.sub(r"[  ]|[.,](?=\d{3}(?!\d))", "", count).replace(",", "."))
    else:
        number = Decimal(number_of(count, language))
    percent = bool(count and match["percent"])
    role = language.roles.get((match["role"] or "").lower(), "")
    if not role and (re.match(language.more, text[match.end() :], re.I) or language.by.fullmatch(match[0].split()[-1])):
        role = "by"
    return Quantity(
        text=" ".join(text[match.start() : match.end()].split()),
        start=match.start(),
        end=match.end(),
        number=number / 100 if percent else number,
        sign=next((sign for sign, _ in language.signs if match[sign.name]), Sign.EXACT),
        is_share=percent or part is not None,
        is_percent=percent,
        role=role,
        is_spelt=bool(count) and not count[0].isdigit(),
    )


def spelling(number: Decimal, language: str) -> str:
    """A pattern for a whole number below a hundred in words; for any other it matches nothing."""
    lexicon = known_language(language)
    if number in range(1, len(lexicon.units) + 1):
        return lexicon.units[int(number) - 1]
    if number not in range(20, (len(lexicon.tens) + 2) * 10):
        return NONE
    ten, unit = divmod(int(number), 10)
    return f"(?:{lexicon.tens[ten - 2]})" + (f"(?:{lexicon.glue})(?:{lexicon.units[unit - 1]})" if unit else "")


DENIED: Mapping[str, tuple[str, ...]] = {
    "rose": ("fell", "unchanged", "lowest"),
    "fell": ("rose", "unchanged", "highest"),
    "unchanged": ("rose", "fell"),
}
DENIABLE = ("rose", "fell", "unchanged", "highest", "lowest", "most", "majority", "first")
# How many words may be between "fallen" and "every year", and what separates them.
NEAR, BETWEEN, APART = 3, re.compile(r"\w+"), re.compile(r"[.,;:!?¤]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """Words that make a claim, with the `claims` that support them, likeliest first; `attributive` before a noun."""

    text: str
    start: int
    claims: tuple[str, ...]
    end: int
    attributive: bool = False


# Several rules ask about a text.
@lru_cache(maxsize=4096)
def claim_words(text: str, language: str) -> tuple[ClaimWord, ...]:
    """Find the claims in a text, in order, including "every year since 2017"; none without a lexicon."""
    lexicon = known_language(language)
    words = tuple(
        _word(text, match.start(), match.end(), claims, lexicon)
        for number, match in lookup(lexicon).matches(text)
        if (claims := _claims(lexicon.claims[number][0], match, lexicon))
    )
    return _with_streaks(words, text, lexicon) if any(set(word.claims) & set(DENIED) for word in words) else words


def _word(text: str, start: int, end: int, claims: tuple[str, ...], tongue: Language) -> ClaimWord:
    words = " ".join(text[start:end].split())
    # "It has been falling" describes no noun that follows.
    attributive = tongue.attributes.fullmatch(words.rpartition(" ")[2]) and not tongue.progressive.search(text[:end])
    return ClaimWord(text=words, start=start, claims=claims, end=end, attributive=bool(attributive))


def _with_streaks(words: tuple[ClaimWord, ...], text: str, language: Language) -> tuple[ClaimWord, ...]:
    """Join each "every year", and the year since which it holds, to the nearby word of change."""
    for streak in language.every_year.finditer(text):
        within = [item for item in words if streak.start() <= item.start and item.end <= streak.end()]
        near = [
            (len(BETWEEN.findall(between)), place)
            for place, item in enumerate(words)
            if item.claims[0] in DENIED
            and item not in within
            and not APART.search(between := text[min(item.end, streak.end()) : max(item.start, streak.start())])
        ]
        away, place = min(near, default=(NEAR + 1, 0))
        word = words[place] if away <= NEAR else within[0] if within else None
        if word:
            start, end = min(word.start, streak.start()), max(word.end, streak.end())
            later = language.since.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
            joined = _word(text, start, later.end() if later else end, word.claims, language)
            inside = [item for item in words if item is not word and start <= item.start < joined.end]
            words = tuple(joined if item is word else item for item in words if item not in inside)
    return words


def _claims(claims: str, match: re.Match[str], language: Language) -> tuple[str, ...]:
    names = tuple(claims.split())
    joined = re.match(language.denying_prefix, match[0], re.I) and names[:1] not in (("unchanged",), ("zero",))
    if names and (joined or language.denial.search(match.string[: match.start()])):
        return DENIED.get(names[0], tuple(claim for claim in DENIABLE if claim not in names))
    return names


@cache
def lookup(language: Language) -> Lookup:
    return Lookup([pattern for _, pattern in language.claims])
