"""Let all pieces of a file use one subset of each typeface.

WeasyPrint keeps the numbers of glyphs, so that one subset with the glyphs of all pieces serves every one of them.
"""

import io
from collections.abc import Iterable, Mapping, Sequence

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from pikepdf import Array, Name, Object, Pdf, Stream

from reporter.pdf.piece import FontOfPiece
from reporter.theme.tokens import FontFace

# As many as a CMap may have in one block (Adobe Technical Note 5014).
BLOCK = 100
# So many glyphs tell one weight from another.
LOOKED_AT = 6
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def share_fonts(pdf: Pdf, pieces: Sequence[tuple[Object, Iterable[FontOfPiece]]], faces: Sequence[FontFace]) -> None:
    """Put one font of each typeface in the place of many.

    Each piece is given as the dictionary of its fonts in the file, and what is known of them. A typeface that is not
    one of the theme's, or that changes its shape, stays as often as it is.
    """
    used: dict[str, list[FontOfPiece]] = {}
    for _, fonts in pieces:
        for each in fonts:
            used.setdefault(each.key, []).append(each)
    for key, fonts in used.items():
        name, glyphs = f"/{key}", _together(fonts)
        places = [dictionary for dictionary, own in pieces if any(each.key == key for each in own)]
        if content := _subset(_face_of(places[0][name], fonts[0], faces), glyphs):
            shared = _filled(pdf, places[0][name], glyphs, content)
            for place in places:
                place[name] = shared


def _face_of(font: Object, known: FontOfPiece, faces: Iterable[FontFace]) -> TTFont | None:
    """The typeface of the theme that draws the same letters.

    A page that asks for a weight which it does not load gets another one, so that the name alone does not tell.
    """
    file = font.DescendantFonts[0].FontDescriptor
    part = TTFont(io.BytesIO((file.FontFile3 if Name.FontFile3 in file else file.FontFile2).read_bytes()), lazy=True)
    family = (each for each in faces if each.family == known.family)
    for each in sorted(family, key=lambda each: (each.weight, each.style) != (known.weight, known.style)):
        whole = _read(each)
        numbers = [number for number in known.glyphs if number < len(whole.getGlyphOrder())][:LOOKED_AT]
        if "fvar" not in whole and [_drawn(part, n) for n in numbers] == [_drawn(whole, n) for n in numbers]:
            return _read(each)
    return None


def _read(face: FontFace) -> TTFont:
    content = face.content or (face.path.read_bytes() if face.path else b"")
    return TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True)


def _drawn(font: TTFont, number: int) -> list[object]:
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[font.getGlyphName(number)].draw(pen)
    return list(pen.value)


def _together(fonts: Iterable[FontOfPiece]) -> Mapping[int, tuple[str, float]]:
    """The glyphs of all pieces.

    Where one is read as several letters, as a hyphen, it is the first of them; every blank is found as one.
    """
    glyphs: dict[int, tuple[str, float]] = {}
    for each in fonts:
        for number, (text, width) in each.glyphs.items():
            said = text.replace("\u00a0", " ")
            glyphs[number] = (min(said, glyphs.get(number, (said,))[0]), width)
    return dict(sorted(glyphs.items()))


def _subset(face: TTFont | None, glyphs: Iterable[int]) -> bytes:
    """The file of a typeface with some glyphs; empty without one."""
    if face is None:
        return b""
    options = subset.Options(retain_gids=True, passthrough_tables=True, hinting=False, desubroutinize=True)
    options.drop_tables += ["BASE", "DSIG", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG "]
    target = io.BytesIO()
    subsetter = subset.Subsetter(options)
    subsetter.populate(gids=list(glyphs))
    subsetter.subset(face)
    face.save(target)
    return target.getvalue()


def _filled(pdf: Pdf, font: Object, glyphs: Mapping[int, tuple[str, float]], content: bytes) -> Object:
    """A font of a piece with the glyphs of all."""
    own = font.DescendantFonts[0]
    own.W = Array([part for number, (_, width) in glyphs.items() for part in (number, Array([round(width)]))])
    file = Stream(pdf, content)
    name = "/FontFile3" if Name.FontFile3 in own.FontDescriptor else "/FontFile2"
    if name == "/FontFile3":
        file.Subtype = Name.OpenType
    else:
        file.Length1 = len(content)
    own.FontDescriptor[name] = pdf.make_indirect(file)
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _cmap(glyphs).encode()))
    return font


def _cmap(glyphs: Mapping[int, tuple[str, float]]) -> str:
    lines = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, (text, _) in glyphs.items()]
    blocks = (lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))
    return CMAP.format("".join(f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar\n" for each in blocks))
