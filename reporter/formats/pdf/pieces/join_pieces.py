"""Join pieces into one file: pages, tags, links, outline, margins, and one set of fonts."""

import io
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, Stream, String

from reporter.formats.pdf.pieces.manuscript import FontOfPiece, PdfPiece, saved
from reporter.formats.pdf.tags import Kid, TagNode, mark_artifacts, store_tree
from reporter.report.document.document import Attachment

# The most entries that a CMap may have in one block (Adobe Technical Note 5014).
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

# The outlines of some glyphs of a typeface, given by the checksum of its file.
SubsetOf = Callable[[str, Sequence[int]], bytes]


def share_fonts(pdf: Pdf, pieces: Iterable[tuple[Object, Iterable[FontOfPiece]]], subset_of: SubsetOf) -> None:
    """Replace the fonts of all pieces by one per typeface, except those with outlines of their own. Each piece is given
    by the dictionary of its fonts in the file, and its FontOfPiece records."""
    used: dict[tuple[str, str], list[tuple[Object, FontOfPiece]]] = {}
    for dictionary, fonts in pieces:
        for font in fonts:
            if font.face:
                used.setdefault((font.face, f"/{font.key}"), []).append((dictionary, font))
    for (face, key), places in used.items():
        glyphs = _together(record for _, record in places)
        shared = _filled(pdf, places[0][0][key], glyphs, subset_of(face, tuple(glyphs)))
        for dictionary, _ in places:
            dictionary[key] = shared


def _together(fonts: Iterable[FontOfPiece]) -> Mapping[int, tuple[str, float]]:
    """The glyphs of all pieces; one read as several letters, such as a hyphen, gets the first; all blanks are one."""
    glyphs: dict[int, tuple[str, float]] = {}
    for font in fonts:
        for number, (text, width) in font.glyphs.items():
            letters = text.replace("\u00a0", " ")
            glyphs[number] = (min(letters, glyphs.get(number, (letters,))[0]), width)
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
    cmap = CMAP.format("".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks))
    font.ToUnicode = pdf.make_indirect(Stream(pdf, cmap.encode()))
    return font


# Midnight in UTC: the dates of files are the edition's, not the clock's.
DATE = "D:{day}000000Z"


def attach(pdf: Pdf, attachments: Iterable[Attachment]) -> None:
    """Attach files to the PDF as a whole, sorted by name, by which readers list them."""
    files = {attachment.name: _specify(pdf, attachment) for attachment in sorted(attachments)}
    if not files:
        return
    names = pdf.Root.get(Name.Names, Dictionary())
    pairs = [part for name, file in files.items() for part in (String(name), file)]
    names.EmbeddedFiles = Dictionary(Names=Array(pairs))
    pdf.Root.Names = names
    # ISO 19005-3, 6.8: files are associated with the document or a part of it.
    pdf.Root.AF = Array([*pdf.Root.get(Name.AF, Array()), *files.values()])


def _specify(pdf: Pdf, attachment: Attachment) -> Object:
    # ISO 19005-3, 6.8: media type, names in F and UF (also ISO 14289-1, 7.11) and relationship.
    day = String(DATE.format(day=attachment.date.replace("-", "")))
    content = Stream(pdf, attachment.content)
    content.Type = Name.EmbeddedFile
    content.Subtype = Name("/" + attachment.media_type)
    content.Params = Dictionary(Size=len(attachment.content), CreationDate=day, ModDate=day)
    file = pdf.make_indirect(content)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(attachment.name),
            UF=String(attachment.name),
            Desc=String(attachment.description),
            AFRelationship=Name("/" + attachment.relationship),
            EF=Dictionary(F=file, UF=file),
        )
    )


END = b"</rdf:RDF>"
# ISO 14289-1, 5: the metadata name the part. ISO 19005-3, 6.6.2.3.1: a property that PDF/A does not know is described.
UNIVERSAL_ACCESS = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def list_files_once(pdf: Pdf) -> None:
    """Name every attached file once; WeasyPrint 70 names each twice."""
    if Name.AF in pdf.Root:
        pdf.Root.AF = Array(list({file.objgen: file for file in pdf.Root.AF}.values()))


def identify(pdf: Pdf) -> None:
    """Add PDF/UA-1 to the metadata of PDF/A-3a, because a second packet or RDF element would not be read."""
    head, end, tail = pdf.Root.Metadata.read_bytes().rpartition(END)
    pdf.Root.Metadata.write(head + UNIVERSAL_ACCESS + end + tail)


# The margins of a page, all of them artifacts.
MARGIN = b"/Margin Do\n"


