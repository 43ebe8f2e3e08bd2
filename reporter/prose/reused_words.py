"""Find texts that are used again with other numbers.

What may differ between a text and one used again is left out before they are compared: numbers and years in every form,
dates, expressions, words of direction, punctuation, small words, and the endings that words have beside a number.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape

from reporter.prose.expression import NUMBER_PLACE, PIECE, QUOTED
from reporter.prose.lexicon import claim_words
from reporter.prose.number_words import is_number_word

Stems = tuple[str, ...]
# Stands for an expression, as a digit does.
VALUE = " 0 "
FILTER_WORDS = re.compile(rf"\|\s*[a-z_]+\(\s*({QUOTED})")
# Words, and what ends a sentence; not the full stop of an abbreviation such as m. or d.
WORD_OR_END = r"|[^\W\d_]+|[.!?…:;](?<!\b[^\W\d_].)(?=[^\w\s]*\s)"
# A number takes the letters that are joined to it: 2010s, 3rd; but for English also behind a hyphen or colon: 3-iasis.
ENGLISH_TOKEN = re.compile(rf"\d\w*{WORD_OR_END}")
OTHER_TOKEN = re.compile(rf"\d\w*(?:[-\u2010\u2011:][^\W\d_]+)?{WORD_OR_END}")
NUMBER, END = "0", "."
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
ROMAN = re.compile(r"(?=.)(?:M{0,3})(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Words that turn with a year or number, or say nothing of their own.
ENGLISH_SMALL = """
a an the of in on at to by from for with since until till during through throughout over under within per and or as
than that which who whom this these those it its they their them he his she her there here is are was were be been
being am has have had do does did year years last previous preceding next current ago before about around
approximately roughly nearly almost some only just exactly altogether percent cent cents s st nd rd th m bn eur every
each several many few out time times
"""
LITHUANIAN_SMALL = """
ir bei o ar nė arba kad nes kaip nei negu į iš su be už per po prie prieš nuo iki ant apie dėl pagal tarp taip tai yra
buvo būna bus m d mėn mėnesį mėnesio metai metų metais metus metams metuose pernai šiemet užpernai praėjusiais
praėjusius praėjusių ankstesniais tik viso maždaug beveik apytiksliai bent mln mlrd tūkst proc procentas procentai
procentų procento procentus nr šis ši šie šios šių šį šią šiais šiuos šias šiuo tas ta tie tos tų tą tuos tais tuo
kuris kuri kurie kurios kurių kurį kurią kuriuos kurias kuriais kuriems kurioms jis ji jie jos jų jo jam jai jiems
joms jį ją juos jas eur diena dieną dienos dienomis dienų kiekvienas kiekviena kiekvienais kiekvieną keli kelios kelių
kelis kelias
"""
SMALL: Mapping[str, frozenset[str]] = {
    "en": frozenset(ENGLISH_SMALL.split()),
    "lt": frozenset(LITHUANIAN_SMALL.split()),
}
IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "en": {"men": "man", "women": "woman", "children": "child", "people": "person", "lives": "life", "wives": "wife"},
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

    `stems` are those of all its words; `sentences` how many each sentence has, with all of them in any order, `runs`
    some in a row. `typed` is the text as written, with single blanks. It `has_number` if anything was left out that
    counts, and is no `statement` if it is a word or two.
    """

    stems: Stems
    bag: str
    sentences: tuple[str, ...]
    runs: tuple[int, ...]
    typed: str
    has_number: bool
    is_statement: bool


@dataclass(frozen=True, slots=True)
class Reuse:
    """How far an earlier year used the words of a text.

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
    bare = PIECE.sub(_printed_words, text) if "{{" in text else text
    bare = unescape(bare) if "&" in bare else bare
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", INVISIBLE.sub("", bare))
    token = ENGLISH_TOKEN if language == "en" else OTHER_TOKEN
    known = _words(language)
    words = [known[word] for word in token.findall(bare)]
    kept = " ".join([word for word in words if word not in (NUMBER, "")])
    stems = kept.replace(END, "").split()
    sentences = [bag for part in kept.split(END) if (bag := _bag(part.split()))] if END in kept else [_bag(stems)]
    return ReadText(
        stems=tuple(stems),
        bag=_bag(stems),
        sentences=tuple(sentences),
        runs=tuple(map(hash, zip(*(stems[start:] for start in range(RUN)), strict=False))),
        typed=" ".join(text.split()),
        has_number=NUMBER in words,
        is_statement=len(stems) > 1 and len(words) - words.count(END) >= FEWEST_WORDS,
    )


class EarlierTexts:
    """The words of the texts of earlier years, in one language.

    What was said several times is known with the last year.
    """

    def __init__(self) -> None:
        self._years: dict[str | int, int] = {}
        self._typed: set[str] = set()

    def add(self, text: ReadText, year: int) -> None:
        """Take in a text; those of earlier years come first."""
        self._typed.add(text.typed)
        self._years.update(dict.fromkeys((text.bag, *text.sentences, *text.runs), year))

    def find(self, text: ReadText) -> Reuse | None:
        """Find how far the words of a text were used before.

        None when nothing of it is known. The year is the last in which any of them were used.
        """
        if text.stems and (year := self._years.get(text.bag)):
            return Reuse(year, 1.0, text.typed in self._typed)
        known = [0] * len(text.stems)
        place = 0
        for sentence in text.sentences:
            size = sentence.count(" ") + 1
            if size > 1 and (found := self._years.get(sentence)):
                known[place : place + size] = [found] * size
            place += size
        for start, run in enumerate(text.runs):
            if found := self._years.get(run):
                known[start : start + RUN] = [max(found, each) for each in known[start : start + RUN]]
        used = [each for each in known if each]
        return Reuse(max(used), len(used) / len(known)) if used else None


def _bag(stems: Iterable[str]) -> str:
    return " ".join(sorted(stems))


def _printed_words(piece: re.Match[str]) -> str:
    """The words that an expression prints beside its value.

    Of a word in several forms it is the first: its stem is that of all.
    """
    words = FILTER_WORDS.search(piece[0])
    if words is None:
        return VALUE
    said = words[1][1:-1]
    return f" {said.replace(NUMBER_PLACE, VALUE)} " if NUMBER_PLACE in said else f"{VALUE}{said} "


class _KeptWords(dict[str, str]):
    """What is kept of each word of a language.

    It is worked out when a word is met first: its stem, the sign of a number or of an end, or nothing where a text used
    again may have changed it.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> str:
        kept = self[word] = self._kept(word)
        return kept

    def _kept(self, word: str) -> str:
        small = word.casefold()
        if word[0].isdigit() or ROMAN.fullmatch(word) or is_number_word(small, self.language):
            return NUMBER
        if not word[0].isalpha():
            return END
        is_claim = any(len(claim.text) == len(small) for claim in claim_words(small, self.language))
        return "" if is_claim or small in SMALL.get(self.language, ()) else _without_ending(small, self.language)


_words = cache(_KeptWords)


def _without_ending(word: str, language: str) -> str:
    """A word without what its number and case do to it, roughly."""
    word = IRREGULAR.get(language, {}).get(word, word)
    if language == "en":
        return ENGLISH_ENDING.sub("", word)
    if language == "lt":
        stem = LITHUANIAN_ENDING.sub("", word)
        return f"{stem[:-2]}d" if stem.endswith("dž") else f"{stem[:-1]}t" if stem.endswith("č") else stem
    return word
