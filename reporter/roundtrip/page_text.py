"""Read the text of a web page, passage by passage."""

from contextlib import AbstractContextManager, nullcontext
from html.parser import HTMLParser
from typing import NamedTuple

from reporter.roundtrip.tagged_text import CAPTION, CONTENTS, FIGURE, JOINT, NOTE, Gathered, SaidPassage

# Elements within a line; each other one begins a passage of its own.
INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "q", "s", "small", "span", "strong", "sub", "summary")
).union(("sup", "time", "u"))
EMPTY = frozenset(("br", "hr", "img", "meta", "link", "col"))
KINDS = {
    **{f"h{level}": f"/H{level}" for level in range(1, 7)},
    "td": "/TD",
    "th": "/TH",
    "caption": CAPTION,
    "nav": CONTENTS,
    "svg": FIGURE,
    "figcaption": FIGURE,
}
# What begins a chapter.
CHAPTERS = ("/H1", "/H2")
# What a page has about itself, in any order; and a head that it repeats where a table has it once.
IMPRINT, REPEATED = "/Imprint", "/Repeated"
CLASSES = {
    **dict.fromkeys(("below", "footnotes", "notes-title", "under"), NOTE),
    **dict.fromkeys(("cover", "foot-of-page"), IMPRINT),
    "head": REPEATED,
}
# What stands on a page and not in a PDF: the data of a chart, what leads about the page.
ONLY_HERE = frozenset(("data", "skip", "to-top", "back"))


class _Element(NamedTuple):
    role: str
    is_shown: bool
    is_drawn: bool
    passage: AbstractContextManager[None]


def read_passages(page: bytes) -> tuple[SaidPassage, ...]:
    """Read the passages of a page that a PDF has too.

    Their pages are 0.
    """
    reader = _PageTags()
    reader.feed(page.decode(errors="replace"))
    reader.close()
    return tuple(reader.gathered.passages())


class _PageTags(HTMLParser):
    """Gathers passages, element by element."""

    def __init__(self) -> None:
        super().__init__()
        self.around = [_Element("", is_shown=True, is_drawn=False, passage=nullcontext())]
        self.gathered = Gathered()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        classes = known.get("class", "").split()
        outer = self.around[-1]
        is_shown = outer.is_shown and tag not in ("head", "style") and not ONLY_HERE.intersection(classes)
        role = next((CLASSES[each] for each in classes if each in CLASSES), outer.role)
        if tag in KINDS and role not in (NOTE, IMPRINT) and (not role or not tag.startswith("h")):
            role = KINDS[tag]
        self.gathered.tables += tag == "table"
        self.gathered.rows += tag == "tr"
        self.gathered.chapters += role in CHAPTERS and role != outer.role
        is_line = tag in INLINE or outer.is_drawn
        if tag == "br":
            self.gathered.add(JOINT, 0)
        if tag in EMPTY:
            return
        passage = self.gathered.within(role or "/P", outer.role, 0) if is_shown and not is_line else nullcontext()
        passage.__enter__()
        self.around.append(_Element(role, is_shown, outer.is_drawn or tag == "svg", passage))
        if tag == "svg" and is_shown:
            self.gathered.add(known.get("aria-label", ""), 0)
            self.gathered.begin(FIGURE, 0)
        if tag == "li" and role == NOTE and "value" in known:
            self.gathered.add(f"({known['value']}) ", 0)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if len(self.around) > 1:
            self.around.pop().passage.__exit__(None, None, None)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.around[-1].is_shown:
            self.gathered.add(data, 0)
