"""Let all pieces of a file use one subset of each typeface. WeasyPrint keeps the numbers of glyphs, so that one subset
with the glyphs of all pieces serves every one of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from pikepdf import Array, Name, Object, Pdf, Stream

from reporter.pdf.piece import FontOfPiece

# As many as a CMap may have in one block (Adobe Technical Note 5014).
BLOCK = 100
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

# The outlines of some glyphs of a typeface, which is known by the checksum of its file.
SubsetOf = Callable[[str, Sequence[int]], bytes]


def share_fonts(pdf: Pdf, pieces: Iterable[tuple[Object, Iterable[FontOfPiece]]], subset_of: SubsetOf) -> None:
    """Put one font of each typeface in the place of many. Each piece is given as the dictionary of its fonts in the
    file, and what is known of them. Those that have outlines of their own stay."""
    used: dict[tuple[str, str], list[tuple[Object, FontOfPiece]]] = {}
    for dictionary, fonts in pieces:
        for each in fonts:
            if each.face:
                used.setdefault((each.face, f"/{each.key}"), []).append((dictionary, each))
    for (face, key), places in used.items():
        glyphs = _together(each for _, each in places)
        shared = _filled(pdf, places[0][0][key], glyphs, subset_of(face, tuple(glyphs)))
        for dictionary, _ in places:
            dictionary[key] = shared


def _together(fonts: Iterable[FontOfPiece]) -> Mapping[int, tuple[str, float]]:
    """The glyphs of all pieces. Where one is read as several letters, as a hyphen, it is the first of them; every blank
    is found as one."""
    glyphs: dict[int, tuple[str, float]] = {}
    for each in fonts:
        for number, (text, width) in each.glyphs.items():
            said = text.replace("\u00a0", " ")
            glyphs[number] = (min(said, glyphs.get(number, (said,))[0]), width)
    return dict(sorted(glyphs.items()))


def _filled(pdf: Pdf, font: Object, glyphs: Mapping[int, tuple[str, float]], content: bytes) -> Object:
    own = font.DescendantFonts[0]
    own.W = Array([part for number, (_, width) in glyphs.items() for part in (number, Array([round(width)]))])
    file = Stream(pdf, content)
    name = "/FontFile3" if Name.FontFile3 in own.FontDescriptor else "/FontFile2"
    if name == "/FontFile3":
        file.Subtype = Name.OpenType
    else:
        file.Length1 = len(content)
    own.FontDescriptor[name] = pdf.make_indirect(file)
    lines = [f"<{number:04x}> <{text.encode('utf-16-be').hex()}>" for number, (text, _) in glyphs.items()]
    blocks = (lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK))
    cmap = CMAP.format("".join(f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar\n" for each in blocks))
    font.ToUnicode = pdf.make_indirect(Stream(pdf, cmap.encode()))
    return font
