"""Read HTML into values that can be compared with tags."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

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
