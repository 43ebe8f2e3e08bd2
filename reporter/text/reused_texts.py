"""Find texts used again with other numbers. What may differ is left out before comparing: numbers, dates, expressions,
words of direction, punctuation, small words, endings next to numbers."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape

from reporter.data.i18n import calendar_words
from reporter.data.languages import Language, known_language
from reporter.text.expression import NUMBER_PLACE, PIECE, QUOTED
from reporter.text.lexicon import claim_words


def is_number_word(word: str, language: str) -> bool:
    """Return whether a small word is a number or part of a date; in unknown languages only months and days (CLDR)."""
    pattern = known_language(language).number_words
    return pattern.fullmatch(word) is not None if pattern else word in calendar_words(language)


Stems = tuple[str, ...]
# In place of an expression, as a digit.
VALUE = " 0 "
FILTER_WORDS = re.compile(rf"\|\s*[a-z_]+\(\s*({QUOTED})")
NUMBER, END = "0", "."
# Invisible signs, in or after a word; then comments and addresses of links.
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
UNPRINTED = re.compile(r"<!--.*?-->|(?<=\])\([^()\s]*(?:\s[^()]*)?\)", re.S)
ROMAN = re.compile(r"(?=.)(?:M{0,3})(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# So many words in a row are not equal by chance.
RUN = 8
# A text is reused where no more than a quarter of its words is new.
MOST = 0.75
# The texts of one country of all years fit, so that none is read again.
MOST_READ = 8192
FEWEST_WORDS = 3
# A sentence of this length is the same with one word more, less or changed; a text of this length with an addition.
LONG, WHOLE = 5, 10


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text without its numbers: the `stems` of all its words and of each sentence, and `runs` of some in a row.
    `typed` is the text with single blanks; `is_statement`: it has more than a word or two."""

    stems: Stems
    sentences: tuple[Stems, ...]
    runs: tuple[int, ...]
    typed: str
    has_number: bool
    is_statement: bool

    @property
    def bag(self) -> str:
        return " ".join(sorted(self.stems))


@dataclass(frozen=True, slots=True)
class Reuse:
    """How far an earlier year used the words of a text: unchanged if `is_same`, with a whole text if `has_whole`."""

    year: int
    share: float
    is_same: bool = False
    has_whole: bool = False

    @property
    def is_reused(self) -> bool:
        return self.share >= MOST or self.has_whole


@lru_cache(MOST_READ)
def read_text(text: str, language: str) -> ReadText:
    """Read a text without its numbers. Footnotes in it are texts of their own."""
    bare = PIECE.sub(_printed_words, text).replace("{n}", VALUE) if "{{" in text else text.replace("{n}", VALUE)
    bare = unescape(bare) if "&" in bare else bare
    bare = UNPRINTED.sub("", bare) if "](" in bare or "<!--" in bare else bare
    bare = bare.replace("*", "").replace("`", "")
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", INVISIBLE.sub("", bare))
    words = [_comparable_word(word, language) for word in _token(known_language(language)).findall(bare)]
    line = " ".join([word for word in words if word not in (NUMBER, "")])
    stems = line.replace(END, "").split()
    sentences = [part for item in line.split(END) if (part := tuple(item.split()))] if END in line else [tuple(stems)]
    return ReadText(
        stems=tuple(stems),
        sentences=tuple(sentences),
        runs=tuple(map(hash, zip(*(stems[start:] for start in range(RUN)), strict=False))),
        typed=" ".join(text.split()),
        has_number=NUMBER in words,
        is_statement=len(stems) > 1 and len(words) - words.count(END) >= FEWEST_WORDS,
    )


class EarlierTexts:
    """The words of earlier texts in one language, with their last year. A sentence is known by its words in any order,
    a longer one also by all but one of them."""

    def __init__(self) -> None:
        self._years: dict[int, int] = {}
        self._without_one: dict[int, int] = {}
        self._wholes: dict[int, set[frozenset[int]]] = {}
        self._typed: set[str] = set()

    def add(self, text: ReadText, year: int) -> None:
        """Add a text, after those of earlier years."""
        self._typed.add(text.typed)
        sentences = list(map(_sum, text.sentences))
        self._years.update(dict.fromkeys((_sum(text.stems), *sentences, *text.runs), year))
        for stems, sentence_sum in zip(text.sentences, sentences, strict=True):
            if len(stems) >= LONG:
                self._without_one.update(dict.fromkeys((sentence_sum - hash(stem) for stem in stems), year))
        if len(text.stems) >= WHOLE:
            self._wholes.setdefault(sentences[0], set()).add(frozenset(sentences))

    def find(self, text: ReadText) -> Reuse | None:
        """Find how far the words of a text were used before, and the last such year; None when none is known."""
        if text.stems and (year := self._years.get(_sum(text.stems))):
            return Reuse(year, 1.0, text.typed in self._typed)
        word_years: list[int] = []
        left_out = 0
        sentences = list(map(_sum, text.sentences))
        for stems, every in zip(text.sentences, sentences, strict=True):
            last_year = self._years.get(every, 0) if len(stems) > 1 else 0
            years = [last_year] * len(stems)
            if not last_year and len(stems) >= LONG:
                shorter = self._without_one.get(every)
                years = [shorter] * len(stems) if shorter else self._but_one(stems, every)
                left_out += bool(shorter)
            word_years += years
        for start, run in enumerate(text.runs):
            if year := self._years.get(run):
                word_years[start : start + RUN] = [max(year, use) for use in word_years[start : start + RUN]]
        used = [word_year for word_year in word_years if word_year]
        wholes = (whole for sentence in sentences for whole in self._wholes.get(sentence, ()))
        has_whole = any(whole.issubset(sentences) for whole in wholes)
        return Reuse(max(used), len(used) / (len(word_years) + left_out), has_whole=has_whole) if used else None

    def _but_one(self, stems: Stems, every: int) -> list[int]:
        for place, stem in enumerate(stems):
            rest = every - hash(stem)
            if year := self._years.get(rest, 0) or self._without_one.get(rest, 0):
                return [0 if number == place else year for number in range(len(stems))]
        return [0] * len(stems)


def _sum(stems: Stems) -> int:
    return sum(map(hash, stems))


def _printed_words(piece: re.Match[str]) -> str:
    """The words that an expression prints with its value; of several forms the first, as all have one stem."""
    words = FILTER_WORDS.search(piece[0])
    if words is None:
        return VALUE
    form = words[1][1:-1]
    return f" {form.replace(NUMBER_PLACE, VALUE)} " if NUMBER_PLACE in form else f"{VALUE}{form} "


@cache
def _comparable_word(word: str, language: str) -> str:
    """The stem of a word, the sign of a number or of an end, or nothing where a reused text may have changed it."""
    small, lexicon = word.casefold(), known_language(language)
    if word[0].isdigit() or ROMAN.fullmatch(word) or is_number_word(small, language):
        return NUMBER
    if not word[0].isalpha():
        return END
    if small in lexicon.irregular:
        return lexicon.stem(lexicon.irregular[small])
    is_claim = any(len(claim.text) == len(small) for claim in claim_words(small, language))
    return "" if is_claim or small in lexicon.small_words else lexicon.stem(small)


@cache
def _token(language: Language) -> re.Pattern[str]:
    """Words, numbers with joined letters, and ends of sentences, but no full stops of abbreviations (m., d.)."""
    return re.compile(rf"\d\w*{language.joined_to_digits}|[^\W\d_]+|[.!?…:;](?<!\b[^\W\d_].)(?=[^\w\s]*\s)")
