"""Writes the paragraphs of a Word file, and counts what is numbered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from reporter.document.document import Document, Figure, Proposals, Table, Text
from reporter.document.flags import Remarks, anchor
from reporter.document.note_lines import as_sentence
from reporter.document.of_countries import Ranking
from reporter.i18n import Locale
from reporter.i18n.territories import likely_region
from reporter.model import Observation
from reporter.model.label import altered, language_of
from reporter.theme.tokens import Theme
from reporter.word.anchors import OF_CELL, WordAnchor, value_key, word_anchors
from reporter.word.prose import ValuePlace, WordParagraph, WordPiece, paragraphs_of
from reporter.word.runs_xml import (
    LYING,
    UPRIGHT,
    ParagraphLook,
    RunLook,
    bookmark_xml,
    field_xml,
    look_xml,
    paragraph_xml,
    run_xml,
)

# The lists of the file: of dots, and of numbers; each list of numbers has one more of its own.
DOTTED, FIRST_NUMBERED = 1, 2
LINKS = ("https://", "http://", "mailto:", "tel:")
# How far a list is indented, in mm.
INDENT = 6.0
PLAIN, AS_STYLED = ParagraphLook("BodyText"), RunLook()
# The style of the number by which a footnote is called: what looks so is no word of the text.
CALLED = RunLook("FootnoteReference")
# What parts the numbers of two notes, in twentieths of a point.
APART = 40


@dataclass(frozen=True, slots=True)
class Joined:
    """What the file is joined with, each by the name it gets. `link` takes an address, `picture` the name of a drawing,
    whose size in mm comes with it."""

    link: Callable[[str], str]
    picture: Callable[[str], tuple[str, tuple[float, float]]]


@dataclass(slots=True)
class Writing:
    """What is written so far of a document, and what is counted. `notes` are the footnotes as XML, `starts` the first
    numbers of the lists that are numbered; `cells` are the figures that tables print, each by its key."""

    document: Document
    locale: Locale
    theme: Theme
    joined: Joined
    notes: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    bookmarks: int = 0
    drawings: int = 0
    numbered_notes: int = 0
    anchors: Iterator[WordAnchor] = field(init=False)
    places: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.anchors = iter(word_anchors(self.document))
        self.places = {name: f"_r_{n}" for n, name in enumerate(_targets(self.document), 1)}

    def tag(self, language: str = "") -> str:
        """A language with its region, as Word names it: lt-LT."""
        code = language or self.document.edition.language
        if code == self.document.edition.language and self.document.edition.locale:
            return self.document.edition.locale.replace("_", "-")
        return f"{code}-{likely_region(code)}".rstrip("-")

    def colour(self, name: str) -> str:
        return self.theme.colours[name].removeprefix("#")

    def words(self, words: str, look: RunLook = AS_STYLED, language: str = "") -> str:
        said = language_of(words) or language
        return run_xml(words, replace(look, language=self.tag(said))) if words else ""

    def line(self, words: str, style: str, look: RunLook = AS_STYLED, **properties: object) -> str:
        """A paragraph of words; nothing without any."""
        return self.paragraph(self.words(words, look), ParagraphLook(style, **properties))  # type: ignore[arg-type]

    def paragraph(self, runs: str, look: ParagraphLook) -> str:
        """A paragraph of runs; nothing without any."""
        return paragraph_xml(runs, look) if runs else ""

    def bookmark(self, name: str, runs: str) -> str:
        self.bookmarks += 1
        return bookmark_xml(name, self.bookmarks, runs)

    def place(self, target: str, runs: str) -> str:
        return self.bookmark(self.places[target], runs) if target in self.places else runs

    def link(self, address: str, runs: str) -> str:
        if address.startswith("#"):
            name = self.places.get(address.removeprefix("#"))
            return f'<w:hyperlink w:anchor="{name}" w:history="1">{runs}</w:hyperlink>' if name else runs
        if not address.startswith(LINKS):
            return runs
        return f'<w:hyperlink r:id="{self.joined.link(address)}" w:history="1">{runs}</w:hyperlink>'

    def cell(self, seen: Observation, runs: str) -> str:
        self.cells.append(value_key(seen))
        return self.bookmark(f"{OF_CELL}{len(self.cells)}", runs)

    def place_in(self, target: str, runs: str, look: ParagraphLook) -> str:
        return paragraph_xml(self.place(target, runs), look)

    def caption(self, label: str, number: int, target: str, headline: Text | None, caption: str, unit: str) -> str:
        """The caption over a figure or table, with its unit. Its number is that of a field that Word counts, which is
        told to begin with ours."""
        before, sign, after = label.partition(str(number))
        kind = "Figure" if target.startswith("figure-") else "Table"
        look = RunLook("CaptionLabel", language=self.tag(language_of(label)))
        counted = field_xml(f"SEQ {kind} \\* ARABIC \\r {number}", sign, look) if sign else ""
        shown = (run_xml(before, look) if before else "") + counted + (run_xml(after, look) if after else "")
        named = self.place(target, shown) + self.words("\u2002")
        if headline:
            words, below = self.headline(headline), [altered(caption, as_sentence), unit]
        else:
            words, below = self.words(caption), [unit]
        runs = self.words(" ").join(self.words(each) for each in below if each)
        head = paragraph_xml(named + words, ParagraphLook("Caption", kept=True))
        return head + self.paragraph(runs, ParagraphLook("Unit", kept=True))

    def across(self, content: str) -> str:
        return f"{LYING}{content}{UPRIGHT}"

    def picture(self, name: str) -> tuple[str, int, tuple[float, float]]:
        """A drawing: its relation, its number in the file, its size."""
        self.drawings += 1
        relation, size = self.joined.picture(name)
        return relation, self.drawings, size

    def text(self, text: Text, look: ParagraphLook = PLAIN, run: RunLook = AS_STYLED) -> str:
        made = []
        numbers: dict[int, int] = {}
        for paragraph in paragraphs_of(text.html):
            shown = self._listed(paragraph, look, numbers)
            bold = replace(run, bold=run.bold or paragraph.head)
            made.append(paragraph_xml(self.anchored(paragraph, text.language, bold), shown))
        return "".join(made)

    def headline(self, text: Text, look: RunLook = AS_STYLED) -> str:
        return " ".join(self.anchored(each, text.language, look) for each in paragraphs_of(text.html))

    def anchored(self, paragraph: WordParagraph, language: str, look: RunLook) -> str:
        known = next(self.anchors)
        values, begun, made = iter(known.values), set[ValuePlace](), list[str]()
        for place, group in groupby(paragraph.pieces, lambda piece: piece.value):
            pieces = list(group)
            # The numbers of two notes beside each other would be read as one.
            looks = (
                replace(look, spaced=APART if piece.note and after and after.note else 0)
                for piece, after in zip_longest(pieces, pieces[1:])
            )
            runs = "".join(self.piece(piece, language, each) for piece, each in zip(pieces, looks, strict=True))
            # A value in which a note is called goes on behind it; its bookmark ends there.
            value = next(values, None) if place and place not in begun else None
            begun |= {place} if place else set()
            made.append(self.bookmark(value.bookmark, runs) if value else runs)
        return self.bookmark(known.bookmark, "".join(made))

    def piece(self, piece: WordPiece, language: str, look: RunLook) -> str:
        said = piece.language or language
        if piece.note:
            return self._call(piece, said, look.spaced)
        shown = replace(
            look,
            style="Hyperlink" if piece.address.startswith(LINKS) else look.style,
            bold=look.bold or piece.bold,
            italic=look.italic or piece.italic,
            raised=piece.raised,
            colour=self.colour("accent") if piece.address.startswith("#") else look.colour,
            language=self.tag(said),
        )
        return self.link(piece.address, run_xml(piece.text, shown))

    def _call(self, piece: WordPiece, language: str, spaced: int) -> str:
        """The call of a footnote. Of one that was called before it is a reference."""
        name = f"_note_{piece.note}"
        look = replace(CALLED, language=self.tag(language), spaced=spaced)
        if not piece.text:
            return field_xml(f"NOTEREF {name} \\h", str(piece.note), look)
        number = len(self.notes) + 1
        # Word counts for itself; a note that it would give another number has its own as a sign.
        counted = piece.note == self.numbered_notes + 1
        self.numbered_notes += counted
        sign = "" if counted else f"<w:t>{piece.note}</w:t>"
        custom = "" if counted else ' w:customMarkFollows="1"'
        own = "<w:footnoteRef/>" if counted else sign
        words = self.words(f"\u00a0{piece.text}", language=language)
        first = f"<w:r>{look_xml(look)}{own}</w:r>"
        note = paragraph_xml(first + words, ParagraphLook("FootnoteText"))
        self.notes.append(f'<w:footnote w:id="{number}">{note}</w:footnote>')
        reference = f'<w:r>{look_xml(look)}<w:footnoteReference{custom} w:id="{number}"/>{sign}</w:r>'
        return self.bookmark(name, reference)

    def _listed(self, paragraph: WordParagraph, look: ParagraphLook, numbers: dict[int, int]) -> ParagraphLook:
        """How a paragraph of running text looks. It is an item of a list, a quotation or plain."""
        if not paragraph.depth:
            return replace(look, style="Quote") if paragraph.quoted else look
        if not paragraph.marked:
            return replace(look, style="ListContinue", left=INDENT * paragraph.depth)
        if not paragraph.item:
            return replace(look, style="ListBullet", number=DOTTED, level=paragraph.depth - 1)
        if paragraph.listed not in numbers:
            self.starts.append(paragraph.item)
            numbers[paragraph.listed] = FIRST_NUMBERED + len(self.starts) - 1
        return replace(look, style="ListNumber", number=numbers[paragraph.listed], level=paragraph.depth - 1)


def _targets(document: Document) -> Iterator[str]:
    for section in document.walk():
        yield f"section-{section.code}"
        for block in section.blocks:
            if isinstance(block, Ranking):
                yield f"table-{block.table.code}"
            if isinstance(block, Table):
                yield f"table-{block.code}"
            elif isinstance(block, Proposals):
                yield from (f"section-{row.code}" for row in block.rows)
            elif isinstance(block, Remarks):
                yield from (anchor(each.number) for each in block.remarks)
            elif isinstance(block, Figure):
                yield f"figure-{block.code}"