def join(
    pieces: Sequence[PdfPiece],
    frame: PdfPiece,
    subset_of: SubsetOf,
    attachments: Iterable[Attachment],
    identifier: bytes,
) -> bytes:
    """Join pieces in page order to the same bytes each time; `frame` has the margins of all pages and the metadata."""
    with ExitStack() as opened:
        pdf = opened.enter_context(pikepdf.open(io.BytesIO(frame.content)))
        mark_artifacts(pdf, {})
        forms = [page.as_form_xobject() for page in pdf.pages]
        own = pdf.pages[0].Resources
        fonts: list[tuple[Object, Iterable[FontOfPiece]]] = [(own.Font, frame.fonts)]
        count = len(pdf.pages)
        for piece in pieces:
            source = opened.enter_context(pikepdf.open(io.BytesIO(piece.content)))
            first = len(pdf.pages)
            with warnings.catch_warnings():
                # Destinations are named once all pages are there.
                warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
                pdf.pages.extend(source.pages)
            fonts.append((pdf.pages[first].Resources.Font, piece.fonts))
        del pdf.pages[:count]
        for number, (page, form) in enumerate(zip(pdf.pages, forms, strict=True)):
            page.obj.StructParents = number
            resources = Dictionary({name: page.Resources[name] for name in sorted(page.Resources.keys())})
            resources.ColorSpace = own.ColorSpace
            pictures = page.Resources.get(Name.XObject, Dictionary())
            resources.XObject = Dictionary(
                {name: pictures[name] for name in sorted(pictures.keys())} | {"/Margin": form}
            )
            page.obj.Resources = resources
            page.Contents = pdf.make_stream(b"q\n" + page.Contents.read_bytes() + b"\nQ\n" + MARGIN)
        share_fonts(pdf, fonts, subset_of)
        store_tree(pdf, _tree(pieces))
        _name_places(pdf, pieces)
        _outline(pdf, pieces)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
        list_files_once(pdf)
        attach(pdf, attachments)
        identify(pdf)
        pdf.trailer.ID = Array([String(identifier)] * 2)
        return saved(pdf)


def _tree(pieces: Sequence[PdfPiece]) -> TagNode:
    """The tags of all pieces as one tree; an element continued in the next piece is one tag."""
    whole: TagNode | None = None
    at = 0
    for number, piece in enumerate(pieces):
        tree = _shifted(piece.tree, at, f"p{number}-")
        whole = _joined(whole, tree) if whole else tree
        at += len(piece.pages)
    if whole is None:
        raise ValueError("a file has a piece at least")
    return whole


def _shifted(node: TagNode, by: int, prefix: str) -> TagNode:
    """A tag moved so many pages on; its cells get a prefix to differ from those of other pieces."""
    kids: Iterator[Kid] = (
        _shifted(kid, by, prefix) if isinstance(kid, TagNode) else replace(kid, page=kid.page + by) for kid in node.kids
    )
    # A note has the id of its element; names of cells repeat in every piece.
    identity = node.identity and (node.identity if node.identity == node.anchor else prefix + node.identity)
    return replace(node, kids=tuple(kids), identity=identity, headers=tuple(prefix + header for header in node.headers))


def _joined(one: TagNode, two: TagNode) -> TagNode:
    last, first = (one.kids or (None,))[-1], (two.kids or (None,))[0]
    if (
        isinstance(last, TagNode)
        and isinstance(first, TagNode)
        and (last.role == first.role and last.anchor == first.anchor != "" and (not (last.identity or first.identity)))
    ):
        return replace(one, kids=(*one.kids[:-1], _joined(last, first), *two.kids[1:]))
    return replace(one, kids=one.kids + two.kids)


def _name_places(pdf: Pdf, pieces: Sequence[PdfPiece]) -> None:
    """Name the destinations of links; of equal names the first counts."""
    places: dict[str, Object] = {}
    pages = iter(pdf.pages)
    for piece in pieces:
        for piece_page in piece.pages:
            page = next(pages).obj
            for name, (left, top) in piece_page.anchors.items():
                places.setdefault(name, Array([page, Name.XYZ, left, top, 0]))
    if places:
        pairs = [part for name in sorted(places) for part in (String(name), places[name])]
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(pairs)))


def _outline(pdf: Pdf, pieces: Sequence[PdfPiece]) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, list[OutlineItem]]] = [(0, outline.root)]
        for number, page in enumerate(page for piece in pieces for page in piece.pages):
            for entry in page.bookmarks:
                item = OutlineItem(entry.label, number, "XYZ", left=entry.left, top=entry.top)
                item.is_closed = entry.closed
                while above[-1][0] >= entry.level:
                    above.pop()
                above[-1][1].append(item)
                above.append((entry.level, item.children))
