"""Words that claim something of a figure, in each known language. Each has the claims that can bear it out. A word may
be read in two ways: "the largest" is the highest of all years or the largest of all parts. Words such as "mainly" are
not looked at: they give the drift of a text, no number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from reporter.languages import Language, known_language
from reporter.prose.lookup import Lookup

DENIED: Mapping[str, tuple[str, ...]] = {
    "rose": ("fell", "unchanged", "lowest"),
    "fell": ("rose", "unchanged", "highest"),
    "unchanged": ("rose", "fell"),
}
DENIABLE = ("rose", "fell", "unchanged", "highest", "lowest", "most", "majority", "first")
# How many words may stand between "fallen" and "every year", and what parts them.
NEAR, BETWEEN, APART = 3, re.compile(r"\w+"), re.compile(r"[.,;:!?¤]")


@dataclass(frozen=True, slots=True)
class ClaimWord:
    """Words that claim something, and where they begin. `claims` are those that can bear them out, the likeliest first.
    `end` is where they end in the text; `attributive` ones say something of the noun that follows."""

    text: str
    start: int
    claims: tuple[str, ...]
    end: int
    attributive: bool = False


# Several rules ask about a text.
@lru_cache(maxsize=4096)
def claim_words(text: str, language: str) -> tuple[ClaimWord, ...]:
    """Find the words of a text that claim something of figures. In their order; none in a language without a lexicon. A
    word such as "fallen" goes with "every year since 2017"."""
    known = known_language(language)
    found = tuple(
        _word(text, match.start(), match.end(), claims, known)
        for number, match in lookup(known).matches(text)
        if (claims := _claims(known.claims[number][0], match, known))
    )
    return _with_streaks(found, text, known) if any(set(each.claims) & set(DENIED) for each in found) else found


def _word(text: str, start: int, end: int, claims: tuple[str, ...], known: Language) -> ClaimWord:
    words = " ".join(text[start:end].split())
    # "It has been falling" says it of no noun that follows.
    attributive = known.attributes.fullmatch(words.rpartition(" ")[2]) and not known.progressive.search(text[:end])
    return ClaimWord(text=words, start=start, claims=claims, end=end, attributive=bool(attributive))


def _with_streaks(found: tuple[ClaimWord, ...], text: str, known: Language) -> tuple[ClaimWord, ...]:
    """Let each "every year" go with the word of change beside it. And with the year that it begins in."""
    for streak in known.every_year.finditer(text):
        within = [each for each in found if streak.start() <= each.start and each.end <= streak.end()]
        near = [
            (len(BETWEEN.findall(between)), place)
            for place, each in enumerate(found)
            if each.claims[0] in DENIED
            and each not in within
            and not APART.search(between := text[min(each.end, streak.end()) : max(each.start, streak.start())])
        ]
        away, place = min(near, default=(NEAR + 1, 0))
        word = found[place] if away <= NEAR else within[0] if within else None
        if word:
            start, end = min(word.start, streak.start()), max(word.end, streak.end())
            later = known.since.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
            joined = _word(text, start, later.end() if later else end, word.claims, known)
            inside = [each for each in found if each is not word and start <= each.start < joined.end]
            found = tuple(joined if each is word else each for each in found if each not in inside)
    return found


def _claims(claims: str, match: re.Match[str], known: Language) -> tuple[str, ...]:
    found = tuple(claims.split())
    joined = re.match(known.denying_prefix, match[0], re.I) and found[:1] not in (("unchanged",), ("zero",))
    if found and (joined or known.denial.search(match.string[: match.start()])):
        return DENIED.get(found[0], tuple(each for each in DENIABLE if each not in found))
    return found


@cache
def lookup(known: Language) -> Lookup:
    return Lookup([pattern for _, pattern in known.claims])
