"""Read a Word file from a reviewer: words, comments, tracked changes."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from reporter.data.errors import ReporterError, one_line
from reporter.formats.safe_xml import parse_xml, unreadable

# The end of a paragraph that was inserted or deleted.
PARAGRAPH_END = "\u2029"


class StretchFate(StrEnum):
    """What became of a stretch of text in a Word file."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    # Inserted by one reviewer and deleted by another: in neither text.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReviewedStretch:
    """A stretch of a paragraph with one fate. `author` and `day` are those of the change, if any. `moved` text is
    elsewhere too. The deleted end of a paragraph has no text."""

    text: str
    fate: StretchFate = StretchFate.KEPT
    author: str = ""
    day: str = ""
    moved: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedCell:
    """The place of a paragraph in a table, by the words of its row (`stub`) and column (`head`)."""

    table: int
    row: int
    column: int
    stub: str = ""
    head: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedParagraph:
    """A paragraph of a Word file before changes. `bookmarks` are names with start and end in the `original`; `part` is
    "body", "footnotes" or "endnotes"; `style` is the file's name of its kind."""

    number: int
    stretches: tuple[ReviewedStretch, ...]
    bookmarks: tuple[tuple[str, int, int], ...] = ()
    cell: ReviewedCell | None = None
    style: str = ""
    part: str = "body"

    @property
    def original(self) -> str:
        return "".join(piece.text for piece in self.stretches if piece.fate in (StretchFate.KEPT, StretchFate.DELETED))

    @property
    def changed(self) -> str:
        return "".join(piece.text for piece in self.stretches if piece.fate in (StretchFate.KEPT, StretchFate.INSERTED))


@dataclass(frozen=True, slots=True)
class ReviewChange:
    """A tracked change of one author in a paragraph's original words; `whole` if all of it was written or deleted."""

    author: str
    day: str
    paragraph: int
    start: int
    end: int
    old: str
    new: str
    moved: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """A comment and its `words`, at `start` to `end` of the paragraph number `paragraph` (-1: of no place). `parent` is
    the id of the comment that it answers."""

    id: str
    author: str
    day: str
    text: str
    paragraph: int = -1
    start: int = 0
    end: int = 0
    words: str = ""
    parent: str = ""
    resolved: bool = False


@dataclass(frozen=True, slots=True)
class ReviewedFile:
    """The content of a reviewed file; changes of format and text `boxes` are only counted, not read."""

    properties: Mapping[str, str]
    paragraphs: tuple[ReviewedParagraph, ...]
    comments: tuple[ReviewComment, ...]
    changes: tuple[ReviewChange, ...]
    formatting: int = 0
    boxes: int = 0


# A profile has about 400 kB of XML in one part, and about ten thousand elements.
MOST_OF_PART = 40_000_000
SAVE_AGAIN = "save it in Word as a Word document (.docx), and try again"
MAIN_PART = "word/document.xml"
# The parts related to the main part by type of relation, and their usual place if no relation names it.
USUAL = {
    "comments": "word/comments.xml",
    "commentsExtended": "word/commentsExtended.xml",
    "footnotes": "word/footnotes.xml",
    "endnotes": "word/endnotes.xml",
}


class WordParts:
    """The parts of a Word file, parsed on request. Raises ReporterError where it cannot be read."""

    def __init__(self, content: bytes) -> None:
        try:
            self._book = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError) as problem:
            raise unreadable("the file", problem, SAVE_AGAIN) from None
        self._names = {info.filename: info for info in self._book.infolist()}
        self.main = self._related("", "officeDocument") or MAIN_PART
        if self.main not in self._names:
            raise ReporterError("it is no Word document: its text is not there", hint=SAVE_AGAIN)

    def tree(self, name: str) -> Element:
        """The root of a part; an empty one if the part is missing."""
        part = self._names.get(name)
        if part is None:
            return Element(name)
        if part.file_size > MOST_OF_PART:
            raise ReporterError(f"{name} is larger than any report", hint=SAVE_AGAIN)
        try:
            with self._book.open(part) as file:
                content = file.read(MOST_OF_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            ValueError,
            EOFError,
            RuntimeError,
            NotImplementedError,
        ) as problem:
            raise unreadable(name, problem, SAVE_AGAIN) from None
        if len(content) > MOST_OF_PART:
            raise ReporterError(f"{name} is larger than any report", hint=SAVE_AGAIN)
        return parse_xml(content, name, SAVE_AGAIN)

    def related_part(self, relation: str) -> Element:
        """A part related to the text: `comments`, `footnotes` and others."""
        return self.tree(self._related(self.main, relation) or USUAL.get(relation, ""))

    def properties(self) -> Element:
        return self.tree(self._related("", "custom-properties") or "docProps/custom.xml")

    def _related(self, source: str, relation: str) -> str:
        """The name of the part that a relation of another part leads to; empty if there is none."""
        folder, _, name = source.rpartition("/")
        for link in self.tree(join(folder, "_rels", f"{name}.rels")):
            if link.get("Type", "").rpartition("/")[2] == relation and link.get("TargetMode") != "External":
                target = link.get("Target", "")
                part_name = normpath(target.lstrip("/") if target.startswith("/") else join(dirname(source), target))
                if part_name in self._names:
                    return part_name
        return ""


