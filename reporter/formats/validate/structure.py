"""Checks of the tags of a PDF that veraPDF does not make and screen readers need. The name of a check is the name of
its rule; it yields what is wrong and where. Marked content is read as a screen reader would (ISO 32000-1 14.6)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from struct import Struct
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, parse_content_stream

from reporter.data.errors import ReporterError
from reporter.data.files.file_type import PACKAGE, PDF, kind_of


class UnreadableError(ReporterError):
    """A file that a checker cannot read: no PDF, damaged, encrypted or without tags."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule (of a `checker`) that a file breaks, how often and where first; `message` is the rule or the defect."""

    checker: str
    rule: str
    count: int
    message: str
    place: str = ""

    def __str__(self) -> str:
        text = f"{self.checker} {self.rule}: {self.message}" + (f" ({self.count} times)" if self.count > 1 else "")
        return f"{text}\n  first at: {self.place}" if self.place else text


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a checker found in a file by one profile with a number of `rules`."""

    checker: str
    version: str
    profile: str
    rules: int
    failures: tuple[Failure, ...] = ()

    def plain(self) -> dict[str, str | int]:
        failed = len({failure.rule for failure in self.failures})
        values: dict[str, str | int] = {"checker": self.checker, "version": self.version, "profile": self.profile}
        return values | {"rules": self.rules, "passed": self.rules - failed, "failed": failed}


DAMAGED, AGAIN = "the file is damaged", "make or copy it again"


def require_pdf(path: Path) -> None:
    """Raise UnreadableError, with what the file is, unless it is a complete PDF without password."""
    kind = kind_of(path.read_bytes())
    if kind != PDF:
        hint = f"run: reporter verify {path}" if kind == PACKAGE else "name a PDF, such as those under build/"
        raise UnreadableError(f"this is not a PDF but {kind}", hint=hint)
    try:
        # Recovery would find a PDF in any file that contains parts of one.
        with pikepdf.open(path, suppress_warnings=True, attempt_recovery=False):
            return
    except pikepdf.PasswordError:
        raise UnreadableError("the file is locked by a password", hint="save it without one") from None
    except pikepdf.PdfError:
        raise UnreadableError(DAMAGED, hint=AGAIN) from None


OPERATORS = "q Q BDC BMC EMC Tf Tj TJ ' \" Do"
# The pairs of a ToUnicode CMap (ISO 32000-1 9.10.3).
MAPPED = re.compile(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
CODE = Struct(">H")
# Created once, because creating a name takes longer than looking it up.
NUMBER = Name.MCID
DEEPEST = 8
Glyphs = Mapping[int, str]
Fonts = dict[tuple[int, int], Glyphs]
# A text that a page draws, and the number of its marked content (MCID), or None.
ShownText = tuple[int | None, str]


def texts(page: Page, fonts: Fonts) -> dict[int, str]:
    """Read the text of each piece of marked content of a page by number (MCID); `fonts` caches fonts across pages."""
    texts_by_number: dict[int, list[str]] = {}
    for number, text in shown_texts(page, fonts):
        if number is not None:
            texts_by_number.setdefault(number, []).append(text)
    return {number: "".join(letters) for number, letters in texts_by_number.items()}


def shown_texts(page: Page, fonts: Fonts, *, within: bool = False) -> Iterator[ShownText]:
    """Read all texts of a page in drawing order. A piece of marked content starts with its replacement text, mostly
    none. With `within`, texts of its forms too (ISO 32000-1 8.10), which belong to what they are drawn in."""
    yield from _Content(fonts, within=within).read(page, page.obj, None, 0)


class _Content:
    """Reads the texts of a page and of the forms in it."""

    def __init__(self, fonts: Fonts, *, within: bool) -> None:
        self.fonts = fonts
        self.within = within

    def read(self, stream: Any, holder: Object, outer: int | None, depth: int) -> Iterator[ShownText]:
        """The texts of a stream; its `holder` has the resources."""
        resources = holder.get(Name.Resources, Dictionary())
        page_fonts = resources.get(Name.Font, Dictionary())
        # For each open mark the number of the innermost piece that has one.
        open_marks: list[int | None] = []
        font: Any = None
        saved_fonts: list[Any] = []
        for instruction in parse_content_stream(stream, OPERATORS):
            operands = instruction.operands
            number = open_marks[-1] if open_marks else outer
            match str(instruction.operator):
                case "BDC" | "BMC":
                    # Its properties: ISO 32000-1, 14.6.2.
                    properties: Any = operands[1] if len(operands) == 2 and isinstance(operands[1], Dictionary) else {}
                    open_marks.append(int(properties[NUMBER]) if NUMBER in properties and not depth else number)
                    # The replacement text of the piece: ISO 32000-1, 14.9.4.
                    yield open_marks[-1], str(properties.get(Name.ActualText, ""))
                case "EMC":
                    open_marks.pop()
                case "q":
                    saved_fonts.append(font)
                case "Q":
                    font = saved_fonts.pop()
                case "Tf":
                    font = operands[0]
                case "Do":
                    form = resources.get(Name.XObject, Dictionary()).get(str(operands[0]))
                    if self.within and depth < DEEPEST and form is not None and form.get(Name.Subtype) == Name.Form:
                        yield from self.read(form, form, number, depth + 1)
                case _:
                    operand, glyphs = operands[-1], _glyphs(page_fonts[str(font)], self.fonts)
                    texts = operand if isinstance(operand, Array) else [operand]
                    parts = [bytes(part) for part in texts if isinstance(part, Object)]
                    # Two bytes are a letter; half a letter at the end is ignored.
                    codes = b"".join(part[: len(part) & ~1] for part in parts)
                    yield number, "".join([glyphs.get(code, "\ufffd") for (code,) in CODE.iter_unpack(codes)])


def _glyphs(font: Object, fonts: Fonts) -> Glyphs:
    if font.objgen not in fonts:
        mapping = font.get(Name.ToUnicode)
        pairs = MAPPED.findall(mapping.read_bytes().decode("latin-1") if mapping is not None else "")
        fonts[font.objgen] = {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}
    return fonts[font.objgen]


MARK = re.compile(rb"/MCID\s+(\d+)")
Spot = tuple[int, int]  # page, counted from 0, and number of the marked content on it


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A piece of marked content in a tag, and its text."""

    spot: Spot
    text: str


