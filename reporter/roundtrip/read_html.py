"""Read the table of all figures from a page of HTML."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from reporter.roundtrip.stated import MalformedFileError

BEGIN, END = 'id="table-time_table"', b"</table>"
MOST_KEPT = 8 << 20
# What a browser does not show, or shows otherwise than it stands there: a page that we write has none of it.
UNSEEN = "template|textarea|noscript|noembed|noframes|script|iframe|object|xmp|plaintext|select|dialog"
# Text and plain tags, up to a style sheet, the table, or anything else.
PLAIN = re.compile(
    rf"""(?>[^<]+|<!doctype[ ]html>|
    <(?!style\b|/?(?:{UNSEEN})\b)/?[a-z](?:[\s/](?!{BEGIN}|hidden[\s=>/])|[^<>"'=\s/]++|="[^"<>]*+")*+>)*+""".encode(),
    re.IGNORECASE | re.VERBOSE,
)
STYLE, STYLED = re.compile(rb"<style\b[^<>]*>", re.IGNORECASE), b"</style>"
TABLE = re.compile(rf'<div class="[^"<>]*" {BEGIN}>'.encode())
# The tags and attributes of the table; by no other one anything in it can be hidden.
TAGS = frozenset(("div", "table", "caption", "p", "thead", "tbody", "tr", "th", "td", "sup"))
ATTRIBUTES = frozenset(
    ("class", "scope", "colspan", "id", "lang", "data-figure", "tabindex", "role", "aria-label", "aria-labelledby")
)
# The number of an article in a label, which is not broken over lines.
ARTICLE = ("span", [("class", "article")])
RAISED = re.compile(r"(\(\d+\)|[a-z])*", re.ASCII)
Rows = list[list[str]]


def read_page(pieces: Iterable[bytes]) -> Rows:
    """Read the rows of the table from a page in pieces.

    Raises MalformedFileError unless the table is there once, and visible.
    """
    walk = _Walk()
    for piece in pieces:
        walk.feed(piece)
    if walk.kept.strip():
        raise MalformedFileError(f"has {_begin(walk.kept)}, which no page of a report has")
    if len(walk.tables) != 1:
        raise MalformedFileError(
            "has no table of all figures" if not walk.tables else "has several tables of all figures"
        )
    reader = _Table()
    reader.feed(walk.tables[0].decode(errors="replace"))
    reader.close()
    return reader.rows


def _begin(kept: bytes) -> str:
    return repr(kept[:20].decode(errors="replace"))


class _Walk:
    """A walk over plain markup that keeps only the tables."""

    def __init__(self) -> None:
        self.kept = b""
        self.tables: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        """Walk on as far as what is known of the page allows."""
        self.kept += piece
        place, step = 0, self._step(0)
        while step > place:
            place, step = step, self._step(step)
        self.kept = self.kept[place:]
        if len(self.kept) > MOST_KEPT:
            raise MalformedFileError(f"has {_begin(self.kept)}, which no page of a report has")

    def _step(self, place: int) -> int:
        """Find the end of plain markup, a style sheet or the table.

        It begins at `place`, which is returned when none of them is complete there.
        """
        plain = PLAIN.match(self.kept, place)
        if plain and plain.end() > place:
            return plain.end()
        if style := STYLE.match(self.kept, place):
            end = self.kept.find(b"<", style.end())
            return end + len(STYLED) if self.kept.startswith(STYLED, max(end, 0)) else place
        table = TABLE.match(self.kept, place)
        end = self.kept.find(END, place) if table else -1
        if table is None or end < 0:
            return place
        self.tables.append(self.kept[table.end() : end])
        return end + len(END)


class _Table(HTMLParser):
    """Reads the rows of cells, without superscripts.

    Superscripts are flags and marks of notes, and must be nothing else.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self.inside = ""
        self.raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = tag in TAGS and ATTRIBUTES.issuperset(name for name, _ in attrs)
        if not known and (tag, attrs) != ARTICLE:
            raise MalformedFileError(f"has a <{tag[:20]}> in the table of all figures that no such table has")
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td") and self.rows:
            self.rows[-1].append("")
            self.inside = tag
        self.raised = tag == "sup"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td", "tr"):
            self.inside = ""
        self.raised = False

    def handle_data(self, data: str) -> None:
        wrong = not RAISED.fullmatch(data) if self.raised else self.inside == "td" and "(" in data
        if wrong:
            raise MalformedFileError(
                f"prints {data.strip()[:40]!r} in the table of all figures where no number can stand"
            )
        if self.inside and not self.raised:
            self.rows[-1][-1] += data

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        raise MalformedFileError("has a comment in the table of all figures")

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)
