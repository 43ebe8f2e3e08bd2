"""Break every line of a document once. WeasyPrint lays a column out again for each height that it tries, and the end of
one window is laid out again with the next: most of its lines were asked for before. This is a hook into a private part
of it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from weasyprint.layout import inline, preferred  # type: ignore[import-untyped]

# All of a style that decides where a line breaks, and what stands in it.
DECIDES = (
    *("direction", "lang", "font_family", "font_size", "font_stretch", "font_style", "font_weight", "font_kerning"),
    *("font_feature_settings", "font_language_override", "font_variant_alternates", "font_variant_caps"),
    *("font_variant_east_asian", "font_variant_ligatures", "font_variant_numeric", "font_variant_position"),
    *("font_variation_settings", "letter_spacing", "word_spacing", "tab_size", "white_space", "text_decoration_line"),
    *("hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "hyphens", "overflow_wrap", "word_break"),
)
_ONE_AT_A_TIME = threading.Lock()


class BrokenLines:
    """The lines of a document that were broken before. All its layouts must have the same typefaces."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Any, ...], tuple[Any, ...]] = {}

    @contextmanager
    def remembered(self) -> Iterator[None]:
        """Break no line anew meanwhile. Only one thread does so at a time."""
        with _ONE_AT_A_TIME:
            split = inline.split_first_line

            def once(text: str, style: Any, context: Any, *place: Any, **more: Any) -> tuple[Any, ...]:
                # What a style says of lines does not change once something is laid out.
                if not hasattr(style, "told_of_lines"):
                    style.told_of_lines = repr([style[name] for name in DECIDES])
                key = text, str(style.told_of_lines), place, *more.items()
                found = self._lines.get(key)
                if found is None:
                    found = self._lines[key] = split(text, style, context, *place, **more)
                # Drawing changes the first of it.
                return copy(found[0]), *found[1:]

            inline.split_first_line = preferred.split_first_line = once
            try:
                yield
            finally:
                inline.split_first_line = preferred.split_first_line = split
