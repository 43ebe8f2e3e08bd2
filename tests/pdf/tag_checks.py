"""A second checker of our PDFs: tags that screen readers need and veraPDF passes, and their text against the HTML.
The name of a check is the name of its rule; it yields what is wrong and where. Marked content is read as a screen
reader would (ISO 32000-1 14.6)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page

from reporter.data.i18n.locale import folded
from reporter.editions.audit.read_pdf import Fonts, shown_texts
from reporter.formats.validate.vera import AGAIN, DAMAGED, Failure, UnreadableError, require_pdf


def texts(page: Page, fonts: Fonts) -> dict[int, str]:
    """Read the text of each piece of marked content of a page by number (MCID); `fonts` caches fonts across pages."""
    texts_by_number: dict[int, list[str]] = {}
    for number, text in shown_texts(page, fonts):
        if number is not None:
            texts_by_number.setdefault(number, []).append(text)
    return {number: "".join(letters) for number, letters in texts_by_number.items()}


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


VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNSEEN = frozenset({"head", "style", "script", "title", "template"})
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
TAGS = {"table": "Table", "caption": "Caption", "figcaption": "Caption", "tr": "TR", "img": "Figure"}
TAGS |= {f"h{level}": f"H{level}" for level in range(1, 7)}


def read_html(html: str) -> "HtmlFacts":
    """Read the content of a page in order, without text that only a stylesheet adds."""
    reader = HtmlFacts()
    reader.feed(html)
    reader.close()
    return reader


class HtmlFacts(HTMLParser):
    """The HTML of a page: `texts` with their language, `scopes` of headers in order, `counts` of elements by role."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.scopes: list[str] = []
        self.counts: Counter[str] = Counter()
        # Open elements, each with the language of its content.
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in TAGS:
            self.counts[TAGS[tag]] += 1
        if tag == "th":
            self.scopes.append(SCOPES.get(attributes.get("scope", ""), ""))
        language = attributes.get("lang", "") or self._language
        if tag == "img":
            self.texts.append((language, attributes.get("alt", "")))
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not any(name in UNSEEN for name, _ in self.open):
            self.texts.append((self._language, data))

    @property
    def _language(self) -> str:
        return self.open[-1][1] if self.open else ""


# White space and hyphens differ with line breaks.
PASSING = re.compile("[\\s\u00ad\u200b\u2010\u2011\u2060-]+")
AROUND = 24


def same_text(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    tags = normalize("".join(text for _, text in _texts(facts.tree, facts.language)))
    html = normalize("".join(text for _, text in sheet.texts))
    if tags != html:
        at = next((n for n, (one, other) in enumerate(zip(tags, html, strict=False)) if one != other), None)
        at = min(len(tags), len(html)) if at is None else at
        start = max(0, at - AROUND)
        tag_text, wanted = tags[start : at + AROUND], html[start : at + AROUND]
        yield "the text of the tags differs from the HTML", f"{tag_text!r} instead of {wanted!r}"


def same_scopes(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    scopes = [tag.scope for tag in facts.tree.walk() if tag.role == "TH"]
    for number, (scope, wanted) in enumerate(zip_longest(scopes, sheet.scopes, fillvalue="no header")):
        if scope != wanted:
            yield f"a header has the scope {scope!r}, in the HTML {wanted!r}", f"header {number + 1} of all tables"


def same_languages(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    """A text is in one language, whether stated at the text or around it."""
    tag_runs = Counter(_runs(_texts(facts.tree, facts.language)))
    wanted = Counter(_runs(sheet.texts))
    for language, text in wanted - tag_runs:
        yield f"a text is in {language!r} in the HTML but not in the tags", repr(text[: 2 * AROUND])
    for language, text in tag_runs - wanted:
        yield f"a text is in {language!r} in the tags but not in the HTML", repr(text[: 2 * AROUND])


def _runs(texts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    pairs = ((language, text) for language, text in texts if normalize(text))
    for language, pieces in groupby(pairs, key=lambda pair: pair[0]):
        yield language, normalize("".join(text for _, text in pieces))


def same_counts(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    count_by_role = Counter(tag.role for tag in facts.tree.walk())
    for role, wanted in sorted(sheet.counts.items()):
        if count_by_role[role] != wanted:
            yield f"there are {count_by_role[role]} tags {role}, but {wanted} in the HTML", ""


def normalize(text: str) -> str:
    """Remove what differs between a page and its source: case, white space, hyphens, forms of letters (NFKC)."""
    return PASSING.sub("", folded(text))


def _texts(tag: PdfTag, outer: str) -> Iterator[tuple[str, str]]:
    """Yield the texts below a tag with their language, without numbers of notes, items and pages (from stylesheets)."""
    language = tag.language or outer
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if not (kid.role == "Lbl" and tag.role in ("LI", "Note")):
                yield from _texts(kid, language)
        elif isinstance(kid, TaggedText) and tag.role not in ("Figure", "Reference"):
            yield language, kid.text
    if tag.role == "Figure":
        yield language, tag.alt


HTML_CHECKS = (same_text, same_scopes, same_languages, same_counts)


def inspect(path: Path, html: str = "") -> tuple[Failure, ...]:
    """List what is wrong with the tags of a file, also compared with the HTML it was made from if given."""
    facts = read_facts(path)
    failures = [_failure(check.__name__, check(facts)) for check in CHECKS]
    if html:
        sheet = read_html(html)
        failures += [_failure(check.__name__, check(facts, sheet)) for check in HTML_CHECKS]
    return tuple(failure for group in failures for failure in group)


def _failure(name: str, broken: Iterable[Broken]) -> Iterator[Failure]:
    defects = list(broken)
    if defects:
        message, place = defects[0]
        yield Failure("reporter", name.replace("_", "-"), len(defects), message, place)
