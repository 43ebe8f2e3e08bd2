"""Compare the tags of a PDF with its HTML."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import zip_longest

from reporter.validate.structure import Broken, Facts, PdfTag, TaggedText

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNSEEN = frozenset({"head", "style", "script", "title", "template"})
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
TAGS = {"table": "Table", "caption": "Caption", "figcaption": "Caption", "tr": "TR", "img": "Figure"}
TAGS |= {f"h{level}": f"H{level}" for level in range(1, 7)}


@dataclass(slots=True)
class HtmlFacts:
    """The HTML of a page as plain values, to compare with tags. `texts` piece by piece, `scopes` of headers in order,
    `languages`: parts in another language with their text, `counts` of elements by the role of their tag."""

    texts: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def read_html(html: str) -> HtmlFacts:
    """Read the content of a page, in its order. What only a stylesheet adds is not in it."""
    reader = _PageReader()
    reader.feed(html)
    reader.close()
    return reader.sheet


class _PageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sheet = HtmlFacts()
        # Open elements, each with its language and the number of texts before it.
        self.open: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in TAGS:
            self.sheet.counts[TAGS[tag]] += 1
        if tag == "th":
            self.sheet.scopes.append(SCOPES.get(known.get("scope", ""), ""))
        if tag == "img":
            self.sheet.texts.append(known.get("alt", ""))
        if tag not in VOID:
            language = known.get("lang", "") if tag != "html" else ""
            self.open.append((tag, language, len(self.sheet.texts)))

    def handle_endtag(self, tag: str) -> None:
        if not any(tag == name for name, _, _ in self.open):
            return
        while self.open:
            name, language, before = self.open.pop()
            if language:
                self.sheet.languages.append((language, "".join(self.sheet.texts[before:])))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not any(name in UNSEEN for name, _, _ in self.open):
            self.sheet.texts.append(data)


# White space and hyphens come and go with the ends of lines.
PASSING = re.compile("[\\s\u00ad\u200b\u2010\u2011-]+")
AROUND = 24


def same_text(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    tags = normalize("".join(_texts(facts.tree)))
    html = normalize("".join(sheet.texts))
    if tags != html:
        at = next((n for n, (one, other) in enumerate(zip(tags, html, strict=False)) if one != other), None)
        at = min(len(tags), len(html)) if at is None else at
        start = max(0, at - AROUND)
        seen, wanted = tags[start : at + AROUND], html[start : at + AROUND]
        yield "the text of the tags is not that of the HTML", f"{seen!r} instead of {wanted!r}"


def same_scopes(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    found = [tag.scope for tag in facts.tree.walk() if tag.role == "TH"]
    for number, (seen, wanted) in enumerate(zip_longest(found, sheet.scopes, fillvalue="no header")):
        if seen != wanted:
            yield f"a header has the scope {seen!r} and in the HTML {wanted!r}", f"header {number + 1} of all tables"


def same_languages(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    found = Counter((tag.language, normalize("".join(_texts(tag)))) for tag in facts.tree.walk() if tag.language)
    wanted = Counter((language, normalize(text)) for language, text in sheet.languages if normalize(text))
    for language, text in (wanted - found) + (found - wanted):
        yield f"a part in {language!r} is not so both in the tags and in the HTML", repr(text[: 2 * AROUND])


def same_counts(facts: Facts, sheet: HtmlFacts) -> Iterator[Broken]:
    found = Counter(tag.role for tag in facts.tree.walk())
    for role, wanted in sorted(sheet.counts.items()):
        if found[role] != wanted:
            yield f"there are {found[role]} tags {role} and {wanted} in the HTML", ""


def normalize(text: str) -> str:
    """Remove what differs between a page and its source. Case, white space, hyphens, forms of letters (NFKC)."""
    return PASSING.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _texts(tag: PdfTag) -> Iterator[str]:
    """Yield the text below a tag. The numbers of notes, list items and pages come from the stylesheet and are left
    out."""
    for kid in tag.kids:
        if isinstance(kid, PdfTag):
            if not (kid.role == "Lbl" and tag.role in ("LI", "Note")):
                yield from _texts(kid)
        elif isinstance(kid, TaggedText) and tag.role not in ("Figure", "Reference"):
            yield kid.text
    if tag.role == "Figure":
        yield tag.alt


CHECKS = (same_text, same_scopes, same_languages, same_counts)
