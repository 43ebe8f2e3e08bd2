"""Read the text of a PDF by its tags."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

from reporter.marked import Fonts, shown_texts
from reporter.roundtrip.read_pdf import limited_stream, opened
from reporter.roundtrip.stated import MalformedFileError

# Tags within a line; each other tag begins a passage of its own.
INLINE = frozenset(("/Span", "/Link", "/Reference", "/Lbl", "/Em", "/Strong", "/Quote", "/Code", "/Sub", "/Annot"))
HEADINGS = frozenset(("/H", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"))
CELLS, CAPTION, CONTENTS, NOTE = frozenset(("/TH", "/TD")), "/Caption", "/TOC", "/Note"
TABULAR = CELLS | {CAPTION}
FIGURE = "/Figure"
# What says of a passage within it what it is.
KINDS = HEADINGS | TABULAR | {CONTENTS, NOTE, FIGURE}
# Between pieces of a passage: at the end of a line, or where the typeface changes.
JOINT = "\x1f"
# Made once, because making a name takes ten times as long as looking it up.
ROLE, KIDS, PAGE, NUMBER = Name.S, Name.K, Name.Pg, Name.MCID
Spot = tuple[int, int]


class SaidPassage(NamedTuple):
    """A paragraph, heading or cell, or what a figure says. `page` is counted from 1, 0 where there is none. `role` is
    the tag; table and row are numbers."""

    text: str
    page: int
    role: str
    table: int
    row: int


class PdfText(NamedTuple):
    """All that a PDF says. `passages` are in reading order; `outside` are the texts of pages that no tag has, with
    their page."""

    passages: tuple[SaidPassage, ...]
    outside: tuple[tuple[int, str], ...]


def read_tagged(content: bytes) -> PdfText:
    """Read the passages of a PDF. Raises MalformedFileError for what is no PDF with tags, shows what its tags do not
    have, or would fill the memory."""
    with opened(content, "PDF with tags") as pdf:
        said: dict[Spot, str] = {}
        outside: list[tuple[int, str]] = []
        fonts: Fonts = {}
        for number, page in enumerate(pdf.pages):
            for marked, text in _shown(page, number, fonts):
                if marked is None:
                    outside.append((number + 1, text))
                else:
                    said[number, marked] = said.get((number, marked), "") + text
        reader = _TagReader({page.obj.objgen: number for number, page in enumerate(pdf.pages)}, said)
        root = pdf.Root.StructTreeRoot.K
        for tag in root if isinstance(root, Array) else [root]:
            reader.read(tag, 0)
        outside += ((spot[0] + 1, said[spot]) for spot in said if spot not in reader.used)
    return PdfText(tuple(reader.gathered.passages()), tuple(each for each in outside if each[1].strip()))


def _shown(page: pikepdf.Page, number: int, fonts: Fonts) -> Iterator[tuple[int | None, str]]:
    """The texts of a page, each with the number of its piece. Raises MalformedFileError if it inflates without
    limit."""
    try:
        _check(page)
        yield from shown_texts(page, fonts, within=True)
    except pikepdf.PdfError as problem:
        raise MalformedFileError(f"page {number + 1} cannot be read: {problem}") from None


def _check(page: pikepdf.Page) -> None:
    contents = page.obj.get(Name.Contents, Array())
    resources = page.obj.get(Name.Resources, Dictionary())
    fonts = resources.get(Name.Font, Dictionary())
    words = [font[Name.ToUnicode] for _, font in fonts.items() if Name.ToUnicode in font]
    forms = [
        each for _, each in resources.get(Name.XObject, Dictionary()).items() if each.get(Name.Subtype) == Name.Form
    ]
    for stream in (*(contents if isinstance(contents, Array) else [contents]), *words, *forms):
        limited_stream(stream)


class Gathered:
    """SaidPassages, gathered piece by piece. What a note says within a passage stands after it."""

    def __init__(self) -> None:
        self.rows = self.tables = 0
        self._found: list[_Open] = []
        self.begin("/P", 0)

    def begin(self, role: str, page: int) -> None:
        table, row = (self.tables, self.rows if role in CELLS else 0) if role in TABULAR else (0, 0)
        self._current = _Open(page=page, role=role, table=table, row=row)
        self._found.append(self._current)

    def add(self, text: str, page: int) -> None:
        if not self._current.pieces:
            self._current.page = page
        self._current.pieces.append(text)

    @contextmanager
    def within(self, role: str, outer: str, page: int) -> Iterator[None]:
        """The passages within a tag; a cell has at least one."""
        before, place = self._current, len(self._found)
        self.begin(role, page)
        yield
        if role in CELLS and outer not in CELLS and not any(each.text for each in self._found[place:]):
            self._found[place].is_kept = True
        if role == NOTE and outer != NOTE:
            self._current = before
        else:
            self.begin(outer or "/P", page)

    def passages(self) -> Iterator[SaidPassage]:
        for each in self._found:
            if each.text or each.is_kept:
                yield SaidPassage(text=each.text, page=each.page, role=each.role, table=each.table, row=each.row)


@dataclass(slots=True)
class _Open:
    """A passage that is being read."""

    page: int
    role: str
    table: int
    row: int
    pieces: list[str] = field(default_factory=list)
    is_kept: bool = False

    @property
    def text(self) -> str:
        return JOINT.join(self.pieces).strip(f"{JOINT} \n\t")


class _TagReader:
    """Goes through the tags and gathers passages."""

    def __init__(self, pages: Mapping[tuple[int, int], int], said: Mapping[Spot, str]) -> None:
        self.pages = pages
        self.said = said
        self.used: set[Spot] = set()
        self.gathered = Gathered()

    def read(self, tag: Any, page: int, around: str = "") -> None:
        """Add the passages of a tag. `around` is the innermost role that says what they are."""
        role = str(tag[ROLE])
        own = self.pages[tag[PAGE].objgen] if PAGE in tag else page
        inner = role if role in KINDS and not ((role in HEADINGS or role == CAPTION) and around) else around
        self.gathered.tables += role == "/Table"
        self.gathered.rows += role == "/TR"
        with nullcontext() if role in INLINE else self.gathered.within(inner or role, around, own + 1):
            if Name.Alt in tag:
                self.gathered.add(str(tag[Name.Alt]), own + 1)
                self.gathered.begin(FIGURE, own + 1)
            kids = tag.get(KIDS, ())
            for kid in kids if isinstance(kids, Array) else [kids]:
                if isinstance(kid, Dictionary) and ROLE in kid:
                    self.read(kid, own, inner)
                elif isinstance(kid, int) or NUMBER in kid:
                    self._say(kid, own)

    def _say(self, kid: Any, page: int) -> None:
        own = page if isinstance(kid, int) or PAGE not in kid else self.pages[kid[PAGE].objgen]
        spot = (own, int(kid if isinstance(kid, int) else kid[NUMBER]))
        if spot in self.used:
            raise MalformedFileError(f"page {own + 1} has a text that is read twice")
        self.used.add(spot)
        self.gathered.add(self.said.get(spot, ""), own + 1)
