"""Hooks into private parts of WeasyPrint 70: everything this program changes in it while it lays out and draws. Each is
active within its `with` block, and only one thread at a time uses it."""

import threading
from collections.abc import Container, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import inline, preferred  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]
from weasyprint.pdf import fonts, tags  # type: ignore[import-untyped]

from reporter.data.files.sources import checksum
from reporter.data.theme.line_ends import JOINER
from reporter.formats.pdf.tags import HtmlElement, TagSource, TagSources

_LINES, _SOURCES, _FONTS = (threading.Lock() for _ in range(3))

# The properties of a style that decide where a line breaks and how it looks.
DECIDES = (
    *("direction", "lang", "font_family", "font_size", "font_stretch", "font_style", "font_weight", "font_kerning"),
    *("font_feature_settings", "font_language_override", "font_variant_alternates", "font_variant_caps"),
    *("font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position"),
    *("font_variation_settings", "letter_spacing", "word_spacing", "tab_size", "white_space", "text_decoration_line"),
    *("hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "overflow_wrap", "word_break"),
)


class BrokenLines:
    """A cache of the broken lines of a document, whose layouts must all use the same typefaces."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    @contextmanager
    def remembered(self) -> Iterator[None]:
        """Break no line twice within the block."""
        with _LINES:
            split = inline.split_first_line

            def once(text: str, style: Any, context: Any, *place: Any, **more: Any) -> tuple[Any, ...]:
                # A style does not change once something is laid out with it.
                if not hasattr(style, "line_key"):
                    style.line_key = repr([style[name] for name in DECIDES])
                key = text, str(style.line_key), place, *more.items()
                broken_line = self._lines.get(key)
                if broken_line is None:
                    broken_line = self._lines[key] = split(text, style, context, *place, **more)
                # Drawing changes the first item.
                return copy(broken_line[0]), *broken_line[1:]

            inline.split_first_line = preferred.split_first_line = once
            try:
                yield
            finally:
                inline.split_first_line = preferred.split_first_line = split


LINK = "a"


@contextmanager
def recording() -> Iterator[TagSources]:
    """Record the HTML elements of all tags that WeasyPrint writes, by object number. WeasyPrint forgets the elements
    after each page; without them, the halves of a table that crosses pages could not be merged."""
    sources: dict[int, TagSource] = {}
    origins: dict[int, HtmlElement] = {}
    with _SOURCES:
        build = tags._build_box_tree

        def recorded(box: Any, *rest: Any) -> Iterator[Any]:
            for tag in build(box, *rest):
                source = _source(box, origins)
                if source is not None:
                    sources.setdefault(tag.number, source)
                yield tag

        tags._build_box_tree = recorded
        try:
            yield sources
        finally:
            tags._build_box_tree = build


def _source(box: Any, origins: dict[int, HtmlElement]) -> TagSource | None:
    """The source of a box; None for pages, margins and footnote areas, which no element made."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = box.element
    if not isinstance(element, Element) or box.element_tag in (None, "html", "body"):
        return None
    if id(element) not in origins:
        words = element.get("title") or "".join(element.itertext())
        text = " ".join(words.replace(JOINER, "").split()) if element.tag == LINK else ""
        origins[id(element)] = HtmlElement(len(origins), element.tag, dict(element.attrib), text)
    return TagSource(origins[id(element)], box.element_tag)


# WeasyPrint detects the type of a file by its first bytes.
KIND = 4


@contextmanager
def unfilled(files: Container[str]) -> Iterator[None]:
    """Write the typefaces with these checksums without outlines; each font's `face` is its checksum, or empty."""
    with _FONTS:
        clean = fonts.Font.clean

        def empty(font: Any, *glyphs: Any) -> None:
            file = checksum(font.file_content)
            font.face = file if file in files else ""
            if font.face:
                font.file_content = font.file_content[:KIND]
            else:
                clean(font, *glyphs)

        fonts.Font.clean = empty
        try:
            yield
        finally:
            fonts.Font.clean = clean