@dataclass(frozen=True, slots=True)
class Area:
    """The active area of a link; `owner` is its tag's number in the parent tree (ISO 32000-1 14.7.4.4), else 0."""

    words: str
    target: str
    owner: int


@dataclass(frozen=True, slots=True)
class PdfTag:
    """A tag (ISO 32000-1 14.7.2): `number` of its object, `page` of its start from 0, `frame` of a figure in points."""

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
        yield self
        for kid in self.kids:
            if isinstance(kid, PdfTag):
                yield from kid.walk()


@dataclass(frozen=True, slots=True)
class Facts:
    """A finished PDF as plain values: `marked` content of all pages, `strays` in forms, where no tag finds it;
    `owners`, the parent tree (tag by content); `identities` of the tree of identifiers, page `sizes` in points,
    `bookmarks` and whether they lead to a page, `labels` if page 1 has one."""

    tree: PdfTag
    marked: frozenset[Spot]
    strays: frozenset[Spot]
    owners: Mapping[Spot, int]
    identities: frozenset[str]
    sizes: tuple[tuple[float, float], ...]
    bookmarks: tuple[tuple[str, bool], ...]
    labels: bool
    language: str


def read_facts(path: Path) -> Facts:
    """Read the tags and contents of a PDF. Raises UnreadableError for one without tags, and for what is no PDF."""
    require_pdf(path)
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            return _facts(pdf)
    except (AttributeError, KeyError):
        raise UnreadableError("the file has no tag tree", hint="make it as a tagged PDF") from None
    except (IndexError, RecursionError, TypeError, ValueError, pikepdf.PdfError):
        # What pikepdf raises for malformed objects.
        raise UnreadableError(DAMAGED, hint=AGAIN) from None


