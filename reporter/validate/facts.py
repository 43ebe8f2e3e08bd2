"""Read a finished PDF into plain values. None of the code that wrote it is used, so that its errors show."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from reporter.marked import texts
from reporter.validate.failure import UnreadableError
from reporter.validate.opening import AGAIN, DAMAGED, require_pdf

MARK = re.compile(rb"/MCID\s+(\d+)")
Spot = tuple[int, int]  # page, counted from 0, and number of the marked content on it


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A piece of marked content in a tag, and its text."""

    spot: Spot
    text: str


@dataclass(frozen=True, slots=True)
class Area:
    """The active area of a link: its words, target and tag. `owner` is the number of the tag that the parent tree gives
    it (ISO 32000-1 14.7.4.4); 0 when there is none."""

    words: str
    target: str
    owner: int


@dataclass(frozen=True, slots=True)
class PdfTag:
    """A tag of the tree (ISO 32000-1 14.7.2). `number` is that of its object, `page` where it begins, from 0, `frame`
    the box of a figure in points."""

    role: str
    number: int
    page: int
    kids: "tuple[PdfTag | TaggedText | Area, ...]"
    alt: str
    language: str
    identity: str
    scope: str
    headers: tuple[str, ...]
    frame: tuple[float, ...]

    def walk(self) -> "Iterator[PdfTag]":
        """Yield this tag and every tag below, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, PdfTag):
                yield from kid.walk()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: its words, and whether it leads to a page."""

    words: str
    leads: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """A finished PDF as plain values, for the second checker. `marked` is the marked content of all pages, `strays`
    that in what the pages draw as a whole, where no tag finds it; `owners` is the parent tree: the number of the tag by
    piece of content. `identities` are the names in the tree of identifiers, `sizes` are width and height of each page
    in points, `labels` tells whether page 1 has a label."""

    tree: PdfTag
    marked: frozenset[Spot]
    strays: frozenset[Spot]
    owners: Mapping[Spot, int]
    identities: frozenset[str]
    sizes: tuple[tuple[float, float], ...]
    bookmarks: tuple[Bookmark, ...]
    labels: bool


def read_facts(path: Path) -> Facts:
    """Read the tags and contents of a PDF. Raises UnreadableError for one that has no tags, and for what is no PDF."""
    require_pdf(path)
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return _facts(pdf)
    except (AttributeError, KeyError):
        raise UnreadableError("the file has no tree of tags", hint="make it as a tagged PDF") from None
    except (IndexError, RecursionError, TypeError, ValueError, pikepdf.PdfError):
        # What pikepdf gives of objects that are not what they should be.
        raise UnreadableError(DAMAGED, hint=AGAIN) from None


def _facts(pdf: pikepdf.Pdf) -> Facts:
    fonts: dict[tuple[int, int], Mapping[int, str]] = {}
    words = {(n, mark): text for n, page in enumerate(pdf.pages) for mark, text in texts(page, fonts).items()}
    root = pdf.Root.StructTreeRoot
    parents = dict(_numbers(root.ParentTree))
    owners: dict[Spot, int] = {}
    for number, page in enumerate(pdf.pages):
        row = parents.get(int(page.obj.get(Name.StructParents, -1)), ())
        owners |= {(number, mark): tag.objgen[0] for mark, tag in enumerate(row) if isinstance(tag, Dictionary)}
    names = list(root.get(Name.IDTree, Dictionary()).get(Name.Names, Array()))
    reader = _FactReader({page.obj.objgen: n for n, page in enumerate(pdf.pages)}, words, parents)
    return Facts(
        tree=reader.tag(root.K[0] if isinstance(root.K, Array) else root.K, 0),
        marked=frozenset(words),
        strays=frozenset(_strays(pdf)),
        owners=owners,
        identities=frozenset(str(each) for each in names[::2]),
        sizes=tuple((float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages),
        bookmarks=tuple(_bookmarks(pdf)),
        labels=any(key == 0 for key, _ in _numbers(pdf.Root.get(Name.PageLabels, Dictionary()))),
    )


def _strays(pdf: pikepdf.Pdf) -> Iterator[Spot]:
    """Yield the marked content of forms. Each comes with the first page that has the form (ISO 32000-1 8.10)."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages):
        for each in page.obj.get(Name.Resources, Dictionary()).get(Name.XObject, Dictionary()).values():
            if each.objgen not in seen and each.get(Name.Subtype) == Name.Form:
                yield from ((number, int(mark)) for mark in MARK.findall(each.read_bytes()))
            seen.add(each.objgen)


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[Bookmark]:
    pages = {page.obj.objgen for page in pdf.pages}
    waiting = [pdf.Root.get(Name.Outlines, Dictionary()).get(Name.First)]
    while waiting:
        each = waiting.pop()
        if each is not None:
            waiting += [each.get(Name.Next), each.get(Name.First)]
            target = each.get(Name.Dest, each.get(Name.A, Dictionary()).get(Name.D))
            yield Bookmark(str(each.get(Name.Title, "")), isinstance(target, Array) and target[0].objgen in pages)


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    flat = list(tree.get(Name.Nums, Array()))
    yield from ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))
    for kid in tree.get(Name.Kids, Array()):
        yield from _numbers(kid)


@dataclass(frozen=True, slots=True)
class _FactReader:
    """What tags are read with: pages, texts and the parent tree."""

    pages: Mapping[tuple[int, int], int]
    words: Mapping[Spot, str]
    parents: Mapping[int, Object]

    def tag(self, tag: Any, page: int) -> PdfTag:
        own = self.pages[tag.Pg.objgen] if Name.Pg in tag else page
        attributes = tag.get(Name.A, Dictionary())
        kids = tag.get(Name.K, Array())
        return PdfTag(
            role=str(tag.S)[1:],
            number=tag.objgen[0],
            page=own,
            kids=tuple(self._kid(kid, own) for kid in (kids if isinstance(kids, Array) else [kids])),
            alt=str(tag.get(Name.Alt, "")),
            language=str(tag.get(Name.Lang, "")),
            identity=str(tag.get(Name.ID, "")),
            scope=str(attributes.get(Name.Scope, ""))[1:],
            headers=tuple(str(each) for each in attributes.get(Name.Headers, ())),
            frame=tuple(float(each) for each in attributes.get(Name.BBox, ())),
        )

    def _kid(self, kid: Any, page: int) -> PdfTag | TaggedText | Area:
        if isinstance(kid, int):
            return TaggedText((page, kid), self.words.get((page, kid), ""))
        if kid.get(Name.Type) == Name.OBJR:
            return self._area(kid.Obj)
        if Name.MCID in kid:
            spot = (self.pages[kid.Pg.objgen], int(kid.MCID))
            return TaggedText(spot, self.words.get(spot, ""))
        return self.tag(kid, page)

    def _area(self, area: Object) -> Area:
        action = area.get(Name.A, Dictionary())
        owner = self.parents.get(int(area.get(Name.StructParent, -1)))
        target = str(area.get(Name.Dest, action.get(Name.URI, "")))
        return Area(str(area.get(Name.Contents, "")), target, owner.objgen[0] if owner is not None else 0)
