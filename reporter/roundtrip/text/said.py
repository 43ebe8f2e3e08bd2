"""What a document says, cut into chapters, and keys of texts."""

import re
from collections.abc import Sequence
from functools import cached_property

from reporter.roundtrip.text.page_text import IMPRINT, REPEATED
from reporter.roundtrip.text.tagged_text import CELLS, CONTENTS, FIGURE, HEADINGS, JOINT, NOTE, SaidPassage

BLANK, HYPHEN = re.compile(rf"[\s{JOINT}]+"), re.compile(r"(?<=[^\W\d_])[-\u2010](?=[^\W\d_])")
NOT_LETTERS = re.compile(r"[\W_]+")
SENTENCE, LABEL = re.compile(r"(?<=\.)\s+"), re.compile(r"[^\W\d]+:")
# The sign before an item of a list.
SIGN = re.compile(r"[•–◦▪]?|\(?(\d{1,3}|[a-z])[.)]")
SHOWN = 60
# What is compared by itself.
APART = (CONTENTS, FIGURE, IMPRINT, REPEATED)


def key_of(text: str) -> str:
    """A text without white space, soft hyphens, hyphens between letters, and capitals."""
    return HYPHEN.sub("", BLANK.sub("", text.replace("\u00ad", "")).casefold())


def is_spaced_alike(one: str, other: str) -> bool:
    """Tell if the digits of two texts are parted alike."""
    return _spaced(other, "") in (_spaced(one, ""), _spaced(one, " "))


def _spaced(text: str, joint: str) -> str:
    plain = BLANK.sub(" ", text.replace(JOINT, joint).replace("\u00ad", "")).strip()
    return HYPHEN.sub("", re.sub(r"(?<!\d) | (?!\d)", "", plain).casefold())


def letters_of(text: str) -> str:
    """The letters and digits of a text, without capitals."""
    return NOT_LETTERS.sub("", key_of(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a note, without its first label."""
    found = [key_of(each) for each in SENTENCE.split(text.replace(JOINT, " ").strip())]
    return [LABEL.sub("", found[0], count=1), *found[1:]]


def quoted(text: str) -> str:
    """The first words of a text, to name it."""
    words = " ".join(text.replace(JOINT, " ").split())
    return repr(words if len(words) <= SHOWN else f"{words[:SHOWN]}…")


class Chapter:
    """What stands between two headings of the first rank."""

    def __init__(self) -> None:
        self.heading = ""
        self.flow: list[SaidPassage] = []
        self.notes: list[SaidPassage] = []

    @cached_property
    def keys(self) -> list[str]:
        return [key_of(each.text) for each in self.flow]


class ChapteredText:
    """What a document says, chapter by chapter."""

    def __init__(self, passages: Sequence[SaidPassage]) -> None:
        self.passages = passages
        self.chapters: dict[int, Chapter] = {}
        for each in passages:
            chapter = self.chapters.setdefault(each.chapter, Chapter())
            if each.role in HEADINGS:
                chapter.heading = chapter.heading or each.text
            if each.role == NOTE:
                chapter.notes.append(each)
            elif each.role in CELLS or not (each.role in APART or SIGN.fullmatch(each.text)):
                chapter.flow.append(each)

    def of(self, *roles: str) -> list[SaidPassage]:
        return [each for each in self.passages if each.role in roles]

    @cached_property
    def letters(self) -> str:
        """The letters of all passages, each in a line."""
        return "\n".join(letters_of(each.text) for each in self.passages)

    def says(self, text: str) -> bool:
        """Return whether all pieces of a text stand in the document."""
        return all(letters_of(each) in self.letters for each in text.split(JOINT))


def place_of(passage: SaidPassage, chapter: Chapter) -> str:
    return f"page {passage.page}, under {quoted(chapter.heading)}" if chapter.heading else f"page {passage.page}"
