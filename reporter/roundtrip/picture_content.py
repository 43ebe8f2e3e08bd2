"""Find what a picture has that none of ours has."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from reporter.roundtrip.page_elements import COMMON, DRAWING_ELEMENTS, PICTURE, SVG, begin
from reporter.roundtrip.style_content import declaration_flaws

# Besides what draws, a picture has words about itself; and nothing that a reader of XML would take for more than that.
KNOWN = frozenset((*DRAWING_ELEMENTS.split(), "title"))
ATTRIBUTES = (SVG | COMMON) - {"href", "xlink:href"}
NAMESPACE = "http://www.w3.org/2000/svg"
UNLIKE = re.compile(r"<[!?]|&(?!(?:amp|lt|gt|quot|#x27);)")


def picture_flaws(address: str) -> Iterator[str]:
    """Find what the picture in an address has. Another address has nothing."""
    if re.match(PICTURE, address):
        reader = _PictureReader()
        reader.look(unquote(address.partition(",")[2]))
        yield from dict.fromkeys(reader.flaws)


class _PictureReader(HTMLParser):
    """Looks at a picture, tag by tag."""

    def __init__(self) -> None:
        super().__init__()
        self.flaws: list[str] = []

    def look(self, text: str) -> None:
        if found := UNLIKE.search(text):
            self.flaws.append(f"a picture with {begin(text[found.start() :])}")
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in KNOWN:
            self.flaws.append(f"<{tag[:20]}> in a picture")
        for name, value in ((name, value or "") for name, value in attrs):
            if name == "xmlns":
                wrong = [] if value == NAMESPACE else [f"another kind of picture: {begin(value)}"]
            elif name not in ATTRIBUTES and not name.startswith("aria-"):
                wrong = [f"{name[:20]} of <{tag[:20]}> in a picture"]
            else:
                wrong = [f"{flaw} in a picture" for flaw in declaration_flaws(value)] if name in STYLED else []
            self.flaws += wrong

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


# What could name an address.
STYLED = frozenset(("style", "fill", "stroke", "clip-path", "mask", "marker-start", "marker-mid", "marker-end"))
