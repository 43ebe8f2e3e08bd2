"""Find texts that are used again with other numbers.

What may differ between a text and one used again is left out before they are compared: numbers and years in every form,
dates, expressions, words of direction, punctuation, small words, and the endings that words have beside a number.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from reporter.i18n import calendar_words
from reporter.prose.expression import PIECE, QUOTED
from reporter.prose.lexicon import LEXICONS, claim_words
from reporter.prose.number_words import is_number_word

Stems = tuple[str, ...]
# Stands for an expression, as a digit does.
VALUE = " 0 "
FILTER_WORDS = re.compile(rf"\|\s*[a-z_]+\(\s*({QUOTED})")
SENTENCE_END = re.compile(r"(?<=\w\w[.!?…:;])[^\w\s]*\s+")
# A number takes the letters that are joined to it: 2010s, 3rd; in most languages also behind a hyphen or colon: 3-iasis.
TOKEN = re.compile(r"\d\w*(?:[-\u2010\u2011:][^\W\d_]+)?|[^\W\d_]+")
ENGLISH_TOKEN = re.compile(r"\d\w*|[^\W\d_]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
ROMAN = re.compile(r"(?=.)(?:M{0,3})(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Words that turn with a year or number, or say nothing of their own.
SMALL: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        "a an the of in on at to by from for with since until till during through throughout over under within per and "
        "or as than that which who whom this these those it its they their them he his she her there here is are was "
        "were be been being am has have had do does did year years last previous preceding next current ago before "
        "about around approximately roughly nearly almost some only just exactly altogether percent cent cents s st nd "
        "rd th m bn eur".split()
    ),
    "lt": frozenset(
        "ir bei o ar arba kad nes kaip nei negu į iš su be už per po prie prieš nuo iki ant apie dėl pagal tarp taip "
        "tai yra buvo būna bus m d mėn mėnesį mėnesio metai metų metais metus metams metuose pernai šiemet užpernai praėjusiais "
        "praėjusius praėjusių ankstesniais tik viso maždaug beveik apytiksliai bent mln mlrd tūkst proc procentas "
        "procentai procentų procento procentus nr šis ši šie šios šių šį šią šiais šiuos šias šiuo tas ta tie tos tų "
        "tą tuos tais tuo kuris kuri kurie kurios kurių kurį kurią kuriuos kurias kuriais kuriems kurioms jis ji jie "
        "jos jų jo jam jai jiems joms jį ją juos jas eur".split()
    ),
}
IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "en": {"men": "man", "women": "woman", "children": "child", "people": "person"},
    "lt": {"asmuo": "asmen", "mėnuo": "mėnes"},
}
ENGLISH_ENDING = re.compile(r"(?<=\w{3})(?:ies|y|(?<=ss)es|es|(?<!s)s|e)$")
LITHUANIAN_ENDING = re.compile(r"(?<=\w\w)i?[aąeęėiįyouųū]{1,3}(?:s|ms|mis|mus|se|je|me|j)?$")
# So many words in a row are no chance.
RUN = 8
# A text is used again where no more than a quarter of its words is new.
MOST = 0.75
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a text says without its numbers.

    `sentences` are the stems of its words, `typed` is it as written, with single blanks. It `has_number` if anything
    was left out that counts, and is no `statement` if it is a word or two.
    """

    sentences: tuple[Stems, ...]
    typed: str
    has_number: bool
    is_statement: bool

    @property
    def stems(self) -> Stems:
        """The stems of all its words, in their order."""
        return tuple(stem for sentence in self.sentences for stem in sentence)


@dataclass(frozen=True, slots=True)
class Reuse:
    """How far the words of a text are those of an earlier year.

    `share` is how much of it, `is_same` whether nothing at all is different.
    """

    year: int
    share: float
    is_same: bool = False

    @property
    def is_reused(self) -> bool:
        """Return whether no more than numbers and a few words are new."""
        return self.share >= MOST


