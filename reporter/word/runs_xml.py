"""Words, pictures and fields as XML of a Word file. The order of elements is that of ECMA-376, which Word insists
on."""

import re
from dataclasses import dataclass
from html import escape

# XML 1.0 has no other signs (2.2); what typed them cannot have meant them.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EMU = 36000  # of a millimetre
TWIPS = 1440 / 25.4  # of a millimetre
# Where pages begin to lie on their side, and end to.
LYING, UPRIGHT = "<!--lying-->", "<!--upright-->"
# In mm: a page of A4 and its margins.
PAGE = (210.0, 297.0)
MARGINS = {"top": 23.0, "right": 25.0, "bottom": 20.0, "left": 25.0, "header": 11.0, "footer": 10.0, "gutter": 0.0}
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of letters looks. `style` is a character style, `language` its tag, `colour` hex digits, `size` in half
    points; `spaced` letters have more room behind them."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    struck: bool = False
    colour: str = ""
    size: int = 0
    underlined: bool = False
    raised: bool = False
    language: str = ""
    spaced: int = 0


def xml_text(words: str) -> str:
    return escape(FORBIDDEN.sub("", words))


def run_xml(words: str, look: RunLook) -> str:
    """A run of letters; a line that ends within goes on below."""
    lines = FORBIDDEN.sub("", words).replace("\r", "").split("\n")
    inside = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' for line in lines)
    return f"<w:r>{look_xml(look)}{inside}</w:r>"


def look_xml(look: RunLook) -> str:
    parts = (
        f'<w:rStyle w:val="{look.style}"/>' if look.style else "",
        "<w:b/><w:bCs/>" if look.bold else "",
        "<w:i/><w:iCs/>" if look.italic else "",
        "<w:strike/>" if look.struck else "",
        f'<w:color w:val="{look.colour}"/>' if look.colour else "",
        f'<w:spacing w:val="{look.spaced}"/>' if look.spaced else "",
        f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "",
        '<w:u w:val="single"/>' if look.underlined else "",
        '<w:vertAlign w:val="superscript"/>' if look.raised else "",
        f'<w:lang w:val="{look.language}"/>' if look.language else "",
    )
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def field_xml(instruction: str, result: str, look: RunLook) -> str:
    properties = look_xml(look)
    signs = [f'<w:r>{properties}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r>{properties}<w:instrText xml:space="preserve"> {xml_text(instruction)} </w:instrText></w:r>'
    return f"{signs[0]}{code}{signs[1]}{run_xml(result, look)}{signs[2]}"


def bookmark_xml(name: str, number: int, inside: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inside}<w:bookmarkEnd w:id="{number}"/>'


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph looks beyond its style. `kept` with the next one; `opens` a page. `number` is the list it belongs
    to and `level` how deep it lies there. `left` and `hanging` are indents in mm, `before` and `after` distances in
    points; None is as the style has it."""

    style: str = ""
    kept: bool = False
    opens: bool = False
    number: int = 0
    level: int = 0
    left: float | None = None
    hanging: float = 0.0
    tab: float = 0.0
    align: str = ""
    before: float | None = None
    after: float | None = None


def paragraph_xml(inside: str, look: ParagraphLook, section: str = "") -> str:
    """A paragraph around some runs; `section` ends a section of pages."""
    spacing = "".join(
        f' w:{name}="{round(points * 20)}"'
        for name, points in (("before", look.before), ("after", look.after))
        if points is not None
    )
    hanging = f' w:hanging="{twips(look.hanging)}"' if look.hanging else ""
    parts = (
        f'<w:pStyle w:val="{look.style}"/>' if look.style else "",
        "<w:keepNext/>" if look.kept else "",
        "<w:pageBreakBefore/>" if look.opens else "",
        f'<w:numPr><w:ilvl w:val="{look.level}"/><w:numId w:val="{look.number}"/></w:numPr>' if look.number else "",
        f'<w:tabs><w:tab w:val="left" w:pos="{twips(look.tab)}"/></w:tabs>' if look.tab else "",
        f"<w:spacing{spacing}/>" if spacing else "",
        f'<w:ind w:left="{twips(look.left)}"{hanging}/>' if look.left is not None else "",
        f'<w:jc w:val="{look.align}"/>' if look.align else "",
        section,
    )
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{inside}</w:p>"


def page_setting(heads: str, *, lying: bool = False, titled: bool = False) -> str:
    """The setting of pages of A4, upright or lying. `heads` are the references to what stands at their head and foot; a
    `titled` one has a first page of its own."""
    sizes = (PAGE[1], PAGE[0]) if lying else PAGE
    turned = ' w:orient="landscape"' if lying else ""
    margins = "".join(f' w:{name}="{twips(each)}"' for name, each in MARGINS.items())
    return (
        f'<w:sectPr>{heads}<w:pgSz w:w="{twips(sizes[0])}" w:h="{twips(sizes[1])}"{turned}/>'
        f"<w:pgMar{margins}/>{'<w:titlePg/>' if titled else ''}</w:sectPr>"
    )


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS)


def picture_xml(relation: str, number: int, name: str, alt: str, size: tuple[float, float]) -> str:
    """A picture in the line, of a width and height in mm."""
    across, down = (round(each * EMU) for each in size)
    named = f'id="{number}" name="{xml_text(name)}"'
    extent = f'cx="{across}" cy="{down}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr {named} descr="{xml_text(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{PICTURE}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr {named} descr="{xml_text(alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