def _facts(pdf: pikepdf.Pdf) -> Facts:
    fonts: dict[tuple[int, int], Mapping[int, str]] = {}
    words = {(n, mark): text for n, page in enumerate(pdf.pages) for mark, text in texts(page, fonts).items()}
    root = pdf.Root.StructTreeRoot
    parents = dict(_numbers(root.ParentTree))
    names = list(root.get(Name.IDTree, Dictionary()).get(Name.Names, Array()))
    pages = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}

    def read_tag(tag: Any, page: int) -> PdfTag:
        own = pages[tag.Pg.objgen] if Name.Pg in tag else page
        attributes = tag.get(Name.A, Dictionary())
        kids = tag.get(Name.K, Array())
        return PdfTag(
            role=str(tag.S)[1:],
            number=tag.objgen[0],
            page=own,
            kids=tuple(read_kid(kid, own) for kid in (kids if isinstance(kids, Array) else [kids])),
            alt=str(tag.get(Name.Alt, "")),
            language=str(tag.get(Name.Lang, "")),
            identity=str(tag.get(Name.ID, "")),
            scope=str(attributes.get(Name.Scope, ""))[1:],
            headers=tuple(str(header) for header in attributes.get(Name.Headers, ())),
            frame=tuple(float(edge) for edge in attributes.get(Name.BBox, ())),
        )

    def read_kid(kid: Any, page: int) -> PdfTag | TaggedText | Area:
        if isinstance(kid, int):
            return TaggedText((page, kid), words.get((page, kid), ""))
        if kid.get(Name.Type) == Name.OBJR:
            area = kid.Obj
            owner = parents.get(int(area.get(Name.StructParent, -1)))
            target = str(area.get(Name.Dest, area.get(Name.A, Dictionary()).get(Name.URI, "")))
            return Area(str(area.get(Name.Contents, "")), target, owner.objgen[0] if owner is not None else 0)
        if Name.MCID in kid:
            spot = (pages[kid.Pg.objgen], int(kid.MCID))
            return TaggedText(spot, words.get(spot, ""))
        return read_tag(kid, page)

    return Facts(
        tree=read_tag(root.K[0] if isinstance(root.K, Array) else root.K, 0),
        marked=frozenset(words),
        strays=frozenset(_strays(pdf)),
        owners=_owners(pdf, parents),
        identities=frozenset(str(name) for name in names[::2]),
        sizes=tuple((float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages),
        bookmarks=tuple(_bookmarks(pdf)),
        labels=any(key == 0 for key, _ in _numbers(pdf.Root.get(Name.PageLabels, Dictionary()))),
        language=str(pdf.Root.get(Name.Lang, "")),
    )


def _owners(pdf: pikepdf.Pdf, parents: Mapping[int, Any]) -> dict[Spot, int]:
    return {
        (number, mark): tag.objgen[0]
        for number, page in enumerate(pdf.pages)
        for mark, tag in enumerate(parents.get(int(page.obj.get(Name.StructParents, -1)), ()))
        if isinstance(tag, Dictionary)
    }


def _strays(pdf: pikepdf.Pdf) -> Iterator[Spot]:
    """Yield the marked content of forms, with the first page that has the form (ISO 32000-1 8.10)."""
    visited: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages):
        for xobject in page.obj.get(Name.Resources, Dictionary()).get(Name.XObject, Dictionary()).values():
            if xobject.objgen not in visited and xobject.get(Name.Subtype) == Name.Form:
                yield from ((number, int(mark)) for mark in MARK.findall(xobject.read_bytes()))
            visited.add(xobject.objgen)


def _bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bool]]:
    pages = {page.obj.objgen for page in pdf.pages}
    waiting = [pdf.Root.get(Name.Outlines, Dictionary()).get(Name.First)]
    while waiting:
        bookmark = waiting.pop()
        if bookmark is not None:
            waiting += [bookmark.get(Name.Next), bookmark.get(Name.First)]
            target = bookmark.get(Name.Dest, bookmark.get(Name.A, Dictionary()).get(Name.D))
            yield str(bookmark.get(Name.Title, "")), isinstance(target, Array) and target[0].objgen in pages


def _numbers(tree: Object) -> Iterator[tuple[int, Object]]:
    flat = list(tree.get(Name.Nums, Array()))
    yield from ((int(key), value) for key, value in zip(flat[::2], flat[1::2], strict=True))
    for kid in tree.get(Name.Kids, Array()):
        yield from _numbers(kid)


Broken = tuple[str, str]  # what is wrong, and where
HEADING = re.compile(r"H[1-6]")
SLACK = 1.0  # points by which rounding may put a figure over the edge of its page


def owned_content(facts: Facts) -> Iterator[Broken]:
    """Marked content belongs to a tag, tags contain nothing else; repeated content is an artifact (ISO 14289-1 7.1)."""
    owned = {kid.spot for tag in facts.tree.walk() for kid in tag.kids if isinstance(kid, TaggedText)}
    for page, number in sorted((facts.marked - owned) | facts.strays):
        yield "marked content belongs to no tag", f"page {page + 1}, content {number}"
    for page, number in sorted(owned - facts.marked):
        yield "a tag has content that does not exist", f"page {page + 1}, content {number}"


def parent_tree(facts: Facts) -> Iterator[Broken]:
    """Content and links lead back to their tag, and nothing else in the parent tree does (ISO 32000-1 14.7.4.4)."""
    tagged_spots = {kid.spot for tag in facts.tree.walk() for kid in tag.kids if isinstance(kid, TaggedText)}
    for page, number in sorted(facts.owners.keys() - tagged_spots):
        yield "the parent tree names a tag for content that it does not contain", f"page {page + 1}, content {number}"
    for tag in facts.tree.walk():
        for kid in tag.kids:
            if isinstance(kid, TaggedText) and facts.owners.get(kid.spot) != tag.number:
                yield "the parent tree names a tag other than the one that contains the content", _place(tag)
            elif isinstance(kid, Area) and kid.owner != tag.number:
                yield "the parent tree names a tag other than the one that contains the link", _place(tag)


