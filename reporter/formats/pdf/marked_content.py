"""Read the text of marked content, as a screen reader would. Marked content is ISO 32000-1 14.6."""

import re
from collections.abc import Iterator, Mapping
from struct import Struct
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, parse_content_stream

OPERATORS = "q Q BDC BMC EMC Tf Tj TJ ' \" Do"
# The pairs of a ToUnicode CMap (ISO 32000-1 9.10.3).
MAPPED = re.compile(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
CODE = Struct(">H")
# Made once, because making a name takes longer than looking it up.
NUMBER = Name.MCID
DEEPEST = 8
Glyphs = Mapping[int, str]
Fonts = dict[tuple[int, int], Glyphs]
# A text that a page draws, and the number of the marked content it is in (MCID); None outside.
ShownText = tuple[int | None, str]


def texts(page: Page, fonts: Fonts) -> dict[int, str]:
    """Read the text of each piece of marked content of a page. By its number (MCID). `fonts` keeps the letters of fonts
    by their object, from one page to the next."""
    found: dict[int, list[str]] = {}
    for number, text in shown_texts(page, fonts):
        if number is not None:
            found.setdefault(number, []).append(text)
    return {number: "".join(letters) for number, letters in found.items()}


def shown_texts(page: Page, fonts: Fonts, *, within: bool = False) -> Iterator[ShownText]:
    """Read all texts of a page in the order they are drawn. A piece of marked content begins with what is read instead
    of it, mostly nothing. With `within`, those of its forms too (ISO 32000-1 8.10), which belong to what they are drawn
    in."""
    yield from _Content(fonts, within=within).read(page, page.obj, None, 0)


class _Content:
    """Reads the texts of a page and of the forms in it."""

    def __init__(self, fonts: Fonts, *, within: bool) -> None:
        self.fonts = fonts
        self.within = within

    def read(self, stream: Any, holder: Object, outer: int | None, depth: int) -> Iterator[ShownText]:
        """The texts of a stream; its `holder` has the resources."""
        resources = holder.get(Name.Resources, Dictionary())
        known = resources.get(Name.Font, Dictionary())
        # For each open mark the number of the innermost piece that has one.
        open_marks: list[int | None] = []
        font: Any = None
        kept: list[Any] = []
        for instruction in parse_content_stream(stream, OPERATORS):
            operands = instruction.operands
            number = open_marks[-1] if open_marks else outer
            match str(instruction.operator):
                case "BDC" | "BMC":
                    # Its properties: ISO 32000-1, 14.6.2.
                    told: Any = operands[1] if len(operands) == 2 and isinstance(operands[1], Dictionary) else {}
                    open_marks.append(int(told[NUMBER]) if NUMBER in told and not depth else number)
                    # What is read instead of the piece: ISO 32000-1, 14.9.4.
                    yield open_marks[-1], str(told.get(Name.ActualText, ""))
                case "EMC":
                    open_marks.pop()
                case "q":
                    kept.append(font)
                case "Q":
                    font = kept.pop()
                case "Tf":
                    font = operands[0]
                case "Do":
                    form = resources.get(Name.XObject, Dictionary()).get(str(operands[0]))
                    if self.within and depth < DEEPEST and form is not None and form.get(Name.Subtype) == Name.Form:
                        yield from self.read(form, form, number, depth + 1)
                case _:
                    shown, glyphs = operands[-1], _glyphs(known[str(font)], self.fonts)
                    texts = shown if isinstance(shown, Array) else [shown]
                    parts = [bytes(part) for part in texts if isinstance(part, Object)]
                    # Two bytes are a letter; a half one at the end is none.
                    codes = b"".join(part[: len(part) & ~1] for part in parts)
                    yield number, "".join([glyphs.get(code, "\ufffd") for (code,) in CODE.iter_unpack(codes)])


def _glyphs(font: Object, fonts: Fonts) -> Glyphs:
    if font.objgen not in fonts:
        mapping = font.get(Name.ToUnicode)
        text = mapping.read_bytes().decode("latin-1") if mapping is not None else ""
        pairs = MAPPED.findall(text)
        fonts[font.objgen] = {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}
    return fonts[font.objgen]
