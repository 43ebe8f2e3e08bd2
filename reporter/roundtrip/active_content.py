"""Find what a web page would run, load or send. A page of ours shows, and does nothing: it is made of few elements and
attributes, all written in one way. Whatever else a page has is told, so nothing must be known of all that browsers can
do. A page written in that one way is cut into the same tags by every parser; it is looked at as it stands, line by
line, and once more as a browser would read it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from itertools import islice
from urllib.parse import unquote

import tinyhtml5  # type: ignore[import-untyped]

from reporter.roundtrip.style_content import declaration_flaws, sheet_flaws

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
POLICY_NAME = "content-security-policy"
ENDINGS = "pdf|html|csv|xlsx|json|md|txt|yaml|po|css|toml|ttf|otf|png|jpg"
# A chart to be taken along: its content is looked at, too.
PICTURE = r"data:image/svg\+xml;charset=utf-8,%3Csvg%20"
# Elsewhere, within the page, to the data in it, or to a file of the package beside or below it.
FOLDER = r"(?:figures|source|validation|metadata)/(?:[\w%-]+/)*"
# Dots and slashes that are written otherwise could lead out of it.
FILE = rf"(?!.*%(?:2e|2f|5c))(?:[a-z]{{2}}-\d{{4}}-|{FOLDER})[\w%-][\w.%-]*\.(?:{ENDINGS})\Z"
LINK = re.compile(rf"(https?://|mailto:|tel:|#|data:text/csv[;,]|{PICTURE}|{FILE})", re.IGNORECASE | re.ASCII)
BESIDE = re.compile(FILE, re.IGNORECASE | re.ASCII)
# The page in another language, which is told of and not loaded.
LED_TO = "alternate"
IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
INSIDE = re.compile(r"#")

# Attributes of any element whose value is only shown, said or compared.
COMMON = frozenset({"class", "id", "lang", "dir", "role", "title", "tabindex", "style"})
FAMILIES = ("aria-", "data-")
DRAWN = """
    clip-path cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-family font-size font-style
    font-weight gradienttransform gradientunits height letter-spacing marker-end marker-mid marker-start
    markerheight markerunits markerwidth mask offset opacity orient patterntransform patternunits points
    preserveaspectratio r refx refy rx ry stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor transform version
    viewbox width x x1 x2 xmlns xmlns:xlink y y1 y2 clip-rule clippathunits vector-effect pointer-events
"""
SVG = frozenset(DRAWN.split())
TEXT_ELEMENTS = """
    article aside b blockquote body br caption cite code dd del details div dl dt em figcaption figure footer h1
    h2 h3 h4 h5 h6 head header hr html i ins main nav p pre q s section small span strong sub summary sup table
    tbody tfoot thead title tr u ul abbr
"""
DRAWING_ELEMENTS = """
    svg g path defs clippath rect circle ellipse line polyline polygon text tspan desc lineargradient
    radialgradient stop pattern symbol marker mask
"""
ELEMENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(TEXT_ELEMENTS.split(), frozenset[str]()),
    **dict.fromkeys(DRAWING_ELEMENTS.split(), SVG),
    "a": frozenset({"href", "download", "hreflang", "rel"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "details": frozenset({"open"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "link": frozenset({"rel", "href", "hreflang"}),
    "meta": frozenset({"charset", "name", "content", "http-equiv", "property"}),
    "ol": frozenset({"start", "type"}),
    "style": frozenset({"type"}),
    "td": frozenset({"colspan", "rowspan", "headers"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr"}),
    "time": frozenset({"datetime"}),
    "use": SVG | {"href", "xlink:href"},
}
# A text that others paste into a page of theirs has no more than these.
PASTED = """
    h2 h3 h4 h5 h6 p ul li em strong code pre blockquote br hr
