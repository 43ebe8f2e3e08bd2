"""Find texts that are used again with other numbers. What may differ between a text and one used again is left out
before they are compared: numbers and years in every form, dates, expressions, words of direction, punctuation, small
words, and the endings that words have beside a number."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from html import unescape

from reporter.i18n import calendar_words
from reporter.prose.expression import NUMBER_PLACE, PIECE, QUOTED
from reporter.prose.lexicon import claim_words

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
# What is not printed, within a word or behind it: signs without a form; comments, addresses of links.
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
UNPRINTED = re.compile(r"<!--.*?-->|(?<=\])\([^()\s]*(?:\s[^()]*)?\)", re.S)
# Letters of other scripts that look like Latin ones.
LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u04bb\u04cf\u0410\u0412\u0415\u041a\u041c"
    "\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u03bf\u03b1\u03b9\u03ba\u03bd\u03c1\u03c5\u03c7\u0391\u0392"
    "\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u0131\u0261",
    "aeopcyxijsdqwhlABEKMHOPCTYXIJSoaikvpuxABEZHIKMNOPTYXig",
)
LOOKALIKE = re.compile(f"[{''.join(map(chr, LOOKALIKES))}]")
ROMAN = re.compile(r"(?=.)(?:M{0,3})(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# Words that turn with a year or number, or say nothing of their own.
ENGLISH_SMALL = """
a an the of in on at to by from for with since until till during through throughout over under within per and or as
than that which who whom this these those it its they their them he his she her there here is are was were be been
being am has have had do does did year years last previous preceding next current ago before about around
approximately roughly nearly almost some only just exactly altogether percent cent cents s st nd rd th m bn eur every
each several many few out time times again also still too now then already yet earlier later once however currently
like before day days week weeks month months hour hours minute minutes
daily weekly monthly quarterly yearly annual annually euro euros percentage point points
"""
LITHUANIAN_SMALL = """
ir bei o ar nė arba kad nes kaip nei negu į iš su be už per po prie prieš nuo iki ant apie dėl pagal tarp taip tai yra
buvo būna bus m d mėn mėnesį mėnesio metai metų metais metus metams metuose pernai šiemet užpernai praėjusiais
praėjusius praėjusių ankstesniais tik viso maždaug beveik apytiksliai bent mln mlrd tūkst proc procentas procentai
procentų procento procentus nr šis ši šie šios šių šį šią šiais šiuos šias šiuo tas ta tie tos tų tą tuos tais tuo
kuris kuri kurie kurios kurių kurį kurią kuriuos kurias kuriais kuriems kurioms jis ji jie jos jų jo jam jai jiems
joms jį ją juos jas eur diena dieną dienos dienomis dienų kiekvienas kiekviena kiekvienais kiekvieną keli kelios kelių
kelis kelias vėl jau dabar tada tuomet anksčiau vėliau tačiau irgi pat toliau taigi vis
savaitė savaitės savaitę savaitei savaitėje savaičių savaites savaitėms savaitėmis mėnuo mėnesiui mėnesiu mėnesiai
mėnesių mėnesius mėnesiais mėnesiams valanda valandos valandą valandų valandas valandomis minutė minutės minučių
minutes kasmet kasdien kasmetinis kasmetinė kasmetiniai kasmetinių kasmetinį metinis metinė metinių metinį
euras euro eurų eurai eurus punktas punktai punktų punktu
"""
SMALL: Mapping[str, frozenset[str]] = {
    "en": frozenset(ENGLISH_SMALL.split()),
    "lt": frozenset(LITHUANIAN_SMALL.split()),
}
IRREGULAR: Mapping[str, Mapping[str, str]] = {
    "en": {
        "men": "man",
        "women": "woman",
        "children": "child",
        "lives": "life",
        "wives": "wife",
        **dict.fromkeys(("people", "nobody", "anybody", "anyone", "somebody", "someone"), "person"),
    },
    "lt": dict.fromkeys(("asmuo", "niekas", "nieko", "niekam", "nieką", "niekuo"), "asmen"),
}
ENGLISH_ENDING = re.compile(r"(?<=\w{3})(?:ies|y|(?<=ss)es|es|(?<!s)s|e)$")
LITHUANIAN_ENDING = re.compile(r"(?<=\w\w)i?[aąeęėiįyouųū]{1,3}(?:s|ms|mis|mus|se|je|me|j)?$")
# So many words in a row are no chance.
RUN = 8
# A text is used again where no more than a quarter of its words is new.
MOST = 0.75
# Texts of one country, all years: who stays reads none of them again.
MOST_READ = 8192
FEWEST_WORDS = 3
# A sentence so long is the same with one word more, less or exchanged; a text so long is not made new by an addition.
LONG, WHOLE = 5, 10


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a text says without its numbers. `stems` are those of all its words; `sentences` those of each sentence,
    `runs` some in a row. `typed` is the text as written, with single blanks. It `has_number` if anything was left out
    that counts, and is no `statement` if it is a word or two."""

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
    """How far an earlier year used the words of a text. `share` is how much of it, `is_same` whether nothing at all is
    different, `has_whole` whether all of an earlier text stands in it."""

    year: int
    share: float
    is_same: bool = False
    has_whole: bool = False

    @property
    def is_reused(self) -> bool:
        return self.share >= MOST or self.has_whole


