"""Where calls of footnotes stand: none reads as a power. Never behind a numeral: it waits for the noun that is counted,
the end of the clause, or that of the sentence."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import unescape

# Unicode noncharacters, as in `markdown.py`: a call that waits for its place, one that was typed, one that is settled.
WAITS, TYPED, PLACED, SET = SIGNS = "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
ANY = f"[{WAITS}{TYPED}{PLACED}]\\d+{SET}"
CALL = re.compile(f"[{WAITS}{TYPED}](\\d+){SET}")
SETTLED = re.compile(f"{PLACED}(\\d+){SET}")
TAG = re.compile(f"<[^>]*>|{ANY}")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# So many words may stand between a number and the noun that it counts.
MOST_BETWEEN = 4
# A clause ends before these, unless they stand within a number; a sentence behind a stop.
CLAUSE = re.compile(r"[,;:)](?!\d)|[ \u00a0][–—]|(?P<stop>[.!?])[”’“»)]*(?:\s+\W*(?P<next>\w)|\W*\Z)")
ABBREVIATED = re.compile(r"(?:^|[\s(\u00a0])(?:[^\W\d_]|Nrs?|Nos?|Art|proc|pvz|žr|vid|mln|mlrd|tūkst|min)\Z")


@dataclass(frozen=True, slots=True)
class Markup:
    """How a language writes what is no text. `piece` finds calls, and in groups of these names a sign written as an
    `entity`, a `link`, which no call is within, and where a `block` begins or ends. `words` are what a reader sees of
    some of it."""

    piece: re.Pattern[str]
    words: Callable[[str], str]


HTML = Markup(
    re.compile(
        rf"{ANY}|(?P<entity>&#?\w+;)|(?P<link><a\b.*?</a>)"
        r"|<(?P<block>/?(?:p|li|ul|ol|h\d|blockquote|pre|hr|br)\b)?[^>]*>",
        re.S,
    ),
    lambda html: unescape(TAG.sub("", html)),
)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """The text between a call and the end of its paragraph. `ends` are the places in the written text behind each of
    its characters."""

    text: str
    ends: tuple[int, ...]


def settled(written: str, nouns: Collection[str], markup: Markup = HTML) -> str:
    """Give every waiting call its place. `nouns` are the words that numbers count, in small letters."""
    while call := CALL.search(written):
        written = written[: call.start()] + written[call.end() :]
        before = written[_beginning(written, call.start(), markup) : call.start()]
        stays = call[0].startswith(TYPED) and stands_after_word(markup.words(before))
        at = call.start() if stays else _place(written, call.start(), nouns, markup)
        while other := SETTLED.match(written, at):
            at = other.end()
        written = f"{written[:at]}{PLACED}{call[1]}{SET}{written[at:]}"
    return written


def with_calls(written: str, call: Callable[[int], str]) -> str:
    return SETTLED.sub(lambda found: call(int(found[1])), written)


def sign_behind(words: str, *, is_filtered: bool) -> str:
    """The sign of a call behind what an expression prints. What a filter made of a value ends with the noun that it
    counts."""
    return PLACED if is_filtered and stands_after_word(words) else WAITS


def stands_after_word(words: str) -> bool:
    """Return whether a call behind these words follows one. So does one behind the end of a sentence."""
    last = words.rstrip("\u00a0 \n'\")]”’“»")[-1:]
    return last.isalpha() or last in tuple(".!?")


def _place(written: str, start: int, nouns: Collection[str], markup: Markup) -> int:
    links = (each.span() for each in markup.piece.finditer(written) if each["link"])
    start = next((end for begin, end in links if begin < start < end), start)
    ahead = _ahead(written, start, markup)
    found = next(filter(None, (_noun(ahead.text, nouns), *_clauses(ahead.text))), 0)
    if found:
        return ahead.ends[found - 1]
    return _word_before(written, start, markup)


def _ahead(written: str, start: int, markup: Markup) -> _Ahead:
    text, at = "", start
    ends: list[int] = []
    for piece in (*markup.piece.finditer(written, start), None):
        stop = piece.start() if piece else len(written)
        text += written[at:stop]
        ends += range(at + 1, stop + 1)
        if piece is None or piece["block"]:
            break
        if piece["link"] or piece["entity"]:
            words = markup.words(piece[0])
            text += words
            ends += [piece.end()] * len(words)
        at = piece.end()
    return _Ahead(text, tuple(ends))


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


def _word_before(written: str, start: int, markup: Markup) -> int:
    """The end of the last word before a place. It is in the same paragraph and in no link; the place itself where there
    is none."""
    begin = _beginning(written, start, markup)
    others = [found.span() for found in markup.piece.finditer(written, begin, start)]
    found = WORD.finditer(written, begin, start)
    words = [each.end() for each in found if not any(a <= each.start() < b for a, b in others)]
    return words[-1] if words else start


def _beginning(written: str, start: int, markup: Markup) -> int:
    return max((found.end() for found in markup.piece.finditer(written, 0, start) if found["block"]), default=0)
