"""Running text as paragraphs of pieces, read from its HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

SPACES = re.compile(r"[ \t\r\n\f]+")
# Where a printed value stands; a page of the workbench leads from there to where it comes from.
VALUE_KEY = "data-at"
NOTE = re.compile(r"#note-(\d+)")
LISTS, BOLD, ITALIC = ("ul", "ol"), ("strong", "b"), ("em", "i")
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
BREAKS = ("p", "li", "pre", "blockquote", *HEADS)
VOID = ("br", "hr", "img")
# The sign that ends a line within a paragraph.
NEW_LINE = "\n"


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """A value within a text: its key, and its place among them."""

    key: str
    place: int


@dataclass(frozen=True, slots=True)
class WordPiece:
    """Letters of a paragraph that look alike. `address` is where they lead. `note` is the number of a footnote called
    here: `text` has its words where it is called for the first time, and is empty afterwards. `value` is the one that
    they print."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    language: str = ""
    address: str = ""
    note: int = 0
    value: ValuePlace | None = None


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph or an item of a list. `depth` is how deep its list lies, 0 outside of any. `item` is its place in an
    ordered list, 0 in any other; `marked` says whether it begins its item. `listed` is the list's place in the text,
    `head` marks a heading."""

    pieces: tuple[WordPiece, ...]
    depth: int = 0
    item: int = 0
    marked: bool = False
    listed: int = 0
    quoted: bool = False
    head: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces if not piece.note)


def paragraphs_of(html: str) -> tuple[WordParagraph, ...]:
    """The paragraphs of running text; a line without tags is one."""
    reader = _ProseReader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    return tuple(reader.made)


@dataclass(slots=True)
class _OpenList:
    """A list that is open: its next number, and its place. An item `begins` until its first paragraph is read."""

    number: int
    ordered: bool
    place: int
    begins: bool = False


class _ProseReader(HTMLParser):
    """Collects paragraphs; what it does not know is read as its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[WordParagraph] = []
        self.pieces: list[WordPiece] = []
        self.open: list[tuple[str, WordPiece]] = []
        self.lists: list[_OpenList] = []
        self.values = self.seen_lists = 0

    @property
    def look(self) -> WordPiece:
        return self.open[-1][1] if self.open else WordPiece("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in (*BREAKS, *LISTS):
            self.end_paragraph()
        if tag == "br":
            self.pieces.append(replace(self.look, text=NEW_LINE))
        elif tag in LISTS:
            self.seen_lists += 1
            start = known.get("start", "1")
            first = int(start) if start.isascii() and start.isdecimal() else 1
            self.lists.append(_OpenList(first, tag == "ol", self.seen_lists))
        elif tag == "li" and self.lists:
            self.lists[-1].begins = True
        if tag not in VOID:
            self.open.append((tag, self._look_of(tag, known)))

    def handle_endtag(self, tag: str) -> None:
        places = [n for n, (name, _) in enumerate(self.open) if name == tag]
        if not places:
            return
        if tag in (*BREAKS, *LISTS):
            self.end_paragraph()
        del self.open[places[-1] :]
        if tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "li" and self.lists:
            self.lists[-1].number += 1

    def handle_data(self, data: str) -> None:
        if data:
            self.pieces.append(replace(self.look, text=data if self._within("pre") else SPACES.sub(" ", data)))

    def end_paragraph(self) -> None:
        pieces, self.pieces = tuple(_trimmed(self.pieces)), []
        if not pieces:
            return
        made = WordParagraph(
            pieces, len(self.lists), quoted=self._within("blockquote"), head=any(map(self._within, HEADS))
        )
        if self.lists:
            last = self.lists[-1]
            item = last.number if last.ordered else 0
            made = replace(made, item=item, marked=last.begins, listed=last.place)
            last.begins = False
        self.made.append(made)

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self.open)

    def _look_of(self, tag: str, known: dict[str, str]) -> WordPiece:
        look = self.look
        again = NOTE.fullmatch(known.get("href", ""))
        if known.get("class") == "note" and known.get("data-number", "").isdecimal():
            look = replace(WordPiece(""), note=int(known["data-number"]), language=look.language)
        elif tag == "a" and again:
            # Its letters are the number, which whoever writes it says again.
            look = replace(WordPiece(""), note=-int(again[1]), language=look.language)
        elif VALUE_KEY in known:
            self.values += 1
            look = replace(look, value=ValuePlace(known[VALUE_KEY], self.values))
        return replace(
            look,
            bold=look.bold or tag in BOLD,
            italic=look.italic or tag in ITALIC,
            raised=look.raised or tag == "sup",
            language=known.get("lang") or look.language,
            address=known.get("href", "") if tag == "a" and not again else look.address,
        )


def _trimmed(pieces: list[WordPiece]) -> Iterator[WordPiece]:
    """The pieces of a paragraph with single blanks between words. At its ends are none, nor is one before the call of a
    note: in Word that is a raised number."""
    made: list[WordPiece] = []
    for piece in pieces:
        if piece.note:
            words = "" if piece.note < 0 else piece.text
            _strip(made, " \u00a0")
            made.append(replace(piece, note=abs(piece.note), text=words))
            continue
        before = next((each.text for each in reversed(made) if each.text and not each.note), " ")
        text = (
            piece.text.removeprefix(" ")
            if before.endswith((" ", NEW_LINE)) and not bool(made and made[-1].note)
            else piece.text
        )
        if text:
            made.append(replace(piece, text=text))
    _strip(made, " \n")
    yield from made


def _strip(made: list[WordPiece], signs: str) -> None:
    while made and not made[-1].note:
        last = made.pop()
        if text := last.text.rstrip(signs):
            made.append(replace(last, text=text))
            return
