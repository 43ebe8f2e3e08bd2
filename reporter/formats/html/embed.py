"""Embed all that a page loads: charts as drawings, the rest as data (RFC 2397); and give its stylesheet the theme."""

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import quote

from reporter.data.errors import ReporterError
from reporter.data.i18n.territories import iso_of
from reporter.data.theme.cover import Addresses
from reporter.data.theme.tokens import SHEET, FontFace, Theme

# The colours of charts; those used for words come first.
DRAWN = ("ink", "text", "secondary", "paper", "now", "before", "earlier", "caution", "tint", "land", "rule", "hairline")


@dataclass(frozen=True, slots=True)
class Look:
    """What templates may ask of the theme; an address is empty when there is no such file."""

    colours: tuple[tuple[str, str], ...]
    night: tuple[tuple[str, str], ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    faces: tuple[FontFace, ...]
    flag: str
    sheet: str


def look_of(theme: Theme, country: str = "") -> Look:
    """The look of a document about a country in a theme; without a country it has no flag."""
    flag = f"flags/{iso_of(country).lower()}.svg"
    # The theme lists text, serif and display in this order; text has the characters that the others lack.
    names = list(dict.fromkeys(face.family for face in theme.fonts))
    return Look(
        colours=tuple(theme.colours.items()),
        night=tuple(theme.night.items()),
        families=tuple(
            (role, tuple(dict.fromkeys((names[min(number, len(names) - 1)], names[0]))))
            for number, role in enumerate(("sans", "serif", "display"))
        ),
        faces=theme.fonts,
        flag=f"asset:{flag}" if (theme.assets / flag).is_file() else "",
        sheet=f"theme:{SHEET}" if SHEET in theme.files else "",
    )


def day_names(theme: Theme) -> dict[str, str]:
    """The variable of each chart colour by its hex value by day; for equal values, the first in `DRAWN`."""
    return {theme.colours[name].lower(): name for name in reversed(DRAWN)}


ROOT = re.compile(r'<svg\b[^>]*?\bviewBox="(?P<box>[^"]*)"[^>]*>', re.S)
NAMES = re.compile(r'(?P<before>\bid="|\bhref="#|url\(#)')
COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.I)
STYLE = re.compile(r'style="([^"]*)"')
# What a drawing within a page does not need: groups of one shape, rotations by zero, and defaults.
GROUP = re.compile(r'<g id="(?:patch|text)_\d+">\s*(<(?:path|text)\b.*?)\s*</g>\s*', re.S)
NEEDLESS = re.compile(
    r" transform=\"rotate\(-0 [^\"]*\"|font-family: '[^']*', sans-serif; |text-anchor: start; | id=\"figure_1\""
    r'|<defs>\s*<style type="text/css">\*\{stroke-linejoin: round; stroke-linecap: butt\}</style>\s*</defs>'
)
# The lengths of words; a page has the typefaces that they were measured with.
FITTED = re.compile(r'(?<=<text) textLength="[^"]*" lengthAdjust="[^"]*"')
BETWEEN = re.compile(r">\s+<")
SET = 'stroke-linejoin="round" stroke-linecap="butt" font-weight="400"'
HUNDREDTHS = re.compile(r"\d+\.\d\d+")
COMMAND = re.compile(r"\s*([MLCQz])\s*")


def inline_svg(content: bytes, name: str, values: Mapping[str, str], colours: Mapping[str, str] | None = None) -> str:
    """Return a drawing as an element of a page: one image with one text, its names and style kept apart from those of
    others. `values` are the attributes of the image that it replaces; `colours` maps hex values to variables of the
    page, which differ on dark screens. Raises ValueError for a drawing without a viewBox."""

    def variable(match: re.Match[str]) -> str:
        variable_name = (colours or {}).get(match[0].lower())
        return f"var(--{variable_name})" if variable_name else match[0]

    text = content.decode()
    root = ROOT.search(text)
    if root is None:
        raise ValueError(f"the chart {name.removeprefix('chart-')} is no drawing with a viewBox")
    inner, _, _ = FITTED.sub("", text[root.end() :]).rpartition("</svg>")
    inner = NAMES.sub(rf"\g<before>{name}-", lean(inner)).replace("*{", f"#{name} *{{")
    inner = STYLE.sub(lambda match: f'style="{COLOUR.sub(variable, match[1])}"', inner)
    lang, kind = values.get("lang"), values.get("class")
    lang = f' lang="{lang}"' if lang else ""
    kind = f' class="{escape(kind)}"' if kind else ""
    image = (
        f'<svg id="{name}"{kind} viewBox="{root["box"]}" role="img" aria-label="{escape(values.get("alt", ""))}"{lang}'
    )
    # The image's text says what the drawing shows; its words read aloud one by one mean nothing.
    return f'{image} {SET}><g aria-hidden="true">{inner.strip()}</g></svg>'


def lean(inner: str) -> str:
    inner = BETWEEN.sub("><", NEEDLESS.sub("", GROUP.sub(r"\1", inner)))
    inner = re.sub(
        r' d="[^"]*"',
        lambda match: COMMAND.sub(
            r"\1", HUNDREDTHS.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), match[0])
        ),
        inner,
    )
    return STYLE.sub(lambda match: f'style="{match[1].replace("; ", ";").replace(": ", ":")}"', inner)


LEVEL = 9
# The number of cached faces: those of a theme.
FACES = 16


