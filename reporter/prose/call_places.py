"""Where calls of footnotes stand: none reads as a power. Never behind a numeral: it waits for the noun that is counted,
the end of the clause, or that of the sentence."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from reporter.document.text_tree import Break, Call, Link, Marked, Place, Run, Words, Wrapper
from reporter.languages.sentences import BLANK

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# So many words may stand between a number and the noun that it counts.
MOST_BETWEEN = 4
# A clause ends before these, unless they stand within a number; a sentence behind a stop.
CLAUSE = re.compile(r"[,;:)](?!\d)|[ \u00a0][–—]|(?P<stop>[.!?])[”’“»)]*(?:\s+\W*(?P<next>\w)|\W*\Z)")
ABBREVIATED = re.compile(r"(?:^|[\s(\u00a0])(?:[^\W\d_]|Nrs?|Nos?|Art|proc|pvz|žr|vid|mln|mlrd|tūkst|min)\Z")
# Behind so many letters of the run of this number, within what they are within.
_Spot = tuple[int, int, tuple[Wrapper, ...]]


def settled(line: Iterable[Run], typed: Collection[int], nouns: Collection[str]) -> list[Run]:
    """Give every call that waits at a place of its number a place of its own. `typed` are the numbers of those that
    somebody typed there, `nouns` the words that numbers count, in small letters."""
    made = list(line)
    while waiting := [(n, run.leaf.number) for n, run in enumerate(made) if isinstance(run.leaf, Place)]:
        at, number = waiting[0]
        place = at, 0, made.pop(at).within
        begin = max((n + 1 for n, run in enumerate(made[:at]) if isinstance(run.leaf, Break)), default=0)
        before = "".join(run.text for run in made[begin:at])
        stays = number in typed and stands_after_word(before)
        n, letters, within = _behind_whole(made, place)
        n, letters, within = (n, letters, within) if stays else _place(made, begin, (n, letters, within), nouns)
        if letters and isinstance(cut := made[n].leaf, Words):
            halves = (cut.text[:letters], cut.text[letters:])
            made[n : n + 1] = [Run(replace(cut, text=each), within) for each in halves if each]
            n += 1
        while n < len(made) and isinstance(made[n].leaf, Call) and [*map(id, made[n].within)] == [*map(id, within)]:
            n += 1
        made.insert(n, Run(Call(number, ""), within))
    return made


def stands_after_word(words: str) -> bool:
    """Return whether a call behind these words follows one. So does one behind the end of a sentence."""
    last = words.rstrip("\u00a0 \n'\")]”’“»")[-1:]
    return last.isalpha() or last in tuple(".!?")


def _whole(within: Sequence[Wrapper]) -> int | None:
    """The place among these of the first that no call is within."""
    kinds = (isinstance(each, Link) or (isinstance(each, Marked) and each.tag == "code") for each in within)
    return next((n for n, is_whole in enumerate(kinds) if is_whole), None)


def _behind_whole(line: Sequence[Run], spot: _Spot) -> _Spot:
    n, _, within = spot
    depth = _whole(within)
    if depth is None:
        return spot
    while n < len(line) and len(line[n].within) > depth and line[n].within[depth] is within[depth]:
        n += 1
    return n, 0, within[:depth]


def _letters(line: Sequence[Run], start: int) -> tuple[str, list[_Spot]]:
    """The letters from a run to the end of the line in its paragraph, and the spots behind each of them."""
    text, spots = "", list[_Spot]()
    for n in range(start, len(line)):
        run = line[n]
        if isinstance(run.leaf, Break):
            break
        text += run.text
        if _whole(run.within) is None:
            spots += ((n, letters, run.within) for letters in range(1, len(run.text) + 1))
        else:
            spots += [_behind_whole(line, (n, 0, run.within))] * len(run.text)
    return text, spots


def _place(line: Sequence[Run], begin: int, spot: _Spot, nouns: Collection[str]) -> _Spot:
    text, spots = _letters(line, spot[0])
    found = next(filter(None, (_noun(text, nouns), *_clauses(text))), 0)
    if found:
        return spots[found - 1]
    # Behind the last word before it that is in no link.
    before, behind = _letters(line[: spot[0]], begin)
    bare = "".join(letter if at else BLANK for letter, (_, at, _) in zip(before, behind, strict=True))
    words = [found.end() for found in WORD.finditer(bare)]
    return behind[words[-1] - 1] if words else spot


def _noun(text: str, nouns: Collection[str]) -> int:
    """The end of the noun that follows, 0 for none near by. Of a participle and its noun, which both may be counted,
    that of the noun."""
    near = text[: next((clause.start() for clause in _ends(text)), len(text))]
    end = 0
    for count, word in enumerate(WORD.finditer(near)):
        apart = (
            near[end : word.start()].strip()
            if end
            else count > MOST_BETWEEN or any(map(str.isdigit, near[: word.start()]))
        )
        counted = word[0].casefold() in nouns
        if apart or (end and not counted):
            break
        end = word.end() if counted else 0
    return end


def _clauses(text: str) -> Iterator[int]:
    for clause in _ends(text):
        if text[clause.start() - 1 : clause.start()].isalpha():
            yield clause.start()
        elif clause["stop"]:
            yield clause.end("stop")
    end = len(text.rstrip())
    if text[end - 1 : end].isalpha():
        yield end


def _ends(text: str) -> Iterator[re.Match[str]]:
    """The ends of clauses; no stop behind an abbreviation is one."""
    for clause in CLAUSE.finditer(text):
        following = clause["next"] or ""
        if not clause["stop"] or not (following.islower() or ABBREVIATED.search(text[: clause.start()])):
            yield clause