"""
FRAGMENT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(PASTED.split(), frozenset[str]()),
    "a": frozenset({"href", "title"}),
    "ol": frozenset({"start"}),
}
OUTWARD = re.compile(r"https?://|mailto:|tel:", re.IGNORECASE)
# What an address may lead to, by element and attribute.
ADDRESSES = {
    ("a", "href"): LINK,
    ("img", "src"): IMAGE,
    ("link", "href"): IMAGE,
    ("use", "href"): INSIDE,
    ("use", "xlink:href"): INSIDE,
}
# An address that is run, or a page within an address.
ACTING = re.compile(r"\s*(?:(?:java|vb)script:|data:(?:text/html|application/))", re.IGNORECASE)
REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
OPEN_GRAPH = ("type", "title", "description", "site_name", "locale", "locale:alternate")
META_PROPERTIES = frozenset(f"og:{each}" for each in OPEN_GRAPH)
META_NAMES = frozenset({"author", "color-scheme", "description", "generator", "keywords", "viewport"})
NAMED = {
    **dict.fromkeys(("script", "noscript"), "a script"),
    **dict.fromkeys(("form", "input", "button", "select", "textarea", "option", "datalist", "output"), "a form"),
    **dict.fromkeys(("iframe", "frame", "frameset", "object", "embed", "applet", "portal"), "another page inside it"),
    **dict.fromkeys(("video", "audio", "source", "track", "image", "feimage"), "an address that is loaded"),
    "base": "another place for all its addresses",
    "foreignobject": "a page within a drawing",
    **dict.fromkeys(("animate", "set", "animatemotion", "animatetransform"), "a change that runs by itself"),
}
SENDING = frozenset({"action", "formaction", "ping"})
LOADING = frozenset(
    {
        "src",
        "srcset",
        "srcdoc",
        "href",
        "xlink:href",
        "background",
        "poster",
        "data",
        "codebase",
        "manifest",
        "imagesrcset",
    }
)


def element_flaws(tag: str, attributes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Find what an element has that none of ours has."""
    known = dict(attributes)
    allowed = ELEMENTS.get(tag)
    if allowed is None:
        yield f"{NAMED[tag]}: <{tag}>" if tag in NAMED else f"<{tag[:20]}>, which no page of ours has"
        allowed = frozenset()
    for name, value in attributes:
        if name not in allowed and name not in COMMON and not name.startswith(FAMILIES):
            yield f"{_kind(name)}: {name[:20]} of <{tag[:20]}>"
        elif (tag, name) in ADDRESSES:
            led_to = tag == "link" and known.get("rel") == LED_TO
            if not (BESIDE if led_to else ADDRESSES[tag, name]).match(value):
                yield f"an address that no page of ours has: {name} of <{tag}> is {begin(value)}"
        elif name == "style" or (name in SVG and "(" in value):
            yield from (f"{flaw} in {name} of <{tag}>" for flaw in declaration_flaws(value))
    if tag == "meta":
        yield from _meta_flaws(known)
    if tag == "link" and known.get("rel") not in ("icon", LED_TO):
        yield f"an address that is loaded: <link> with rel {begin(known.get('rel', ''))}"


def fragment_flaws(tag: str, attributes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Find what no element in a pasted text has."""
    if tag not in FRAGMENT:
        yield f"{NAMED[tag]}: <{tag}>" if tag in NAMED else f"<{tag[:20]}>, which no text to be pasted has"
    for name, value in attributes:
        if name not in FRAGMENT.get(tag, ()):
            yield f"{_kind(name)}: {name[:20]} of <{tag[:20]}>"
        elif name == "href" and not OUTWARD.match(value):
            yield f"an address that no text to be pasted has: {name} of <{tag}> is {begin(value)}"


def acting_flaws(tag: str, attributes: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Find what of an element acts in any page."""
    if tag in NAMED:
        yield f"{NAMED[tag]}: <{tag}>"
    for name, value in attributes:
        if name.startswith("on") or name in SENDING or name == "srcdoc":
            yield f"{_kind(name)}: {name[:20]} of <{tag[:20]}>"
        elif name in LOADING and (ACTING.match(value) or (tag != "a" and REMOTE.match(value))):
            yield f"an address that no page of ours has: {name} of <{tag[:20]}> is {begin(value)}"
    equivalent = dict(attributes).get("http-equiv", POLICY_NAME).strip().lower()
    if tag == "meta" and equivalent != POLICY_NAME:
        yield f"a command to the browser: <meta> with http-equiv {begin(equivalent)}"


def _meta_flaws(known: Mapping[str, str]) -> Iterator[str]:
    equivalent = known.get("http-equiv")
    if equivalent is not None and equivalent.lower() != POLICY_NAME:
        what = "a refresh" if equivalent.strip().lower() == "refresh" else "a command to the browser"
        yield f"{what}: <meta> with http-equiv {begin(equivalent)}"
    elif equivalent is not None and known.get("content") != POLICY:
        yield f"another Content-Security-Policy: {begin(known.get('content', ''))}"
    if "charset" in known and known["charset"] != "utf-8":
        yield f"another encoding: {begin(known['charset'])}"
    if "name" in known and known["name"] not in META_NAMES:
        yield f"a <meta> that no page of ours has: {begin(known['name'])}"
    if "property" in known and known["property"] not in META_PROPERTIES:
        yield f"a <meta> that no page of ours has: {begin(known['property'])}"


def _kind(name: str) -> str:
    if name.startswith("on"):
        return "a handler"
    if name in SENDING:
        return "an address that something is sent to"
    return "an address that is loaded" if name in LOADING else "an attribute that no page of ours has"


def begin(text: str) -> str:
    return repr(" ".join(text[:40].split()))


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


# The policy holds for what follows it, and the encoding must be known before anything is read.
HEAD = re.compile(
    r'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,20}">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="Content-Security-Policy" content="{re.escape(POLICY)}">\n'
)
# Control characters, and those that turn the order of what follows: 24 would be read as 42.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# Text and tags: names, and values in double quotes without < and >.
TAG = r'/?[A-Za-z][A-Za-z0-9]*(?:\s+[A-Za-z_][\w.:-]*(?:="[^"<>]*")?)*+\s*/?>'
PLAIN = re.compile(rf"(?>[^<]++|<{TAG})*+", re.ASCII)
MOST_TOLD, MOST_BYTES = 10, 64 << 20
# So much is looked at of what is written otherwise, to name it.
MOST_NAMED = 4096
# What a template says to the program, which no browser shows.
STATEMENT = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)
# What a parser puts around a text that is no page.
AROUND = ("html", "head", "body")
Elements = Callable[[str, Sequence[tuple[str, str]]], Iterator[str]]