@lru_cache(MOST_READ)
def read_text(text: str, language: str) -> ReadText:
    """Read a text for what it says without its numbers. Footnotes within it are texts of their own."""
    bare = PIECE.sub(_printed_words, text).replace("{n}", VALUE) if "{{" in text else text.replace("{n}", VALUE)
    bare = unescape(bare) if "&" in bare else bare
    bare = UNPRINTED.sub("", bare) if "](" in bare or "<!--" in bare else bare
    bare = bare.replace("*", "").replace("`", "")
    if not bare.isascii():
        bare = unicodedata.normalize("NFKC", INVISIBLE.sub("", bare))
        if LOOKALIKE.search(bare) and 2 * sum(map(str.isascii, bare)) > len(bare):
            bare = bare.translate(LOOKALIKES)
    token = ENGLISH_TOKEN if language == "en" else OTHER_TOKEN
    known = _words(language)
    words = [known[word] for word in token.findall(bare)]
    kept = " ".join([word for word in words if word not in (NUMBER, "")])
    stems = kept.replace(END, "").split()
    sentences = [part for each in kept.split(END) if (part := tuple(each.split()))] if END in kept else [tuple(stems)]
    return ReadText(
        stems=tuple(stems),
        sentences=tuple(sentences),
        runs=tuple(map(hash, zip(*(stems[start:] for start in range(RUN)), strict=False))),
        typed=" ".join(text.split()),
        has_number=NUMBER in words,
        is_statement=len(stems) > 1 and len(words) - words.count(END) >= FEWEST_WORDS,
    )


class EarlierTexts:
    """The words of the texts of earlier years, in one language. What was said several times is known with the last
    year. A sentence is known by its words in any order, a longer one also by all of them but one."""

    def __init__(self) -> None:
        self._years: dict[int, int] = {}
        self._without_one: dict[int, int] = {}
        self._wholes: dict[int, set[frozenset[int]]] = {}
        self._typed: set[str] = set()

    def add(self, text: ReadText, year: int) -> None:
        """Take in a text; those of earlier years come first."""
        self._typed.add(text.typed)
        sentences = list(map(_sum, text.sentences))
        self._years.update(dict.fromkeys((_sum(text.stems), *sentences, *text.runs), year))
        for stems, known in zip(text.sentences, sentences, strict=True):
            if len(stems) >= LONG:
                self._without_one.update(dict.fromkeys((known - hash(stem) for stem in stems), year))
        if len(text.stems) >= WHOLE:
            self._wholes.setdefault(sentences[0], set()).add(frozenset(sentences))

    def find(self, text: ReadText) -> Reuse | None:
        """Find how far the words of a text were used before. None when nothing of it is known. The year is the last in
        which any of them were used."""
        if text.stems and (year := self._years.get(_sum(text.stems))):
            return Reuse(year, 1.0, text.typed in self._typed)
        known: list[int] = []
        left_out = 0
        sentences = list(map(_sum, text.sentences))
        for stems, every in zip(text.sentences, sentences, strict=True):
            found = self._years.get(every, 0) if len(stems) > 1 else 0
            years = [found] * len(stems)
            if not found and len(stems) >= LONG:
                shorter = self._without_one.get(every)
                years = [shorter] * len(stems) if shorter else self._but_one(stems, every)
                left_out += bool(shorter)
            known += years
        for start, run in enumerate(text.runs):
            if year := self._years.get(run):
                known[start : start + RUN] = [max(year, each) for each in known[start : start + RUN]]
        used = [each for each in known if each]
        wholes = (whole for each in sentences for whole in self._wholes.get(each, ()))
        has_whole = any(whole.issubset(sentences) for whole in wholes)
        return Reuse(max(used), len(used) / (len(known) + left_out), has_whole=has_whole) if used else None

    def _but_one(self, stems: Stems, every: int) -> list[int]:
        for place, stem in enumerate(stems):
            rest = every - hash(stem)
            if found := self._years.get(rest, 0) or self._without_one.get(rest, 0):
                return [0 if number == place else found for number in range(len(stems))]
        return [0] * len(stems)


def _sum(stems: Stems) -> int:
    return sum(map(hash, stems))


def _printed_words(piece: re.Match[str]) -> str:
    """The words that an expression prints beside its value. Of a word in several forms it is the first: its stem is
    that of all."""
    words = FILTER_WORDS.search(piece[0])
    if words is None:
        return VALUE
    said = words[1][1:-1]
    return f" {said.replace(NUMBER_PLACE, VALUE)} " if NUMBER_PLACE in said else f"{VALUE}{said} "


class _KeptWords(dict[str, str]):
    """What is kept of each word of a language. It is worked out when a word is met first: its stem, the sign of a
    number or of an end, or nothing where a text used again may have changed it."""

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
        if small in IRREGULAR.get(self.language, {}):
            return _without_ending(IRREGULAR[self.language][small], self.language)
        if small in SMALL.get(self.language, ()):
            return ""
        is_claim = any(len(claim.text) == len(small) for claim in claim_words(small, self.language))
        return "" if is_claim else _without_ending(small, self.language)


_words = cache(_KeptWords)


def _without_ending(word: str, language: str) -> str:
    if language == "en":
        return ENGLISH_ENDING.sub("", word)
    if language == "lt":
        stem = LITHUANIAN_ENDING.sub("", word)
        return f"{stem[:-2]}d" if stem.endswith("dž") else f"{stem[:-1]}t" if stem.endswith("č") else stem
    return word