def header_scope(facts: Facts) -> Iterator[Broken]:
    """A table header says whether it heads a row or column (ISO 14289-1 7.5)."""
    for tag in facts.tree.walk():
        if tag.role == "TH" and not tag.scope:
            yield "a header of a table has no scope", _place(tag)


def table_caption(facts: Facts) -> Iterator[Broken]:
    """A table has a caption; a part of a table that was cut at the end of a page has none."""
    for tag in facts.tree.walk():
        if tag.role == "Table" and not any(isinstance(kid, PdfTag) and kid.role == "Caption" for kid in tag.kids):
            yield "a table has no caption", _place(tag)


def heading_order(facts: Facts) -> Iterator[Broken]:
    """Headings start at the first level and skip none (ISO 14289-1 7.4.2)."""
    before = 0
    for tag in facts.tree.walk():
        if HEADING.fullmatch(tag.role):
            level = int(tag.role[1])
            if level > before + 1:
                yield f"a heading of level {level} follows one of level {before}", _place(tag)
            before = level


def bookmarks(facts: Facts) -> Iterator[Broken]:
    """The file has bookmarks, each with a name and a page (ISO 14289-1 7.17)."""
    if not facts.bookmarks:
        yield "the file has no bookmarks", ""
    for number, (words, leads) in enumerate(facts.bookmarks, 1):
        if not words.strip():
            yield "a bookmark has no name", f"bookmark {number}"
        if not leads:
            yield "a bookmark leads to no page", f"bookmark {number}, {words[:40]!r}"


def page_labels(facts: Facts) -> Iterator[Broken]:
    """The pages have labels (ISO 14289-1 7.17)."""
    if not facts.labels:
        yield "the pages have no labels", ""


def figure_frame(facts: Facts) -> Iterator[Broken]:
    """A figure has a description, and its box is on its page (ISO 14289-1 7.3)."""
    for tag in facts.tree.walk():
        if tag.role == "Figure":
            page = next((kid.spot[0] for kid in tag.kids if isinstance(kid, TaggedText)), tag.page)
            if not tag.alt.strip():
                yield "a figure has no description", _place(tag)
            if not tag.frame or not _lies_on(tag.frame, facts.sizes[page]):
                yield "the box of a figure is not on its page", _place(tag)


def identifiers(facts: Facts) -> Iterator[Broken]:
    """Identifiers of tags are unique and in the tree of identifiers (ISO 32000-1 14.7.2); named headers exist."""
    names = [tag.identity for tag in facts.tree.walk() if tag.identity]
    yield from (("an identifier is given twice", double) for double in sorted({x for x in names if names.count(x) > 1}))
    for name in sorted(set(names) ^ facts.identities):
        yield "a tag and the tree of identifiers do not agree", name
    for tag in facts.tree.walk():
        for name in tag.headers:
            if name not in facts.identities:
                yield f"a cell names a header that does not exist: {name}", _place(tag)


def link_words(facts: Facts) -> Iterator[Broken]:
    """A link is in a link tag and says in words where it leads; addresses only if visible (ISO 14289-1 7.18.5)."""
    for tag in facts.tree.walk():
        text = "".join(kid.text for kid in tag.kids if isinstance(kid, TaggedText))
        for area in tag.kids:
            if not isinstance(area, Area):
                continue
            if not area.words.strip() or (area.words.lstrip("#") == area.target and area.words != text):
                yield f"a link has no words of its own: {area.target}", _place(tag)
            if tag.role != "Link":
                yield f"a link is in a tag {tag.role}", _place(tag)


def _lies_on(frame: tuple[float, ...], size: tuple[float, float]) -> bool:
    left, bottom, right, top = frame
    width, height = size
    inside = -SLACK <= left < right <= width + SLACK
    return inside and -SLACK <= bottom < top <= height + SLACK


def _place(tag: PdfTag) -> str:
    text = next((kid.text for part in tag.walk() for kid in part.kids if isinstance(kid, TaggedText) and kid.text), "")
    return f"page {tag.page + 1}, {tag.role}" + (f" {text[:40]!r}" if text else "")


CHECKS = (
    owned_content, parent_tree, header_scope, table_caption, heading_order, bookmarks, page_labels, figure_frame,
    identifiers, link_words,
)  # fmt: skip