def read_text(text: str, language: str) -> ReadText:
    """Read a text for what it says without its numbers.

    Footnotes within it are texts of their own.
    """
    bare = INVISIBLE.sub("", unescape(PIECE.sub(_printed_words, text) if "{{" in text else text))
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", bare)
    token = ENGLISH_TOKEN if language == "en" else TOKEN
    count, has_number, sentences = 0, False, []
    for sentence in SENTENCE_END.split(bare):
        words = token.findall(sentence)
        stems = tuple(stem for word in words if (stem := _stem(word, language)))
        has_number = has_number or len(stems) < len(words) and any(_is_number(word, language) for word in words)
        count += len(words)
        if stems:
            sentences.append(stems)
    return ReadText(tuple(sentences), " ".join(text.split()), has_number, bool(sentences) and count >= FEWEST_WORDS)


class EarlierTexts:
    """The words of the texts of earlier years, in one language.

    What was said several times is known with the last year.
    """

    def __init__(self) -> None:
        self._years: dict[Stems, int] = {}
        self._typed: set[str] = set()

    def add(self, texts: Iterable[ReadText], year: int) -> None:
        """Take in the texts of a year, after those of the years before."""
        for text in texts:
            self._typed.add(text.typed)
            stems = text.stems
            for key in (_bag(stems), *map(_bag, text.sentences), *_runs(stems)):
                self._years[key] = year

    def find(self, text: ReadText) -> Reuse | None:
        """Find how far the words of a text were used before.

        None when nothing of it is known. The year is the last in which any of them were used.
        """
        stems = text.stems
        year = self._years.get(_bag(stems)) if stems else None
        if year is not None:
            return Reuse(year, 1.0, text.typed in self._typed)
        known = [0] * len(stems)
        place = 0
        for sentence in text.sentences if len(text.sentences) > 1 else ():
            if len(sentence) > 1 and (found := self._years.get(_bag(sentence))):
                known[place : place + len(sentence)] = [found] * len(sentence)
            place += len(sentence)
        for start, run in enumerate(_runs(stems)):
            if found := self._years.get(run):
                known[start : start + RUN] = [max(found, each) for each in known[start : start + RUN]]
        used = [each for each in known if each]
        return Reuse(max(used), len(used) / len(stems)) if used else None


def _bag(stems: Stems) -> Stems:
    return tuple(sorted(stems))


def _runs(stems: Stems) -> Iterator[Stems]:
    return (stems[start : start + RUN] for start in range(len(stems) - RUN + 1))


def _printed_words(piece: re.Match[str]) -> str:
    """The words that an expression prints beside its value.

    Of a word in several forms it is the first: its stem is that of all.
    """
    words = FILTER_WORDS.search(piece[0])
    return f"{VALUE}{words[1][1:-1]} " if words else VALUE


@cache
def _stem(word: str, language: str) -> str:
    """The stem of a word, empty for what a text used again may have changed."""
    small = word.casefold()
    if small in SMALL.get(language, ()) or _is_number(word, language):
        return ""
    if language in LEXICONS and any(len(claim.text) == len(small) for claim in claim_words(small, language)):
        return ""
    return _without_ending(small, language)


@cache
def _is_number(word: str, language: str) -> bool:
    """Return whether a word is a number, or names a month or day."""
    small = word.casefold()
    if word[0].isdigit() or ROMAN.fullmatch(word) or is_number_word(small, language):
        return True
    return small in calendar_words(language) or _without_ending(small, language) in _calendar_stems(language)


@cache
def _calendar_stems(language: str) -> frozenset[str]:
    """Stems of the names of months and days, where the language bends them.

    The third month is also the fight against something.
    """
    words = calendar_words(language) if language == "lt" else frozenset[str]()
    return frozenset(_without_ending(word, language) for word in words if len(word) > len("kovas"))


def _without_ending(word: str, language: str) -> str:
    """A word without what its number and case do to it, roughly."""
    word = IRREGULAR.get(language, {}).get(word, word)
    if language == "en":
        return ENGLISH_ENDING.sub("", word)
    if language == "lt":
        stem = LITHUANIAN_ENDING.sub("", word)
        return f"{stem[:-2]}d" if stem.endswith("dž") else f"{stem[:-1]}t" if stem.endswith("č") else stem
    return word
