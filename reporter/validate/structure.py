"""Checks of the tags of a PDF that veraPDF does not make. A screen reader needs what they ask for. Each yields what is
wrong, and where; its name is the name of the rule."""

import re
from collections.abc import Iterator

from reporter.validate.facts import Area, Facts, PdfTag, TaggedText

Broken = tuple[str, str]  # what is wrong, and where
HEADING = re.compile(r"H[1-6]")
SLACK = 1.0  # points by which rounding may put a figure over the edge of its page


def owned_content(facts: Facts) -> Iterator[Broken]:
    """Marked content belongs to a tag, and a tag holds nothing else. What repeats on every page is an artifact (ISO
    14289-1 7.1)."""
    owned = {kid.spot for tag in facts.tree.walk() for kid in tag.kids if isinstance(kid, TaggedText)}
    for page, number in sorted((facts.marked - owned) | facts.strays):
        yield "marked content belongs to no tag", f"page {page + 1}, content {number}"
    for page, number in sorted(owned - facts.marked):
        yield "a tag holds content that is not there", f"page {page + 1}, content {number}"


def parent_tree(facts: Facts) -> Iterator[Broken]:
    """Content and links lead back to the tag that holds them. Nothing else in the parent tree leads to a tag (ISO
    32000-1 14.7.4.4)."""
    held = {kid.spot for tag in facts.tree.walk() for kid in tag.kids if isinstance(kid, TaggedText)}
    for page, number in sorted(facts.owners.keys() - held):
        yield "the tree of parents names a tag for content that it does not hold", f"page {page + 1}, content {number}"
    for tag in facts.tree.walk():
        for kid in tag.kids:
            if isinstance(kid, TaggedText) and facts.owners.get(kid.spot) != tag.number:
                yield "the tree of parents names another tag than the one that holds the content", _place(tag)
            elif isinstance(kid, Area) and kid.owner != tag.number:
                yield "the tree of parents names another tag than the one that holds the link", _place(tag)


def header_scope(facts: Facts) -> Iterator[Broken]:
    """A table header says whether it heads a row or column. ISO 14289-1 7.5."""
    for tag in facts.tree.walk():
        if tag.role == "TH" and not tag.scope:
            yield "a header of a table has no scope", _place(tag)


def table_caption(facts: Facts) -> Iterator[Broken]:
    """A table has a caption. A part of a table that was cut at the end of a page has none."""
    for tag in facts.tree.walk():
        if tag.role == "Table" and not any(isinstance(kid, PdfTag) and kid.role == "Caption" for kid in tag.kids):
            yield "a table has no caption", _place(tag)


def heading_order(facts: Facts) -> Iterator[Broken]:
    """Headings begin at the first level and leave none out. ISO 14289-1 7.4.2."""
    before = 0
    for tag in facts.tree.walk():
        if HEADING.fullmatch(tag.role):
            level = int(tag.role[1])
            if level > before + 1:
                yield f"a heading of level {level} follows one of level {before}", _place(tag)
            before = level


def bookmarks(facts: Facts) -> Iterator[Broken]:
    """The file has bookmarks, each with a name and a page. ISO 14289-1 7.17."""
    if not facts.bookmarks:
        yield "the file has no bookmarks", ""
    for number, each in enumerate(facts.bookmarks, 1):
        if not each.words.strip():
            yield "a bookmark has no name", f"bookmark {number}"
        if not each.leads:
            yield "a bookmark leads to no page", f"bookmark {number}, {each.words[:40]!r}"


def page_labels(facts: Facts) -> Iterator[Broken]:
    """The pages have labels. ISO 14289-1 7.17."""
    if not facts.labels:
        yield "the pages have no labels", ""


def figure_frame(facts: Facts) -> Iterator[Broken]:
    """A figure has a description, and its box lies on its page. ISO 14289-1 7.3."""
    for tag in facts.tree.walk():
        if tag.role == "Figure":
            page = next((kid.spot[0] for kid in tag.kids if isinstance(kid, TaggedText)), tag.page)
            if not tag.alt.strip():
                yield "a figure has no description", _place(tag)
            if not tag.frame or not _lies_on(tag.frame, facts.sizes[page]):
                yield "the box of a figure does not lie on its page", _place(tag)


def identifiers(facts: Facts) -> Iterator[Broken]:
    """Identifiers of tags are unique and listed; named headers exist. They are listed in the tree of identifiers (ISO
    32000-1 14.7.2)."""
    known = [tag.identity for tag in facts.tree.walk() if tag.identity]
    yield from (("an identifier is given twice", each) for each in sorted({x for x in known if known.count(x) > 1}))
    for name in sorted(set(known) ^ facts.identities):
        yield "a tag and the tree of identifiers do not agree", name
    for tag in facts.tree.walk():
        for name in tag.headers:
            if name not in facts.identities:
                yield f"a cell names a header that does not exist: {name}", _place(tag)


def link_words(facts: Facts) -> Iterator[Broken]:
    """A link lies in a link tag and says where it leads. In words: an address only where the page shows it (ISO 14289-1
    7.18.5)."""
    for tag in facts.tree.walk():
        text = "".join(kid.text for kid in tag.kids if isinstance(kid, TaggedText))
        for area in tag.kids:
            if not isinstance(area, Area):
                continue
            if not area.words.strip() or (area.words.lstrip("#") == area.target and area.words != text):
                yield f"a link has no words of its own: {area.target}", _place(tag)
            if tag.role != "Link":
                yield f"a link lies in a tag {tag.role}", _place(tag)


def _lies_on(frame: tuple[float, ...], size: tuple[float, float]) -> bool:
    left, bottom, right, top = frame
    width, height = size
    inside = -SLACK <= left < right <= width + SLACK
    return inside and -SLACK <= bottom < top <= height + SLACK


def _place(tag: PdfTag) -> str:
    text = next((kid.text for each in tag.walk() for kid in each.kids if isinstance(kid, TaggedText) and kid.text), "")
    return f"page {tag.page + 1}, {tag.role}" + (f" {text[:40]!r}" if text else "")


CHECKS = (
    owned_content, parent_tree, header_scope, table_caption, heading_order, bookmarks, page_labels, figure_frame,
    identifiers, link_words,
)  # fmt: skip
