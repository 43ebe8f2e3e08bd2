"""Say a problem or a remedy of the program in the language of the page. They are written in English, for the terminal,
as f-strings where they arise. `make messages` gathers their frames, such as `write {code}`, by which a text is found
in the catalogue again, with its values."""

import re
from collections.abc import Sequence
from functools import lru_cache

from reporter.i18n.locale import Locale
from reporter.i18n.refresh import program_messages
from reporter.model.label import ENGLISH, Said

# By this flag `make messages` marks them among the other messages.
PROBLEM = "problem"
PLACE = re.compile(r"\{(\w+)\}")
JOINTS, MOST_JOINTS = ("\n", "; ", ": ", ", "), 12
PLACED = ": "
LEADING = re.compile(r"[;,:]? ")
# A value of fewer words, such as `under way`, is a word of the files.
FEWEST_WORDS = 3
# So many letters and signs of a frame are no accident.
MANY = 20
Frame = tuple[str, tuple[str, ...]]


def said_problem(text: str, locale: Locale) -> str:
    """A problem or remedy in the language of a page; in English, and marked so, where the catalogue lacks it."""
    if not text or isinstance(text, Said) or locale.language == ENGLISH:
        return text
    return _found(text, locale) or Said(text, ENGLISH)


def _found(text: str, locale: Locale) -> str:
    frames = [each for each in _frames(locale.translated) if all(words in text for words in each[1])]
    # A frame that has most of the words, or many, goes before two messages; these before one such as `write {line}`.
    near = [each for each in frames if "; " in each[0] or sum(map(len, each[1])) >= min(MANY, len(text) / 2)]
    return (
        _filled(text, near, locale) or _joined(text, locale) or _filled(text, frames, locale) or _placed(text, locale)
    )


def _filled(text: str, frames: Sequence[Frame], locale: Locale) -> str:
    for frame, words in frames:
        if found := re.fullmatch("(.*?)".join(map(re.escape, words)), text, re.DOTALL):
            values = (_value(each, locale) for each in found.groups())
            return locale.text(frame, **dict(zip(PLACE.findall(frame), values, strict=True)))
    return ""


def _value(text: str, locale: Locale) -> str:
    """A value of a message, which may be a message too."""
    found = LEADING.match(text)
    joint = found[0] if found else ""
    words = text.removeprefix(joint)
    said = _found(words, locale) if len(words.split()) >= FEWEST_WORDS else ""
    return locale.joined(joint, ("", said)) if said else text


def _joined(text: str, locale: Locale) -> str:
    """Two messages, or more."""
    for joint in JOINTS if sum(map(text.count, JOINTS)) <= MOST_JOINTS else ():
        first, found, last = text.partition(joint)
        if found and (begun := _found(first, locale)) and (rest := _found(last, locale)):
            return locale.joined(joint, (begun, rest))
    return ""


def _placed(text: str, locale: Locale) -> str:
    """A message behind its place, or the name of a key."""
    place, found, words = text.partition(PLACED)
    said = _found(words, locale) if found and words.count(PLACED) < MOST_JOINTS else ""
    return locale.joined(PLACED, (place, said)) if said else ""


@lru_cache(maxsize=8)
def _frames(translated: frozenset[str]) -> tuple[Frame, ...]:
    """The problems and remedies that a language has, with the words between their values; those with most words go
    first."""
    messages = (ids[0] for ids, each in program_messages().items() if PROBLEM in each.flags)
    frames = (
        (each, tuple(words.replace("{{", "{").replace("}}", "}") for words in PLACE.split(each)[::2]))
        if PLACE.search(each)
        else (each, (each,))
        for each in messages
        if each in translated
    )
    return tuple(sorted(frames, key=lambda frame: -sum(map(len, frame[1]))))
