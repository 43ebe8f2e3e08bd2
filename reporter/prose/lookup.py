"""Try the patterns of a lexicon only where they can begin. A lexicon has hundreds of alternatives and a text thousands
of words: what a pattern begins with is read from it once."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product

# As many letters of a word as are looked at.
LETTERS = 3
START = re.compile(rf"\b\w{{1,{LETTERS}}}")
# A beginning ends where anything may follow, and where its word ends.
ANYTHING, END = "\0", " "
CLASSES = {"s": END, "b": "", "B": ""}


class Lookup:
    """Patterns in their order, tried where they can begin. At one place the first one that fits wins. Spaces in a
    pattern may be ends of lines."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = patterns
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._known: dict[str, tuple[tuple[int, re.Pattern[str]], ...]] = {}

    def matches(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match with the number of its pattern. In the order of the text; none overlaps another."""
        done, known = 0, self._known
        for start in START.finditer(text):
            patterns = known.get(start[0])
            if patterns is None:
                patterns = known[start[0]] = self._at(start[0].lower())
            for number, pattern in patterns if patterns and start.start() >= done else ():
                if match := pattern.match(text, start.start()):
                    done = match.end()
                    yield number, match
                    break

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, each in enumerate(self.patterns):
            for beginning in _Beginnings(each).all():
                found.setdefault(beginning.rstrip(END), []).append(number)
        return found

    def _at(self, letters: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
        every = (letters, *(letters[:place] + ANYTHING for place in range(LETTERS)))
        found = sorted({number for key in every for number in self._index.get(key, ())})
        return tuple((each, self._pattern(each)) for each in found)

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._compiled:
            words = self.patterns[number].replace(" ", r"\s+")
            self._compiled[number] = re.compile(rf"\b(?:{words})(?:(?<!\w)|\b)", re.I)
        return self._compiled[number]


class _Beginnings:
    """A reader of the regular expressions that a lexicon uses."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.place = pattern.lower().replace(r"\W", END), 0

    def all(self) -> set[str]:
        found: set[str] = set()
        while True:
            found |= self._sequence()
            if self.place >= len(self.pattern) or self.pattern[self.place] == ")":
                return found
            self.place += 1

    def _sequence(self) -> set[str]:
        found = {""}
        while self.place < len(self.pattern) and self.pattern[self.place] not in "|)":
            atom = self._atom()
            sign = self.pattern[self.place : self.place + 1]
            if sign in ("?", "*") and sign:
                self.place += 1
                atom |= {""}
            elif sign in ("+", "{") and sign:
                may_lack = self.pattern.startswith(("{0", "{,"), self.place)
                self.place = self.pattern.index("}", self.place) + 1 if sign == "{" else self.place + 1
                atom = {each + ANYTHING for each in atom} | ({""} if may_lack else set())
            found = {_longer(one, more) for one, more in product(found, atom)}
        return found

    def _atom(self) -> set[str]:
        sign = self.pattern[self.place]
        self.place += 1
        if sign == "(":
            return self._group()
        if sign == "[":
            self.place = self.pattern.index("]", self.place) + 1
            return {ANYTHING}
        if sign == "\\":
            self.place += 1
            kind = self.pattern[self.place - 1]
            if kind == "d":
                return set("0123456789")
            return {CLASSES[kind]} if kind in CLASSES else {ANYTHING} if kind == "w" else {END}
        if sign in "$^":
            return {""}
        return {sign if sign.isalnum() else ANYTHING if sign == "." else END}

    def _group(self) -> set[str]:
        looks = re.match(r"\?<?[=!]", self.pattern[self.place :])
        named = re.match(r"\?(?::|p<\w+>)|\?<?[=!]", self.pattern[self.place :])
        self.place += len(named[0]) if named else 0
        found = self.all()
        self.place += 1
        return {""} if looks else found


def _longer(beginning: str, more: str) -> str:
    """A beginning with what follows: its first letters, with what ends them."""
    if len(beginning) >= LETTERS or beginning[-1:] in (ANYTHING, END):
        return beginning
    longer = beginning + more
    stops = [place for place in (longer.find(ANYTHING), longer.find(END)) if place >= 0]
    return longer[: min([LETTERS, *(place + 1 for place in stops)])]
