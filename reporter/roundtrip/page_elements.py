"""The elements, attributes and addresses that a web page of ours has."""

import re
from collections.abc import Iterator, Mapping, Sequence

from reporter.roundtrip.style_content import declaration_flaws

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