# What is no text, or is separate text: pictures, instructions of fields, properties of elements.
APART = frozenset(
    {"drawing", "pict", "object", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr"}
    | {"sectPr", "sdtPr", "sdtEndPr", "fldData", "ruby", "Fallback", "annotationRef", "footnoteRef", "endnoteRef"}
)
LOOKS = frozenset({"rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "ptab": "\t"}
FATES = {
    "ins": StretchFate.INSERTED,
    "del": StretchFate.DELETED,
    "moveTo": StretchFate.INSERTED,
    "moveFrom": StretchFate.DELETED,
}
TEXTS = ("t", "delText")
PLACES = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
MOVES = ("moveTo", "moveFrom")
DAY = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d", re.ASCII)
# The longest words of a row or column that are quoted.
SHOWN = 120
LONGEST_NAME = 100


# The place of a comment's words: paragraph, start, end; and the words.
PlacedComment = tuple[int, int, int, str]
UNPLACED: PlacedComment = -1, 0, 0, ""
# Words without a change of their own; a change here is a stretch without text.
KEPT = ReviewedStretch("")


@dataclass(slots=True)
class _Table:
    """The table being read, with the words over its columns."""

    number: int
    row: int = -1
    column: int = 0
    stub: str = ""
    heads: dict[int, str] = field(default_factory=dict)

    def cell(self) -> ReviewedCell:
        return ReviewedCell(self.number, self.row, self.column, stub=self.stub, head=self.heads.get(self.column, ""))


@dataclass(slots=True)
class TextReader:
    """Reads a file's paragraphs in order; one whose end was inserted is one with the next, as before the changes."""

    paragraphs: list[ReviewedParagraph] = field(default_factory=list)
    placed: dict[str, PlacedComment] = field(default_factory=dict)
    formatting: int = 0
    boxes: int = 0
    _part: str = ""
    _tables: list[_Table] = field(default_factory=list)
    _count: int = 0
    _stretches: list[ReviewedStretch] = field(default_factory=list)
    _bookmarks: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    _style: str = ""
    # The length of the paragraph before the changes, so far.
    _at: int = 0
    # The open comments, with the paragraph and place of their start and their words so far.
    _open: dict[str, tuple[int, int, list[str]]] = field(default_factory=dict)

    def read(self, node: Element, part: str) -> None:
        self._part = part
        self._within(node, KEPT)
        self._close()

    def _within(self, node: Element, hand: ReviewedStretch) -> None:
        for child in node:
            self._one(child, hand)

    def _one(self, node: Element, hand: ReviewedStretch) -> None:
        name = node.tag
        if name in APART:
            # Changes of format and text boxes are only counted.
            for element in node.iter():
                self.formatting += element.tag in LOOKS
                # The fallback for older programs repeats the text.
                self.boxes += element.tag == "txbxContent" and name != "Fallback"
        elif name in FATES:
            self._within(node, _hand(node, hand))
        elif name in TEXTS or name in SIGNS:
            self._add(SIGNS.get(name, node.text or ""), hand)
        elif name in PLACES:
            self._place(name, node)
        elif name == "p":
            self._paragraph(node, hand)
        elif name == "tbl":
            self._table(node, hand)
        # The number in the call of a note is no text.
        elif name != "r" or _value(node, "rPr/rStyle", "") != "FootnoteReference":
            self._within(node, hand)

    def _place(self, name: str, node: Element) -> None:
        number = node.get("id", "")
        if name == "bookmarkStart":
            self._bookmarks[number] = node.get("name", ""), self._at, self._at
        elif name != "bookmarkEnd":
            self._comment(name, number)
        elif bookmark := self._bookmarks.get(number):
            self._bookmarks[number] = *bookmark[:2], self._at

    def _paragraph(self, node: Element, hand: ReviewedStretch) -> None:
        self._style = self._style or _value(node, "pPr/pStyle", "")
        end = next((_hand(change, hand) for change in node.iterfind("pPr/rPr/*") if change.tag in FATES), KEPT)
        self._within(node, hand)
        if end.fate is StretchFate.INSERTED:
            self._add(PARAGRAPH_END, end)
        elif end.fate is StretchFate.DELETED:
            self._stretches.append(end)
        # Cells are never joined.
        if end.fate is not StretchFate.INSERTED or self._tables:
            self._close()

    def _close(self) -> None:
        if self._stretches or self._bookmarks:
            table = self._tables[-1] if self._tables else None
            cell = table.cell() if table else None
            self.paragraphs.append(
                ReviewedParagraph(
                    number=len(self.paragraphs),
                    stretches=tuple(self._stretches),
                    bookmarks=tuple(bookmark for bookmark in self._bookmarks.values() if bookmark[0]),
                    cell=cell,
                    style=self._style,
                    part=self._part,
                )
            )
        self._stretches, self._bookmarks, self._style, self._at = [], {}, "", 0

    def _table(self, node: Element, hand: ReviewedStretch) -> None:
        self._close()
        self._tables.append(_Table(self._count))
        self._count += 1
        for row in _inside(node, "tr"):
            self._row(row, self._tables[-1], hand)
        self._tables.pop()

    def _row(self, row: Element, table: _Table, hand: ReviewedStretch) -> None:
        for child in row.iterfind("trPr/*"):
            hand = _hand(child, hand) if child.tag in ("ins", "del") else hand
        # Rows are counted as they were before the changes.
        table.row += hand.fate is not StretchFate.INSERTED
        table.column, table.stub = _whole(_value(row, "trPr/gridBefore", "0"), 0), ""
        is_head = table.row == 0 or row.find("trPr/tblHeader") is not None
        for number, cell in enumerate(_inside(row, "tc")):
            first = len(self.paragraphs)
            self._within(cell, hand)
            self._close()
            words = " ".join(paragraph.original for paragraph in self.paragraphs[first:])[:SHOWN]
            width = min(_whole(_value(cell, "tcPr/gridSpan", "1"), 1), 100)
            if is_head and words:
                table.heads |= dict.fromkeys(range(table.column, table.column + width), words)
            table.stub = table.stub if number else words
            table.column += width

    def _add(self, text: str, hand: ReviewedStretch) -> None:
        if not text:
            return
        stretch = replace(hand, text=text)
        last = self._stretches[-1] if self._stretches else None
        if last and replace(last, text=text) == stretch:
            self._stretches[-1] = replace(last, text=last.text + text)
        else:
            self._stretches.append(stretch)
        if hand.fate in (StretchFate.KEPT, StretchFate.DELETED):
            self._at += len(text)
            for *_, words in self._open.values():
                words.append(text)

    def _comment(self, kind: str, name: str) -> None:
        here, at = len(self.paragraphs), self._at
        if kind == "commentRangeStart":
            self._open.setdefault(name, (here, at, []))
        elif name in self._open:
            paragraph, start, pieces = self._open.pop(name)
            words = "".join(pieces)
            end = at if paragraph == here else start + len(words)
            self.placed.setdefault(name, (paragraph, start, end, " ".join(words.split())))
        elif name not in self.placed and kind == "commentReference":
            self.placed[name] = here, at, at, ""


def _value(node: Element, path: str, otherwise: str) -> str:
    element = node.find(path)
    return otherwise if element is None else element.get("val", "")


def _hand(node: Element, around: ReviewedStretch) -> ReviewedStretch:
    fate = FATES[node.tag]
    if around.fate is not StretchFate.KEPT and around.fate is not fate:
        fate = StretchFate.WITHDRAWN
    author = one_line(node.get("author", ""))[:LONGEST_NAME]
    return ReviewedStretch("", fate, author, day_of(node.get("date", "")), moved=node.tag in MOVES)


def _inside(node: Element, name: str) -> list[Element]:
    elements: list[Element] = []
    for child in node:
        if child.tag == name:
            elements.append(child)
        elif child.tag in ("sdt", "sdtContent", "customXml", "ins", "del"):
            elements += _inside(child, name)
    return elements


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else otherwise


def day_of(stamp: str) -> str:
    match = DAY.match(stamp)
    return match[0] if match else ""


NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
# Separators that Word keeps among the notes.
OWN_NOTES = ("separator", "continuationSeparator", "continuationNotice")
# The longest text of a comment that is kept.
LONGEST = 5_000


def read_reviewed(content: bytes) -> ReviewedFile:
    """Read the words of a Word file before and after changes. Raises ReporterError where it cannot be read."""
    parts = WordParts(content)
    reader = TextReader()
    for body in parts.tree(parts.main).findall("body")[:1]:
        reader.read(body, "body")
    for part, kind in NOTES.items():
        for note in parts.related_part(part).iterfind(kind):
            if note.get("type") not in OWN_NOTES:
                reader.read(note, part)
    paragraphs = tuple(reader.paragraphs)
    named = (element for element in parts.properties().iterfind("property") if len(element))
    return ReviewedFile(
        properties={element.get("name", ""): (element[0].text or "").strip()[:LONGEST_NAME] for element in named},
        paragraphs=paragraphs,
        comments=tuple(_comments(parts, reader.placed, len(paragraphs))),
        changes=tuple(change for paragraph in paragraphs for change in _changes(paragraph)),
        formatting=reader.formatting,
        boxes=reader.boxes,
    )


def _comments(parts: WordParts, placed: dict[str, PlacedComment], count: int) -> Iterator[ReviewComment]:
    # The comment that each one answers, and whether it was resolved, by the last of its paragraphs.
    threads = {
        item.get("paraId", "").upper(): (item.get("paraIdParent", "").upper(), item.get("done") in ("1", "true", "on"))
        for item in parts.related_part("commentsExtended").iterfind("commentEx")
    }
    # The last paragraph of a comment has an id of its own.
    by_paragraph: dict[str, str] = {}
    comment_by_name: dict[str, tuple[Element, str]] = {}
    for comment in parts.related_part("comments").iterfind("comment"):
        name = comment.get("id", "")
        if name not in comment_by_name:
            marks = [mark.upper() for one in comment.iter("p") if (mark := one.get("paraId"))]
            comment_by_name[name] = comment, marks[-1] if marks else ""
            by_paragraph |= dict.fromkeys(marks, name)
    for name, (element, mark) in comment_by_name.items():
        above, resolved = threads.get(mark, ("", False))
        paragraph, start, end, words = placed.get(name, UNPLACED)
        parent = by_paragraph.get(above, "")
        # The words of the comment, its paragraphs as lines.
        reader = TextReader()
        reader.read(element, "comments")
        lines = (" ".join(one.changed.split()) for one in reader.paragraphs)
        yield ReviewComment(
            id=name,
            author=one_line(element.get("author", ""))[:LONGEST_NAME],
            day=day_of(element.get("date", "")),
            text="\n".join(filter(None, lines))[:LONGEST],
            paragraph=paragraph if paragraph < count else -1,
            start=start,
            end=end,
            words=words[:LONGEST],
            parent="" if parent == name else parent,
            resolved=resolved,
        )


def _changes(paragraph: ReviewedParagraph) -> Iterator[ReviewChange]:
    """The changes of a paragraph; those of one author at one place are merged."""
    at, changes, before = 0, list[ReviewChange](), StretchFate.KEPT
    for stretch in paragraph.stretches:
        if stretch.fate is StretchFate.WITHDRAWN:
            continue
        if stretch.fate is StretchFate.KEPT:
            at, before = at + len(stretch.text), stretch.fate
            continue
        hand = (stretch.author, stretch.day, stretch.moved)
        # A deletion and its replacement, in either order, are one change; what follows is another.
        full = stretch.fate is not before and changes and changes[-1].old and changes[-1].new
        if before is StretchFate.KEPT or full or hand != (changes[-1].author, changes[-1].day, changes[-1].moved):
            author, day, moved = hand
            changes.append(
                ReviewChange(author, day, paragraph=paragraph.number, start=at, end=at, old="", new="", moved=moved)
            )
        last, before = changes[-1], stretch.fate
        if stretch.fate is StretchFate.DELETED:
            at += len(stretch.text)
            changes[-1] = replace(last, end=at, old=last.old + (stretch.text or PARAGRAPH_END))
        else:
            changes[-1] = replace(last, new=last.new + stretch.text)
    original = paragraph.original.strip()
    for change in changes:
        gone, new = change.old.strip(), change.new.strip()
        deleted = bool(gone) and not change.new and gone == original
        written = bool(new) and (PARAGRAPH_END in change.new or not paragraph.original)
        yield replace(change, whole=deleted if change.old else written)
