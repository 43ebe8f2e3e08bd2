"""Render a document for the workbench: a page in replaceable parts, its files separate so that browsers cache them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from reporter.data.files.sources import checksum
from reporter.data.theme.cover import TYPES, Addresses, Loaded
from reporter.data.theme.tokens import Theme
from reporter.formats.html.embed import LED_TO, Attributes, Embedder, written_tag
from reporter.formats.html.web import START, WebRenderer, pictures_of
from reporter.report.document.document import Document

POLICY = "content-security-policy"
ELSEWHERE, SCHEME = re.compile(r"https?:"), re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# The start of a part: its tag, and its class or name.
CHAPTER, HEAD, CONTENTS, FOOT = "chapter", "cover", "contents", "foot-of-page"
PARTS = (("section", CHAPTER), ("header", HEAD), ("nav", CONTENTS), ("footer", FOOT))
PLACE = re.compile(r"<!--part (\S+)-->")
CSV = "text/csv;charset=utf-8"


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """A page in parts (chapters, and what precedes and follows them), its frame with places for them, and its files."""

    frame: str
    parts: Mapping[str, str]
    files: Mapping[str, Loaded]

    @property
    def around(self) -> str:
        return PLACE.sub("", self.frame)

    @property
    def html(self) -> str:
        return PLACE.sub(lambda match: self.parts[match[1]], self.frame)


@dataclass(frozen=True, slots=True)
class LinkedFiles:
    """Where the files of a page are: their folder, and one more stylesheet."""

    folder: str
    sheet: str


def to_linked(
    renderer: WebRenderer,
    document: Document,
    theme: Theme,
    data: tuple[Mapping[str, bytes], Mapping[str, str]],
    location: LinkedFiles,
) -> LinkedPage:
    """Render a page for the workbench; `data` are the charts as SVG and the data of charts. Charts are inlined, as an
    image of its own would lack the page's typefaces. Raises ReporterError as a published page does."""
    images, tables = data
    files = {name_of(text.encode(), ".csv"): Loaded(text.encode(), CSV) for text in tables.values()}
    csv = {code: f"{location.folder}{name_of(text.encode(), '.csv')}" for code, text in tables.items()}
    pictures = dict[str, str]()
    for code, address in pictures_of(document, theme, renderer.words, images).items():
        picture = Loaded(unquote(address.removeprefix(START)).encode(), TYPES[".svg"])
        name = name_of(picture.content, ".svg")
        files[name], pictures[code] = picture, f"{location.folder}{name}"
    html = renderer.fill(document, theme, csv, pictures)
    return _Linker(Addresses(images, theme, renderer.templates), location, files).page(html)


def name_of(content: bytes, ending: str) -> str:
    return f"{checksum(content)[:32]}{ending}"


class _Linker(Embedder):
    """Copies a page in parts and moves what it loads into files."""

    def __init__(self, addresses: Addresses, location: LinkedFiles, files: dict[str, Loaded]) -> None:
        super().__init__(addresses)
        self.beside, self.files = location, files
        self.parts: dict[str, str] = {}
        self.frame: list[str] = []
        self.part, self.tag, self.depth = "", "", 0

    def page(self, html: str) -> LinkedPage:
        """The page in its parts. Raises ReporterError that lists what cannot be loaded."""
        self.feed(html)
        self.close()
        self.refuse_problems()
        return LinkedPage("".join((*self.frame, *self.pieces)), self.parts, self.files)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("http-equiv", "").lower() == POLICY:
            # The server's headers say what a page in the workbench may load.
            return
        if tag == "meta" and (attributes.get("name") == "description" or attributes.get("property")):
            # For sharing, which does not apply here; its values would change the head at every edit.
            return
        name = self._begins(tag, attributes)
        if name:
            self.frame += self.pieces
            self.pieces.clear()
            self.part, self.tag, self.depth = name, tag, 0
        self.depth += tag == self.tag
        address = attributes.get("href", "")
        is_beside = address and not address.startswith(("#", "/", self.beside.folder)) and not SCHEME.match(address)
        if tag == "a" and ELSEWHERE.match(address):
            self.pieces.append(written_tag("a", [*attrs, ("target", "_blank"), ("rel", "noopener noreferrer")]))
        elif tag == "a" and is_beside:
            # The workbench has no such files: the words stay, without the link.
            self.pieces.append(written_tag("a", [attribute for attribute in attrs if attribute[0] != "href"]))
        else:
            super().handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "head":
            self.pieces.append(f'<link rel="stylesheet" href="{self.beside.sheet}">\n')
        super().handle_endtag(tag)
        if self.part and tag == self.tag:
            self.depth -= 1
            if not self.depth:
                self.parts[self.part] = "".join(self.pieces)
                self.frame.append(f"<!--part {self.part}-->")
                self.pieces.clear()
                self.part = self.tag = ""

    def _begins(self, tag: str, attributes: Mapping[str, str]) -> str:
        """The name of the part that starts here; empty if none does."""
        if self.part:
            return ""
        names = {*attributes.get("class", "").split(), attributes.get("id", "")}
        class_name = next((word for of, word in PARTS if of == tag and word in names), "")
        name = attributes.get("id") or class_name
        return name if class_name and name not in self.parts and not re.search(r"\s", name) else ""

    def _link(self, attributes: dict[str, str], attrs: Attributes) -> str:
        if attributes.get("rel") == LED_TO:
            return ""
        if attributes.get("rel") != "stylesheet":
            return super()._link(attributes, attrs)
        try:
            sheet = self._sheet(self.addresses.load(attributes.get("href", "")).content.decode())
        except ValueError as problem:
            return self._refuse(attributes.get("href", ""), problem)
        return f'<link rel="stylesheet" href="{self._put(sheet.encode(), "text/css", ".css")}">'

    def _inside(self, address: str) -> str:
        if address.startswith(("data:", "#", self.beside.folder)):
            return address
        try:
            content, media_type = self.addresses.load(address)
        except ValueError as problem:
            return self._refuse(address, problem)
        return self._put(content, media_type, f".{media_type.rpartition('/')[2].partition('+')[0]}")

    def _put(self, content: bytes, media_type: str, ending: str) -> str:
        name = name_of(content, ending)
        self.files[name] = Loaded(content, media_type)
        return f"{self.beside.folder}{name}"
