"""Turn the drawing of a chart into a part of a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

ROOT = re.compile(r'<svg\b[^>]*?\bviewBox="(?P<box>[^"]*)"[^>]*>', re.S)
NAMES = re.compile(r'(?P<before>\bid="|\bhref="#|url\(#)')
COLOUR = re.compile(r"#[0-9a-f]{6}\b", re.I)
STYLE = re.compile(r'style="([^"]*)"')
# What a drawing need not say within a page: a group of one shape, where it is not turned, what holds anyway.
GROUP = re.compile(r'<g id="(?:patch|text)_\d+">\s*(<(?:path|text)\b.*?)\s*</g>\s*', re.S)
NEEDLESS = re.compile(
    r" transform=\"rotate\(-0 [^\"]*\"|font-family: '[^']*', sans-serif; |text-anchor: start; | id=\"figure_1\""
    r'|<defs>\s*<style type="text/css">\*\{stroke-linejoin: round; stroke-linecap: butt\}</style>\s*</defs>'
)
BETWEEN = re.compile(r">\s+<")
SET = 'stroke-linejoin="round" stroke-linecap="butt" font-weight="400"'
HUNDREDTHS = re.compile(r"\d+\.\d\d+")
COMMAND = re.compile(r"\s*([MLCQz])\s*")


@dataclass(frozen=True, slots=True)
class PlaceOnPage:
    """What a page says of a picture in it. `name` is that of its element, `kind` its class, `alt` its text, perhaps in
    another language than the page."""

    name: str
    alt: str
    language: str = ""
    kind: str = ""


def inline_svg(content: bytes, place: PlaceOnPage, colours: Mapping[str, str] | None = None) -> str:
    """Return a drawing as a part of a page. It is one image with one text; its names and its style are kept apart from
    those of others. Colours by their hex values become the page's variables of these names, which differ on dark
    screens. Raises ValueError for a drawing without a viewBox."""
    text = content.decode()
    root = ROOT.search(text)
    if root is None:
        raise ValueError(f"the chart {place.name.removeprefix('chart-')} is no drawing with a viewBox")
    inner, _, _ = text[root.end() :].rpartition("</svg>")
    inner = NAMES.sub(rf"\g<before>{place.name}-", lean(inner)).replace("*{", f"#{place.name} *{{")
    inner = STYLE.sub(lambda found: f'style="{_with_variables(found[1], colours or {})}"', inner)
    lang = f' lang="{place.language}"' if place.language else ""
    kind = f' class="{escape(place.kind)}"' if place.kind else ""
    image = f'<svg id="{place.name}"{kind} viewBox="{root["box"]}" role="img" aria-label="{escape(place.alt)}"{lang}'
    # The words in the drawing are said by the text of the image; read aloud one by one they mean nothing.
    return f'{image} {SET}><g aria-hidden="true">{inner.strip()}</g></svg>'


def lean(inner: str) -> str:
    inner = BETWEEN.sub("><", NEEDLESS.sub("", GROUP.sub(r"\1", inner)))
    inner = re.sub(
        r' d="[^"]*"',
        lambda found: COMMAND.sub(
            r"\1", HUNDREDTHS.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), found[0])
        ),
        inner,
    )
    return STYLE.sub(lambda found: f'style="{found[1].replace("; ", ";").replace(": ", ":")}"', inner)


def _with_variables(style: str, colours: Mapping[str, str]) -> str:
    def variable(found: re.Match[str]) -> str:
        name = colours.get(found[0].lower())
        return f"var(--{name})" if name else found[0]

    return COLOUR.sub(variable, style)