def active_content(content: bytes, *, fragment: bool = False) -> tuple[str, ...]:
    """Say what a page has that none of ours has. Each with its line, the first ones only. A `fragment` is a text that
    others paste into a page of theirs."""
    if len(content) > MOST_BYTES:
        return (f"is larger than {MOST_BYTES >> 20} MiB",)
    try:
        return tuple(islice(dict.fromkeys(_flaws(content, fragment=fragment)), MOST_TOLD))
    except (RecursionError, AssertionError):
        return ("is nested as no page of ours is",)


def _flaws(content: bytes, *, fragment: bool) -> Iterator[str]:
    try:
        text = content.decode()
    except UnicodeDecodeError as problem:
        yield f"line {content.count(10, 0, problem.start) + 1}: is not in UTF-8"
        return
    if control := CONTROL.search(text):
        yield f"{_line(text, control.start())}: has a character {control[0]!a}"
        return
    begins = fragment or bool(HEAD.match(text))
    if not begins:
        yield "line 1: does not begin as a page of ours, with its Content-Security-Policy unaltered and before all else"
    doctype = len("<!DOCTYPE html>") if text.startswith("<!DOCTYPE html>") and not fragment else 0
    end = PLAIN.match(text, doctype)
    place = end.end() if end else 0
    if place < len(text):
        yield f"{_line(text, place)}: has {begin(text[place:])}, which is written as in no page of ours"
        text = text[: place + MOST_NAMED]
        begins = False
    elements = fragment_flaws if fragment else element_flaws
    seen = _Reader(elements).read(text)
    yield from seen
    if begins and not seen:
        yield from _as_read(text, elements, AROUND if fragment else ())


def _line(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}"


class _Reader(HTMLParser):
    """Looks at a page as it stands, tag by tag."""

    def __init__(self, elements: Elements) -> None:
        super().__init__()
        self.elements = elements
        self.flaws: list[str] = []
        self.policies = 0
        self.in_style = False

    def read(self, text: str) -> tuple[str, ...]:
        self.feed(text)
        self.close()
        return tuple(self.flaws)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        given = [(name, value or "") for name, value in attrs]
        self.policies += any((name, value.lower()) == ("http-equiv", POLICY_NAME) for name, value in given)
        self._note(self.elements(tag, given))
        self._note(flaw for name, value in given if name == "href" for flaw in picture_flaws(value))
        self._note(f"a character {found[0]!a} in {name}" for name, value in given if (found := CONTROL.search(value)))
        if self.policies > 1:
            self._note(("a second Content-Security-Policy",))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if control := CONTROL.search(data):
            self._note((f"a character {control[0]!a}",))
        if self.in_style:
            self._note(sheet_flaws(data))

    def handle_comment(self, data: str) -> None:
        self._note((f"a comment {begin(data)}",))

    def handle_decl(self, decl: str) -> None:
        if decl != "DOCTYPE html":
            self._note((f"a declaration {begin(decl)}",))

    def handle_pi(self, data: str) -> None:
        self._note((f"an instruction {begin(data)}",))

    def unknown_decl(self, data: str) -> None:
        self._note((f"a section {begin(data)}",))

    def _note(self, flaws: Iterable[str]) -> None:
        self.flaws += (f"line {self.getpos()[0]}: has {flaw}" for flaw in flaws)


def template_flaws(content: bytes) -> tuple[str, ...]:
    """Say what of a template would act if a browser opened it. What it makes is looked at as a page."""
    if len(content) > MOST_BYTES:
        return (f"is larger than {MOST_BYTES >> 20} MiB",)
    return _Reader(acting_flaws).read(STATEMENT.sub("x", content.decode(errors="replace")))[:MOST_TOLD]


def _as_read(text: str, elements: Elements, around: Sequence[str]) -> Iterator[str]:
    """What a page has when it is read as browsers read it. Elements may stand elsewhere then than they seem to; those
    `around` it are the parser's."""
    tree = tinyhtml5.parse(text, namespace_html_elements=False)
    for each in tree.iter():
        if not isinstance(each.tag, str):
            yield "as browsers read it, has a comment"
            continue
        tag = _local(each.tag)
        if tag in around and not each.attrib:
            continue
        attributes = [(_local(name), value) for name, value in each.attrib.items()]
        yield from (f"as browsers read it, has {flaw}" for flaw in elements(tag, attributes))
        if tag == "style":
            yield from (f"as browsers read it, has {flaw}" for flaw in sheet_flaws("".join(each.itertext())))


def _local(name: object) -> str:
    parts = [str(each) for each in name] if isinstance(name, tuple) else [str(name)]
    return parts[-1].rpartition("}")[2].lower()
