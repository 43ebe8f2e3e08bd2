"""The table of all figures as a page of HTML or a PDF prints it, read back into rows of text."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from reporter.marked import texts
from reporter.roundtrip.figures import UnreadableError

PLACE = "table-time_table"
BEGIN, END = f'id="{PLACE}"', "</table>"
MOST_TABLE = 8 << 20
OBSERVATIONS = re.compile(r"(?!.*-figure-).*-observations\.csv")
# The tags that a table can lie in; nothing else is looked into.
AROUND = frozenset(("/Document", "/Part", "/Art", "/Sect", "/Div", "/NonStruct"))
GROUPS = frozenset(("/THead", "/TBody", "/TFoot"))
# Made once: to make a name takes ten times as long as to look it up.
ROLE, KIDS, PAGE, NUMBER = Name.S, Name.K, Name.Pg, Name.MCID
Rows = list[list[str]]


def read_page(pieces: Iterable[bytes]) -> Rows:
    """The rows of the table in a page that comes in pieces; raises UnreadableError when it is not there."""
    reader = _Table()
    reader.feed(_cut(pieces))
    reader.close()
    return reader.rows


def _cut(pieces: Iterable[bytes]) -> str:
    """The part of the page that holds the table; no more of it is kept."""
    begin, end, kept, inside = BEGIN.encode(), END.encode(), b"", False
    for piece in pieces:
        kept += piece
        if not inside and begin in kept:
            kept, inside = kept[kept.index(begin) :], True
        if inside and end in kept:
            return kept[len(begin) : kept.index(end)].partition(b">")[2].decode(errors="replace")
        if not inside:
            kept = kept[-len(begin) :]
        elif len(kept) > MOST_TABLE:
            break
    raise UnreadableError("has no table of all figures")


class _Table(HTMLParser):
    """Rows of cells; what is raised, flags and marks of notes, stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.inside = False
        self.raised = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append("")
            self.inside = True
        self.raised += tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("th", "td", "tr")
        self.raised -= tag == "sup"

    def handle_data(self, data: str) -> None:
        if self.inside and not self.raised:
            self.rows[-1][-1] += data


def read_pdf(path: Path) -> tuple[bytes | None, Rows]:
    """The file of observations within a PDF, None when there is none, and the rows of the table of all figures."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return _attached(pdf), _table(pdf)
    except (pikepdf.PdfError, AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError) as problem:
        raise UnreadableError(f"is no PDF with tags: {problem}") from None


def _attached(pdf: pikepdf.Pdf) -> bytes | None:
    for name, file in pdf.attachments.items():
        if OBSERVATIONS.fullmatch(name):
            return file.get_file().read_bytes()
    return None


def _table(pdf: pikepdf.Pdf) -> Rows:
    """The first table at or after the place to which the list of tables leads, whatever the language."""
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    first = _page_of(pdf, pages)
    for tag in _tables(_only(pdf.Root.StructTreeRoot.K)):
        page, _ = next(_spots(tag, pages, 0), (-1, 0))
        if page >= first:
            words = _Words(pdf, pages)
            return [[words.of(cell) for cell in _kids(row)] for row in _rows(tag)]
    raise UnreadableError("has no table of all figures")


def _page_of(pdf: pikepdf.Pdf, pages: dict[tuple[int, int], int]) -> int:
    names = pdf.Root.get(Name.Names, Dictionary()).get(Name.Dests)
    for name, place in _pairs(names) if names is not None else ():
        if str(name) == PLACE:
            target: Any = place.get(Name.D) if isinstance(place, Dictionary) else place
            return pages[target[0].objgen]
    raise UnreadableError("has no table of all figures")


def _pairs(tree: Object) -> Iterator[tuple[Object, Any]]:
    flat = list(tree.get(Name.Names, Array()))
    yield from zip(flat[::2], flat[1::2], strict=False)
    for kid in tree.get(Name.Kids, Array()):
        yield from _pairs(kid)


def _tables(tag: Any) -> Iterator[Any]:
    """The tables of a document in reading order."""
    for kid in _kids(tag):
        role = str(kid[ROLE])
        if role == "/Table":
            yield kid
        elif role in AROUND:
            yield from _tables(kid)


def _rows(tag: Any) -> Iterator[Any]:
    for kid in _kids(tag):
        role = str(kid[ROLE])
        if role == "/TR":
            yield kid
        elif role in GROUPS:
            yield from _rows(kid)


def _kids(tag: Any) -> list[Any]:
    """The tags within a tag."""
    return [kid for kid in _all(tag) if isinstance(kid, Dictionary) and ROLE in kid]


def _all(tag: Any) -> list[Any]:
    if KIDS not in tag:
        return []
    found = tag[KIDS]
    return list(found) if isinstance(found, Array) else [found]


def _only(kids: Any) -> Any:
    return kids[0] if isinstance(kids, Array) else kids


def _spots(tag: Any, pages: dict[tuple[int, int], int], page: int) -> Iterator[tuple[int, int]]:
    """Page and number of every piece of content in a tag, in reading order."""
    own = pages[tag[PAGE].objgen] if PAGE in tag else page
    for kid in _all(tag):
        if isinstance(kid, int):
            yield own, int(kid)
        elif ROLE in kid:
            yield from _spots(kid, pages, own)
        elif NUMBER in kid:
            yield (pages[kid[PAGE].objgen] if PAGE in kid else own), int(kid[NUMBER])


class _Words:
    """The text of content; a page is read when something on it is asked for."""

    def __init__(self, pdf: pikepdf.Pdf, pages: dict[tuple[int, int], int]) -> None:
        self.pdf = pdf
        self.pages = pages
        self.read: dict[int, dict[int, str]] = {}
        self.fonts: dict[tuple[int, int], Any] = {}

    def of(self, tag: Any) -> str:
        """The text of a tag."""
        return "".join(self._page(page).get(number, "") for page, number in _spots(tag, self.pages, 0))

    def _page(self, number: int) -> dict[int, str]:
        if number not in self.read:
            self.read[number] = {}
            with suppress(pikepdf.PdfError):
                self.read[number] = texts(self.pdf.pages[number], self.fonts)
        return self.read[number]
