"""Say a problem or a remedy of the program in the language of the page. They are written in English, for the terminal,
as f-strings where they arise. `make messages` gathers their frames, such as `write {code}`, by which a text is found
in the catalogue again, with its values."""

import re
from collections.abc import Iterable
from functools import lru_cache

from reporter.data.i18n.locale import Locale
from reporter.data.i18n.refresh import program_messages
from reporter.data.i18n.words import N_
from reporter.data.records.label import ENGLISH, Said

# By this flag `make messages` marks them among the other messages.
PROBLEM = "problem"
PLACE = re.compile(r"\{(\w+)\}")
JOINTS, MOST_JOINTS = ("; ", ": ", ", "), 12
LEADING = re.compile(r"[;,:]? +")
# The value or the name that a message begins with: `'1,5' has a decimal comma`.
VALUE = re.compile(r"\{.*\} |'(?:[^'\\]|\\.)*' |\"(?:[^\"\\]|\\.)*\" |\S+ ")
# A value of fewer words, such as `under way`, is a word of the files; one of such words is English.
FEWEST_WORDS = 3
PROSE = re.compile(r"(?:[a-z]+ ){2}[a-z]+|: [a-z]+ [a-z]+")
# Brackets and quotes hold words of the files, too.
CODE = re.compile(r"\{.*\}|\[.*\]|'[^']*'|\"[^\"]*\"", re.DOTALL)
# So many letters and signs of a frame are no accident.
MANY = 20
# What a system says of a file, and what happened to it.
OF_FILES = (
    N_("changed"),
    N_("is missing"),
    N_("was added"),
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("No space left on device"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("Read-only file system"),
)
# A message, its words between the values, and how many letters and signs these have.
Frame = tuple[str, tuple[str, ...], int]


def said_problem(text: str, locale: Locale) -> str:
    """A problem or remedy in the language of a page; in English, and marked so, where the catalogue lacks it."""
    if not text or isinstance(text, Said) or locale.language == ENGLISH:
        return text
    return _found(text, locale) or Said(text, ENGLISH)


def _found(text: str, locale: Locale) -> str:
    if said := _near(text, locale):
        return said
    if "\n" in text:
        # The lines below a message may say what a file says.
        first, *lines = text.split("\n")
        said = _found(first, locale)
        return locale.joined("\n", (said, *(_value(each, locale) for each in lines))) if said else ""
    # What could be taken apart in very many ways is the text of a file.
    is_apart = sum(map(text.count, JOINTS)) <= MOST_JOINTS
    if is_apart and (said := _joined(text, locale)):
        return said
    # Few words of a frame, such as `write {line}`, are enough where the values are no English.
    said = _filled(text, _frames(locale.translated), locale, is_short=True)
    return said or (_placed(text, locale) if is_apart else _quoted(text, locale))


def _near(text: str, locale: Locale) -> str:
    """A text that has most words of a frame, or many."""
    frames = _frames(locale.translated)
    return _filled(text, (each for each in frames if "; " in each[0] or each[2] >= min(MANY, len(text) / 2)), locale)


def _filled(text: str, frames: Iterable[Frame], locale: Locale, *, is_short: bool = False) -> str:
    for frame, words, _ in frames:
        if words[0] in text and all(each in text for each in words) and (found := re.fullmatch(_pattern(words), text)):
            values = [(each, _value(each, locale)) for each in found.groups()]
            if not is_short or not any(value == said and PROSE.search(CODE.sub("", value)) for value, said in values):
                parts = (said for _, said in values)
                return locale.text(frame, **dict(zip(PLACE.findall(frame), parts, strict=True)))
    return ""


def _value(text: str, locale: Locale) -> str:
    """A value of a message, which may be a message too."""
    found = LEADING.match(text)
    joint = found[0] if found else ""
    words = text.removeprefix(joint)
    said = _found(words, locale) if words in OF_FILES or len(words.split()) >= FEWEST_WORDS else ""
    return locale.joined(joint, ("", said)) if said else text


def _joined(text: str, locale: Locale) -> str:
    """Two messages, or more."""
    for joint in JOINTS:
        first, found, last = text.partition(joint)
        if found and (begun := _found(first, locale)) and (rest := _found(last, locale)):
            return locale.joined(joint, (begun, rest))
    return ""


def _placed(text: str, locale: Locale) -> str:
    """A message with what it is about before it, as a place or a value, or with an example behind it."""
    first, joint, last = text.partition(": ")
    if joint and (said := _found(last, locale)):
        return locale.joined(joint, (first, said))
    if said := _quoted(text, locale):
        return said
    about = VALUE.match(text)
    said = _near(text[about.end() :], locale) if about else ""
    return locale.joined("", (text[: about.end()], said)) if about and said else ""


def _quoted(text: str, locale: Locale) -> str:
    """A message with the line of a file behind it."""
    first, joint, line = text.partition(": ")
    said = _near(first, locale) if joint else ""
    return locale.joined(joint, (said, line)) if said else ""


@lru_cache(maxsize=8)
def _frames(translated: frozenset[str]) -> tuple[Frame, ...]:
    """The problems and remedies that a language has, with the words between their values; those with most words go
    first."""
    messages = (*OF_FILES, *(ids[0] for ids, each in program_messages().items() if PROBLEM in each.flags))
    split = (
        (each, tuple(words.replace("{{", "{").replace("}}", "}") for words in PLACE.split(each)[::2]))
        if PLACE.search(each)
        else (each, (each,))
        for each in messages
        if each in translated
    )
    frames = ((each, words, sum(map(len, words))) for each, words in split)
    return tuple(sorted(frames, key=lambda frame: -frame[2]))


@lru_cache(maxsize=4096)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(.*?)".join(map(re.escape, words)), re.DOTALL)