@lru_cache(maxsize=FACES)
def as_woff(font: bytes) -> bytes:
    """A TrueType or OpenType font as WOFF. Raises ValueError for another or incomplete file."""
    from fontTools.ttLib import TTLibError, sfnt  # type: ignore[import-untyped]

    sfnt.ZLIB_COMPRESSION_LEVEL = LEVEL
    woff = BytesIO()
    try:
        reader = sfnt.SFNTReader(BytesIO(font))
        writer = sfnt.SFNTWriter(woff, len(reader.tables), reader.sfntVersion, flavor="woff")
        # Every table stays as it is, also the checksum of the whole font.
        writer.writeMasterChecksum = lambda _: None
        for tag in sorted(reader.tables):
            writer[tag] = reader[tag]
        writer.close()
    except TTLibError:
        raise ValueError("it is not a whole font") from None
    return woff.getvalue()


HINT = "correct the template or stylesheet with this address; a page may load what the documentation of templates lists"
CHART = "chart:"
LOADING = ("src", "srcset", "poster", "data", "background")
LINKS = ("a", "area", "link")  # only followed on request; a drawing, however, loads what it names
# A link to another page, from which nothing is loaded.
LED_TO = "alternate"
FORBIDDEN = ("script", "iframe", "object", "embed", "base")
URL = re.compile(r"""url\(\s*(?P<quote>['"]?)(?P<address>.*?)(?P=quote)\s*\)""")
INSIDE = ("data:", "#")
DRAWING, TYPEFACE = "image/svg+xml", "font/ttf"
# The characters other than letters and digits that an address in quotes may have (RFC 3986).
PLAIN = "!$()*+,-./:;=?@_~"

Attributes = list[tuple[str, str | None]]


def embed(html: str, addresses: Addresses) -> str:
    """Return the page with everything it loads embedded. Raises ReporterError that lists what cannot be."""
    embedder = Embedder(addresses)
    embedder.feed(html)
    embedder.close()
    embedder.refuse_problems()
    return "".join(embedder.pieces)


class Embedder(HTMLParser):
    """Copies a page and replaces what it loads."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__(convert_charrefs=False)
        self.addresses = addresses
        self.colours = day_names(addresses.theme)
        self.pieces: list[str] = []
        self.problems: list[str] = []
        self.in_style = False

    def refuse_problems(self) -> None:
        if problems := list(dict.fromkeys(self.problems)):
            raise ReporterError("\n  ".join(("the page cannot be made as written:", *problems)), hint=HINT)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = {name: value or "" for name, value in attrs}
        written = self.get_starttag_text() or ""
        self.in_style = tag == "style"
        if tag in FORBIDDEN:
            self.problems.append(f"<{tag}> has no place in a page that runs and loads nothing")
        elif tag == "img" and attributes.get("src", "").startswith(CHART):
            self.pieces.append(self._chart(attributes))
        elif tag == "link":
            self.pieces.append(self._link(attributes, attrs))
        elif any(_loads(tag, name, attributes[name]) for name in attributes):
            new_attributes: Attributes = []
            for name, value in attrs:
                loaded = value or ""
                if not _loads(tag, name, loaded):
                    new_attributes.append((name, value))
                elif "url(" in loaded:
                    # A style with addresses that it loads.
                    new_attributes.append((name, self._sheet(loaded).replace('"', "'")))
                else:
                    new_attributes.append((name, self._inside(loaded)))
            self.pieces.append(written_tag(tag, new_attributes, end="/>" if written.endswith("/>") else ">"))
        else:
            self.pieces.append(written)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        self.in_style = False

    def handle_endtag(self, tag: str) -> None:
        self.in_style = False
        self.pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(self._sheet(data) if self.in_style else data)

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.pieces.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.pieces.append(f"<!{decl}>")

    def _chart(self, attributes: dict[str, str]) -> str:
        address = attributes["src"]
        name = f"chart-{address.removeprefix(CHART)}"
        try:
            return inline_svg(self.addresses.load(address).content, name, attributes, self.colours)
        except ValueError as problem:
            return self._refuse(address, problem)

    def _link(self, attributes: dict[str, str], attrs: Attributes) -> str:
        address = attributes.get("href", "")
        if attributes.get("rel") == LED_TO:
            return written_tag("link", attrs)
        if attributes.get("rel") != "stylesheet":
            return written_tag(
                "link", [(name, self._inside(value or "") if name == "href" else value) for name, value in attrs]
            )
        try:
            return f"<style>\n{self._sheet(self.addresses.load(address).content.decode())}</style>"
        except ValueError as problem:
            return self._refuse(address, problem)

    def _sheet(self, css: str) -> str:
        if "@import" in css or "</" in css:
            self.problems.append("a stylesheet may contain neither @import nor </")
        return URL.sub(lambda match: f'url("{self._inside(match["address"])}")', css)

    def _inside(self, address: str) -> str:
        if address.startswith(INSIDE):
            return address
        try:
            content, media_type = self.addresses.load(address)
            if media_type == DRAWING:
                # As text it is a fifth shorter. Quotes would end the attribute.
                return f"data:{media_type};charset=utf-8,{quote(content.decode(), safe=PLAIN)}"
            if media_type == TYPEFACE:
                content, media_type = as_woff(content), "font/woff"
            return f"data:{media_type};base64,{b64encode(content).decode()}"
        except ValueError as problem:
            return self._refuse(address, problem)

    def _refuse(self, address: str, problem: ValueError) -> str:
        self.problems.append(f"{address}: {problem}")
        return ""


def _loads(tag: str, name: str, value: str) -> bool:
    if name == "style":
        return "url(" in value
    return name in LOADING or (name in ("href", "xlink:href") and tag not in LINKS)


def written_tag(name: str, attrs: Iterable[tuple[str, str | None]], end: str = ">") -> str:
    written = "".join(f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in attrs)
    return f"<{name}{written}{end}"
