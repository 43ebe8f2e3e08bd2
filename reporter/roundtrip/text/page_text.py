"""Read the text of a web page, passage by passage."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from html.parser import HTMLParser
from typing import NamedTuple

from reporter.roundtrip.text.tagged_text import CAPTION, CONTENTS, FIGURE, JOINT, NOTE, Gathered, SaidPassage

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
# What stands on a page and not in a PDF: the data of a chart, the same chart for phones, what leads about the page.
ONLY_HERE = frozenset(("data", "skip", "to-top", "back", "pointer", "editions", "narrow"))
# A table beside a chart, which an annex of a PDF has; the annex of the page points to it.
FOLDED, POINTER = "table-data-", "/Pointer"


# The numbers of tables that were folded, and of their rows, lie above those of others.
FIRST_FOLDED = 1_000_000


class _Element(NamedTuple):
    role: str
    is_shown: bool
    is_drawn: bool
    gathered: Gathered
    passage: AbstractContextManager[None]


def read_passages(page: bytes) -> tuple[SaidPassage, ...]:
    """Read the passages of a page that a PDF has too. Their pages are 0."""
    reader = _PageTags()
    reader.feed(page.decode(errors="replace"))
    reader.close()
    return tuple(_unfolded(reader))


def _unfolded(reader: "_PageTags") -> Iterator[SaidPassage]:
    for number, each in enumerate(reader.whole.passages(), 1):
        if each.role != POINTER:
            yield each
        elif each.text in reader.folded:
            for inner in reader.folded.pop(each.text).passages():
                table, row = (number * FIRST_FOLDED + inner.table, number * FIRST_FOLDED + inner.row)
                yield inner._replace(chapter=each.chapter, table=inner.table and table, row=inner.row and row)


class _PageTags(HTMLParser):
    """Gathers passages, element by element."""

    def __init__(self) -> None:
        super().__init__()
        self.gathered = self.whole = Gathered()
        self.folded: dict[str, Gathered] = {}
        start = _Element("", is_shown=True, is_drawn=False, gathered=self.whole, passage=nullcontext())
        self.around = [start]
        self.pointing = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        classes = known.get("class", "").split()
        outer = self.around[-1]
        name = known.get("id", "")
        if name.startswith(FOLDED) and not outer.is_shown:
            self.gathered = self.folded[f"#{name}"] = Gathered()
            outer = outer._replace(is_shown=True, role="", gathered=self.gathered)
        # What a drawing tells of its marks repeats what it shows.
        passed_over = tag in ("head", "style") or (tag == "title" and outer.is_drawn)
        is_shown = outer.is_shown and not passed_over and not ONLY_HERE.intersection(classes)
        if "pointer" in classes or known.get("href", "").startswith(f"#{FOLDED}"):
            self._point(known.get("href", ""))
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
        self.around.append(
            _Element(
                role=role,
                is_shown=is_shown,
                is_drawn=outer.is_drawn or tag == "svg",
                gathered=self.gathered,
                passage=passage,
            )
        )
        if tag == "svg" and is_shown:
            self.gathered.add(known.get("aria-label", ""), 0)
            self.gathered.begin(FIGURE, 0)
        if tag == "li" and role == NOTE and "value" in known:
            self.gathered.add(f"({known['value']}) ", 0)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        if len(self.around) > 1:
            self.around.pop().passage.__exit__(None, None, None)
            self.gathered = self.around[-1].gathered

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def _point(self, target: str) -> None:
        if target and self.pointing:
            self.gathered.begin(POINTER, 0)
            self.gathered.add(target, 0)
            self.gathered.begin("/P", 0)
        self.pointing = not target

    def handle_data(self, data: str) -> None:
        if self.around[-1].is_shown:
            self.gathered.add(data, 0)
