"""Where calls of footnotes stand: none reads as a power.

Never behind a numeral: it waits for the noun that is counted, the end of the clause, or that of the sentence.
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import unescape

# Unicode noncharacters, as in `markdown.py`: a call that waits for its place, one that was typed, one that is settled.
WAITS, TYPED, PLACED, SET = SIGNS = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
ANY = f"[{WAITS}{TYPED}{PLACED}]\\d+{SET}"
CALL = re.compile(f"[{WAITS}{TYPED}](\\d+){SET}")
SETTLED = re.compile(f"{PLACED}(\\d+){SET}")
# What is no text: calls, links, tags.
PIECE = re.compile(
    f"{ANY}|(?P<entity>&#?\\w+;)|(?P<link><a\\b.*?</a>)|<(?P<block>/?(?:p|li|ul|ol|h\\d|blockquote|pre|hr|br)\\b)?[^>]*>",
    re.S,
)
TAG = re.compile(f"<[^>]*>|{ANY}")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# So many words may stand between a number and the noun that it counts.
MOST_BETWEEN = 4
# A clause ends before these, unless they stand within a number; a sentence behind a stop.
CLAUSE = re.compile(r"[,;:)](?!\d)|[ \u00a0][–—]|(?P<stop>[.!?])[”’“»)]*(?:\s+\W*(?P<next>\w)|\W*\Z)")
ABBREVIATED = re.compile(r"(?:^|[\s(\u00a0])(?:[^\W\d_]|Nrs?|Nos?|Art|proc|pvz|žr|vid|mln|mlrd|tūkst|min)\Z")


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The text between a call and the end of its paragraph.

    `ends` are the places in the HTML behind each of its characters.
    """

    text: str
    ends: tuple[int, ...]


def settled(html: str, nouns: Collection[str]) -> str:
    """Give every waiting call its place.

    `nouns` are the words that numbers count, in small letters.
    """
    while call := CALL.search(html):
        html = html[: call.start()] + html[call.end() :]
        stays = call[0].startswith(TYPED) and stands_after_word(html[: call.start()])
        at = call.start() if stays else _place(html, call.start(), nouns)
        while before := SETTLED.match(html, at):
            at = before.end()
        html = f"{html[:at]}{PLACED}{call[1]}{SET}{html[at:]}"
    return html


def with_calls(html: str, call: Callable[[int], str]) -> str:
    """Put the calls into their places, in reading order."""
    return SETTLED.sub(lambda found: call(int(found[1])), html)


def stands_after_word(html: str) -> bool:
    """Return whether a call behind this text follows a word.

    So does one behind the end of a sentence.
    """
    last = unescape(TAG.sub("", html)).rstrip("\u00a0 \n'\")]”’“»")[-1:]
    return last.isalpha() or last in ".!?"


def _place(html: str, start: int, nouns: Collection[str]) -> int:
    start = _behind_link(html, start)
    ahead = _ahead(html, start)
    found = next(filter(None, (_noun(ahead.text, nouns), *_clauses(ahead.text))), 0)
    if found:
        return ahead.ends[found - 1]
    return _word_before(html, start)


def _behind_link(html: str, start: int) -> int:
    """The end of the link around a place, or the place."""
    opened, closed = html.rfind("<a ", 0, start), html.rfind("</a>", 0, start)
    return html.index("</a>", start) + len("</a>") if opened > closed else start


def _ahead(html: str, start: int) -> _Ahead:
    text, at = "", start
    ends: list[int] = []
    for piece in (*PIECE.finditer(html, start), None):
        stop = piece.start() if piece else len(html)
        text += html[at:stop]
        ends += range(at + 1, stop + 1)
        if piece is None or piece["block"]:
            break
        if piece["link"] or piece["entity"]:
            words = unescape(TAG.sub("", piece[0]))
            text += words
            ends += [piece.end()] * len(words)
        at = piece.end()
    return _Ahead(text, tuple(ends))


def _noun(text: str, nouns: Collection[str]) -> int:
    """The end of the noun that follows, 0 for none near by."""
    near = text[: next((clause.start() for clause in _ends(text)), len(text))]
    for count, word in enumerate(WORD.finditer(near)):
        if count > MOST_BETWEEN or any(each.isdigit() for each in near[: word.start()]):
            return 0
        if word[0].casefold() in nouns:
            return word.end()
    return 0


def _clauses(text: str) -> Iterator[int]:
    """The ends of clauses and sentences that no numeral stands before."""
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


def _word_before(html: str, start: int) -> int:
    """The end of the last word before a place.

    It is in the same paragraph and in no link; the place itself where there is none.
    """
    begin = max((found.end() for found in PIECE.finditer(html, 0, start) if found["block"]), default=0)
    others = [found.span() for found in PIECE.finditer(html, begin, start)]
    words = [
        each.end() for each in WORD.finditer(html, begin, start) if not any(a <= each.start() < b for a, b in others)
    ]
    return words[-1] if words else start
