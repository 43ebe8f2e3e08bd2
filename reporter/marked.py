"""Read the text of marked content, as a screen reader would.

Marked content is ISO 32000-1 14.6.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from struct import Struct
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, parse_content_stream

OPERATORS = "BDC BMC EMC Tf Tj TJ"
# The pairs of a ToUnicode CMap (ISO 32000-1 9.10.3).
MAPPED = re.compile(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
CODE = Struct(">H")
# Made once, because making a name takes longer than looking it up.
NUMBER = Name.MCID
Glyphs = Mapping[int, str]


def texts(page: Page, fonts: dict[tuple[int, int], Glyphs], wanted: Collection[int] | None = None) -> dict[int, str]:
    """Read the text of each piece of marked content of a page.

    By its number (MCID), and only the pieces in `wanted` if that is given. `fonts` keeps the letters of fonts by
    their object, from one page to the next.
    """
    found: defaultdict[int, list[str]] = defaultdict(list)
    # For each open mark the number of the innermost piece that has one, if it is wanted.
    open_marks: list[int | None] = []
    font: Any = None
    known = page.obj.get(Name.Resources, Dictionary()).get(Name.Font, Dictionary())
    for instruction in parse_content_stream(page, OPERATORS):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC" | "BMC":
                told = operands[1] if len(operands) == 2 else None
                number = int(told[NUMBER]) if isinstance(told, Dictionary) and NUMBER in told else None
                if number is None:
                    number = open_marks[-1] if open_marks else None
                elif wanted is None or number in wanted:
                    found[number] += ()
                else:
                    number = None
                open_marks.append(number)
            case "EMC":
                open_marks.pop()
            case "Tf":
                font = operands[0]
            case _:
                number = open_marks[-1] if open_marks else None
                if number is not None:
                    found[number].append(_letters(operands[0], _glyphs(known[str(font)], fonts)))
    return {number: "".join(letters) for number, letters in found.items()}


def _letters(shown: Any, glyphs: Glyphs) -> str:
    """Decode a text, or the texts of an array between movements (TJ)."""
    parts = [bytes(part) for part in (shown if isinstance(shown, Array) else [shown]) if isinstance(part, Object)]
    # Two bytes are a letter; a half one at the end is none.
    codes = b"".join(part[: len(part) & ~1] for part in parts)
    return "".join([glyphs.get(code, "\ufffd") for (code,) in CODE.iter_unpack(codes)])


def _glyphs(font: Object, fonts: dict[tuple[int, int], Glyphs]) -> Glyphs:
    if font.objgen not in fonts:
        mapping = font.get(Name.ToUnicode)
        text = mapping.read_bytes().decode("latin-1") if mapping is not None else ""
        pairs = MAPPED.findall(text)
        fonts[font.objgen] = {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs}
    return fonts[font.objgen]
